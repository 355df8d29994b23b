"""Run a parsed query: a page of its results, their number and their facets.

`docs/search.md` explains how pages stay fast when very many items match.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property

from minutes.search.facets import Counts, CountStatement, pipelined, sampled_query
from minutes.search.filters import PER_PAGE, Order, SearchFilters
from minutes.search.matching import Matcher, array_literal
from minutes.search.parsed_query import ParsedQuery
from minutes.search.ranking import best_candidates

# Candidates for ranking: so many of the newest matches, and so many of the newest with the query in their
# title. Of a phrase fewer, by its cost.
_MAX_CANDIDATES = 600
# Checking the order of the words of a row costs as much as matching so many rows.
_PHRASE_COST = 4
# A count from a sample may be wrong by so many items of the sample, besides a factor of two.
_SAMPLE_DOUBT = 20


class Searcher:
    """Runs a query within filters. Only the methods query the database.

    `counts` is set by `count` and `counting`. After a page was read, `min_total` is how many items are known
    to match, `end` the number of matches if the page is the last, `known_total` if all were read, and
    `all_matches` are their ids if they are fewer than the candidates.
    """

    counts: Counts

    def __init__(self, query: ParsedQuery, filters: SearchFilters | None = None) -> None:
        self.query = query
        self.filters = filters or SearchFilters()
        # A query of stop words only matches nothing, an empty one everything.
        self.matches_nothing = bool(query.text.strip()) and query.tree is None
        self.min_total = 0
        self._row_cost = _PHRASE_COST if " <" in query.match else 1
        self._max_candidates = _MAX_CANDIDATES // self._row_cost
        self._matcher = Matcher(self.filters, self._row_cost)
        self._match = self._matcher.filtered(query.match)
        self.end: int | None = None
        self.known_total: int | None = None
        self.all_matches: list[int] | None = None

    @cached_property
    def estimate(self) -> int:
        """The planner's estimate of how many items match. One query, the first time."""
        return self._matcher.estimate(self._match)

    def page(self, number: int, order: Order = Order.RANK) -> list[int]:
        """Return the items of a page, none past the last. Two to eight queries."""
        return self._slice((number - 1) * PER_PAGE, PER_PAGE, order)

    def first(self, count: int, order: Order = Order.RANK) -> list[int]:
        """Return the first items in the order of the pages. Two to nine queries."""
        return self._slice(0, count, order)

    def _slice(self, start: int, count: int, order: Order) -> list[int]:
        if self.matches_nothing:
            return []
        if order is Order.RANK and self.query.rank:
            items = self.ranked(start, count)
        else:
            items = self._by_date(start + count, oldest=order is Order.OLDEST)[start:]
        if items:
            self.min_total = max(self.min_total, start + len(items))
        return items

    def _by_date(self, limit: int, *, oldest: bool = False) -> list[int]:
        """Return the newest (or oldest) matches; note how many there are if all were read."""
        items, total = self._matcher.by_date(self._match, self.estimate, limit, oldest=oldest)
        if len(items) < limit:
            self.end = len(items)
        if len(items) < min(limit, self._max_candidates):
            self.all_matches, total = items, len(items)
        if total is not None:
            self.known_total = total
        self.min_total = max(self.min_total, min(len(items), self._max_candidates))
        return items

    def ranked(self, start: int, count: int) -> list[int]:
        """Return a slice of the candidates by rank, followed by all other matches by date."""
        # A slice behind the candidates needs more matches, as the newest titles are among them.
        is_deep = start + count > self._max_candidates
        matches = self._by_date(2 * self._max_candidates + start + count if is_deep else self._max_candidates)
        candidates = matches[: self._max_candidates]
        if len(candidates) == self._max_candidates and self.query.title:
            candidates += set(self._newest_titles()).difference(candidates)
        items = []
        if start < len(candidates):
            items = best_candidates(self.query, candidates, start, count)
        known = set(candidates)
        others = [item for item in matches[self._max_candidates :] if item not in known]
        other_start = max(start - len(candidates), 0)
        return items + others[other_start : other_start + count - len(items)]

    def _newest_titles(self) -> list[int]:
        """Return the newest matches with the query in their title."""
        query = self._matcher.filtered(self.query.title)
        # There are no more than matches, so if these are few, no estimate is needed.
        is_few = self._matcher.are_all_read(self.estimate)
        estimate = self.estimate if is_few else self._matcher.estimate(query)
        return self._matcher.by_date(query, estimate, self._max_candidates).items

    def count(self, *, facets: bool = True) -> Counts:
        """Count the matches, in total and by facet, each facet without its own filter.

        Two queries, and two for each facet filtered by; at most two without `facets`. Some more if the
        estimate was wrong and few items match, as these are always counted exactly.
        """
        with self.counting(facets=facets):
            pass
        return self.counts

    @contextmanager
    def counting(self, *, facets: bool = True) -> Iterator[None]:
        """Count as `count` does while the block runs; `counts` is set when it ends.

        PostgreSQL is busy meanwhile, so that the block should not query it.
        """
        if self.matches_nothing or (self.known_total is not None and not facets):
            yield
            self.counts = Counts(self.known_total or 0)
            return
        names = [name for name, _query in self.filters.facet_queries()] if facets else []
        statements = [self._count_all(facets), *map(self._count_without_filter, names)]
        with pipelined(statements) as counts:
            yield
        self.counts, *facet_counts = counts
        if not self.counts.exact and self._are_few(self.counts.total, statements[0].sample):
            with pipelined([self._count_all(facets)]) as counts:
                pass
            self.counts = counts[0]
        for name, other in zip(names, facet_counts, strict=True):
            self.counts.replace_facet(name, other)
        # The sample may contain none of the items on the page.
        self.counts.total = max(self.counts.total, self.min_total)

    def _are_few(self, estimate: int, sample: int) -> bool:
        """Return whether there are fewer matches than candidates; read them unless the sample excludes it."""
        max_estimate = 2 * self._max_candidates + _SAMPLE_DOUBT * sample
        if self.min_total < self._max_candidates and estimate <= max_estimate:
            self._by_date(self._max_candidates)
        return self.all_matches is not None

    def _count_all(self, facets: bool) -> CountStatement:
        if self.all_matches is not None:
            items = array_literal(self.all_matches)
            return CountStatement("item_id = ANY(%s::bigint[])", [items], 1, facets)
        return self._count_statement(self._match, self.estimate, facets)

    def _count_without_filter(self, facet: str) -> CountStatement:
        query = self._matcher.filtered(self.query.match, without=facet)
        return self._count_statement(query, self._matcher.estimate(query), facets=True)

    def _count_statement(self, query: str, estimate: int, facets: bool) -> CountStatement:
        sampled = sampled_query(query, estimate * self._row_cost)
        condition = self._matcher.condition(sampled.query)
        return CountStatement(condition.sql + sampled.condition, condition.values, sampled.sample, facets)
