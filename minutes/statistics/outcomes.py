"""The outcomes of the items of a committee or municipality."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from minutes.models import AgendaItem
from minutes.statistics.places import Place, in_place
from minutes.vocabulary import Outcome

# A percentage of fewer items would suggest a precision that is not there.
MIN_FOR_PERCENT = 20

# Outcomes that are counted together. The names are keys; views translate them.
_GROUPS = {
    "decided": (Outcome.APPROVED, Outcome.RECOMMENDED, Outcome.REJECTED, Outcome.OTHER),
    "noted": (Outcome.NOTED, Outcome.DISCUSSED),
    "postponed": (Outcome.POSTPONED,),
    "withdrawn": (Outcome.WITHDRAWN,),
    "none": (Outcome.NONE,),
}


@dataclass(frozen=True)
class OutcomeShare:
    """`count` of `total` items. `percent` is None where there are too few for a percentage."""

    name: str
    outcomes: tuple[Outcome, ...]
    count: int
    total: int

    @property
    def percent(self) -> int | None:
        return self.width if self.total >= MIN_FOR_PERCENT else None

    @property
    def width(self) -> int:
        """Width of the bar in percent."""
        return round(100 * self.count / self.total) if self.total else 0


@dataclass(frozen=True)
class OutcomeSummary:
    """Items by group of outcomes. `shares` include closed items and add up to `total`."""

    total: int
    shares: tuple[OutcomeShare, ...]
    closed: OutcomeShare
    contested: OutcomeShare


def outcome_summary(place: Place) -> OutcomeSummary:
    """Count the items of published meetings of `place` by outcome. One query."""
    rows = (
        AgendaItem.objects.published()
        .filter(**in_place(place, "meeting__"))
        .order_by()
        .values("outcome")
        .annotate(
            items=Count("pk"),
            closed_items=Count("pk", filter=Q(closed=True)),
            contested_items=Count("pk", filter=Q(contested=True)),
        )
    )
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row["outcome"]] = row["items"]
        counts["closed"] += row["closed_items"]
        counts["contested"] += row["contested_items"]
    total = sum(counts[outcome] for outcome in Outcome)
    return OutcomeSummary(
        total=total,
        shares=tuple(
            OutcomeShare(name, group, sum(counts[outcome] for outcome in group), total)
            for name, group in _GROUPS.items()
        ),
        closed=OutcomeShare("closed", (), counts["closed"], total),
        contested=OutcomeShare("contested", (), counts["contested"], total),
    )


def contested_items(place: Place | None) -> QuerySet[AgendaItem]:
    """The contested items of published meetings of `place`, or of all, newest first, with their places."""
    return (
        AgendaItem.objects.published()
        .with_places()
        .filter(contested=True, **(in_place(place, "meeting__") if place else {}))
        .order_by("-meeting__date", "-meeting_id", "position")
    )
