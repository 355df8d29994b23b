"""The query language: operators, fields, dates, phrases, and notes on what cannot be parsed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minutes.models import AgendaItem
from minutes.search import searcher
from minutes.search.filters import Order, SearchFilters
from minutes.search.query_parser import parse_query
from minutes.search.results import run_search
from minutes.search.searcher import Searcher
from minutes.search.snippets import ItemTexts, snippets
from tests.documents import ballot, item, store
from tests.searching import body, titles

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("nye skole", {"Den nye skole", "Skolen er ny"}),
        ('"nye skole"', {"Den nye skole"}),
        ("“nye skole”", {"Den nye skole"}),
        ("skole -budget", {"Den nye skole", "Skolen er ny"}),
        ("budget eller skole", {"Den nye skole", "Skolen er ny", "Budgettet"}),
        ("budget OR skole", {"Den nye skole", "Skolen er ny", "Budgettet"}),
        ("(budget eller skole) -ny", {"Budgettet"}),
        ("-skole", {"Budgettet"}),
        ("sko*", {"Den nye skole", "Skolen er ny"}),
        ("titel:skole", {"Den nye skole", "Skolen er ny"}),
        ("titel:varmeværk", set()),
        ("beslutning:varmeværk", {"Budgettet"}),
        ("udvalg:beskæftigelse budget", {"Budgettet"}),
        ("udvalg:teknik budget", set()),
        ("kommune:randers budget", {"Budgettet"}),
        ("kommune:odder budget", set()),
        ("år:2019..2021 budget", {"Budgettet"}),
        ("år:2020", {"Den nye skole", "Skolen er ny", "Budgettet"}),
        ("år:2017..2019 budget", set()),
        ("imod:holm", {"Budgettet"}),
        ("for:holm", set()),
        ('person:"Hanne Holm"', {"Budgettet"}),
        ("person:holm", {"Budgettet"}),
        ("14. januar 2020", {"Den nye skole", "Skolen er ny", "Budgettet"}),
        ("3. maj 2018", {"Den nye skole"}),
        ("03-05-2018", {"Den nye skole"}),
        ("05.01.00-P20-1-19", {"Skolen er ny"}),
        ("05.01.00-p20", {"Skolen er ny"}),
        ("sag:05.01.00*", {"Skolen er ny"}),
        ("sag:05.01.00", {"Skolen er ny"}),
        ("sag:05.01.0", set()),
        ("sag:05.01.00-P20-1-18", set()),
    ],
)
def test_a_query_matches_these_items(typed, expected):
    voted = ballot(4, 1, against_names=("Hanne Holm",))
    store(
        item("1", "Den nye skole", sections=body("Som besluttet den 3. maj 2018.")),
        item("2", "Skolen er ny", case_number="05.01.00-P20-1-19"),
        item("3", "Budgettet", decision="Varmeværk godkendt.", ballots=(voted,)),
    )
    matches = Searcher(parse_query(typed)).page(1)
    assert set(AgendaItem.objects.filter(pk__in=matches).values_list("title", flat=True)) == expected


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ('skole "ny', "anførselstegn"),
        ("foo:skole", "ikke et søgefelt"),
        ("år:snart", "ikke et årstal"),
        ("s*", "mindst to bogstaver"),
        ("og i", "for almindeligt"),
        (
            '"ud i skolen"',
            "”ud i” er for almindeligt til at søge på; i ”ud i skolen” kan der være andre ord på den plads.",
        ),
    ],
)
def test_the_page_notes_what_cannot_be_parsed(client, typed, note):
    store(item("1", "Skole"))
    assert note in client.get("/soeg/", {"q": typed}).content.decode()


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60) | st.text("ab æ\"-*():&|!<>\\'/:.år 1", max_size=60))
def test_no_query_is_an_error(text):
    query = parse_query(text)
    query_searcher = Searcher(query)
    query_searcher.page(1)
    query_searcher.count()
    run_search(text.replace("\x00", ""), SearchFilters(), Order.OLDEST, 1)
    snippets([ItemTexts(1, "Imod stemte en.", "Skolen blev godkendt.", text)], query)


def test_a_quoted_word_does_not_match_parts_of_compounds(monkeypatch):
    monkeypatch.setattr(searcher, "_MAX_CANDIDATES", 8)
    store(item("1", "Skolen"), item("2", "Skolechef"), item("3", "Chef", decision="Skolerne bygges."))
    assert titles('"skole"') == ["Skolen", "Chef"]
    assert titles('"i skolen"') == ["Skolen", "Chef"]
    assert set(titles("skole")) == {"Skolen", "Skolechef", "Chef"}
    assert titles('"skole chef"') == []
    assert titles('titel:("chef") skole') == ["Chef"]


def test_a_committees_name_beside_other_words_matches_its_items():
    store(item("1", "Færge"), committee="Teknik- og Havneudvalget")
    store(item("1", "Færge"), date="2021-01-01")
    assert len(titles("Teknik- og Havneudvalget færge")) == 1
    assert len(titles("færge teknik- og havneudvalget")) == 1


@pytest.mark.parametrize(("decision", "matches"), [("", 0), ("Godkendt.", 1)])
def test_a_vote_on_a_closed_item_matches_only_if_its_decision_is_printed(decision, matches):
    voted = ballot(4, 1, against_names=("Hanne Holm",))
    facts = {"closed": True, "ballots": (voted,), "reservations": ("Per Bak",), "decision": decision}
    store(item("1", "Lukket punkt", **facts))
    assert len(Searcher(parse_query("imod:holm")).page(1)) == matches
    assert not Searcher(parse_query("person:bak")).page(1)
