"""The pages of sign-in and of one's account: accessible in both colour schemes, and fit narrow windows."""

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page

from tests.browser.checks import assert_accessible, assert_fits
from tests.browser.login import PASSWORD, log_in

pytestmark = pytest.mark.django_db(transaction=True)

ACCOUNT = "/admin/konto/"
OPEN_TO_ALL = {"login": "/admin/login/", "forgot": f"{ACCOUNT}glemt/", "sent": f"{ACCOUNT}glemt/sendt/"}
OPEN_TO_ALL |= {"bad-link": f"{ACCOUNT}ny/1-x/"}
OWN = {"sessions": f"{ACCOUNT}sessioner/", "password": f"{ACCOUNT}adgangskode/", "mfa": f"{ACCOUNT}totrin/"}
OWN |= {"confirm": f"{ACCOUNT}bekraeft/", "leave": f"{ACCOUNT}log-ud/", "invite": "/admin/inviter/"}
OWN |= {"users": "/admin/auth/user/", "roles": "/admin/minutes/assignment/", "log": "/admin/minutes/change/"}
FACTORS = {"totp": f"{ACCOUNT}totrin/totp/activate/", "passkey": f"{ACCOUNT}totrin/webauthn/add/"}


def check(page: Page, address: str, name: str, screenshot) -> None:
    page.goto(address)
    assert_accessible(page, best_practices=False)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert_fits(page, width)
        screenshot(f"account-{name}-{width}")


def test_pages_that_are_open_to_all(page, screenshot):
    for name, address in OPEN_TO_ALL.items():
        check(page, address, name, screenshot)


def test_pages_of_ones_account(page, screenshot):
    user = User.objects.create_superuser("chef", "chef@example.dk", PASSWORD)
    log_in(page, "chef")
    link = f"/admin/auth/user/{user.pk}/password/"
    change = f"/admin/auth/user/{user.pk}/change/"
    for name, address in {**OWN, "link": link, "user": change}.items():
        check(page, address, name, screenshot)
    page.goto(f"{ACCOUNT}bekraeft/?next={FACTORS['totp']}")
    page.get_by_label("Adgangskode", exact=False).first.fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()
    for name, address in FACTORS.items():
        check(page, address, name, screenshot)


def test_the_list_of_sessions_is_readable_in_a_narrow_window(page):
    User.objects.create_superuser("chef", "chef@example.dk", PASSWORD)
    log_in(page, "chef")
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(OWN["sessions"])
    [session] = page.locator(".account-sessions li").all()
    assert session.bounding_box()["width"] > 250
    assert "denne" in session.inner_text()
    assert "Mozilla" in session.inner_text()
