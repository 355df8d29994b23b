"""The pages of a municipality and a committee: navigation, narrow windows, accessibility."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from minutes.reader.records import Absence, Item, Participant
from minutes.vocabulary import Outcome
from tests.browser.checks import assert_accessible, assert_fits
from tests.documents import ballot, document, file, item
from tests.shared_archive import built_once

pytestmark = pytest.mark.django_db(transaction=True)

COMMITTEE = "/randers/beskaeftigelsesudvalget/"
URLS = ("/randers/", "/randers/personer/", "/randers/partier/", "/randers/partier/a/", COMMITTEE)


@pytest.fixture(autouse=True)
@built_once
def archive(municipalities: None) -> None:
    """Monthly meetings of three years with items numbered through the year; that of May 2020 is missing."""
    number = 0
    for year in (2018, 2019, 2020):
        number = 0
        for month in (1, 2, 3, 4, 5, 6, 8, 9):
            number += 5
            if (year, month) != (2020, 5):
                file(document(*agenda(number), date=f"{year}-{month:02}-14", **people(year)))


def agenda(last: int) -> Iterator[Item]:
    yield item(
        str(last - 4),
        "Omlægning af beskæftigelsesindsatsen for langtidsledige i hele kommunen",
        decision="Godkendt.",
        outcome=Outcome.APPROVED,
        ballots=(ballot(5, 2, against_names=("Ane Lund",)), ballot(2, 5, subject="amendment", result="lost")),
    )
    for number in range(last - 3, last):
        yield item(str(number), "Orientering", decision="Orientering givet.", outcome=Outcome.NOTED)
    yield item(str(last), "Køb af ejendom", closed=True)


def people(year: int) -> dict[str, tuple[Absence | Participant, ...]]:
    names = ("Ane Lund", "Bo Dam", "Cay Ørnsholt-Kristoffersen", "Dorthe Vestergaard Nørremark")
    present = names[:3] if year == 2018 else (*names[:2], names[3])
    return {
        "participants": tuple(Participant(name=name, party="A") for name in present),
        "absent": (Absence(name="Eva Kirk"),) if year == 2018 else (),
    }


def test_a_citizen_finds_members_and_the_missing_meeting(page: Page, screenshot):
    page.goto("/randers/")
    screenshot("kommune-daekning")
    page.get_by_role("region", name="Mangler der møder?").get_by_role("row", name="Besk").get_by_role(
        "link", name="1", exact=True
    ).click()
    expect(page.get_by_role("region", name="Mangler der møder?")).to_contain_text("punkt 21–25 findes ikke")
    expect(page.get_by_role("heading", name="Mangler der møder?")).to_be_in_viewport()
    members = page.get_by_role("region", name="Medlemmer")
    expect(members.get_by_role("link", name="Eva Kirk")).to_be_hidden()
    members.get_by_text("2 tidligere").click()
    expect(members.get_by_role("link", name="Eva Kirk")).to_be_visible()
    page.get_by_role("link", name="Alle omstridte punkter i udvalget").click()
    expect(page.get_by_role("status")).to_have_text("23 punkter fundet")


def test_the_pages_are_accessible_and_fit_the_window(page: Page, screenshot):
    for number, url in enumerate(URLS):
        page.goto(url)
        page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
        assert_accessible(page)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert_fits(page, width)
            screenshot(f"udvalg-{width}-{number}")
