"""How the ballots of each year went."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, F
from django.db.models.functions import ExtractYear

from minutes.models.votes import BallotQuerySet
from minutes.vocabulary import BallotResult

# Years without a ballot are told too, unless a mistaken date puts a year far from the others.
_LONGEST = 60


@dataclass(frozen=True)
class BallotYear:
    """The ballots of a year: those carried that nobody contested, those carried all the same, those lost.

    `contested` are those of either result.
    """

    year: int
    carried_uncontested: int = 0
    carried_contested: int = 0
    lost: int = 0
    contested: int = 0

    @property
    def total(self) -> int:
        return self.carried_uncontested + self.carried_contested + self.lost


def ballots_by_year(ballots: BallotQuerySet) -> list[BallotYear]:
    """The years of `ballots` from the first to the last, those between them too. One query."""
    counted = (
        ballots.with_contested()
        .order_by()
        .values("result", year=ExtractYear("item__meeting__date"), is_contested=F("contested"))
        .annotate(count=Count("pk"))
    )
    counts = Counter({(row["year"], row["result"], row["is_contested"]): row["count"] for row in counted})
    return [_year(year, counts) for year in _years({year for year, _, _ in counts})]


def _years(found: set[int]) -> Iterable[int]:
    if found and max(found) - min(found) < _LONGEST:
        return range(min(found), max(found) + 1)
    return sorted(found)


def _year(year: int, counts: Counter[tuple[int, str, bool]]) -> BallotYear:
    carried, lost = BallotResult.CARRIED.value, BallotResult.LOST.value
    return BallotYear(
        year,
        carried_uncontested=counts[year, carried, False],
        carried_contested=counts[year, carried, True],
        lost=counts[year, lost, True] + counts[year, lost, False],
        contested=counts[year, carried, True] + counts[year, lost, True],
    )
