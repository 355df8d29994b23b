"""Search: suggestions with keyboard and mouse, and everything without scripts."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.documents import document, file, item
from tests.shared_archive import built_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
@built_once
def archive(municipalities: None) -> None:
    """A meeting in each of two years."""
    for year, title in ((2019, "Cykelsti ved skolen"), (2020, "Skolens tag")):
        file(document(item("1", title), item("2", "Budget"), date=f"{year}-02-01"))


def test_a_suggestion_is_chosen_with_the_keyboard(page: Page):
    page.goto("/")
    field = page.get_by_role("combobox", name="Søg i dagsordener")
    field.press_sequentially("besk")
    committee = page.get_by_role("option", name="Beskæftigelsesudvalget")
    expect(committee).to_be_visible()
    field.press("ArrowDown")
    expect(committee).to_have_attribute("aria-selected", "true")
    field.press("Enter")
    expect(page).to_have_url("/randers/beskaeftigelsesudvalget/")


def test_escape_closes_the_suggestions_and_enter_searches(page: Page):
    page.goto("/soeg/")
    field = page.get_by_role("combobox", name="Søg i dagsordener")
    field.press_sequentially("cykel")
    expect(page.get_by_role("option", name="Cykelsti ved skolen")).to_be_visible()
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    field.press("Enter")
    expect(page.get_by_role("status")).to_have_text("1 punkt fundet")


def test_a_suggestion_is_chosen_with_the_mouse(page: Page):
    page.goto("/soeg/")
    page.get_by_role("combobox", name="Søg i dagsordener").press_sequentially("skol")
    page.get_by_role("option", name="Skolens tag").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Skolens tag")


def test_search_and_facets_work_without_scripts(browser: Browser, live_server):
    context = browser.new_context(base_url=live_server.url, locale="da-DK", java_script_enabled=False)
    page = context.new_page()
    page.goto("/soeg/")
    page.get_by_label("Søg i dagsordener").fill("skole")
    page.get_by_role("button", name="Søg").click()
    expect(page.get_by_role("status")).to_have_text("2 punkter fundet")
    page.get_by_role("complementary").get_by_role("link", name="2019").click()
    expect(page.get_by_role("status")).to_have_text("1 punkt fundet")
    page.get_by_label("Søg i dagsordener").fill("budget")
    page.get_by_role("button", name="Søg").click()
    expect(page.get_by_role("status")).to_have_text("1 punkt fundet")
    page.get_by_role("link", name="Fjern 2019").click()
    expect(page.get_by_role("status")).to_have_text("2 punkter fundet")
    context.close()
