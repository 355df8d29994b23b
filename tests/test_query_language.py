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


def test_a_committees_name_alone_matches_its_items():
    store(item("1", "Skole"))
    store(item("1", "Park"), committee="Teknisk Udvalg", date="2020-02-01")
    store(item("1", "Budget"), committee="Økonomiudvalget", date="2020-02-01")
    assert titles("Teknisk Udvalg") == ["Park"]
    assert titles("økonomiudvalget") == ["Budget"]


def test_a_prefix_matches_words_as_they_are_written():
    store(item("1", "Skolerne"), item("2", "Skov", sections=body("Vejen udvides.")), item("3", "Bøgerne"))
    assert titles("skolern*") == ["Skolerne"]
    assert titles("udvides*") == ["Skov"]
    assert titles("titel:(bøger*)") == ["Bøgerne"]
    assert titles("sko* -skolern*") == ["Skov"]


def test_parts_and_ends_of_a_case_number_match_it():
    store(
        item("1", "Skole", case_number="17.01.10-A00-3-25"),
        item("2", "Park", case_number="S2026-303"),
        item("3", "Hal", case_number="17.01.10-A00-3-26"),
    )
    assert titles("A00-3-25") == titles("sag:A00-3-25") == titles("3-25") == ["Skole"]
    assert titles("2026-303") == ["Park"]
    assert set(titles("10-A00")) == set(titles("01.10-a00-3")) == {"Skole", "Hal"}


def test_square_metres_can_be_written_with_a_plain_digit():
    store(item("1", "Lejemål på 500 m²"), item("2", "Lejemål på 2 m"))
    assert titles("m2") == titles("500 m²") == titles("kvadratmeter") == ["Lejemål på 500 m²"]


def test_a_verb_that_is_too_common_is_searched_as_a_noun_if_it_is_the_only_word():
    store(item("1", "Haven ved rådhuset"), item("2", "Vi har en park"))
    assert titles("have") == ["Haven ved rådhuset"]
    assert titles("have rådhus") == ["Haven ved rådhuset"]


def test_the_title_of_a_closed_item_matches():
    store(item("1", "Lukket", closed=True), item("2", "Åbent"))
    assert titles("lukket") == ["Lukket"]


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
