"""Sign-in with a second factor and with a passkey, by Chromium's virtual authenticator."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.models import User
from django.core.cache import cache
from playwright.sync_api import Page, expect

from tests.browser.login import PASSWORD, log_in

pytestmark = pytest.mark.django_db(transaction=True)
ACCOUNT = "/admin/konto/totrin/"


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def confirm_password(page: Page) -> None:
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.locator("main button[type=submit]").first.click()


def log_out(page: Page) -> None:
    page.goto("/admin/")
    page.get_by_role("button", name="Log ud").click()


def test_staff_sign_in_with_the_code_of_an_app(page, screenshot):
    User.objects.create_superuser("chef", "chef@example.dk", PASSWORD)
    log_in(page, "chef")
    page.goto(f"{ACCOUNT}totp/activate/")
    confirm_password(page)
    secret = page.locator("#authenticator_secret").input_value()
    screenshot("totp")
    page.get_by_label("Autentificeringskode").fill(code(secret))
    page.get_by_role("button", name="Aktiver").click()
    expect(page.locator("h1").last).to_contain_text(re.compile("[Gg]endannelse"))
    screenshot("recovery")
    log_out(page)
    # The code was used a moment ago.
    cache.clear()
    page.goto("/admin/login/")
    page.get_by_label("Brugernavn").fill("chef")
    page.get_by_label("Adgangskode").fill(PASSWORD)
    page.get_by_role("button", name="Log ind", exact=True).click()
    screenshot("code")
    page.locator("input[name=code]").fill(code(secret))
    page.get_by_role("button", name="Log ind").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Overblik")


def test_staff_sign_in_with_a_passkey(page, screenshot):
    User.objects.create_superuser("chef", "chef@example.dk", PASSWORD)
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    options |= {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    log_in(page, "chef")
    page.goto(f"{ACCOUNT}webauthn/add/")
    confirm_password(page)
    page.locator("input[name=name]").fill("Min telefon")
    page.locator("input[name=passwordless]").check()
    screenshot("passkey")
    page.locator("#mfa_webauthn_add").click()
    expect(page.locator("h1").last).to_contain_text(re.compile("[Gg]endannelse"))
    log_out(page)
    page.goto("/admin/login/")
    screenshot("login")
    page.get_by_role("button", name="Log ind med adgangsnøgle").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Overblik")
