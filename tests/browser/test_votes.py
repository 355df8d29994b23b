"""The list of ballots in a browser: chosen from without scripts, readable on a telephone."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.documents import ballot, document, file, item

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def archive(municipalities: None) -> None:
    """A ballot of each of three years, in the second closest."""
    for year, counts, result in (
        (2018, (5, 0), "carried"),
        (2020, (4, 3), "carried"),
        (2021, (1, 6), "lost"),
    ):
        against = {"against_names": ("Ane Lund",), "for_parties": {"Venstre": 3}} if counts[1] else {}
        held = ballot(*counts, result=result, subject="part 2", **against)
        title = f"Etablering af cykelsti langs Jernbanegade i {year}"
        told = item("1", title, decision="Godkendt.", ballots=(held,), reservations=("Bo Dam",))
        file(document(told, date=f"{year}-02-01"))


def test_a_journalist_finds_the_close_ones_and_who_was_against_without_scripts(browser: Browser, live_server):
    context = browser.new_context(base_url=live_server.url, locale="da-DK", java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Afstemninger", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("3 afstemninger")
    page.get_by_label("Person, der stemte").select_option("Ane Lund")
    page.get_by_label("Sortering").select_option("Tætteste først")
    page.get_by_label("Kun omstridte").check()
    page.get_by_role("button", name="Vis", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("2 afstemninger")
    expect(page.locator(".ballot h3").first).to_contain_text("2020")
    page.get_by_text("Vis tallene").click()
    page.get_by_role("link", name="2021", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("1 afstemning")
    page.locator(".ballot").get_by_role("link", name="Ane Lund").click()
    expect(page).to_have_url(re.compile("/randers/personer/ane-lund/$"))
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_is_accessible_and_no_wider_than_the_window(page: Page, screenshot, width, scheme):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    for name, query in (("alle", ""), ("ingen", "?til=1999-01-01")):
        page.goto(f"/afstemninger/{query}")
        for unfolded in page.locator("details summary").all():
            unfolded.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, query
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        results = Axe().run(page, options={"runOnly": tags})
        assert results.violations_count == 0, f"{query}: {results.generate_report()}"
        screenshot(f"afstemninger-{name}-{width}-{scheme}")
