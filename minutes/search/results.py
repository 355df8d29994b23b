"""Run a search as the user typed it: a page of results, corrections, and entities that the query names."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from minutes.search import figures
from minutes.search.entities import Entities, match_place_names, named_entities
from minutes.search.facets import Counts
from minutes.search.fallback import corrected_texts, suggested_text
from minutes.search.filters import PER_PAGE, Order, SearchFilters
from minutes.search.grouping import CaseItems
from minutes.search.parsed_query import ParsedQuery
from minutes.search.prefixes import match_written_words
from minutes.search.query_parser import parse_query
from minutes.search.relaxation import Relaxation, RelaxedSearcher, relax
from minutes.search.searcher import Searcher
from minutes.search.synonyms import Expansion, expand
from minutes.search.tiers import TieredSearcher

# With so few items, synonyms are searched in all texts if the typed words match nothing, and similar words
# that are more frequent are suggested.
_FEW_ITEMS = 3
# A query without matches is relaxed until it has so many; one with fewer matches gets others beside them.
_ENOUGH_ITEMS = 10


@dataclass
class SearchResult:
    """A page of items by their ids, and hints for the user. `searcher` counts the matches.

    If the search is grouped, an item stands for its case, whose items are in `cases` if there are several.
    `similar` are items that lack some of the words, where few have them all.
    """

    searcher: Searcher
    items: list[int]
    cases: dict[int, CaseItems] = field(default_factory=dict)
    suggestion: str = ""  # "Mente du …?": the query with more frequent words
    corrected: str = ""  # the query that was run instead, because the one typed had no matches
    relaxed: bool = False  # the items lack some of the words, because no item has them all
    entities: Entities = field(default_factory=Entities)
    expansions: Sequence[Expansion] = ()  # words of the query that were searched with synonyms
    similar: "SearchResult | None" = None

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
    similar: bool = False,
) -> SearchResult:
    """Return a page of the results of a query. A constant number of queries, more if nothing matches.

    If `grouped`, there is one item of each case, the newest that matches, or in the order of OLDEST the
    oldest. The name of a member is not corrected. `similar` adds items that lack some of the words to few
    matches by rank.
    """
    with figures.observed(text) as results:
        result = _result(text, filters, order, page, synonyms=synonyms, grouped=grouped, similar=similar)
        results.append(result)
    return result


def _result(
    text: str,
    filters: SearchFilters,
    order: Order,
    page: int,
    *,
    synonyms: bool,
    grouped: bool,
    similar: bool,
) -> SearchResult:
    search = _Search(text, filters, order, page, synonyms=synonyms, grouped=grouped)
    entities = named_entities(text) if text and page == 1 else Entities()
    result = search.result
    if text and not entities.people:
        result = search.result_of_typed_or_other_words()
    if similar:
        search.add_similar(result)
    result.entities = entities
    return result


class _Search:
    """A search for a page, which runs other queries than the one typed if nothing matches that."""

    def __init__(
        self, text: str, filters: SearchFilters, order: Order, page: int, *, synonyms: bool, grouped: bool
    ) -> None:
        self._filters, self._order, self._page = filters, order, page
        self._synonyms, self._grouped = synonyms, grouped
        self._typed = self._query = _parsed(text)
        self._relaxation: Relaxation | None = None
        self.result = self._run(self._query)

    def _run(self, query: ParsedQuery) -> SearchResult:
        searcher = _searcher(query, self._filters, synonyms=self._synonyms, grouped=self._grouped)
        items = searcher.page(self._page, self._order)
        if isinstance(searcher, TieredSearcher) and _lacks_matches(searcher, items, self._page):
            searcher = searcher.in_all_texts()
            items = searcher.page(self._page, self._order)
        expansions = searcher.expansions if isinstance(searcher, TieredSearcher) else ()
        return self._with_cases(SearchResult(searcher, items, expansions=expansions))

    def _run_relaxed(self, searcher: RelaxedSearcher) -> SearchResult:
        items = searcher.page(self._page, self._order)
        result = SearchResult(searcher, items, relaxed=True, expansions=searcher.expansions)
        return self._with_cases(result)

    def _with_cases(self, result: SearchResult) -> SearchResult:
        if self._grouped:
            _add_cases(result, self._order)
        return result

    def result_of_typed_or_other_words(self) -> SearchResult:
        """Return the result; if nothing matches, that of a corrected or else of a relaxed query, if any."""
        result = self.result
        has_matches = bool(result.searcher.min_total)
        if not has_matches:
            result = self._corrected_result()
        if not result.searcher.min_total:
            result = self._relaxed_result()
        is_first = self._page == 1
        if not result.corrected and (not has_matches or (is_first and len(result.items) <= _FEW_ITEMS)):
            result.suggestion = suggested_text(self._typed)
        return result

    def _corrected_result(self) -> SearchResult:
        """Return the result of the first corrected query with matches, else the empty one."""
        for text in corrected_texts(self._typed, synonyms=self._synonyms):
            self._query = _parsed(text)
            result = self._run(self._query)
            if result.searcher.min_total:
                result.corrected = text
                return result
        return self.result

    def _relaxed_result(self) -> SearchResult:
        """Return the result of the last query without its most frequent words, else the empty one."""
        self._relaxation = self._relaxed(parts=False)
        if not self._relaxation:
            return self.result
        result = self._run_relaxed(self._relaxation.narrow_searcher(_ENOUGH_ITEMS))
        if not result.searcher.min_total:
            return self.result
        if self._query is not self._typed:
            result.corrected = self._query.text
        return result

    def _relaxed(self, *, parts: bool) -> Relaxation | None:
        return relax(self._query, self._filters, synonyms=self._synonyms, grouped=self._grouped, parts=parts)

    def add_similar(self, result: SearchResult) -> None:
        """Add items with some of the words to a first page by rank with few matches."""
        matches = result.searcher.known_total or 0
        if self._page > 1 or self._order is not Order.RANK or not 0 < matches < _ENOUGH_ITEMS:
            return
        relaxation = self._relaxation or self._relaxed(parts=True)
        searcher = relaxation.wide_searcher(PER_PAGE, more_than=matches) if relaxation else None
        if searcher:
            result.similar = _without(self._run_relaxed(searcher), result)


def _without(similar: SearchResult, result: SearchResult) -> SearchResult | None:
    """Return the similar items of a page that are not among its matches; None if there are none."""
    known = {row.item for of_case in result.cases.values() for row in of_case.items}.union(result.items)
    items = [item for item in similar.items if item not in known]
    similar.items = items[: PER_PAGE - len(result.items)]
    return similar if items else None


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
