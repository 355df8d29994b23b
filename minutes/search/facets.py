"""Count the matching items and their distribution over the facets, exactly or from a sample."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from minutes.search import fields
from minutes.search.database import connection
from minutes.search.fields import lexeme

# Up to so many estimated rows, all matches are counted; else a sample of at most _MAX_SAMPLED_ROWS.
_MAX_COUNTED_ROWS, _MAX_SAMPLED_ROWS = 5_000, 2_500

_TOTAL_SQL = "SELECT count(*) FROM minutes_searchentry WHERE {where}"
_FACETS_SQL = """
WITH matches AS MATERIALIZED (
    SELECT municipality_id, committee_id, joint_committees, extract(year FROM date)::int AS year,
        outcome, contested, topic
    FROM minutes_searchentry WHERE {where}
), grouped AS (
    SELECT municipality_id, committee_id, joint_committees, year, outcome, contested, topic,
        count(*) AS number
    FROM matches
    GROUP BY GROUPING SETS (
        (municipality_id), (committee_id, joint_committees), (year), (outcome, contested), (topic)
    )
)
SELECT municipality.slug, committee.slug, coalesce(municipality.name, min(committee.name)),
    year, outcome, contested, topic, sum(number)::bigint
FROM grouped
LEFT JOIN minutes_municipality municipality ON municipality.id = grouped.municipality_id
LEFT JOIN LATERAL unnest(array_append(joint_committees, committee_id)) shared (committee_id) ON true
LEFT JOIN minutes_committee committee ON committee.id = shared.committee_id
GROUP BY municipality.slug, municipality.name, committee.slug, year, outcome, contested, topic
"""


@dataclass
class Counts:
    """The number of matching items, in total and by facet value; estimates unless `exact`.

    A facet that is filtered by is counted separately, without its filter: `exact_facets` says how.
    """

    total: int = 0
    exact: bool = True
    municipalities: Counter[str] = field(default_factory=Counter)  # by slug
    committees: Counter[str] = field(default_factory=Counter)  # by slug, whatever the municipality
    municipality_names: dict[str, str] = field(default_factory=dict)
    committee_names: dict[str, str] = field(default_factory=dict)
    years: Counter[int] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    contested: int = 0
    topics: Counter[str] = field(default_factory=Counter)
    exact_facets: dict[str, bool] = field(default_factory=dict)

    def is_exact(self, facet: str) -> bool:
        """Return whether the numbers of a facet are exact rather than estimates."""
        return self.exact_facets.get(facet, self.exact)

    def replace_facet(self, facet: str, other: "Counts") -> None:
        """Take the numbers of a facet from `other`."""
        setattr(self, facet, getattr(other, facet))
        self.exact_facets[facet] = other.exact
        self.municipality_names |= other.municipality_names
        self.committee_names |= other.committee_names


class CountStatement(NamedTuple):
    """A statement that counts the items matching an SQL condition, in total or by facet.

    `sample` is by how much its numbers are multiplied.
    """

    where: str
    values: Sequence[Any]
    sample: int
    facets: bool

    @property
    def sql(self) -> str:
        return (_FACETS_SQL if self.facets else _TOTAL_SQL).format(where=self.where)

    def counts(self, rows: Sequence[Sequence[Any]]) -> Counts:
        """Return the counts in the rows of the statement's result."""
        counts = Counts(exact=self.sample == 1)
        if not self.facets:
            counts.total = rows[0][0] * self.sample
            return counts
        for municipality, committee, name, year, outcome, contested, topic, number in rows:
            items = number * self.sample
            if municipality is not None:
                counts.municipalities[municipality] = items
                counts.municipality_names[municipality] = name
            elif committee is not None:
                counts.committees[committee] = items
                counts.committee_names[committee] = name
            elif year is not None:
                counts.years[year] = items
            elif outcome is not None:
                counts.outcomes[outcome] += items
                counts.contested += items if contested else 0
            elif topic:
                counts.topics[topic] = items
        counts.total = sum(counts.years.values())
        return counts


class SampledQuery(NamedTuple):
    """A tsquery and a further SQL condition that select one matching item in `sample`."""

    query: str
    condition: str
    sample: int


def are_counted(rows: int) -> bool:
    """Return whether so many rows are few enough to read all of them."""
    return rows <= _MAX_COUNTED_ROWS


def sampled_query(query: str, rows: int) -> SampledQuery:
    """Return the query that counts the matches of `query`, which costs as much as reading `rows` rows."""
    if are_counted(rows):
        return SampledQuery(query, "", 1)
    sample = next(
        (sample for sample in fields.SAMPLES if rows <= sample * _MAX_SAMPLED_ROWS), fields.SAMPLES[-1]
    )
    # The first sample has an index of its own, the smaller ones are part of it.
    if sample > fields.SAMPLES[0]:
        query = f"({query}) & {lexeme(f'{fields.SAMPLE}{sample}')}"
    return SampledQuery(query, " AND sampled", sample)


@contextmanager
def pipelined(statements: Sequence[CountStatement]) -> Iterator[list[Counts]]:
    """Count in the database while the block runs; fill the list with the counts when it ends.

    Uses libpq's pipeline mode: a query of the block itself waits for the statements, and their errors are
    raised at its end.
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
            statement.counts(cursor.fetchall()) for cursor, statement in zip(cursors, statements, strict=True)
        ]
