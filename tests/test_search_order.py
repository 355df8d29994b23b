"""The order of the results, their pages and their number."""

import pytest

from minutes.models import AgendaItem
from minutes.search import facets, matching, ranking, searcher
from minutes.search.filters import Order, SearchFilters
from minutes.search.query_parser import parse_query
from minutes.search.results import run_search
from minutes.search.searcher import Searcher
from minutes.vocabulary import SectionKind
from tests.documents import item, section, store
from tests.searching import body, titles

pytestmark = pytest.mark.django_db


def test_a_word_outranks_a_part_of_a_compound():
    store(item("1", "Beskæftigelsesudvalget"), item("2", "Et udvalg"))
    assert titles("udvalg") == ["Et udvalg", "Beskæftigelsesudvalget"]


def test_a_title_outranks_a_decision_and_a_decision_the_text():
    store(
        item("1", "Et", sections=body("varmeværk")),
        item("2", "To", decision="Varmeværk godkendt."),
        item("3", "Varmeværk"),
        item("4", "Fire", sections=(section(SectionKind.RESUME, "varmeværk"),)),
    )
    assert titles("varmeværk") == ["Varmeværk", "To", "Fire", "Et"]


def test_adjacent_words_come_first():
    store(
        item("1", "Taget på vores gamle og slidte skole"),
        item("2", "Skolens nye tag"),
        item("3", "Skolens hal har fået nyt gulv, nye vinduer og måske et tag"),
    )
    assert titles("gamle skole tag")[:1] == ["Taget på vores gamle og slidte skole"]
    assert titles("nye tag")[0] == "Skolens nye tag"


def test_a_compound_typed_as_two_words_comes_first():
    store(
        item("1", "Beskæftigelse", decision="Der er fundet job til fire, og der er formidlet hjælp."),
        item("2", "Beskæftigelse", decision="Der er ansat jobformidlere."),
    )
    first, _second = run_search("job formidler", SearchFilters(), Order.RANK, 1).items
    assert AgendaItem.objects.get(pk=first).decision == "Der er ansat jobformidlere."


def test_equally_relevant_items_are_sorted_newest_first():
    for year in (2018, 2020, 2019):
        store(item("1", f"Varmeværk {year}"), date=f"{year}-01-01")
    in_order = ["Varmeværk 2020", "Varmeværk 2019", "Varmeværk 2018"]
    assert titles("varmeværk") == in_order
    assert titles("varmeværk", Order.NEWEST) == in_order
    assert titles("varmeværk", Order.OLDEST) == in_order[::-1]


@pytest.mark.parametrize("order", Order)
@pytest.mark.parametrize(
    ("typed", "candidates", "checked"), [("skole", 30, 99), ('"ny skole"', 120, 99), ('"ny skole"', 120, 0)]
)
def test_every_item_is_on_exactly_one_page(monkeypatch, order, typed, candidates, checked):
    """Limits are so low that ranking, ranges of months and the matches behind the candidates all occur."""
    monkeypatch.setattr(searcher, "_MAX_CANDIDATES", candidates)
    monkeypatch.setattr(matching, "_MAX_CHECKED_ROWS", checked)
    monkeypatch.setattr(ranking, "_FULLY_RANKED", 10)
    monkeypatch.setattr(facets, "_MAX_COUNTED_ROWS", 5)
    for month in range(1, 13):
        others = [item(str(number), f"Punkt {number}", sections=body("ny skole")) for number in range(1, 9)]
        store(*others, item("9", f"Ny skole {month}"), date=f"{2010 + month}-{month:02}-01")
    search = Searcher(parse_query(typed))
    pages = [search.page(number, order) for number in range(1, 8)]
    items = [key for page in pages for key in page]
    monkeypatch.setattr(facets, "_MAX_COUNTED_ROWS", 1_000)
    assert len(items) == len(set(items)) == 108 == search.count().total
    assert pages[5:] == [items[100:], []]
    if order is Order.RANK:
        first = AgendaItem.objects.in_bulk(pages[0])
        assert all(first[key].title.startswith("Ny skole") for key in pages[0][:12])


@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.parametrize("filters", [SearchFilters(), SearchFilters(years=[2020])])
def test_the_total_is_the_same_with_and_without_facets(monkeypatch, exact, filters):
    monkeypatch.setattr(facets, "_MAX_COUNTED_ROWS", 1_000 if exact else 0)
    monkeypatch.setattr(searcher, "_MAX_CANDIDATES", 10)
    for year in (2019, 2020):
        store(*(item(str(number), f"Skole {number}") for number in range(1, 33)), date=f"{year}-01-01")
    search = Searcher(parse_query("skole"), filters)
    search.page(1)
    counts, with_facets = search.count(facets=False), search.count()
    assert (counts.total, counts.exact) == (with_facets.total, with_facets.exact)
    assert counts.exact is exact
    assert counts.total == sum(with_facets.outcomes.values())
    assert not exact or counts.total == (32 if filters.years else 64)


def test_a_phrase_of_frequent_words_is_not_counted_exactly(monkeypatch):
    """Its words are in so many items that their order cannot be checked in all of them."""
    monkeypatch.setattr(facets, "_MAX_COUNTED_ROWS", -1)
    for year in range(2000, 2021):
        texts = ["ny skole", "ny skole", "skole, som er ny"]
        store(
            *(item(str(at), f"Punkt {at}", sections=body(text)) for at, text in enumerate(texts)),
            date=f"{year}-01-01",
        )
    search = Searcher(parse_query('"ny skole"'))
    assert (len(search.page(1)), search.count().total, search.counts.exact) == (20, 42, True)
    monkeypatch.setattr(matching, "_MAX_CHECKED_ROWS", 0)
    search = Searcher(parse_query('"ny skole"'))
    assert (len(search.page(1)), search.count().exact) == (20, False)
