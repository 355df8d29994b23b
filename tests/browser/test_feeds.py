"""Links to feeds on the pages, and the pages' JSON-LD."""

import json

import pytest
from playwright.sync_api import Page

from tests.browser.checks import assert_accessible, assert_fits
from tests.documents import ballot, document, file, item
from tests.shared_archive import built_once

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = {
    "feeds_home": "/",
    "feeds_meetings": "/moeder/",
    "feeds_municipality": "/randers/",
    "feeds_committee": "/randers/beskaeftigelsesudvalget/",
    "feeds_meeting": "/randers/beskaeftigelsesudvalget/2020-01-14/",
    "feeds_search": "/soeg/?q=cykelsti",
    "feeds_votes": "/afstemninger/",
    "feeds_case": "/randers/sager/05-01-00-p20-1-19/",
    "feeds_person": "/randers/personer/ane-lund/",
}


@pytest.fixture
@built_once
def archive(municipalities) -> None:
    contested_item = item(
        "1",
        "Cykelsti ved havnen",
        case_number="05.01.00-P20-1-19",
        decision="Godkendt med 6 stemmer for og 1 imod.",
        ballots=(ballot(6, 1, against_names=("Ane Lund",)),),
    )
    file(document(contested_item, item("2", "Eventuelt"), location="Rådhuset"))


@pytest.mark.usefixtures("archive")
def test_pages_link_to_their_feeds_and_have_valid_json_ld(page: Page, screenshot):
    page.set_viewport_size({"width": 320, "height": 800})
    for name, address in PAGES.items():
        page.goto(address)
        screenshot(f"{name}_320")
        assert_fits(page, 320)
        # In a wide window test_journeys checks pages of these kinds.
        assert_accessible(page, best_practices=False)
        link = page.get_by_role("link", name="feed (Atom)")
        if name != "feeds_meeting":
            assert link.is_visible()
            response = page.request.get(link.get_attribute("href"))
            assert response.headers["content-type"].startswith("application/atom+xml")
        for script in page.locator('script[type="application/ld+json"]').all():
            assert json.loads(script.text_content())["@context"] == "https://schema.org"
