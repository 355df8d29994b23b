"""A secretary's way from an upload to published meetings."""

import pytest
from django.contrib.auth.models import Group, User
from playwright.sync_api import Page, expect

from minutes.models import Assignment, Meeting
from minutes.models.rights import EDITOR
from minutes.rights import update_groups
from tests.browser.checks import accessibility_report, assert_fits
from tests.documents import drafted, randers
from tests.texts import minutes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def editor(municipalities: None, page: Page) -> None:
    """A Redaktør of Randers, logged in."""
    update_groups()
    user = User.objects.create_user("redaktør", password="et langt kodeord", is_staff=True)
    Assignment.objects.create(user=user, municipality=randers(), group=Group.objects.get(name=EDITOR))
    page.goto("/admin/")
    page.get_by_label("Brugernavn").fill("redaktør")
    page.get_by_label("Adgangskode").fill("et langt kodeord")
    page.get_by_role("button", name="Log ind").click()


def in_both_widths(page: Page, screenshot, name: str) -> None:
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert_fits(page, width)
        screenshot(f"{name}-{width}")
    assert accessibility_report(page, best_practices=False) == ""


def test_a_draft_is_previewed_and_published(page: Page, screenshot):
    meeting = drafted(minutes("Cykelsti", "Havnebad"))
    page.reload()
    page.get_by_role("link", name="Gennemgå kladderne").click()
    in_both_widths(page, screenshot, "review-queue")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Lav et link").click()
    in_both_widths(page, screenshot, "review-draft")
    page.get_by_role("link", name="Se forhåndsvisningen").click()
    expect(page.get_by_role("note")).to_contain_text("Mødet er ikke offentliggjort.")
    in_both_widths(page, screenshot, "review-preview")
    page.get_by_role("link", name="Havnebad").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Havnebad")
    expect(page.get_by_role("note")).to_contain_text("Mødet er ikke offentliggjort.")
    in_both_widths(page, screenshot, "review-preview-item")
    assert Meeting.objects.get(pk=meeting.pk).state == "draft"
