"""The timeline of a case, and the differences between two versions of a meeting."""

import re

import pytest
from playwright.sync_api import Page, expect

from minutes import publishing
from minutes.models import Reading
from tests.browser.checks import assert_accessible, assert_fits
from tests.documents import imported
from tests.test_cases import CASE, case_in_three_committees
from tests.texts import minutes

pytestmark = pytest.mark.django_db(transaction=True)

MEETING = "/randers/beskaeftigelsesudvalget/2020-01-14/"
COUNCIL = "/randers/byraadet/2019-09-09/386/"
PAGES = {
    "case": CASE,
    "item-with-references": COUNCIL,
    "changes": f"{MEETING}aendringer/",
    "replaced": MEETING,
}


@pytest.fixture(autouse=True)
def archive(municipalities: None) -> None:
    """A case at three meetings, and a meeting with a new version."""
    case_in_three_committees()
    titles = ("Cykelsti ved havnen", "Varmeværk", "Budget")
    imported(minutes(*titles, decision="Godkendt med 5 stemmer for og 2 imod."))
    imported(minutes(*titles, decision="Godkendt med 6 stemmer for og 1 imod."))
    publishing.accept(Reading.objects.get(pending=True))


def test_a_citizen_follows_a_case_back_to_its_committee_and_to_the_source(page: Page):
    page.goto(COUNCIL)
    page.get_by_role("link", name="15.03.00-P20-1-19").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("SoSu-projektet til afgørelse")
    steps = page.locator(".step")
    expect(steps).to_have_count(4)
    expect(steps.nth(1)).to_contain_text("ikke i arkivet")
    steps.nth(1).get_by_role("link", name=re.compile("vis i kilden")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kilden til mødet")
    page.go_back()
    steps.nth(0).get_by_role("link", name="SoSu-projektet").first.click()
    expect(page).to_have_url("/randers/beskaeftigelsesudvalget/2019-08-20/82/")
    page.get_by_role("region", name="Omtalt i").get_by_role("link").first.click()
    expect(page).to_have_url(COUNCIL)


def test_a_meeting_links_to_the_differences_from_its_earlier_version(page: Page):
    page.goto(MEETING)
    page.get_by_role("link", name="Se, hvad der er ændret").click()
    expect(page.locator("del", has_text="5")).to_have_count(3)
    expect(page.locator("ins", has_text="6")).to_have_count(3)


def test_pages_fit_the_window_and_are_accessible(page: Page, screenshot):
    for name, url in PAGES.items():
        page.goto(url)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert_fits(page, width)
            screenshot(f"{name}-{width}")
        assert_accessible(page)
