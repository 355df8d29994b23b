"""Searching the published items."""

import re

import pytest

from minutes.models import SearchEntry
from minutes.search import index
from minutes.search.query import newest, ranked
from minutes.search.snippets import snippets
from minutes.vocabulary import Outcome, SectionKind
from tests.documents import ballot, document, file, item, section

pytestmark = pytest.mark.django_db


def titles(text: str, *, by_date: bool = False) -> list[str]:
    found = ranked(SearchEntry.objects.select_related("item"), text)
    return [entry.item.title for entry in (newest(found) if by_date else found)]


def store(*items, **fields) -> None:
    file(document(*items, **fields))


def test_words_are_found_in_their_other_forms():
    store(item("1", "Cykelstier ved skolerne"), item("2", "Budget"))
    assert titles("cykelsti") == ["Cykelstier ved skolerne"]
    assert titles("skole") == ["Cykelstier ved skolerne"]


def test_every_word_must_stand():
    store(item("1", "Cykelsti ved havnen"), item("2", "Cykelsti ved skolen"))
    assert titles("cykelsti skolen") == ["Cykelsti ved skolen"]
    assert titles("cykelsti svømmehal") == []


def test_quotes_minus_and_or_work_as_on_the_web():
    store(item("1", "Den nye skole"), item("2", "Skolen er ny"), item("3", "Budget"))
    assert titles('"nye skole"') == ["Den nye skole"]
    assert titles("skole -nye") == ["Skolen er ny"] or titles("skole -den") == ["Skolen er ny"]
    assert set(titles("budget or skole")) == {"Den nye skole", "Skolen er ny", "Budget"}


def test_a_title_outranks_a_decision_and_a_decision_the_text():
    store(
        item("1", "Et", sections=(section(SectionKind.PRESENTATION, "varmeværk"),)),
        item("2", "To", decision="Varmeværk godkendt."),
        item("3", "Varmeværk"),
        item("4", "Fire", sections=(section(SectionKind.RESUME, "varmeværk"),)),
    )
    assert titles("varmeværk") == ["Varmeværk", "To", "Fire", "Et"]


def test_of_equals_the_newest_comes_first():
    for year in (2018, 2020, 2019):
        store(item("1", f"Varmeværk {year}"), date=f"{year}-01-01")
    in_order = ["Varmeværk 2020", "Varmeværk 2019", "Varmeværk 2018"]
    assert titles("varmeværk") == in_order
    assert titles("varmeværk", by_date=True) == in_order


def test_a_case_number_is_found():
    store(item("1", "Cykelsti", case_number="05.01.00-P20-1-19"), item("2", "Budget"))
    assert titles('"05.01.00-P20-1-19"') == ["Cykelsti"]


def test_words_on_either_side_of_a_slash_are_words():
    store(item("1", "Job/uddannelse"))
    assert titles("uddannelse") == titles("job/uddannelse") == ["Job/uddannelse"]


def test_danish_capitals_are_small_letters_too():
    store(item("1", "ÆLDREPLEJE PÅ ØSTERBRO"))
    assert titles("ældrepleje på østerbro") == ["ÆLDREPLEJE PÅ ØSTERBRO"]


def test_rebuilding_the_index_changes_nothing():
    store(item("1", "Varmeværk", ballots=(ballot(4, 3),), outcome=Outcome.APPROVED))
    before = list(SearchEntry.objects.values())
    assert index.rebuild() == 1
    assert list(SearchEntry.objects.values()) == before


def test_an_item_of_a_megabyte_is_indexed():
    words = " ".join(f"ord{number}" for number in range(150_000))
    store(item("1", "Stort", decision=words, sections=(section(SectionKind.PRESENTATION, words),)))
    assert titles("ord17") == ["Stort"]


# Snippets


def snippet(text: str) -> str:
    (found,) = snippets(ranked(SearchEntry.objects.all(), text), text).values()
    return str(found)


def test_a_snippet_marks_the_words_where_they_stand():
    store(
        item(
            "1", "Havn", sections=(section(SectionKind.PRESENTATION, "Der bygges et varmeværk ved havnen."),)
        )
    )
    assert "<mark>varmeværk</mark>" in snippet("varmeværk")


def test_a_snippet_is_escaped_before_it_is_marked():
    hostile = "<script>alert(1)</script> varmeværk <mark>x</mark> <b>fed</b>"
    store(item("1", "Havn", sections=(section(SectionKind.PRESENTATION, hostile),)))
    found = snippet("varmeværk")
    assert "<mark>varmeværk</mark>" in found
    assert re.sub(r"</?mark>", "", found, count=2).count("<") == 0
    assert "&lt;mark&gt;x" in found


def test_marks_of_a_documents_own_are_no_marks():
    store(item("1", "Havn", decision="\ue000varmeværk\ue001 \ue002ved havnen"))
    assert snippet("havnen").count("<mark>") == 1


# The page


@pytest.fixture
def found(client):
    """The titles that the search page shows, in its order."""

    def found(**query: str) -> list[str]:
        response = client.get("/soeg/", query)
        assert response.status_code == 200
        return re.findall(r'<h2><a href="/[^"]+">([^<]+)</a></h2>', response.content.decode())

    return found


def test_the_page_filters_by_place_time_outcome_and_dissent(found):
    store(
        item("1", "Varmeværk ét", outcome=Outcome.APPROVED, ballots=(ballot(4, 3),)),
        item("2", "Varmeværk to", outcome=Outcome.REJECTED),
    )
    store(item("1", "Varmeværk tre"), date="2010-01-01", committee="Byrådet")
    assert len(found(q="varmeværk")) == 3
    assert found(q="varmeværk", udvalg="byraadet") == ["Varmeværk tre"]
    assert found(q="varmeværk", udvalg="byraadet", kommune="randers") == ["Varmeværk tre"]
    assert found(q="varmeværk", til="2015-01-01") == ["Varmeværk tre"]
    assert found(q="varmeværk", udfald="rejected") == ["Varmeværk to"]
    assert found(q="varmeværk", omstridt="on") == ["Varmeværk ét"]
    assert found(omstridt="on") == ["Varmeværk ét"]
    assert found(q="varmeværk", sorter="dato")[-1] == "Varmeværk tre"


def test_the_page_keeps_its_questions_from_page_to_page(client):
    store(*(item(str(number), f"Varmeværk {number}") for number in range(1, 26)))
    body = client.get("/soeg/", {"q": "varmeværk", "sorter": "dato"}).content.decode()
    assert "25 punkter fundet" in body
    assert re.search(r'href="\?[^"]*q=varmev%C3%A6rk[^"]*side=2', body)


def test_a_search_without_hits_gives_advice(client):
    store(item("1", "Budget"))
    assert "Prøv færre eller andre ord" in client.get("/soeg/", {"q": "svømmehal"}).content.decode()
