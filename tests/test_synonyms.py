"""Everyday words find what minutes call the same thing, below what they find themselves."""

from itertools import chain

import pytest

from minutes.models import AgendaItem
from minutes.search.compound_parts import compound_parts
from minutes.search.filters import Order, SearchFilters
from minutes.search.inflections import lemmas
from minutes.search.query_parser import parse_query
from minutes.search.results import run_search
from minutes.search.synonyms import MAX_ENTRY_WORDS, entry_key, expand, read_groups
from tests.documents import item, store
from tests.searching import body, titles

GROUPS = list(read_groups())
ENTRIES = [(word, group) for group in GROUPS for word in group.words]


def is_matched_by(synonym: str, entry: str) -> bool:
    """Return whether an item with the synonym matches a search for the entry anyway."""
    key = entry_key(entry)
    if len(key) > 1:
        return set(key) <= set(entry_key(synonym))
    words = parse_query(synonym).words
    matched = set(chain.from_iterable((*lemmas(word), *compound_parts(word)) for word in words))
    return not matched.isdisjoint(lemmas(parse_query(entry).words[0]))


def test_the_file_has_hundreds_of_groups():
    assert len(GROUPS) >= 400


def test_no_words_have_two_entries():
    keys = [entry_key(word) for word, _group in ENTRIES]
    duplicates = {word for (word, _group), key in zip(ENTRIES, keys, strict=True) if keys.count(key) > 1}
    assert not duplicates


def test_no_entry_has_a_synonym_that_it_matches_anyway():
    assert not [
        (word, synonym)
        for word, group in ENTRIES
        for synonym in group.synonyms
        if is_matched_by(synonym, word)
    ]


def test_every_entry_is_found_by_a_query_of_its_words():
    for word, group in ENTRIES:
        assert 0 < len(entry_key(word)) <= MAX_ENTRY_WORDS, word
        expanded = expand(parse_query(word))
        assert expanded, word
        assert expanded.expansions[0].synonyms == group.synonyms, word


def test_every_synonym_is_a_term_and_no_entry_has_many():
    for _word, group in ENTRIES:
        assert all(parse_query(synonym).match for synonym in group.synonyms), group
        assert len(set(group.synonyms)) == len(group.synonyms) <= 6, group


@pytest.mark.django_db
def test_an_everyday_word_finds_what_minutes_call_it():
    found_by = {
        "Skolestruktur 2030": ("skolelukning", "lukning af skole", "skolerne nedlægges"),
        "Ny daginstitution": ("børnehave", "boernehaver"),
        "Plejecenter Solgården": ("plejehjem",),
        "Hastighedsgrænse på Mosevej": ("fartgrænse",),
        "Skimmel i kælderen": ("skimmelsvamp",),
        "Boliger til unge": ("ungdomsboliger", "ungdomsbolig"),
    }
    store(*(item(str(number), title) for number, title in enumerate(found_by, 1)))
    for title, queries in found_by.items():
        assert {query: titles(query) for query in queries} == {query: [title] for query in queries}


@pytest.mark.django_db
def test_hits_by_synonym_come_after_all_hits_of_the_word_itself():
    store(
        item("1", "Daginstitution i byen"),
        item("2", "Eventuelt", sections=body("En børnehave blev nævnt.")),
        item("3", "Børnehave"),
    )
    assert titles("børnehave") == ["Børnehave", "Eventuelt", "Daginstitution i byen"]
    assert len(titles("børnehave", Order.NEWEST)) == 3


@pytest.mark.django_db
def test_a_general_word_does_not_find_everyday_words_that_find_it():
    store(item("1", "Hverdagstræning"), item("2", "Rehabilitering"))
    assert titles("hverdagstræning") == ["Hverdagstræning", "Rehabilitering"]
    assert titles("rehabilitering") == ["Rehabilitering"]


@pytest.mark.django_db
@pytest.mark.parametrize("query", ['"børnehave"', "titel:børnehave", "børnehav*", "-børnehave byggeri"])
def test_phrases_fields_prefixes_and_excluded_words_have_no_synonyms(query):
    store(item("1", "Daginstitution"), item("2", "Børnehave"), item("3", "Byggeri af daginstitution"))
    expected = "Byggeri af daginstitution" if "-" in query else "Børnehave"
    assert titles(query) == [expected]


@pytest.mark.django_db
def test_synonyms_are_added_beside_the_other_words_of_a_query():
    store(item("1", "Daginstitution i Hestlund"), item("2", "Daginstitution i Fladmose"))
    assert titles("børnehave Hestlund") == ["Daginstitution i Hestlund"]
    assert titles("(børnehave eller hal) Fladmose") == ["Daginstitution i Fladmose"]


@pytest.mark.django_db
def test_hits_of_each_kind_are_on_exactly_one_page():
    store(*(item(str(number), "Børnehave") for number in range(25)))
    store(*(item(str(number), "Daginstitution") for number in range(25)), date="2020-03-03")
    pages = [run_search("børnehave", SearchFilters(), Order.RANK, page).items for page in (1, 2, 3)]
    kinds = ["".join(item.title[0] for item in AgendaItem.objects.in_bulk(page).values()) for page in pages]
    assert len(set(chain.from_iterable(pages))) == 50
    assert sorted(kinds[1]) == ["B"] * 5 + ["D"] * 15
    assert [set(kinds[0]), set(kinds[2])] == [{"B"}, {"D"}]


@pytest.mark.django_db
def test_the_page_shows_the_synonyms_and_a_link_without_them(client):
    store(item("1", "Daginstitution"), item("2", "Børnehave"))
    page = client.get("/soeg/", {"q": "børnehave"}).content.decode()
    assert "også: daginstitution" in page
    assert 'ordret=1">søg kun på børnehave</a>' in page
    page = client.get("/soeg/", {"q": "børnehave", "ordret": "1"}).content.decode()
    assert "1 punkt fundet" in page
    assert "også:" not in page
    assert "Søg også på andre ord for det samme" in page


@pytest.mark.django_db
def test_files_feeds_and_the_api_search_synonyms_unless_told_otherwise(client):
    store(item("1", "Daginstitution"), item("2", "Børnehave"))
    for address in ("/soeg/?q=børnehave&format=csv", "/soeg/feed/?q=børnehave"):
        assert "Daginstitution" in get_text(client, address)
        assert "Daginstitution" not in get_text(client, f"{address}&ordret=1")
    page = client.get("/api/v1/search", {"q": "børnehave"}).json()
    assert page["query"]["synonyms"][0]["words"] == "børnehave"
    assert "daginstitution" in page["query"]["synonyms"][0]["synonyms"]
    assert page["total"] == 2
    literal = client.get("/api/v1/search", {"q": "børnehave", "synonyms": "false"}).json()
    assert (literal["query"]["synonyms"], literal["total"]) == ([], 1)


@pytest.mark.django_db
def test_a_hit_by_synonym_shows_the_passage_with_it(client):
    text = "Udvalget drøftede den nye daginstitution ved søen."
    store(item("1", "Eventuelt", sections=body(text)))
    assert "<mark>daginstitution</mark>" in client.get("/soeg/", {"q": "børnehave"}).content.decode()


def get_text(client, address):
    """Return the text of a page, which may be streamed."""
    response = client.get(address)
    return b"".join(response).decode()
