"""Results of ballots, year by year."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F
from django.db.models.functions import ExtractYear

from minutes.models.votes import BallotQuerySet
from minutes.vocabulary import BallotResult

# Years without ballots are included, unless the span is so long that some year must be a mistake.
_MAX_SPAN = 60


@dataclass(frozen=True)
class BallotYear:
    """Ballots of a year by result. `contested` counts contested ballots with any result."""

    year: int
    carried_uncontested: int = 0
    carried_contested: int = 0
    lost: int = 0
    unknown: int = 0
    contested: int = 0

    @property
    def total(self) -> int:
        return self.carried_uncontested + self.carried_contested + self.lost + self.unknown


def ballots_by_year(ballots: BallotQuerySet) -> list[BallotYear]:
    """Count `ballots` for each year from the first to the last. One query."""
    rows = (
        ballots.with_contested()
        .order_by()
        .values("result", year=ExtractYear("item__meeting__date"), is_contested=F("contested"))
        .annotate(count=Count("pk"))
    )
    counts = Counter({(row["year"], row["result"], row["is_contested"]): row["count"] for row in rows})
    return [_ballot_year(year, counts) for year in _all_years({year for year, _, _ in counts})]


def _all_years(years: set[int]) -> Iterable[int]:
    if years and max(years) - min(years) < _MAX_SPAN:
        return range(min(years), max(years) + 1)
    return sorted(years)


def _ballot_year(year: int, counts: Counter[tuple[int, str | None, bool]]) -> BallotYear:
    carried, lost = BallotResult.CARRIED.value, BallotResult.LOST.value
    return BallotYear(
        year,
        carried_uncontested=counts[year, carried, False],
        carried_contested=counts[year, carried, True],
        lost=counts[year, lost, True] + counts[year, lost, False],
        unknown=counts[year, None, True] + counts[year, None, False],
        contested=sum(counts[year, result, True] for result in (carried, lost, None)),
    )
