"""A member's page, read by a person."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from django.db.models import Count
from playwright.sync_api import Page, expect

from minutes.models import Municipality, Person
from minutes.models.danish import slug
from minutes.publishing import ingest_document
from synthetic import generate_minutes
from tests.documents import source

pytestmark = pytest.mark.django_db(transaction=True)

LISTS = ("moeder", "paa-listen", "stemmer", "uenig", "forbehold", "bemaerkninger")


@pytest.fixture(autouse=True)
def archive(transactional_db) -> None:
    """Sixty made meetings of a municipality."""
    for made in generate_minutes(60, seed=5, municipalities=1):
        town, _ = Municipality.objects.get_or_create(name=made.municipality, slug=slug(made.municipality))
        with transaction.atomic():
            ingest_document(source(given_municipality=town), made.document, publish=True)


def who(kind: str) -> Person:
    """The member with the most of something."""
    people = Person.objects.published().select_related("municipality").annotate(count=Count(kind))
    return people.order_by("-count", "id")[0]


def addresses(page: Page) -> list[str]:
    """The pages of those with the most votes and the most statements, and the lists that they have."""
    found = []
    for person in {who("votes"), who("statements")}:
        address = person.get_absolute_url()
        found += [address, *(f"{address}?vis={each}" for each in LISTS)]
    return [address for address in found if page.request.get(address).ok]


def test_a_journalist_goes_from_a_figure_to_the_words_it_counts(page: Page, screenshot):
    person = who("votes")
    page.goto(person.get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_have_text(person.name)
    screenshot("person")
    figure = page.get_by_role("region", name="Afstemninger").get_by_role(
        "link", name=re.compile(r"^\d+ afstemning")
    )
    count = int(figure.inner_text().split()[0])
    figure.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stemmer afgivet ved navn")
    expect(page.get_by_role("status")).to_contain_text(f"{count} i alt")
    screenshot("person-stemmer")
    row = page.locator(".person-votes > li").first
    words = row.locator("blockquote").inner_text()
    row.get_by_role("link", name="vis i kilden").click()
    marked = page.locator("mark")
    expect(marked.first).to_be_in_viewport()
    assert " ".join(marked.all_inner_texts()).split() == words.split()


def test_a_name_in_a_meeting_leads_to_the_person_and_back(page: Page):
    attendance = who("attendances").attendances.filter(item=None).select_related("person")[0]
    meeting = type(attendance.meeting).objects.with_places().get(pk=attendance.meeting_id)
    page.goto(meeting.get_absolute_url())
    page.get_by_role("link", name=attendance.name, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(attendance.person.name)
    page.get_by_role("region", name="Udvalg", exact=True).get_by_role(
        "link", name=meeting.committee.name
    ).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(meeting.committee.name)


@pytest.mark.parametrize("width", [320, 1280])
def test_no_list_is_wider_than_the_window(page: Page, screenshot, width):
    page.set_viewport_size({"width": width, "height": 800})
    for number, address in enumerate(addresses(page)):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address
        screenshot(f"person-{width}-{number:02}")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_list_is_accessible(page: Page, scheme):
    """WCAG 2.2 A and AA, as far as axe-core can tell, in light and dark."""
    page.emulate_media(color_scheme=scheme)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    for address in addresses(page):
        page.goto(address)
        results = Axe().run(page, options={"runOnly": tags})
        assert results.violations_count == 0, f"{address}: {results.generate_report()}"
