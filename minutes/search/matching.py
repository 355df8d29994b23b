"""Read the newest or oldest items that match a tsquery, without reading all of very many matches.

Months are lexemes too. Of a query with many matches, the newest months are read first, then those before,
until there are enough items.
"""

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db import connection

from minutes.search import fields
from minutes.search.facets import are_counted
from minutes.search.fields import lexeme
from minutes.search.filters import SearchFilters

# An SQL condition with a tsquery as its parameter. The subquery hides the tsquery from the planner: there is
# only one index to use, and looking up how common its words are takes longer than finding a rare one.
MATCHES = "vector @@ (SELECT %s::tsquery)"

# By how much more months are read than should be needed by the average number of matches in a month.
_MONTHS_MARGIN = 1.6


class Condition(NamedTuple):
    """An SQL condition with its parameters."""

    sql: str
    values: list[Any]


class Matches(NamedTuple):
    """Items in order, and the number of all matches if all of them were read."""

    items: list[int]
    total: int | None


class Matcher:
    """Reads matches within search filters. A row costs `row_cost` times as much to match as one by a word."""

    def __init__(self, filters: SearchFilters, row_cost: int) -> None:
        self._filters = filters
        self._row_cost = row_cost

    def filtered(self, query: str, without: str = "") -> str:
        """Return a tsquery restricted to the facets filtered by, except the one named `without`."""
        queries = [query or lexeme(fields.ANY)]
        if query.startswith("!"):
            queries.append(lexeme(fields.ANY))
        queries += [facet_query for facet, facet_query in self._filters.facet_queries() if facet != without]
        return " & ".join(f"({part})" for part in queries)

    def condition(self, query: str) -> Condition:
        """Return the condition that an item matches a tsquery and is within the dates filtered by."""
        dates, values = self._dates
        if dates:
            return Condition(f"vector @@ %s::tsquery{dates}", [query, *values])
        return Condition(MATCHES, [query])

    def estimate(self, query: str) -> int:
        """Return the planner's estimate of how many items match. One query."""
        dates, values = self._dates
        with connection.cursor() as cursor:
            cursor.execute(
                f"EXPLAIN (FORMAT JSON) SELECT 1 FROM minutes_searchentry WHERE vector @@ %s::tsquery{dates}",
                [query, *values],
            )
            return int(cursor.fetchone()[0][0]["Plan"]["Plan Rows"])

    @property
    def _dates(self) -> Condition:
        sql = ""
        values: list[Any] = []
        if self._filters.first:
            sql += " AND date >= %s"
            values.append(self._filters.first)
        if self._filters.last:
            sql += " AND date <= %s"
            values.append(self._filters.last)
        return Condition(sql, values)

    def are_all_read(self, estimate: int) -> bool:
        """Return whether a query with so many estimated matches is read as a whole."""
        return are_counted(estimate * self._row_cost)

    def by_date(self, query: str, estimate: int, limit: int, *, oldest: bool = False) -> Matches:
        """Return the newest (or oldest) `limit` matches.

        One query if all matches are read; else one for each range of months until there are enough.
        """
        if self.are_all_read(estimate):
            return self._read(query, limit, oldest=oldest)
        months = self._months if oldest else self._months[::-1]
        items: list[int] = []
        done, count = 0, int(len(months) * limit * _MONTHS_MARGIN / estimate) + 1
        while len(items) < limit and done < len(months):
            in_months = _any_month(months[done : done + count])
            if done + count * 3 >= len(months):
                # Read all the rest: a shorter tsquery of the months that are done.
                in_months, count = f"!{_any_month(months[:done])}" if done else "", len(months)
            month_query = f"({query}) & {in_months}" if in_months else query
            items += self._read(month_query, limit - len(items), oldest=oldest).items
            done += count
            missing = limit - len(items)
            count = int(done * missing * _MONTHS_MARGIN / len(items)) + 1 if items else count * 3
        return Matches(items, None)

    @cached_property
    def _months(self) -> list[str]:
        """The lexemes of the months that can have a match, oldest first. One query, the first time."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT coalesce(min(date), current_date), coalesce(max(date), current_date)"
                " FROM minutes_searchentry"
            )
            first, last = cursor.fetchone()
        first, last = max(first, self._filters.first or first), min(last, self._filters.last or last)
        return _month_lexemes(_month_number(first), _month_number(last))

    def _read(self, query: str, limit: int, *, oldest: bool) -> Matches:
        condition = self.condition(query)
        direction = "" if oldest else "DESC"
        with connection.cursor() as cursor:
            # Sorted separately, so that the planner never scans the dates looking for a rare word.
            cursor.execute(
                f"""
                WITH matches AS MATERIALIZED (
                    SELECT item_id, date FROM minutes_searchentry WHERE {condition.sql}
                )
                SELECT item_id, (SELECT count(*) FROM matches)
                FROM matches ORDER BY date {direction}, item_id {direction} LIMIT %s
                """,
                [*condition.values, limit],
            )
            rows = cursor.fetchall()
            return Matches([item for item, _total in rows], rows[0][1] if rows else 0)


def newest_months(count: int) -> str:
    """Return the tsquery of the last `count` months, this one included."""
    this_month = _month_number(date.today())
    return " | ".join(_month_lexemes(this_month - count + 1, this_month))


def array_literal(numbers: Sequence[int]) -> str:
    """Return a PostgreSQL array as text, which is faster than psycopg's adaptation for a thousand numbers."""
    return f"{{{','.join(map(str, numbers))}}}"


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _month_lexemes(first: int, last: int) -> list[str]:
    return [lexeme(fields.month(date(number // 12, number % 12 + 1, 1))) for number in range(first, last + 1)]


def _any_month(months: Sequence[str]) -> str:
    return f"({' | '.join(months)})"
