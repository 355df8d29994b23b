"""Finds the items that a query asks for: a page of them, how many there are, and how they are spread.

What matches is asked of one index. Two things keep it quick where very much matches: pages by date look at
the newest months first, which are lexemes too, and pages by rank look at a bounded set of matches (how many
there are, `counting` asks). `docs/search.md` has the figures.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.db import connection

from minutes.search import fields
from minutes.search.facets import Counts, Statement, few, in_sample, pipelined
from minutes.search.fields import lexeme
from minutes.search.parsed_query import ParsedQuery
from minutes.search.query_parser import parse_query

PER_PAGE = 20
# Items deeper than this are not shown: a query that has so many wants narrowing.
MAX_PAGE = 500
# Matches that ranking looks at: so many of the newest, and of the newest with the words in their title. Of a
# phrase a part of them, by what it costs.
_RANKED = 600
# A row whose words must be looked at again for their order costs as much as so many others.
_IN_ORDER_COSTS = 4
# Of few matches no more than twice as many, and so many more, are in a sample.
_DOUBTFUL = 20
# How surely a guess at the months that hold enough matches is to hold.
_ENOUGH = 1.6

# The best of those by their small vectors that are ranked by the whole.
_CLOSER = 200

# What a word is worth by its weight, D to A; see `minutes.search.vectors`.
_WEIGHTS = "{0.05, 0.2, 0.5, 1.0}"
# That an item matches. The planner does not see what: there is one index to use, and looking up how common
# the words are takes longer than to find a rare one.
MATCHES = "vector @@ (SELECT %s::tsquery)"

# What is added for words near each other, for all of them in order, for a contested item, and for each year.
_NEARNESS, _IN_ORDER, _CONTESTED, _PER_YEAR = 0.5, 0.2, 0.01, 0.001


class Order(StrEnum):
    RANK = ""
    NEWEST = "dato"
    OLDEST = "aeldste"


@dataclass(frozen=True)
class SearchFilters:
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


class Searcher:
    """A query and what it is narrowed to. Each method asks the database; nothing is asked before.

    There are no `counts` before `count` or `counting`; `seen` is how many match at least, as pages tell.
    """

    counts: Counts

    def __init__(self, asked: ParsedQuery, filters: SearchFilters | None = None) -> None:
        self.query = asked
        self.filters = filters or SearchFilters()
        # A query of nothing but words too common to search by finds nothing, an empty one everything.
        self.matches_nothing = bool(asked.text.strip()) and asked.tree is None
        self._match = self._narrowed(asked.match)
        self._costs = _IN_ORDER_COSTS if " <" in asked.match else 1
        self._ranks = _RANKED // self._costs
        self.seen = 0
        # How many match, where all were looked at; and which, where they are fewer than are ranked.
        self._total: int | None = None
        self._all: list[int] | None = None

    def _narrowed(self, query: str, but: str = "") -> str:
        parts = [query or lexeme(fields.ANY)]
        if query.startswith("!"):
            parts.append(lexeme(fields.ANY))
        parts += [facet for name, facet in self.filters.lexemes() if name != but]
        return " & ".join(f"({part})" for part in parts)

    @property
    def _dates(self) -> tuple[str, list[Any]]:
        sql = ""
        values: list[Any] = []
        if self.filters.first:
            sql += " AND date >= %s"
            values.append(self.filters.first)
        if self.filters.last:
            sql += " AND date <= %s"
            values.append(self.filters.last)
        return sql, values

    def _where(self, query: str) -> tuple[str, list[Any]]:
        """That an item matches, as SQL."""
        dates, values = self._dates
        if dates:
            return f"vector @@ %s::tsquery{dates}", [query, *values]
        return MATCHES, [query]

    @cached_property
    def estimate(self) -> int:
        """About how many items match, as the planner has it. One query, the first time."""
        return _estimate(self._match, *self._dates)

    def page(self, number: int, order: Order = Order.RANK) -> list[int]:
        """The items of a page, best, newest or oldest first; empty past the end. Two to eight queries."""
        if self.matches_nothing:
            return []
        return self._between_places((number - 1) * PER_PAGE, PER_PAGE, order)

    def first(self, wanted: int, order: Order = Order.RANK) -> list[int]:
        """The first `wanted` items, in the order that the pages have them. Two to nine queries."""
        return [] if self.matches_nothing else self._between_places(0, wanted, order)

    def _between_places(self, start: int, number: int, order: Order) -> list[int]:
        if order is Order.RANK and self.query.rank:
            page = self._by_rank(start, number)
        else:
            page = self._matches(start + number, oldest=order is Order.OLDEST)[start:]
        if page:
            self.seen = max(self.seen, start + len(page))
        return page

    def _matches(self, wanted: int, *, oldest: bool = False) -> list[int]:
        """The newest (or oldest) `wanted` items. When these are few and all, counting them is easy."""
        found, total = self._by_date(self._match, self.estimate, wanted, oldest=oldest)
        if len(found) < min(wanted, self._ranks):
            self._all, total = found, len(found)
        if total is not None:
            self._total = total
        self.seen = max(self.seen, min(len(found), self._ranks))
        return found

    def _by_rank(self, start: int, number: int) -> list[int]:
        """Of the best: the candidates in the order of their rank, and after them the rest by date."""
        # A page that may reach behind the candidates needs what is there: the newest titles are among it.
        deep = start + number > self._ranks
        wanted = 2 * self._ranks + start + number if deep else self._ranks
        found = self._matches(wanted)
        candidates = found[: self._ranks]
        if len(candidates) == self._ranks and self.query.title:
            query = self._narrowed(self.query.title)
            # No more than match, which need no estimate of their own where they are few.
            all_seen = few(self.estimate * self._costs)
            titles = self.estimate if all_seen else _estimate(query, *self._dates)
            titled, _number = self._by_date(query, titles, self._ranks)
            candidates += set(titled).difference(candidates)
        page = self._ranked(candidates, start, number) if start < len(candidates) else []
        known = set(candidates)
        rest = [item for item in found[self._ranks :] if item not in known]
        behind = max(start - len(candidates), 0)
        return page + rest[behind : behind + number - len(page)]

    def _ranked(self, candidates: Sequence[int], start: int, number: int) -> list[int]:
        """So many of the candidates from `start` on; the best by their small vectors are seen closer."""
        page = []
        if start < _CLOSER:
            page = self._sorted(candidates, start, number, closer=True)
            start, number = _CLOSER, number - len(page)
        if number and start < len(candidates):
            page += self._sorted(candidates, start, number, closer=False)
        return page

    def _sorted(self, candidates: Sequence[int], start: int, number: int, *, closer: bool) -> list[int]:
        by_all, all_values = self._rank("vector", self.query.score)
        by_few, few_values = self._rank("ranks", self.query.rank)
        best, values = "", [_array(candidates)]
        if closer and len(candidates) > _CLOSER:
            best = f"ORDER BY {by_few}, date DESC, item_id DESC LIMIT {_CLOSER}"
            values += few_values
        with connection.cursor() as cursor:
            cursor.execute(
                f"""
                SELECT item_id
                FROM (
                    SELECT item_id, date, contested, vector, ranks FROM minutes_searchentry
                    WHERE item_id = ANY(%s::bigint[]) {best}
                ) found
                ORDER BY {by_all if closer else by_few}, date DESC, item_id DESC OFFSET %s LIMIT %s
                """,
                [*values, *(all_values if closer else few_values), start, number],
            )
            return [item for (item,) in cursor.fetchall()]

    def _rank(self, column: str, query: str) -> tuple[str, list[Any]]:
        """How well a vector answers the query, as SQL to order by."""
        sql, values = f"ts_rank(%s, {column}, %s::tsquery)", [_WEIGHTS, query]
        if self.query.near:
            sql += f" + {_NEARNESS} * ts_rank_cd(%s, {column}, %s::tsquery)"
            values += [_WEIGHTS, self.query.near]
        if self.query.in_order:
            sql += f" + CASE WHEN {column} @@ %s::tsquery THEN {_IN_ORDER} ELSE 0 END"
            values += [self.query.in_order]
        sql += f" + CASE WHEN contested THEN {_CONTESTED} ELSE 0 END + {_PER_YEAR} * extract(year FROM date)"
        return f"{sql} DESC", values

    def _by_date(
        self, query: str, estimate: int, wanted: int, *, oldest: bool = False
    ) -> tuple[list[int], int | None]:
        """The newest (or oldest) `wanted` matches, in order, and how many there are where all are looked at:
        else those of a few months, then of those before."""
        if few(estimate * self._costs):
            return self._collected(query, wanted, oldest=oldest)
        months = self._months if oldest else self._months[::-1]
        found: list[int] = []
        done, number = 0, int(len(months) * wanted * _ENOUGH / estimate) + 1
        while len(found) < wanted and done < len(months):
            within = _any_month(months[done : done + number])
            if done + number * 3 >= len(months):
                # All the rest: not those of the months that were looked at.
                within, number = f"!{_any_month(months[:done])}" if done else "", len(months)
            asked = f"({query}) & {within}" if within else query
            found += self._collected(asked, wanted - len(found), oldest=oldest)[0]
            done += number
            number = int(done * (wanted - len(found)) * _ENOUGH / len(found)) + 1 if found else number * 3
        return found, None

    @cached_property
    def _months(self) -> list[str]:
        """The months that can have a match, as lexemes. A quick query, the first time."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT coalesce(min(date), current_date), coalesce(max(date), current_date)"
                " FROM minutes_searchentry"
            )
            first, last = cursor.fetchone()
        first, last = max(first, self.filters.first or first), min(last, self.filters.last or last)
        return [
            lexeme(fields.month(date(number // 12, number % 12 + 1, 1)))
            for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        ]

    def _collected(self, query: str, wanted: int, *, oldest: bool) -> tuple[list[int], int]:
        """The newest (or oldest) matches in order, and how many there are in all."""
        where, values = self._where(query)
        direction = "" if oldest else "DESC"
        with connection.cursor() as cursor:
            # Apart from the order, so that the planner never walks the dates looking for a rare word.
            cursor.execute(
                f"""
                WITH found AS MATERIALIZED (
                    SELECT item_id, date FROM minutes_searchentry WHERE {where}
                )
                SELECT item_id, (SELECT count(*) FROM found)
                FROM found ORDER BY date {direction}, item_id {direction} LIMIT %s
                """,
                [*values, wanted],
            )
            rows = cursor.fetchall()
            return [item for item, _number in rows], rows[0][1] if rows else 0

    def count(self, *, facets: bool = True) -> Counts:
        """How many items match, and how they are spread over the facets, each facet as if it were not
        narrowed to itself. Two queries, and two for each facet narrowed to; two at most without facets. Where
        the estimate was wrong and but few match, some more, as these are always counted."""
        with self.counting(facets=facets):
            pass
        return self.counts

    @contextmanager
    def counting(self, *, facets: bool = True) -> Iterator[None]:
        """`counts` are there when the block ends, as `count` has them: PostgreSQL counts while it runs, so
        that what the block asked of the database would wait."""
        if self.matches_nothing or (self._total is not None and not facets):
            yield
            self.counts = Counts(self._total or 0)
            return
        names = [name for name, _facet in self.filters.lexemes()] if facets else []
        asked = [self._counted_all(facets), *(self._counted_but(name) for name in names)]
        with pipelined(asked) as counted:
            yield
        self.counts, *others = counted
        if not self.counts.exact and self._are_few(self.counts.total, asked[0].sample):
            with pipelined([self._counted_all(facets)]) as counted:
                pass
            self.counts = counted[0]
        for name, other in zip(names, others, strict=True):
            setattr(self.counts, name, getattr(other, name))
            self.counts.exact_facets[name] = other.exact
            self.counts.municipality_names |= other.municipality_names
            self.counts.committee_names |= other.committee_names
        # A sample may have none of them.
        self.counts.total = max(self.counts.total, self.seen)

    def _are_few(self, estimate: int, sample: int) -> bool:
        """Whether fewer match than are ranked, where a sample does not rule it out."""
        if self.seen < self._ranks and estimate <= 2 * self._ranks + _DOUBTFUL * sample:
            self._matches(self._ranks)
        return self._all is not None

    def _counted_all(self, facets: bool) -> Statement:
        if self._all is not None:
            return Statement("item_id = ANY(%s::bigint[])", [_array(self._all)], 1, facets)
        return self._counted(self._match, self.estimate, facets)

    def _counted_but(self, name: str) -> Statement:
        """As if it were not narrowed to the facet."""
        query = self._narrowed(self.query.match, but=name)
        return self._counted(query, _estimate(query, *self._dates), facets=True)

    def _counted(self, query: str, estimate: int, facets: bool) -> Statement:
        query, sampled, sample = in_sample(query, estimate * self._costs)
        where, values = self._where(query)
        return Statement(where + sampled, values, sample, facets)


def find(text: str, order: Order = Order.RANK, page: int = 1) -> list[int]:
    """The items of a page of what `text` asks for, in `order`."""
    return Searcher(parse_query(text)).page(page, order)


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


def _array(numbers: Sequence[int]) -> str:
    """As PostgreSQL writes it: quicker than psycopg for a thousand numbers."""
    return f"{{{','.join(map(str, numbers))}}}"


def _any_month(months: Sequence[str]) -> str:
    return f"({' | '.join(months)})"
