"""Run a search as the user typed it: a page of results, corrections, and entities that the query names."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from minutes.search.entities import Entities, match_place_names, named_entities
from minutes.search.facets import Counts
from minutes.search.fallback import corrected_texts, suggested_text
from minutes.search.filters import Order, SearchFilters
from minutes.search.grouping import CaseItems
from minutes.search.parsed_query import ParsedQuery
from minutes.search.prefixes import match_written_words
from minutes.search.query_parser import parse_query
from minutes.search.relaxation import relaxed_queries
from minutes.search.searcher import Searcher
from minutes.search.synonyms import Expansion, expand
from minutes.search.tiers import TieredSearcher

# With so few items, synonyms are searched in all texts if the typed words match nothing, and similar words
# that are more frequent are suggested.
_FEW_ITEMS = 3
# A query without matches is relaxed until it has so many.
_ENOUGH_ITEMS = 10


@dataclass
class SearchResult:
    """A page of items by their ids, and hints for the user. `searcher` counts the matches.

    If the search is grouped, an item stands for its case, whose items are in `cases` if there are several.
    """

    searcher: Searcher
    items: list[int]
    cases: dict[int, CaseItems] = field(default_factory=dict)
    suggestion: str = ""  # "Mente du …?": the query with more frequent words
    corrected: str = ""  # the query that was run instead, because the one typed had no matches
    relaxed: bool = False  # the items lack some of the words, because no item has them all
    entities: Entities = field(default_factory=Entities)
    expansions: Sequence[Expansion] = ()  # words of the query that were searched with synonyms

    @property
    def synonyms(self) -> list[str]:
        """The synonyms that were searched besides the words of the query."""
        return list(dict.fromkeys(synonym for _words, synonyms in self.expansions for synonym in synonyms))

    @property
    def query(self) -> ParsedQuery:
        """The query that was run: not the one typed if it was `corrected` or `relaxed`."""
        return self.searcher.query

    @property
    def counts(self) -> Counts:
        return self.searcher.counts


def run_search(
    text: str,
    filters: SearchFilters,
    order: Order,
    page: int,
    *,
    synonyms: bool = True,
    grouped: bool = False,
) -> SearchResult:
    """Return a page of the results of a query. A constant number of queries, more if nothing matches.

    If `grouped`, there is one item of each case, the newest that matches, or in the order of OLDEST the
    oldest. The name of a member is not corrected.
    """

    def run(query: ParsedQuery, *, synonyms: bool = synonyms) -> SearchResult:
        searcher = _searcher(query, filters, synonyms=synonyms, grouped=grouped)
        items = searcher.page(page, order)
        if isinstance(searcher, TieredSearcher) and _lacks_matches(searcher, items, page):
            searcher = searcher.in_all_texts()
            items = searcher.page(page, order)
        expansions = searcher.expansions if isinstance(searcher, TieredSearcher) else ()
        result = SearchResult(searcher, items, expansions=expansions)
        if grouped:
            _add_cases(result, order)
        return result

    entities = named_entities(text) if text and page == 1 else Entities()
    query = _parsed(text)
    result = run(query)
    if text and not entities.people:
        if not result.searcher.min_total:
            result = _fallback_result(query, result, run, synonyms=synonyms)
            if not result.corrected:
                result.suggestion = suggested_text(query)
        elif page == 1 and len(result.items) <= _FEW_ITEMS:
            result.suggestion = suggested_text(query)
    result.entities = entities
    return result


def _add_cases(result: SearchResult, order: Order) -> None:
    """Let the newest match of a case, or the oldest in that order, stand for it; add its items."""
    cases = result.searcher.cases_of(result.items)
    if order is not Order.OLDEST:
        result.items = [
            (cases[item].newest_match or item) if item in cases else item for item in result.items
        ]
    result.cases = {
        item: cases[item] for item in result.items if item in cases and len(cases[item].items) > 1
    }


def newest_matches(text: str, filters: SearchFilters, count: int, *, synonyms: bool = True) -> list[int]:
    """Return the newest items that match a query without corrections, newest first. Four to eight queries."""
    query = _parsed(text)
    searcher = _searcher(query, filters, synonyms=synonyms)
    items = searcher.first(count, Order.NEWEST)
    if isinstance(searcher, TieredSearcher) and not items:
        items = searcher.in_all_texts().first(count, Order.NEWEST)
    return items


def _parsed(text: str) -> ParsedQuery:
    """Parse a query, with what its words match by the names and words of the archive. Two queries or more."""
    return match_written_words(match_place_names(parse_query(text)))


def _searcher(
    query: ParsedQuery, filters: SearchFilters, *, synonyms: bool, grouped: bool = False
) -> Searcher:
    expanded = expand(query) if synonyms else None
    if expanded:
        return TieredSearcher(expanded, filters, grouped=grouped)
    return Searcher(query, filters, grouped=grouped)


def _lacks_matches(searcher: TieredSearcher, items: Sequence[int], page: int) -> bool:
    """Return whether few items match by synonyms and none by the typed words. Queries for few items only."""
    if len(items) > _FEW_ITEMS or (page > 1 and items):
        return False
    if page > 1 and searcher.count(facets=False).total > _FEW_ITEMS:
        return False
    return not searcher.typed_words_match()


def _fallback_result(
    typed: ParsedQuery, empty: SearchResult, run: Callable[..., SearchResult], *, synonyms: bool
) -> SearchResult:
    """Return the result of the first corrected or, failing that, relaxed query that matches; else `empty`."""
    query = typed
    for text in corrected_texts(typed):
        query = parse_query(text)
        result = run(_parsed(text))
        if result.searcher.min_total:
            result.corrected = text
            return result
    result = _relaxed_result(query, empty, run, synonyms=synonyms)
    if result.relaxed and query.text != typed.text:
        result.corrected = query.text
    return result


def _relaxed_result(
    query: ParsedQuery, result: SearchResult, run: Callable[..., SearchResult], *, synonyms: bool
) -> SearchResult:
    """Return the result of the first relaxed query with enough items, else of the one with most items."""
    for relaxed, expansions in relaxed_queries(query, synonyms=synonyms):
        relaxed_result = run(relaxed, synonyms=False)
        if relaxed_result.searcher.min_total > result.searcher.min_total:
            relaxed_result.relaxed, relaxed_result.expansions = True, expansions
            result = relaxed_result
        if result.searcher.min_total >= _ENOUGH_ITEMS:
            break
    return result
