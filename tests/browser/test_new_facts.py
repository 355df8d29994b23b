"""The pages of cancelled and joint meetings, of deduced votes and elections, and of unread documents."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from playwright.sync_api import Page, expect

from minutes.importer import Overrides, import_upload
from minutes.models import Municipality
from minutes.reader.records import Election, MemberVote, Movement, Participant, Substitute
from minutes.vocabulary import VoteChoice, VoteKnown
from tests.browser.checks import assert_accessible, assert_fits
from tests.documents import ballot, document, file, item, randers
from tests.pages import MEETING
from tests.shared_archive import built_once

pytestmark = pytest.mark.django_db(transaction=True)

ITEM = f"{MEETING}1/"


@pytest.fixture(autouse=True)
@built_once
def archive(transactional_db) -> None:
    """A joint meeting with a vote and an election, and a cancelled one."""
    Municipality.objects.get_or_create(code="730", defaults={"name": "Randers", "slug": "randers"})
    votes = (
        MemberVote(name="Bo Dam", party="V", choice=VoteChoice.AGAINST),
        MemberVote(name="Ane Lund", party="A", choice=VoteChoice.FOR, known=VoteKnown.DEDUCED),
    )
    file(
        document(
            item(
                "1",
                "Valg og cykelsti",
                decision="Godkendt med 1 stemme for og 1 stemme imod. Imod stemte Bo Dam (V).",
                ballots=(ballot(1, 1, against_names=("Bo Dam",), votes=votes),),
                elections=(Election(office="formand", elected=("Ane Lund",), votes={"Ane Lund": 5}),),
            ),
            committees=("Beskæftigelsesudvalget", "Kulturudvalget"),
            participants=(Participant(name="Ane Lund", party="A"), Participant(name="Bo Dam", party="V")),
            substitutes=(Substitute(name="Dorte Fisk", party="A", absentee="Emil Gade"),),
            arrivals=(Movement(name="Bo Dam", time="17:15"),),
        )
    )
    file(document(date="2020-02-14", cancelled=True, text="Aflyst"))


def test_the_new_facts_are_readable_on_their_pages(page: Page, screenshot):
    for name, address in (
        ("faellesmoede", MEETING),
        ("udledt-stemme", ITEM),
        ("aflyst", "/randers/beskaeftigelsesudvalget/2020-02-14/"),
        ("udvalg-med-faellesmoede", "/randers/kulturudvalget/"),
    ):
        page.set_viewport_size({"width": 390, "height": 800})
        page.goto(address)
        assert_accessible(page)
        assert_fits(page, 390)
        screenshot(name)


def test_staff_find_out_why_a_document_is_not_public(page: Page, screenshot):
    User.objects.create_superuser("drift", password="drift")
    texts = (
        b"Referat\n\nVi talte om vejen og om bussen i udvalget.\n",
        b"REFERAT Teknikudvalget d. 15-01-2020\n\nVi talte om vejen og om bussen.\n",
        b"UDKAST\n\nREFERAT Teknikudvalget d. 14-01-2020\n\n"
        b"Punkt 1: Sti\n\nBeslutning\n\nGodkendt.\n\nPunkt 3: Vej\n\nBeslutning\n\nGodkendt.\n",
    )
    import_upload(
        [(f"referat{number}.txt", text) for number, text in enumerate(texts)],
        Overrides(municipality=randers()),
        None,
    )
    page.goto(f"/admin/login/?next={reverse('admin:index')}")
    page.get_by_label("Brugernavn").fill("drift")
    page.get_by_label("Adgangskode").fill("drift")
    page.get_by_role("button", name="Log ind", exact=True).click()
    expect(page.get_by_text("Dokumentet kalder sig et udkast eller foreløbigt.")).to_be_visible()
    expect(page.get_by_text("ikke læst", exact=True)).to_be_visible()
    screenshot("overblik-med-tvivl")
    page.get_by_role("link", name="referat0.txt").click()
    expect(page.get_by_role("heading", name="Teksten")).to_be_visible()
    screenshot("dokument-uden-moede")
    page.get_by_label("Udvalg").fill("Teknikudvalget")
    page.get_by_label("Mødedato").fill("2020-03-04")
    page.get_by_role("button", name="Læg som kladde").click()
    expect(page.get_by_role("heading", name="Ikke læst")).to_be_visible()
    screenshot("ikke-laest")
