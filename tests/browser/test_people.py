"""The page of a member and its lists."""

import re

import pytest
from django.db import transaction
from django.db.models import Count
from playwright.sync_api import Page, expect

from minutes.models import Municipality, Person
from minutes.models.danish import slug
from minutes.publishing import ingest_document
from minutes.reader import read
from synthetic import generate_minutes
from tests.browser.checks import assert_accessible, assert_fits
from tests.documents import source
from tests.shared_archive import built_once

pytestmark = pytest.mark.django_db(transaction=True)

LISTS = ("moeder", "paa-listen", "stemmer", "uenig", "forbehold", "bemaerkninger")


@pytest.fixture(autouse=True)
@built_once
def archive(transactional_db) -> None:
    """Sixty synthetic meetings of a municipality."""
    for generated in generate_minutes(60, seed=5, municipalities=1):
        name = generated.municipality
        municipality, _created = Municipality.objects.get_or_create(name=name, slug=slug(name))
        with transaction.atomic():
            document = read(generated.text.encode(), name="referat.txt")
            ingest_document(source(given_municipality=municipality), document, publish=True)


def member_with_most(relation: str) -> Person:
    """Return the member with the most rows of a relation ("votes")."""
    people = Person.objects.published().select_related("municipality").annotate(count=Count(relation))
    return people.order_by("-count", "id")[0]


def urls(page: Page) -> list[str]:
    """Return the pages and existing lists of the members with the most votes and the most statements."""
    pages = [
        member_with_most(relation).get_absolute_url() + query
        for relation in ("votes", "statements")
        for query in ("", *(f"?vis={name}" for name in LISTS))
    ]
    return [url for url in dict.fromkeys(pages) if page.request.get(url).ok]


def test_a_journalist_goes_from_a_figure_to_the_source(page: Page, screenshot):
    person = member_with_most("votes")
    page.goto(person.get_absolute_url())
    expect(page.get_by_role("heading", level=1)).to_have_text(person.name)
    screenshot("person")
    figure = page.get_by_role("region", name="Afstemninger").get_by_role(
        "link", name=re.compile(r"^\d+ fremgår af referatet")
    )
    count = int(figure.inner_text().split()[0])
    figure.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stemmer, der fremgår af referatet")
    expect(page.get_by_role("status")).to_contain_text(f"{count} i alt")
    screenshot("person-stemmer")
    row = page.locator(".person-votes > li").first
    evidence = row.locator("blockquote").inner_text()
    row.get_by_role("link", name="vis i kilden").click()
    marked = page.locator("mark")
    expect(marked.first).to_be_in_viewport()
    assert " ".join(marked.all_inner_texts()).split() == evidence.split()


def test_a_name_in_a_meeting_links_to_the_person_and_back(page: Page):
    attendance = member_with_most("attendances").attendances.filter(item=None).select_related("person")[0]
    meeting = type(attendance.meeting).objects.with_places().get(pk=attendance.meeting_id)
    page.goto(meeting.get_absolute_url())
    page.get_by_role("link", name=attendance.name, exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(attendance.person.name)
    page.get_by_role("region", name="Udvalg", exact=True).get_by_role(
        "link", name=meeting.committee.name
    ).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(meeting.committee.name)


def comparison_url() -> str:
    """Return the address that compares the two members with the most votes."""
    first, second = Person.objects.annotate(count=Count("votes")).order_by("-count", "id")[:2]
    municipality = first.municipality.slug
    return f"/{municipality}/personer/sammenlign/?person={first.slug}&med={second.slug}"


def test_lists_are_accessible_and_fit_the_window(page: Page, screenshot):
    for number, url in enumerate([*urls(page), comparison_url()]):
        page.goto(url)
        assert_accessible(page)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert_fits(page, width)
            screenshot(f"person-{width}-{number:02}")
