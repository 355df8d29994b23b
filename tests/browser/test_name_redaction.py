"""A name is redacted in all meetings after a page with its places; an original is erased after a page."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import Page, expect

from minutes.models import Assignment, ErasedOriginal, Meeting, Municipality, Reading
from minutes.models.rights import RESPONSIBLE
from minutes.rights import update_groups
from tests.browser.checks import assert_accessible, assert_fits
from tests.browser.login import log_in
from tests.documents import imported
from tests.texts import minutes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def responsible(municipalities: None, page: Page) -> None:
    """A user who is Ansvarlig of Randers, logged in, and two meetings with a name."""
    update_groups()
    user = User.objects.create_user("ansvarlig", password="et langt kodeord", is_staff=True)
    group = Group.objects.get(name=RESPONSIBLE)
    Assignment.objects.create(user=user, municipality=Municipality.objects.get(code="730"), group=group)
    imported(minutes("Klage", decision="Klagen fra Bo Kanariefugl om hegnet på Nørregade afvises."))
    imported(minutes("Ansøgning", day="03-03-2021", decision="Bo Kanariefugls ansøgning imødekommes."))
    log_in(page, "ansvarlig")


def look_at(page: Page, screenshot: Callable[[str], None], name: str) -> None:
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert_fits(page, width)
        screenshot(f"{name}-{width}")
    assert_accessible(page, best_practices=False)


def test_a_name_is_redacted_and_an_original_erased_by_keyboard(page: Page, screenshot):
    page.get_by_role("link", name="Fjern et navn").click()
    page.get_by_role("textbox", name="Navn").fill("Bo Kanariefugl")
    page.get_by_label("Begrundelse").fill("Anmodning om sletning")
    look_at(page, screenshot, "fjern-navn")
    page.get_by_role("button", name="Find navnet").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("2 steder, 2 valgt i 2 møder")
    look_at(page, screenshot, "fjern-navn-steder")
    box = page.get_by_role("checkbox").first
    box.press("Space")
    expect(box).not_to_be_checked()
    page.get_by_role("button", name="Fjern navnet de valgte steder").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("fjernet 1 sted i 1 møde")
    first, second = Reading.objects.order_by("meeting__date").select_related("meeting")
    assert "Klagen fra ▓" in first.text
    assert "Bo Kanariefugls ansøgning" in second.text
    page.goto(f"/admin/minutes/meeting/{second.meeting_id}/change/")
    expect(page.get_by_text("1 sted med et navn, der er fjernet i andre møder")).to_be_visible()
    look_at(page, screenshot, "kendt-navn")
    page.get_by_role("link", name="Slet den originale fil").press("Enter")
    page.get_by_label("Begrundelse").fill("Anmodning om sletning")
    look_at(page, screenshot, "slet-original")
    page.get_by_role("button", name="Slet filen for altid").press("Enter")
    expect(page.locator(".messagelist")).to_have_text("Den originale fil er slettet.")
    assert ErasedOriginal.objects.count() == 1
    assert Meeting.objects.count() == 2
