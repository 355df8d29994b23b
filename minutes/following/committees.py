"""What a committee or a municipality is made of: who took part, what became of its items, what is missing.

Everything is asked of a queryset of published meetings, the same of one committee's and of a whole
municipality's. The database makes the figures; a row comes back for a person, a committee or a meeting.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, Count, IntegerField, Max, Min, Q, QuerySet, When
from django.db.models.functions import Cast, ExtractYear

from minutes.following.coverage import Coverage, Held, coverage, numbers_of, term_begins
from minutes.models import AgendaItem, Attendance, Ballot, Meeting, Municipality, Person, Vote
from minutes.models.meetings import meeting_slug
from minutes.vocabulary import Outcome

_LATELY = timedelta(days=365)
# No percentage is made of fewer.
_FEWEST_FOR_PERCENT = 20
_IN_OPEN = Q(item=None) | Q(item__closed=False)
# "41"; not "41a" or "L 3"
_A_NUMBER = r"^[0-9]{1,4}$"


@dataclass(frozen=True)
class Member:
    """An elected member who took part in meetings: when first and last, and how often.

    `meetings` counts those whose list of participants names the person as present, `absences` those where it
    says absent, `ballots` those in which a vote is printed by name. Minutes that print no such list leave the
    first two at 0.
    """

    person: Person
    party: str
    first: date
    last: date
    meetings: int
    absences: int
    ballots: int


def members(meetings: QuerySet[Meeting], municipality: Municipality) -> list[Member]:
    """Those who took part in the published `meetings` of one municipality, in Danish order. Three queries."""
    attended = (
        Attendance.objects.filter(_IN_OPEN, meeting__in=meetings.order_by(), person__isnull=False)
        .order_by()
        .values("person")
        .annotate(
            first=Min("meeting__date"),
            last=Max("meeting__date"),
            meetings=Count("meeting", distinct=True, filter=Q(role=Attendance.Role.PRESENT, item=None)),
            absences=Count("meeting", distinct=True, filter=Q(role=Attendance.Role.ABSENT, item=None)),
            parties=ArrayAgg(
                "party__letter", filter=Q(party__isnull=False), order_by="-meeting__date", default=[]
            ),
        )
    )
    voted = (
        Vote.objects.filter(
            person__isnull=False,
            ballot__in=Ballot.objects.published().filter(item__meeting__in=meetings.order_by()),
        )
        .order_by()
        .values("person")
        .annotate(
            first=Min("ballot__item__meeting__date"),
            last=Max("ballot__item__meeting__date"),
            ballots=Count("ballot", distinct=True),
        )
    )
    by_person: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in (*attended, *voted):
        by_person[row["person"]].append(row)
    found = []
    for person in Person.objects.published().filter(pk__in=by_person):
        person.municipality = municipality
        found.append(_member(person, by_person[person.pk]))
    return found


def _member(person: Person, rows: Sequence[Mapping[str, Any]]) -> Member:
    """Of what is known of the person from attendances and from votes."""
    told = {name: value for row in rows for name, value in row.items()}
    return Member(
        person=person,
        party=next(iter(told.get("parties", [])), ""),
        first=min(row["first"] for row in rows),
        last=max(row["last"] for row in rows),
        meetings=told.get("meetings", 0),
        absences=told.get("absences", 0),
        ballots=told.get("ballots", 0),
    )


def lately(latest: date) -> date:
    """From when on those who took part are the ones of now: a year up to the latest meeting, of one term."""
    return max(latest - _LATELY, term_begins(latest))


@dataclass(frozen=True)
class Share:
    """So many of so many items. `percent` is None where there are too few for one."""

    name: str
    outcomes: tuple[Outcome, ...]
    count: int
    total: int

    @property
    def percent(self) -> int | None:
        return self.width if self.total >= _FEWEST_FOR_PERCENT else None

    @property
    def width(self) -> int:
        """Of its bar, of a hundred."""
        return round(100 * self.count / self.total) if self.total else 0


@dataclass(frozen=True)
class Outcomes:
    """What became of the items: `shares` are of all of them, closed ones too, and add up to all."""

    total: int
    shares: tuple[Share, ...]
    closed: Share
    contested: Share


# The names are for code; templates and views say them in Danish.
_GROUPS = {
    "decided": (Outcome.APPROVED, Outcome.RECOMMENDED, Outcome.REJECTED, Outcome.OTHER),
    "noted": (Outcome.NOTED, Outcome.DISCUSSED),
    "postponed": (Outcome.POSTPONED,),
    "none": (Outcome.NONE,),
}


def outcomes(meetings: QuerySet[Meeting]) -> Outcomes:
    """What became of the items of the published `meetings`. One query."""
    rows = (
        AgendaItem.objects.published()
        .filter(meeting__in=meetings.order_by())
        .order_by()
        .values("outcome")
        .annotate(
            items=Count("pk"),
            closed_items=Count("pk", filter=Q(closed=True)),
            contested_items=Count("pk", filter=_CONTESTED),
        )
    )
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row["outcome"]] = row["items"]
        counts["closed"] += row["closed_items"]
        counts["contested"] += row["contested_items"]
    total = sum(counts[each] for each in Outcome)
    return Outcomes(
        total=total,
        shares=tuple(
            Share(name, group, sum(counts[each] for each in group), total) for name, group in _GROUPS.items()
        ),
        closed=Share("closed", (), counts["closed"], total),
        contested=Share("contested", (), counts["contested"], total),
    )


# Of a closed item no more is public than its decision, where one is printed.
_CONTESTED = Q(contested=True) & (Q(closed=False) | ~Q(decision=""))


def contested(meetings: QuerySet[Meeting]) -> QuerySet[AgendaItem]:
    """The contested items of the published `meetings`, newest first, with their places."""
    return (
        AgendaItem.objects.published()
        .with_places()
        .filter(_CONTESTED, meeting__in=meetings.order_by())
        .order_by("-meeting__date", "-meeting_id", "position")
    )


def coverages(meetings: QuerySet[Meeting]) -> dict[int, Coverage]:
    """By committee, what the published `meetings` say of those that are missing between them. One query."""
    # A number is made of what looks like one alone.
    number = Case(When(items__number__regex=_A_NUMBER, then=Cast("items__number", IntegerField())))
    in_open, in_closed = Q(items__closed=False), Q(items__closed=True, items__number__regex=_A_NUMBER)
    rows = (
        meetings.order_by()
        .values("committee", "date", "sequence")
        .annotate(
            first=Min(number, filter=in_open),
            last=Max(number, filter=in_open),
            closed=ArrayAgg(number, filter=in_closed, default=[]),
        )
    )
    held: dict[int, list[Held]] = defaultdict(list)
    for row in rows:
        numbers = numbers_of(row["first"], row["last"], row["closed"])
        held[row["committee"]].append(Held(row["date"], meeting_slug(row["date"], row["sequence"]), numbers))
    return {committee: coverage(each) for committee, each in held.items()}


def meetings_by_year(meetings: QuerySet[Meeting]) -> dict[int, dict[int, int]]:
    """By committee, how many of the published `meetings` were in each year. One query."""
    rows = (
        meetings.order_by()
        .annotate(year=ExtractYear("date"))
        .values_list("committee", "year")
        .annotate(n=Count("pk"))
    )
    counts: dict[int, dict[int, int]] = defaultdict(dict)
    for committee, year, n in rows:
        counts[committee][year] = n
    return counts
