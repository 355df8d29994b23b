"""Read the newest or oldest items that match a tsquery, without reading all of very many matches.

Months are lexemes too. Of a query with many matches, the newest months are read first, then those before,
until there are enough items.
"""

from collections.abc import Mapping, Sequence, Set
from datetime import date
from enum import Enum, auto
from functools import cached_property
from typing import Any, NamedTuple

from minutes.search import fields
from minutes.search.database import connection
from minutes.search.facets import are_counted
from minutes.search.fields import lexeme
from minutes.search.filters import PER_PAGE, SearchFilters

# An SQL condition with a tsquery as its parameter. The subquery hides the tsquery from the planner: there is
# only one index to use, and looking up how common its words are takes longer than finding a rare one.
MATCHES = "vector @@ (SELECT %s::tsquery)"

# The items of meetings that were first published, or whose minutes came, after a time and until another.
_PUBLISHED = """
    SELECT item.id FROM minutes_agendaitem item JOIN minutes_meeting meeting ON meeting.id = item.meeting_id
    WHERE (meeting.published_at > %s AND meeting.published_at <= %s)
        OR (meeting.minutes_at > %s AND meeting.minutes_at <= %s)
"""
# By how much more months are read than should be needed by the average number of matches in a month.
_MONTHS_MARGIN = 1.6
# Rows with all the words of a phrase whose positions are checked to find candidates for ranking.
_MAX_CHECKED_ROWS = 5_000


class Condition(NamedTuple):
    """An SQL condition with its parameters."""

    sql: str
    values: list[Any]


class Matches(NamedTuple):
    """Items in order, the cases of those that have one, and the numbers of matches and of places.

    The numbers are None unless all matches were read. `complete` says that there are no others.
    """

    items: list[int]
    cases: dict[int, int]
    complete: bool
    total: int | None = None
    places: int | None = None


class Grouping(Enum):
    """The ways to place the matches of one case among the results.

    Without grouping each match is a place. With COUNTED, all matches are read, but places counted; with
    PLACES, only the first match of each place is read.
    """

    NONE = auto()
    COUNTED = auto()
    PLACES = auto()


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

    def estimates(self, queries: Sequence[str]) -> list[int]:
        """Return the planner's estimates of how many items match each tsquery. One query, none for none."""
        if not queries:
            return []
        dates, values = self._dates
        selects = [f"SELECT 1 FROM minutes_searchentry WHERE vector @@ %s::tsquery{dates}"] * len(queries)
        with connection.cursor() as cursor:
            cursor.execute(
                f"EXPLAIN (FORMAT JSON) {' UNION ALL '.join(selects)}",
                [value for query in queries for value in (query, *values)],
            )
            plan = cursor.fetchone()[0][0]["Plan"]
        plans = plan["Plans"] if len(queries) > 1 else [plan]
        return [int(part["Plan Rows"]) for part in plans]

    def count(self, queries: Sequence[str], limit: int) -> tuple[list[int], int]:
        """Count the items that match each tsquery within the filters, up to a limit. One query.

        Returns the planner's number of all items besides.
        """
        conditions = [self.condition(self.filtered(query)) for query in queries]
        # The subquery hides the limit from the planner, which would scan items one by one.
        counts = "".join(
            "(SELECT count(*) FROM (SELECT 1 FROM minutes_searchentry"
            f" WHERE {condition.sql} LIMIT (SELECT %s::bigint)) matches), "
            for condition in conditions
        )
        with connection.cursor() as cursor:
            values = [value for condition in conditions for value in (*condition.values, limit)]
            cursor.execute(
                f"SELECT {counts} (SELECT reltuples::bigint FROM pg_class"
                " WHERE oid = 'minutes_searchentry'::regclass)",
                values,
            )
            *numbers, items = cursor.fetchone()
        return numbers, items

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
        if self._filters.published:
            sql += f" AND item_id IN ({_PUBLISHED})"
            values += self._filters.published * 2
        return Condition(sql, values)

    def are_all_read(self, estimate: int) -> bool:
        """Return whether a query with so many estimated matches is read as a whole."""
        return are_counted(estimate * self._row_cost)

    def may_read_all(self, estimate: int) -> bool:
        """Return whether a query with so many estimated matches is cheap, or each row read is a match."""
        return self._row_cost == 1 or estimate <= _MAX_CHECKED_ROWS

    def by_date(
        self,
        query: str,
        estimate: int,
        limit: int,
        *,
        oldest: bool = False,
        bounded: bool = False,
        grouping: Grouping = Grouping.NONE,
        excluded_cases: Set[int] = frozenset(),
    ) -> Matches:
        """Return the newest (or oldest) `limit` matches, or places.

        Places are counted without `excluded_cases`. If `bounded`, a page of matches is enough once
        `_MAX_CHECKED_ROWS` were probably read. One query if all matches are read; else one for each range of
        months until there are enough.
        """
        reading = _Reading(oldest, grouping, excluded_cases)
        if self.are_all_read(estimate):
            return self._read(query, limit, reading)
        bound = _MAX_CHECKED_ROWS if bounded and not self.may_read_all(estimate) else estimate
        return self._by_months(query, estimate, limit, reading, bound)

    def _by_months(
        self, query: str, estimate: int, limit: int, reading: "_Reading", max_rows: int
    ) -> Matches:
        """Return matches from one range of months after another; after `max_rows`, a page is enough."""
        months = self._months if reading.oldest else self._months[::-1]
        max_months = max(len(months) * max_rows // estimate, 1)
        items: list[int] = []
        cases: dict[int, int] = {}
        done, missing = 0, limit
        count = int(len(months) * limit * _MONTHS_MARGIN / estimate) + 1
        while missing > 0 and done < len(months):
            if done + count > max_months > done:
                count = max_months - done
            in_months = _any_month(months[done : done + count])
            if done + count * (3 if self._row_cost == 1 else 1) >= len(months):
                # Read all the rest: a shorter tsquery of the months that are done.
                in_months, count = f"!{_any_month(months[:done])}" if done else "", len(months)
            month_query = f"({query}) & {in_months}" if in_months else query
            known_cases = reading.excluded_cases | set(cases.values())
            read = self._read(month_query, limit - len(items), reading._replace(excluded_cases=known_cases))
            items += read.items
            cases |= read.cases
            done += count
            missing = limit - len(items)
            if done >= max_months:
                places = len(items) if reading.grouping is Grouping.NONE else _number_of_places(items, cases)
                missing = min(missing, PER_PAGE - places)
            wanted = int(done * missing * _MONTHS_MARGIN / len(items)) + 1 if items else count * 3
            # Of a phrase, few matches say little about how many rows must be checked for more.
            count = wanted if self._row_cost == 1 else min(wanted, 2 * done)
        return Matches(items, cases, done >= len(months) and len(items) < limit)

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

    def _read(self, query: str, limit: int, reading: "_Reading") -> Matches:
        condition = self.condition(query)
        excluded = array_literal(list(reading.excluded_cases))
        with connection.cursor() as cursor:
            cursor.execute(reading.sql(condition.sql), [*condition.values, excluded, limit])
            rows = cursor.fetchall()
        total, places = rows[0][2:] if rows else (0, 0)
        cases = {item: case for item, case, _total, _places in rows if case is not None}
        return Matches([row[0] for row in rows], cases, len(rows) < limit, total, places)


class _Reading(NamedTuple):
    """The order in which matches are read, their grouping, and the cases that get no place."""

    oldest: bool
    grouping: Grouping
    excluded_cases: Set[int]

    def sql(self, condition: str) -> str:
        """Return the statement that reads items and their cases, and counts the matches and the places.

        Its parameters are those of `condition`, the excluded cases and a limit.
        """
        order = "date, item_id" if self.oldest else "date DESC, item_id DESC"
        is_place = "(case_id IS NULL OR case_id <> ALL (%s::bigint[]))"
        place = "*" if self.grouping is Grouping.NONE else "DISTINCT coalesce(case_id, -item_id)"
        places, count = "", f"SELECT count({place}) FROM matches WHERE {is_place}"
        if self.grouping is Grouping.PLACES:
            places = f""", places AS MATERIALIZED (
                SELECT DISTINCT ON (coalesce(case_id, -item_id)) item_id, case_id, date
                FROM matches WHERE {is_place} ORDER BY coalesce(case_id, -item_id), {order}
            )"""
            count = "SELECT count(*) FROM places"
        # Sorted separately, so that the planner never scans the dates looking for a rare word.
        return f"""
            WITH matches AS MATERIALIZED (
                SELECT item_id, case_id, date FROM minutes_searchentry WHERE {condition}
            ){places}
            SELECT item_id, case_id, (SELECT count(*) FROM matches), ({count})
            FROM {"places" if self.grouping is Grouping.PLACES else "matches"} ORDER BY {order} LIMIT %s
        """


def _number_of_places(items: Sequence[int], cases: Mapping[int, int]) -> int:
    return len({cases.get(item, -item) for item in items})


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
