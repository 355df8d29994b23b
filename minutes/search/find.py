"""Finds the items that a query asks for: a page of them, how many there are, and how they are spread.

What matches is asked of one index. Two things keep it quick where very much matches: pages by date look at
the newest months first, which are lexemes too, and pages by rank look at a bounded set of matches; counts are
taken from one item of sixteen. `docs/search.md` has the figures.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db import connection

from minutes.models import SearchEntry
from minutes.search import fields
from minutes.search.fields import lexeme
from minutes.search.language import understood
from minutes.search.tree import Asked

PER_PAGE = 20
# Items deeper than this are not shown: a query that has so many wants narrowing.
DEEPEST_PAGE = 500
# Matches that ranking looks at: so many of the newest, and of the newest with the words in their title.
_RANKED = 1_000
# From an estimate of so many on, matches are counted in the sample, and looked for month by month.
_COUNTED = 40_000
_COLLECTED = 6_000
_SAMPLE_OF = 16
# How surely a guess at the months that hold enough matches is to hold.
_ENOUGH = 1.6

# The best of those by their small vectors that are ranked by the whole.
_CLOSER = 400

# What a word is worth by its weight, D to A; see `minutes.search.vectors`.
_WEIGHTS = "{0.05, 0.2, 0.5, 1.0}"
# What is added for words near each other, for all of them in order, for a contested item, and for each year.
_NEARNESS, _IN_ORDER, _CONTESTED, _PER_YEAR = 0.5, 0.2, 0.01, 0.001


class Order(StrEnum):
    RANK = ""
    NEWEST = "dato"
    OLDEST = "aeldste"


@dataclass(frozen=True)
class Narrowing:
    """What a search is narrowed to; empty is everything."""

    municipalities: Sequence[int] = ()
    committees: Sequence[int] = ()
    years: Sequence[int] = ()
    outcomes: Sequence[str] = ()
    contested: bool = False
    first: date | None = None
    last: date | None = None

    def lexemes(self) -> Iterator[tuple[str, str]]:
        """The facets narrowed to, each with its tsquery."""
        for name, prefix, values in (
            ("municipalities", fields.IN_MUNICIPALITY, self.municipalities),
            ("committees", fields.IN_COMMITTEE, self.committees),
            ("years", fields.YEAR, self.years),
            ("outcomes", fields.OUTCOME, self.outcomes),
        ):
            if values:
                yield name, "(" + " | ".join(lexeme(f"{prefix}{value}") for value in values) + ")"
        if self.contested:
            yield "contested", lexeme(fields.CONTESTED)


@dataclass
class Counts:
    """How many items there are by the values of a facet; a guess from the sample when not `exact`."""

    total: int
    exact: bool
    municipalities: Counter[int] = field(default_factory=Counter)
    committees: Counter[str] = field(default_factory=Counter)  # by the part of their address
    committee_names: dict[str, str] = field(default_factory=dict)
    years: Counter[int] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    contested: int = 0


class Search:
    """A query and what it is narrowed to. Each method asks the database; nothing is asked before."""

    def __init__(self, asked: Asked, narrowing: Narrowing | None = None) -> None:
        self.asked = asked
        self.narrowing = narrowing or Narrowing()
        # A query of nothing but words too common to search by finds nothing, an empty one everything.
        self.hopeless = bool(asked.text.strip()) and asked.tree is None
        self._match = self._narrowed(asked.match)

    def _narrowed(self, query: str, but: str = "") -> str:
        parts = [query or lexeme(fields.ANY)]
        if query.startswith("!"):
            parts.append(lexeme(fields.ANY))
        parts += [facet for name, facet in self.narrowing.lexemes() if name != but]
        return " & ".join(f"({part})" for part in parts)

    @property
    def _dates(self) -> tuple[str, list[Any]]:
        sql = ""
        values: list[Any] = []
        if self.narrowing.first:
            sql += " AND date >= %s"
            values.append(self.narrowing.first)
        if self.narrowing.last:
            sql += " AND date <= %s"
            values.append(self.narrowing.last)
        return sql, values

    @cached_property
    def estimate(self) -> int:
        """About how many items match, as the planner has it. One query, the first time."""
        return _estimate(self._match, *self._dates)

    def page(self, number: int, order: Order = Order.RANK) -> list[int]:
        """The items of a page, best, newest or oldest first; empty past the end. Two to eight queries."""
        if self.hopeless:
            return []
        start = (number - 1) * PER_PAGE
        if order is Order.RANK and self.asked.rank:
            return self._by_rank(start)
        found = self._by_date(self._match, self.estimate, start + PER_PAGE, oldest=order is Order.OLDEST)
        return [item for item, _date in found[start:]]

    def _by_rank(self, start: int) -> list[int]:
        """Of the best: the candidates in the order of their rank, and after them the rest by date."""
        # A page that may reach behind the candidates needs what is there: the newest titles are among it.
        deep = start + PER_PAGE > _RANKED
        wanted = 2 * _RANKED + start + PER_PAGE if deep else _RANKED
        found = [item for item, _date in self._by_date(self._match, self.estimate, wanted)]
        candidates = found[:_RANKED]
        if len(candidates) == _RANKED and self.asked.title:
            query = self._narrowed(self.asked.title)
            titled = [item for item, _date in self._by_date(query, _estimate(query, *self._dates), _RANKED)]
            candidates += set(titled).difference(candidates)
        page = self._ranked(candidates, start) if start < len(candidates) else []
        known = set(candidates)
        rest = [item for item in found[_RANKED:] if item not in known]
        behind = max(start - len(candidates), 0)
        return page + rest[behind : behind + PER_PAGE - len(page)]

    def _ranked(self, candidates: Sequence[int], start: int) -> list[int]:
        """The page of the candidates from `start` on; the best by their small vectors are seen closer."""
        if start >= _CLOSER:
            return self._sorted(candidates, "ranks", self.asked.rank, start, PER_PAGE)
        best = candidates
        if len(candidates) > _CLOSER:
            best = self._sorted(candidates, "ranks", self.asked.rank, 0, _CLOSER)
        page = self._sorted(best, "vector", self.asked.score, start, PER_PAGE)
        if len(page) < PER_PAGE and len(candidates) > _CLOSER:
            page += self._sorted(candidates, "ranks", self.asked.rank, _CLOSER, PER_PAGE - len(page))
        return page

    def _sorted(
        self, candidates: Sequence[int], column: str, query: str, start: int, number: int
    ) -> list[int]:
        nearness = ["0"]
        values: list[Any] = [_WEIGHTS, query]
        if self.asked.near:
            nearness.append(f"{_NEARNESS} * ts_rank_cd(%s, {column}, %s::tsquery)")
            values += [_WEIGHTS, self.asked.near]
        if self.asked.in_order:
            nearness.append(f"CASE WHEN {column} @@ %s::tsquery THEN {_IN_ORDER} ELSE 0 END")
            values += [self.asked.in_order]
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                SELECT item_id FROM minutes_searchentry
                WHERE item_id = ANY(%s)
                ORDER BY
                    ts_rank(%s, {column}, %s::tsquery) + {" + ".join(nearness)}
                    + CASE WHEN contested THEN {_CONTESTED} ELSE 0 END
                    + {_PER_YEAR} * extract(year FROM date) DESC,
                    date DESC, item_id DESC
                OFFSET %s LIMIT %s
                """,
                [list(candidates), *values, start, number],
            )
            return [item for (item,) in cursor.fetchall()]

    def _by_date(
        self, query: str, estimate: int, wanted: int, *, oldest: bool = False
    ) -> list[tuple[int, date]]:
        """The newest (or oldest) `wanted` matches, in order."""
        if estimate <= _COLLECTED:
            return self._collected(query, wanted, oldest=oldest)
        for months in _windows(wanted * _ENOUGH / estimate, oldest=oldest, between=self._between):
            found = self._collected(f"({query}) & ({months})" if months else query, wanted, oldest=oldest)
            if len(found) == wanted or not months:
                return found
        return []

    @cached_property
    def _between(self) -> tuple[date, date]:
        """The first and the last day that can match. Two quick queries, the first time."""
        days = SearchEntry.objects.order_by("date", "item_id").values_list("date", flat=True)
        first, last = days.first() or date.today(), days.last() or date.today()
        return max(first, self.narrowing.first or first), min(last, self.narrowing.last or last)

    def _collected(self, query: str, wanted: int, *, oldest: bool) -> list[tuple[int, date]]:
        dates, values = self._dates
        direction = "" if oldest else "DESC"
        with connection.cursor() as cursor:
            # Apart from the order, so that the planner never walks the dates looking for a rare word.
            cursor.execute(
                f"""
                WITH found AS MATERIALIZED (
                    SELECT item_id, date FROM minutes_searchentry WHERE vector @@ %s::tsquery{dates}
                )
                SELECT item_id, date FROM found ORDER BY date {direction}, item_id {direction} LIMIT %s
                """,
                [query, *values, wanted],
            )
            return cursor.fetchall()

    def counts(self) -> Counts:
        """How many items match, and how they are spread over the facets, each facet as if it were not
        narrowed to itself. Two queries, and one for each facet narrowed to."""
        if self.hopeless:
            return Counts(0, True)
        counts = self._counted(self._match, self.estimate)
        for name, _facet in self.narrowing.lexemes():
            query = self._narrowed(self.asked.match, but=name)
            others = self._counted(query, _estimate(query, *self._dates))
            setattr(counts, name, getattr(others, name))
            counts.committee_names |= others.committee_names
        return counts

    def _counted(self, query: str, estimate: int) -> Counts:
        exact = estimate <= _COUNTED
        dates, values = self._dates
        sampled = "" if exact else " AND sampled"
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                WITH found AS MATERIALIZED (
                    SELECT municipality_id, committee_id, extract(year FROM date)::int AS year,
                        outcome, contested
                    FROM minutes_searchentry WHERE vector @@ %s::tsquery{sampled}{dates}
                ), grouped AS (
                    SELECT municipality_id, committee_id, year, outcome, contested, count(*) AS number
                    FROM found
                    GROUP BY GROUPING SETS
                        ((municipality_id), (committee_id), (year), (outcome, contested))
                )
                SELECT grouped.municipality_id, committee.slug, min(committee.name), year, outcome, contested,
                    sum(number)::bigint * %s
                FROM grouped LEFT JOIN minutes_committee committee ON committee.id = committee_id
                GROUP BY grouped.municipality_id, committee.slug, year, outcome, contested
                """,
                [query, *values, 1 if exact else _SAMPLE_OF],
            )
            counts = Counts(0, exact)
            for municipality, committee, name, year, outcome, contested, number in cursor.fetchall():
                if municipality is not None:
                    counts.municipalities[municipality] = number
                elif committee is not None:
                    counts.committees[committee] = number
                    counts.committee_names[committee] = name
                elif year is not None:
                    counts.years[year] = number
                else:
                    counts.outcomes[outcome] += number
                    counts.contested += number if contested else 0
            counts.total = sum(counts.years.values())
            return counts


def find(text: str, order: Order = Order.RANK, page: int = 1) -> list[int]:
    """The items of a page of what `text` asks for, in `order`."""
    return Search(understood(text)).page(page, order)


def _estimate(query: str, dates: str, values: Sequence[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            f"EXPLAIN (FORMAT JSON) SELECT 1 FROM minutes_searchentry WHERE vector @@ %s::tsquery{dates}",
            [query, *values],
        )
        return int(cursor.fetchone()[0][0]["Plan"]["Plan Rows"])


def newest_months(number: int) -> str:
    """The tsquery of the last so many months, this one included."""
    today = date.today()
    last = today.year * 12 + today.month - 1
    return " | ".join(
        lexeme(fields.month(date(each // 12, each % 12 + 1, 1)))
        for each in range(last - number + 1, last + 1)
    )


def _windows(share: float, *, oldest: bool, between: tuple[date, date]) -> Iterator[str]:
    """Tsqueries of more and more months from one end of the archive, the first about `share` of it; then "".

    Never many months, as each is another word to look up.
    """
    first, last = between
    months = [
        date(number // 12, number % 12 + 1, 1)
        for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    ]
    if not oldest:
        months.reverse()
    number = max(int(len(months) * share) + 1, 1)
    while number < len(months) / 2:
        yield " | ".join(lexeme(fields.month(day)) for day in months[:number])
        number *= 3
    yield ""
