"""The main tasks of visitors and staff."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from playwright.sync_api import Page, expect

from minutes.importer.gazetteer_file import read_gazetteer
from minutes.models import GazetteerPlace, Meeting, Municipality
from minutes.models.danish import slug
from minutes.publishing import ingest_document
from minutes.publishing.gazetteer import find_all_places
from minutes.publishing.gazetteer_places import store_gazetteer
from minutes.reader import read
from synthetic import gazetteer, generate_minutes
from tests.browser.checks import assert_accessible, assert_fits
from tests.browser.login import log_in
from tests.documents import source
from tests.shared_archive import built_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
@built_once
def archive(transactional_db) -> None:
    """Sixteen synthetic meetings of two municipalities."""
    for generated in generate_minutes(16, seed=5):
        name = generated.municipality
        municipality, _created = Municipality.objects.get_or_create(name=name, slug=slug(name))
        with transaction.atomic():
            document = read(generated.text.encode(), name="referat.txt")
            ingest_document(source(given_municipality=municipality), document, publish=True)
    for municipality in Municipality.objects.published():
        store_gazetteer(municipality, read_gazetteer(gazetteer().encode()).entries)
    find_all_places()


def contested_meeting() -> Meeting:
    return Meeting.objects.filter(items__contested=True, items__ballots__isnull=False).with_places().first()


def urls() -> list[str]:
    """Return a URL for every kind of page."""
    meeting = contested_meeting()
    item = meeting.items.filter(ballots__isnull=False)[0]
    reading = meeting.readings.get()
    section = item.sections.filter(kind="decision")[0]
    place = GazetteerPlace.objects.published().select_related("municipality").first()
    person = item.ballots.first().known_votes.exclude(person=None).first().person
    return [
        place.get_absolute_url(),
        f"{place.municipality.get_absolute_url()}steder/",
        person.get_absolute_url(),
        item.case_numbers.first().case.get_absolute_url(),
        "/",
        "/om/",
        "/om/fejl/",
        "/om/persondata/",
        "/kommuner/",
        "/moeder/",
        "/afstemninger/",
        meeting.committee.municipality.get_absolute_url(),
        meeting.committee.get_absolute_url(),
        meeting.get_absolute_url(),
        item.get_absolute_url(),
        "/soeg/",
        "/soeg/?q=kommune",
        "/soeg/?q=findesikkeher",
        f"/kilde/{reading.pk}/?fra={section.start}&til={section.end}",
    ]


def test_a_citizen_finds_a_decision(page: Page, screenshot):
    meeting = contested_meeting()
    committee = meeting.committee
    municipality = committee.municipality
    page.goto("/")
    screenshot("forside")
    page.get_by_role("navigation", name="Hovedmenu").get_by_role("link", name="Kommuner").click()
    page.get_by_role("link", name=municipality.name, exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(municipality.name)
    screenshot("kommune")
    page.get_by_role("region", name="Byråd og udvalg").get_by_role("link", name=committee.name).click()
    page.locator(f'main a[href="{meeting.get_absolute_url()}"]').first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(committee.name)
    screenshot("moede")
    item = meeting.items.filter(ballots__isnull=False)[0]
    page.get_by_role("link", name=item.title, exact=True).first.click()
    expect(page.get_by_role("region", name="Beslutning")).to_contain_text(item.decision[:20])
    screenshot("punkt")
    page.set_viewport_size({"width": 320, "height": 800})
    page.get_by_role("link", name="English", exact=True).click()
    expect(page).to_have_url(re.compile(f"/en{item.get_absolute_url()}$"))
    expect(page.get_by_role("region", name="Decision")).to_contain_text(item.decision[:20])
    assert_fits(page, 320)
    assert_accessible(page)
    screenshot("punkt-engelsk")
    page.get_by_role("link", name="Dansk", exact=True).click()
    page.get_by_role("navigation", name="Brødkrumme").get_by_role("link", name=committee.name).click()
    expect(page).to_have_url(re.compile(f"{committee.get_absolute_url()}$"))


def test_a_journalist_goes_from_a_search_to_the_source(page: Page, screenshot):
    item = contested_meeting().items.filter(ballots__isnull=False)[0]
    ballot = item.ballots.order_by("position")[0]
    page.goto("/")
    page.get_by_label("Søg i dagsordener og beslutninger").fill(f'"{item.title}"')
    page.get_by_role("button", name="Søg").click()
    expect(page.get_by_role("status")).to_contain_text("fundet")
    page.get_by_role("link", name="Omstridte").click()
    expect(page).to_have_url(re.compile("omstridt=on"))
    facets = page.get_by_role("complementary", name="Afgræns")
    facets.get_by_role("link", name=item.meeting.committee.municipality.name).click()
    expect(page).to_have_url(re.compile("omstridt=on.*kommune="))
    screenshot("soegning")
    page.get_by_role("link", name=item.title, exact=True).first.click()
    page.locator(".ballot").first.get_by_role("link", name="vis i kilden").click()
    marked = page.locator("mark")
    expect(marked.first).to_be_in_viewport()
    assert " ".join(marked.all_inner_texts()).split() == ballot.evidence.split()
    screenshot("kilde")


def test_a_search_needs_only_the_keyboard(page: Page):
    page.goto("/")
    page.keyboard.press("Tab")
    skip_link = page.get_by_role("link", name="Gå til indholdet")
    expect(skip_link).to_be_focused()
    expect(skip_link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Søg i dagsordener og beslutninger")).to_be_focused()
    page.keyboard.type("kommune")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Søg i referaterne")
    expect(page.locator("ol.hits li").first).to_be_visible()


def test_every_page_is_accessible_and_fits_the_window(page: Page, screenshot):
    for number, url in enumerate(urls()):
        page.goto(url)
        for width in (320, 700, 1400):
            page.set_viewport_size({"width": width, "height": 800})
            assert_fits(page, width)
            screenshot(f"{width}-{number:02}")
        assert_accessible(page)


def test_a_meeting_is_printed_without_menus(page: Page):
    page.goto(contested_meeting().get_absolute_url())
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("navigation", name="Hovedmenu")).to_be_hidden()


def test_staff_log_in_and_withdraw_a_meeting(page: Page, screenshot):
    User.objects.create_superuser("sekretaer", password="et langt kodeord")
    meeting = contested_meeting()
    log_in(page, "sekretaer")
    page.get_by_role("link", name="Møder", exact=True).first.click()
    screenshot("admin-moeder")
    page.locator(f'input[name="_selected_action"][value="{meeting.pk}"]').check()
    page.locator("select[name=action]").select_option(label="Træk de valgte møder tilbage")
    page.get_by_role("button", name="Udfør").click()
    page.get_by_role("button", name="Træk de afkrydsede tilbage").click()
    expect(page.locator(".messagelist")).to_be_visible()
    response = page.request.get(meeting.get_absolute_url())
    assert response.status == 404
