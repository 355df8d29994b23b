"""Filters and orders of the results."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from minutes.search import fields
from minutes.search.fields import lexeme

PER_PAGE = 20
# Further pages are not shown.
MAX_PAGE = 500


class Order(StrEnum):
    """The orders of the results, by the values of ?sorter=."""

    RANK = ""
    NEWEST = "dato"
    OLDEST = "aeldste"


@dataclass(frozen=True)
class SearchFilters:
    """Facet values and dates that results must have; an empty filter allows everything.

    `published` is a time after which and a time until which the meeting was first published, or its minutes.
    """

    municipalities: Sequence[int] = ()
    committees: Sequence[int] = ()
    years: Sequence[int] = ()
    outcomes: Sequence[str] = ()
    contested: bool = False
    topics: Sequence[str] = ()
    first: date | None = None
    last: date | None = None
    published: tuple[datetime, datetime] | None = None

    def facet_queries(self) -> Iterator[tuple[str, str]]:
        """Yield the facets that are filtered by, each with its tsquery."""
        for facet, prefix, values in (
            ("municipalities", fields.IN_MUNICIPALITY, self.municipalities),
            ("committees", fields.IN_COMMITTEE, self.committees),
            ("years", fields.YEAR, self.years),
            ("outcomes", fields.OUTCOME, self.outcomes),
            ("topics", fields.TOPIC, self.topics),
        ):
            if values:
                yield facet, "(" + " | ".join(lexeme(f"{prefix}{value}") for value in values) + ")"
        if self.contested:
            yield "contested", lexeme(fields.CONTESTED)
