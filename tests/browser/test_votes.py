"""The list of ballots: filters without scripts, narrow windows, accessibility."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.checks import assert_accessible, assert_fits
from tests.documents import ballot, document, file, item
from tests.shared_archive import built_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
@built_once
def archive(municipalities: None) -> None:
    """A ballot in each of three years; that of 2020 is the closest."""
    for year, counts, result in (
        (2018, (5, 0), "carried"),
        (2020, (4, 3), "carried"),
        (2021, (1, 6), "lost"),
    ):
        against = {"against_names": ("Ane Lund",), "for_parties": {"Venstre": 3}} if counts[1] else {}
        printed_ballot = ballot(*counts, result=result, subject="part 2", **against)
        title = f"Etablering af cykelsti langs Jernbanegade i {year}"
        voted_item = item(
            "1", title, decision="Godkendt.", ballots=(printed_ballot,), reservations=("Bo Dam",)
        )
        file(document(voted_item, date=f"{year}-02-01"))


def test_a_journalist_finds_close_votes_and_opponents_without_scripts(browser: Browser, live_server):
    context = browser.new_context(base_url=live_server.url, locale="da-DK", java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Afstemninger", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("3 afstemninger")
    page.get_by_label("Medlem").select_option("Ane Lund")
    page.get_by_label("Sortering").select_option("Tætteste først")
    page.get_by_label("Kun omstridte").check()
    page.get_by_role("button", name="Vis", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("2 afstemninger")
    expect(page.locator(".ballot h3").first).to_contain_text("2020")
    page.get_by_text("Vis tallene").click()
    page.get_by_role("link", name="2021", exact=True).click()
    expect(page.get_by_role("status")).to_have_text("1 afstemning")
    page.get_by_text("Hvem stemte hvad").click()
    page.locator(".ballot").get_by_role("link", name="Ane Lund").click()
    expect(page).to_have_url(re.compile("/randers/personer/ane-lund/$"))
    context.close()


def test_the_page_is_accessible_and_fits_the_window(page: Page, screenshot):
    for name, query in (("alle", ""), ("ingen", "?til=1999-01-01")):
        page.set_viewport_size({"width": 320, "height": 800})
        page.goto(f"/afstemninger/{query}")
        for summary in page.locator("details summary").all():
            summary.click()
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert_fits(page, width)
            assert_accessible(page)
            screenshot(f"afstemninger-{name}-{width}")
