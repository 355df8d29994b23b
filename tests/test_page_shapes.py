"""Lists, meetings and cases begin with the essential; chosen filters are tags."""

import html
import re

import pytest

from minutes.vocabulary import Outcome
from tests.ballots import file_ballots
from tests.documents import ballot, file, item
from tests.pages import MEETING, rich_document, text_of

pytestmark = pytest.mark.django_db


def tags(response) -> dict[str, str]:
    """Return the chosen filters of a page by their labels, with the addresses that remove them."""
    body = response.content.decode().partition('<ul class="chosen-tags"')[2].partition("</ul>")[0]
    links = re.findall(r'href="([^"]*)"><span[^>]*>Fjern </span>(.*?) <span', body)
    return {html.unescape(label): html.unescape(address) for address, label in links}


def test_each_chosen_filter_of_a_list_is_a_tag_that_removes_only_itself(client):
    file_ballots()
    query = "?kommune=randers&fra=2019-02-01&omstridt=on&sorter=taettest&side=1"
    assert tags(client.get(f"/afstemninger/{query}")) == {
        "Randers": "?fra=2019-02-01&omstridt=on&sorter=taettest",
        "Fra dato: 1. februar 2019": "?kommune=randers&omstridt=on&sorter=taettest",
        "Kun omstridte": "?kommune=randers&fra=2019-02-01&sorter=taettest",
    }
    assert tags(client.get("/moeder/?kommune=findes-ikke")) == {}


def test_each_chosen_facet_of_a_search_is_a_tag(client):
    file_ballots()
    chosen = tags(client.get("/soeg/?q=bro&kommune=randers&omstridt=on"))
    assert chosen["Randers"] == "?q=bro&omstridt=on"
    assert chosen["Kun omstridte"] == "?q=bro&kommune=randers"


def test_the_first_ballot_comes_before_the_chart_and_the_explanations(client):
    file_ballots()
    seen = text_of(client.get("/afstemninger/"))
    assert seen.index("Hvem stemte hvad") < seen.index("År for år") < seen.index("De fleste beslutninger")


def test_a_filter_that_fails_is_shown_with_a_danish_message(client):
    file_ballots()
    response = client.get("/afstemninger/?forskel=9")
    assert '<details class="drawer" open>' in response.content.decode()
    assert "Vælg en mulighed fra listen." in text_of(response)


def test_a_meeting_begins_with_what_was_contested(page):
    votes = (ballot(6, 1, against_names=("Ane Lund",)),)
    contested = item("1", "Budget", decision="Vedtaget.", outcome=Outcome.APPROVED, ballots=votes)
    file(rich_document(contested, item("2", "Cykelsti", decision="Godkendt.", outcome=Outcome.APPROVED)))
    seen = text_of(page(MEETING))
    assert "Omstridt: 1 af 2 punkter Budget Godkendt: 6 stemte for, 1 imod Dagsorden" in seen


def test_a_case_is_headed_by_its_subject_and_its_latest_decision(page):
    decided = {"case_number": "05.01.00-P20-1-19", "outcome": Outcome.APPROVED, "decision": "Godkendt."}
    file(rich_document(item("1", "Cykelsti ved havnen", **decided)))
    seen = text_of(page("/randers/sager/05-01-00-p20-1-19/"))
    latest = "Beskæftigelsesudvalget vedtog det 14. januar 2020"
    assert f"Cykelsti ved havnen Sag 05.01.00-P20-1-19 {latest} Sagens forløb" in seen


def test_the_demo_marks_every_page(client, settings):
    note = "Kommuner, personer og beslutninger er opdigtede."
    assert note not in client.get("/").content.decode()
    settings.DEMO = True
    for address in ("/", "/om/", "/soeg/"):
        assert note in client.get(address).content.decode()


def test_a_printed_page_names_its_address(client):
    assert "http://testserver/moeder/?kommune=a</p>" in client.get("/moeder/?kommune=a").content.decode()
