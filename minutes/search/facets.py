"""How many items match, and how they are spread over the facets: counted, or estimated from a sample."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection

from minutes.search import fields
from minutes.search.fields import lexeme

# Past so many rows, by the estimate, not all matches are looked at: they are looked for month by month, and
# counted in a sample, of which so many rows at most are read.
_COUNTED, _SAMPLED = 5_000, 2_500

_NUMBER = "SELECT count(*) FROM minutes_searchentry WHERE {where}"
_SPREAD = """
WITH found AS MATERIALIZED (
    SELECT municipality_id, committee_id, extract(year FROM date)::int AS year, outcome, contested
    FROM minutes_searchentry WHERE {where}
), grouped AS (
    SELECT municipality_id, committee_id, year, outcome, contested, count(*) AS number
    FROM found
    GROUP BY GROUPING SETS ((municipality_id), (committee_id), (year), (outcome, contested))
)
SELECT municipality.slug, committee.slug, coalesce(municipality.name, min(committee.name)),
    year, outcome, contested, sum(number)::bigint
FROM grouped
LEFT JOIN minutes_municipality municipality ON municipality.id = grouped.municipality_id
LEFT JOIN minutes_committee committee ON committee.id = committee_id
GROUP BY municipality.slug, municipality.name, committee.slug, year, outcome, contested
"""


@dataclass
class Counts:
    """How many items there are by the values of a facet; a guess from the sample when not `exact`.

    Of a facet narrowed to, which is counted by itself, `exact_facets` tells.
    """

    total: int = 0
    exact: bool = True
    municipalities: Counter[str] = field(default_factory=Counter)  # by their part of an address
    committees: Counter[str] = field(default_factory=Counter)
    municipality_names: dict[str, str] = field(default_factory=dict)
    committee_names: dict[str, str] = field(default_factory=dict)
    years: Counter[int] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    contested: int = 0
    exact_facets: dict[str, bool] = field(default_factory=dict)

    def is_exact(self, facet: str) -> bool:
        """Whether the numbers of a facet were counted rather than guessed."""
        return self.exact_facets.get(facet, self.exact)


class Statement(NamedTuple):
    """What counts the items for which `where` is true, of one in `sample`: by the facets, or their number."""

    where: str
    values: Sequence[Any]
    sample: int
    facets: bool

    @property
    def sql(self) -> str:
        return (_SPREAD if self.facets else _NUMBER).format(where=self.where)

    def read(self, rows: Sequence[Sequence[Any]]) -> Counts:
        """The counts that the statement's rows tell."""
        counts = Counts(exact=self.sample == 1)
        if not self.facets:
            counts.total = rows[0][0] * self.sample
            return counts
        for municipality, committee, name, year, outcome, contested, number in rows:
            items = number * self.sample
            if municipality is not None:
                counts.municipalities[municipality] = items
                counts.municipality_names[municipality] = name
            elif committee is not None:
                counts.committees[committee] = items
                counts.committee_names[committee] = name
            elif year is not None:
                counts.years[year] = items
            else:
                counts.outcomes[outcome] += items
                counts.contested += items if contested else 0
        counts.total = sum(counts.years.values())
        return counts


def few(rows: int) -> bool:
    """Whether all matches are looked at, where that costs as much as so many rows."""
    return rows <= _COUNTED


def in_sample(query: str, rows: int) -> tuple[str, str, int]:
    """Of a tsquery that costs as much as so many rows: that for a sample, what else is true of its items,
    as SQL, and the sample, which is one item of how many."""
    if few(rows):
        return query, "", 1
    sample = next((each for each in fields.SAMPLES if rows <= each * _SAMPLED), fields.SAMPLES[-1])
    # The first sample has an index of its own.
    if sample > fields.SAMPLES[0]:
        query = f"({query}) & {lexeme(f'{fields.SAMPLE}{sample}')}"
    return query, " AND sampled", sample


@contextmanager
def pipelined(statements: Sequence[Statement]) -> Iterator[list[Counts]]:
    """What each statement counts, there when the block ends: PostgreSQL works on them while it runs.

    What the block itself asks of the database has to wait for them. An error of theirs comes at its end.
    """
    counts: list[Counts] = []
    connection.ensure_connection()
    with ExitStack() as stack:
        stack.enter_context(connection.connection.pipeline())
        cursors = [stack.enter_context(connection.cursor()) for _ in statements]
        for cursor, statement in zip(cursors, statements, strict=True):
            cursor.execute(statement.sql, statement.values)
        yield counts
        counts += [
            statement.read(cursor.fetchall()) for cursor, statement in zip(cursors, statements, strict=True)
        ]
