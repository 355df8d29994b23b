"""Run a search as the user typed it: a page of results, corrections, and entities that the query names."""

from collections.abc import Callable
from dataclasses import dataclass, field

from minutes.search.entities import Entities, match_place_names, named_entities
from minutes.search.facets import Counts
from minutes.search.fallback import corrected_texts, relaxed_queries, suggested_text
from minutes.search.filters import Order, SearchFilters
from minutes.search.parsed_query import ParsedQuery
from minutes.search.query_parser import parse_query
from minutes.search.searcher import Searcher

# With so few items on the page, similar words that are more frequent are suggested.
_FEW_ITEMS = 3


@dataclass
class SearchResult:
    """A page of items by their ids, and hints for the user. `searcher` counts the matches."""

    searcher: Searcher
    items: list[int]
    suggestion: str = ""  # "Mente du …?": the query with more frequent words
    corrected: str = ""  # the query that was run instead, because the one typed had no matches
    relaxed: bool = False  # the items lack some of the words, because no item has them all
    entities: Entities = field(default_factory=Entities)

    @property
    def query(self) -> ParsedQuery:
        """The query that was run: not the one typed if it was `corrected` or `relaxed`."""
        return self.searcher.query

    @property
    def counts(self) -> Counts:
        return self.searcher.counts


def run_search(text: str, filters: SearchFilters, order: Order, page: int) -> SearchResult:
    """Return a page of the results of a query. A constant number of queries, more if nothing matches."""

    def run(query: ParsedQuery) -> SearchResult:
        searcher = Searcher(query, filters)
        return SearchResult(searcher, searcher.page(page, order))

    query = match_place_names(parse_query(text))
    result = run(query)
    if text and not result.searcher.min_total:
        result = _fallback_result(result, run)
    elif text and page == 1 and len(result.items) <= _FEW_ITEMS:
        result.suggestion = suggested_text(query)
    if text and page == 1:
        result.entities = named_entities(text)
    return result


def newest_matches(text: str, filters: SearchFilters, count: int) -> list[int]:
    """Return the newest items that match a query exactly as typed, newest first. Four to eight queries."""
    return Searcher(match_place_names(parse_query(text)), filters).first(count, Order.NEWEST)


def _fallback_result(empty: SearchResult, run: Callable[[ParsedQuery], SearchResult]) -> SearchResult:
    """Return the result of the first corrected or, failing that, relaxed query that matches; else `empty`."""
    query = empty.query
    for text in corrected_texts(empty.query):
        query = parse_query(text)
        result = run(match_place_names(query))
        if result.searcher.min_total:
            result.corrected = text
            return result
    for relaxed in relaxed_queries(query):
        result = run(relaxed)
        if result.searcher.min_total:
            result.relaxed = True
            result.corrected = query.text if query.text != empty.query.text else ""
            return result
    return empty
