"""A case's way and what a new version changed, as a person sees them."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from minutes import publishing
from minutes.models import Reading
from tests.documents import imported
from tests.test_cases import CASE, way
from tests.texts import minutes

pytestmark = pytest.mark.django_db(transaction=True)

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
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
    """A case at three meetings, and a meeting whose minutes were replaced."""
    way()
    titles = ("Cykelsti ved havnen", "Varmeværk", "Budget")
    imported(minutes(*titles, decision="Godkendt med 5 stemmer for og 2 imod."))
    imported(minutes(*titles, decision="Godkendt med 6 stemmer for og 1 imod."))
    publishing.accept(Reading.objects.get(waiting=True))


def test_a_case_is_followed_from_the_council_back_to_its_committee_and_to_the_words(page: Page):
    page.goto(COUNCIL)
    page.get_by_role("link", name="15.03.00-P20-1-19").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sag 15.03.00-P20-1-19")
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


def test_what_a_new_version_changed_is_read_from_the_meeting(page: Page):
    page.goto(MEETING)
    page.get_by_role("link", name="Se, hvad der er ændret").click()
    expect(page.locator("del", has_text="5")).to_have_count(3)
    expect(page.locator("ins", has_text="6")).to_have_count(3)


def test_no_page_is_wider_than_the_window_or_shuts_anybody_out(page: Page, screenshot):
    for name, address in PAGES.items():
        page.goto(address)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
            screenshot(f"{name}-{width}")
        for scheme in ("dark", "light"):
            page.emulate_media(color_scheme=scheme)
            found = Axe().run(page, options={"runOnly": TAGS})
            assert found.violations_count == 0, f"{address}: {found.generate_report()}"
