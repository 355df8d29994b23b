"""Following in a real browser: the way to feeds and calendars is seen, and no page's data complained of."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.documents import ballot, document, file, item

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
def archive(municipalities) -> None:
    voted = item(
        "1",
        "Cykelsti ved havnen",
        case_number="05.01.00-P20-1-19",
        decision="Godkendt med 6 stemmer for og 1 imod.",
        ballots=(ballot(6, 1, against_names=("Ane Lund",)),),
    )
    file(document(voted, item("2", "Eventuelt"), location="Rådhuset"))


@pytest.mark.parametrize(("name", "address"), PAGES.items())
@pytest.mark.parametrize("width", [320, 1280])
def test_a_page_shows_where_to_follow_it(page, archive, screenshot, name, address, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    screenshot(f"{name}_{width}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    result = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
    assert result.violations_count == 0, result.generate_report()
    follow = page.get_by_role("link", name="feed (Atom)")
    if name != "feeds_meeting":
        assert follow.is_visible()
        assert (
            page.request.get(follow.get_attribute("href"))
            .headers["content-type"]
            .startswith("application/atom+xml")
        )
    for script in page.locator('script[type="application/ld+json"]').all():
        assert json.loads(script.text_content())["@context"] == "https://schema.org"
