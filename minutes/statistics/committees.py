"""What a committee or a municipality is made of: who took part, what became of its items, what is missing.

Everything is asked of what is published, of a committee or of a whole municipality alike. The database makes
the figures; a row comes back for a person, a committee or a meeting. Places are reached by plain joins: with
sub-queries, a database that has no statistics yet, after a big import, takes minutes.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, Count, F, IntegerField, Max, Min, Q, QuerySet, When
from django.db.models.functions import Cast, ExtractYear

from minutes.models import AgendaItem, Attendance, Ballot, Committee, Meeting, Municipality, Person
from minutes.models.meetings import meeting_slug
from minutes.statistics.coverage import Coverage, HeldMeeting, assess_coverage, item_number_range, term_start
from minutes.vocabulary import Outcome

# What can be asked about.
Place = Committee | Municipality

_LATELY = timedelta(days=365)
# No percentage is made of fewer.
_FEWEST_FOR_PERCENT = 20
_OF_THE_MEETING = Q(attendances__item=None)
_IN_OPEN = _OF_THE_MEETING | Q(attendances__item__closed=False)
# "41"; not "41a" or "L 3"
_A_NUMBER = r"^[0-9]{1,4}$"


@dataclass(frozen=True)
class MemberActivity:
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


def _within(place: Place, to_meeting: str = "") -> dict[str, Place]:
    """The filter for what is of `place`, by the way from a row to its meeting: "item__meeting__"."""
    way = "committee" if isinstance(place, Committee) else "committee__municipality"
    return {f"{to_meeting}{way}": place}


def member_activity(place: Place) -> list[MemberActivity]:
    """Those who took part in published meetings of `place`, in Danish order. Three queries.

    A committee needs its `municipality` loaded.
    """
    role = Attendance.Role
    attended = (
        Meeting.objects.published()
        .filter(_IN_OPEN, attendances__person__isnull=False, **_within(place))
        .order_by()
        .values(person=F("attendances__person"))
        .annotate(
            first=Min("date"),
            last=Max("date"),
            meetings=Count("pk", distinct=True, filter=_OF_THE_MEETING & Q(attendances__role=role.PRESENT)),
            absences=Count("pk", distinct=True, filter=_OF_THE_MEETING & Q(attendances__role=role.ABSENT)),
            parties=ArrayAgg(
                "attendances__party__letter",
                filter=Q(attendances__party__isnull=False),
                order_by="-date",
                default=[],
            ),
        )
    )
    voted = (
        Ballot.objects.published()
        .filter(votes__person__isnull=False, **_within(place, "item__meeting__"))
        .order_by()
        .values(person=F("votes__person"))
        .annotate(
            first=Min("item__meeting__date"),
            last=Max("item__meeting__date"),
            ballots=Count("pk", distinct=True),
        )
    )
    by_person: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in (*attended, *voted):
        by_person[row["person"]].append(row)
    found = []
    for person in Person.objects.published().filter(pk__in=by_person):
        person.municipality = place.municipality if isinstance(place, Committee) else place
        found.append(_member(person, by_person[person.pk]))
    return found


def _member(person: Person, rows: Sequence[Mapping[str, Any]]) -> MemberActivity:
    """Of what is known of the person from attendances and from votes."""
    told = {name: value for row in rows for name, value in row.items()}
    return MemberActivity(
        person=person,
        party=next(iter(told.get("parties", [])), ""),
        first=min(row["first"] for row in rows),
        last=max(row["last"] for row in rows),
        meetings=told.get("meetings", 0),
        absences=told.get("absences", 0),
        ballots=told.get("ballots", 0),
    )


def current_since(latest: date) -> date:
    """From when on those who took part are the ones of now: a year up to the latest meeting, of one term."""
    return max(latest - _LATELY, term_start(latest))


@dataclass(frozen=True)
class OutcomeShare:
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
class OutcomeSummary:
    """What became of the items: `shares` are of all of them, closed ones too, and add up to all."""

    total: int
    shares: tuple[OutcomeShare, ...]
    closed: OutcomeShare
    contested: OutcomeShare


# The names are for code; templates and views say them in Danish.
_GROUPS = {
    "decided": (Outcome.APPROVED, Outcome.RECOMMENDED, Outcome.REJECTED, Outcome.OTHER),
    "noted": (Outcome.NOTED, Outcome.DISCUSSED),
    "postponed": (Outcome.POSTPONED,),
    "none": (Outcome.NONE,),
}


def outcome_summary(place: Place) -> OutcomeSummary:
    """What became of the items of published meetings of `place`. One query."""
    rows = (
        AgendaItem.objects.published()
        .filter(**_within(place, "meeting__"))
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
    total = sum(counts[each] for each in Outcome)
    return OutcomeSummary(
        total=total,
        shares=tuple(
            OutcomeShare(name, group, sum(counts[each] for each in group), total)
            for name, group in _GROUPS.items()
        ),
        closed=OutcomeShare("closed", (), counts["closed"], total),
        contested=OutcomeShare("contested", (), counts["contested"], total),
    )


def contested_items(place: Place) -> QuerySet[AgendaItem]:
    """The contested items of published meetings of `place`, newest first, with their places."""
    return (
        AgendaItem.objects.published()
        .with_places()
        .filter(contested=True, **_within(place, "meeting__"))
        .order_by("-meeting__date", "-meeting_id", "position")
    )


def coverage_by_committee(place: Place) -> dict[int, Coverage]:
    """By committee, what the published meetings of `place` say of those that are missing. One query."""
    # A number is made of what looks like one alone.
    number = Case(When(items__number__regex=_A_NUMBER, then=Cast("items__number", IntegerField())))
    in_open, in_closed = Q(items__closed=False), Q(items__closed=True, items__number__regex=_A_NUMBER)
    rows = (
        Meeting.objects.published()
        .filter(**_within(place))
        .order_by()
        .values("committee", "date", "sequence")
        .annotate(
            first=Min(number, filter=in_open),
            last=Max(number, filter=in_open),
            closed=ArrayAgg(number, filter=in_closed, default=[]),
        )
    )
    held: dict[int, list[HeldMeeting]] = defaultdict(list)
    for row in rows:
        numbers = item_number_range(row["first"], row["last"], row["closed"])
        held[row["committee"]].append(
            HeldMeeting(row["date"], meeting_slug(row["date"], row["sequence"]), numbers)
        )
    return {committee: assess_coverage(each) for committee, each in held.items()}


def meeting_counts_by_year(place: Place) -> dict[int, dict[int, int]]:
    """By committee, how many of the published meetings of `place` were in each year. One query."""
    rows = (
        Meeting.objects.published()
        .filter(**_within(place))
        .order_by()
        .annotate(year=ExtractYear("date"))
        .values_list("committee", "year")
        .annotate(n=Count("pk"))
    )
    counts: dict[int, dict[int, int]] = defaultdict(dict)
    for committee, year, n in rows:
        counts[committee][year] = n
    return counts
