"""Run searches in tests."""

from minutes.models import AgendaItem
from minutes.reader.records import Section
from minutes.search.filters import Order, SearchFilters
from minutes.search.query_parser import parse_query
from minutes.search.results import run_search
from minutes.search.searcher import Searcher
from minutes.search.snippets import snippet_texts, snippets
from minutes.vocabulary import SectionKind
from tests.documents import section


def titles(text: str, order: Order = Order.RANK) -> list[str]:
    """Return the titles on the first page of a search, after a check of their number."""
    result = run_search(text, SearchFilters(), order, 1)
    items = AgendaItem.objects.in_bulk(result.items)
    assert result.searcher.count().total >= len(result.items)
    return [items[item].title for item in result.items]


def snippet(text: str) -> str:
    """Return the snippet of the only item that matches a query."""
    query = parse_query(text)
    (passage,) = snippets(snippet_texts(Searcher(query).page(1), query), query).values()
    return str(passage)


def body(text: str) -> tuple[Section, ...]:
    """Return the sections of an item with this text."""
    return (section(SectionKind.PRESENTATION, text),)
