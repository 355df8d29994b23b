"""Run a parsed query: a page of its results, their number and their facets.

`docs/search.md` explains how pages stay fast when very many items match.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from functools import cached_property

from minutes.search.facets import Counts, CountStatement, pipelined, sampled_query
from minutes.search.filters import PER_PAGE, Order, SearchFilters
from minutes.search.grouping import CaseItems, items_of_cases
from minutes.search.matching import Grouping, Matcher, Matches, array_literal
from minutes.search.parsed_query import ParsedQuery
from minutes.search.ranking import all_by_rank, best_candidates

# Candidates for ranking: so many of the newest matches, and so many of the newest with the query in their
# title. Of a phrase fewer, by its cost.
_MAX_CANDIDATES = 600
# Checking the order of the words of a row costs as much as matching so many rows.
_PHRASE_COST = 4
# A count from a sample may be wrong by so many items of the sample, besides a factor of two.
_SAMPLE_DOUBT = 20


class Searcher:
    """Runs a query within filters. Only the methods query the database.

    If `grouped`, a case is one place among the results, however many of its items match; otherwise each item
    is. `excluded_cases` have no place in the ranking.

    `counts` is set by `count` and `counting`. After a page was read, `min_total` is how many items are known
    to match, `known_total` and `known_places` the numbers of matches and of places if all were read,
    `all_matches` the ids of the matches if they are fewer than the candidates, `end` the number of places if
    the ranking ends on the page, and `read_cases` the cases of the places up to there.
    """

    counts: Counts

    def __init__(
        self, query: ParsedQuery, filters: SearchFilters | None = None, *, grouped: bool = False
    ) -> None:
        self.query = query
        self.filters = filters or SearchFilters()
        self.grouped = grouped
        self.excluded_cases: Set[int] = frozenset()
        # A query of stop words only matches nothing, an empty one everything.
        self.matches_nothing = bool(query.text.strip()) and query.tree is None
        self.min_total = 0
        self._row_cost = _PHRASE_COST if " <" in query.match else 1
        self._max_candidates = _MAX_CANDIDATES // self._row_cost
        self._matcher = Matcher(self.filters, self._row_cost)
        self._match = self._matcher.filtered(query.match)
        self.end: int | None = None
        self.known_total: int | None = None
        self.known_places: int | None = None
        self.read_cases: set[int] = set()
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

    def cases_of(self, places: Sequence[int]) -> dict[int, CaseItems]:
        """Return the items of the cases of `places` with those that match, by item. One query."""
        return items_of_cases(places, self._matcher.condition(self._match)) if places else {}

    def _slice(self, start: int, count: int, order: Order) -> list[int]:
        if self.matches_nothing:
            return []
        if order is Order.RANK and self.query.rank:
            items = self.ranked(start, count)
        else:
            items = self._places_by_date(start + count, oldest=order is Order.OLDEST).items[start:]
        if items:
            self.min_total = max(self.min_total, start + len(items))
        return items

    def _by_date(self, limit: int, *, bounded: bool = False) -> Matches:
        """Return the newest matches; note how many there are if all were read."""
        matches = self._matcher.by_date(
            self._match,
            self.estimate,
            limit,
            bounded=bounded,
            grouping=Grouping.COUNTED if self.grouped else Grouping.NONE,
            excluded_cases=self.excluded_cases,
        )
        items, cases = matches.items, matches.cases
        if matches.complete:
            places = self._places(items, cases)
            matches = matches._replace(total=len(items), places=len(places))
            if len(items) < self._max_candidates:
                self.all_matches, self.end = items, len(places)
        self._note(matches)
        return matches

    def _places_by_date(self, limit: int, *, oldest: bool = False) -> Matches:
        """Return the newest (or oldest) places; note how many there are if all were read."""
        if not self.grouped and not oldest:
            return self._by_date(limit)
        matches = self._matcher.by_date(
            self._match,
            self.estimate,
            limit,
            oldest=oldest,
            grouping=Grouping.PLACES if self.grouped else Grouping.NONE,
            excluded_cases=self.excluded_cases,
        )
        if matches.complete:
            matches = matches._replace(places=len(matches.items))
        if not matches.items:
            self.all_matches, self.end = [], 0
        self._note(matches)
        return matches

    def _note(self, matches: Matches) -> None:
        """Note the numbers of matches and places that a reading found out, and the cases."""
        self.read_cases.update(matches.cases.values())
        if matches.total is not None:
            self.known_total = matches.total
        if matches.places is not None:
            self.known_places = matches.places
        self.min_total = max(self.min_total, min(len(matches.items), self._max_candidates))

    def _keys(self, items: Iterable[int], cases: Mapping[int, int]) -> list[int]:
        """Return what identifies the place of each item: its case, or else the item."""
        if not self.grouped:
            return list(items)
        return [cases.get(item, -item) for item in items]

    def _places(self, items: Sequence[int], cases: Mapping[int, int]) -> list[int]:
        """Return the first item of each place, in order, without excluded cases."""
        first_items: dict[int, int] = {}
        for item, key in zip(items, self._keys(items, cases), strict=True):
            if key not in self.excluded_cases:
                first_items.setdefault(key, item)
        return list(first_items.values())

    def ranked(self, start: int, count: int) -> list[int]:
        """Return a slice of the places: those of the candidates by rank, then all others by date."""
        matches = self._by_date(self._max_candidates, bounded=True)
        candidates, cases = matches.items, matches.cases
        if not matches.complete:
            others = self._other_candidates()
            candidates = list(dict.fromkeys([*candidates, *others.items]))
            cases = cases | others.cases
        places = self._places(candidates, cases)
        # The places to rank end with the last of the slice, or of all.
        stop = min(start + count, len(places))
        items = self._best(candidates, cases, start, stop) if start < stop else []
        if matches.complete:
            self.end = len(places)
        elif len(items) < count:
            # The candidates are the newest matches, and newest with a title, so no further places are needed.
            limit = start + count + len(self.excluded_cases)
            others = self._places_by_date(limit)
            known = set(self._keys(candidates, cases))
            keys = self._keys(others.items, others.cases)
            new = [item for item, key in zip(others.items, keys, strict=True) if key not in known]
            if others.complete:
                self.end = len(places) + len(new)
            other_start = max(start - len(places), 0)
            items += new[other_start : other_start + count - len(items)]
        return items

    def _best(self, candidates: Sequence[int], cases: Mapping[int, int], start: int, stop: int) -> list[int]:
        """Return a slice of the candidates' places by rank. One or two queries."""
        if not self.grouped:
            return best_candidates(self.query, candidates, start, stop - start)
        ranked: list[int] = []
        places: list[int] = []
        for some in all_by_rank(self.query, candidates):
            ranked += some
            places = self._places(ranked, cases)
            if len(places) >= stop:
                break
        return places[start:stop]

    def _other_candidates(self) -> Matches:
        """Return the newest matches with the query in their title."""
        if not self.query.title:
            return Matches([], {}, True)
        query = self._matcher.filtered(self.query.title)
        # There are no more than matches, so if these are few, no estimate is needed.
        is_few = self._matcher.are_all_read(self.estimate)
        estimate = self.estimate if is_few else self._matcher.estimate(query)
        return self._matcher.by_date(query, estimate, self._max_candidates, bounded=True)

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
        """Return whether there are fewer matches than candidates; read them unless the sample excludes it.

        Of a phrase with very common words, too many rows would have to be checked.
        """
        max_estimate = 2 * self._max_candidates + _SAMPLE_DOUBT * sample
        is_possible = self.min_total < self._max_candidates and estimate <= max_estimate
        if is_possible and self._matcher.may_read_all(self.estimate):
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
