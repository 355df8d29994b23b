"""Members in the meetings of a committee or municipality: who took part, when and how often."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, F, Max, Min, Q, QuerySet

from minutes.models import Attendance, Ballot, Committee, Meeting, Person
from minutes.statistics.coverage import term_start
from minutes.statistics.known_parties import PartyIdentity, identify
from minutes.statistics.places import Place, in_place

_CURRENT_PERIOD = timedelta(days=365)
_OF_THE_MEETING = Q(attendances__item=None)


@dataclass(frozen=True)
class MemberActivity:
    """An elected member's meetings in a place: the first and last date, and counts.

    `meetings` counts meetings that list the person as present, `absences` those that list them as absent,
    `ballots` counts votes with a known choice, printed or deduced. The first two are 0 where minutes have no
    such lists.
    """

    person: Person
    party: str
    first: date
    last: date
    meetings: int
    absences: int
    ballots: int

    @property
    def latest_party(self) -> PartyIdentity | None:
        """The party that is printed last with the name; None if none is, or the member is of no party."""
        party = identify(self.party, self.last) if self.party else None
        return party if party and party.is_party else None


def member_activity(place: Place) -> list[MemberActivity]:
    """The activity of each member in published meetings of `place`, in Danish order of names. Three queries.

    A committee needs its `municipality` loaded.
    """
    by_person: dict[int, list[Mapping[str, Any]]] = defaultdict(list)
    for row in (*_attendances(place), *_votes(place)):
        by_person[row["person"]].append(row)
    activities = []
    for person in Person.objects.published().filter(pk__in=by_person):
        person.municipality = place.municipality if isinstance(place, Committee) else place
        activities.append(_activity(person, by_person[person.pk]))
    return activities


def current_since(latest: date) -> date:
    """Cut-off date for current members: a year before the latest meeting, but within its council term."""
    return max(latest - _CURRENT_PERIOD, term_start(latest))


def _attendances(place: Place) -> QuerySet[Meeting, Any]:
    """Dates, counts and parties of each person in the lists of `place`."""
    role = Attendance.Role
    return (
        Meeting.objects.published()
        .filter(attendances__person__isnull=False, **in_place(place))
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


def _votes(place: Place) -> QuerySet[Ballot, Any]:
    """Dates and counts of the ballots of `place` with a known vote of each person."""
    return (
        Ballot.objects.published()
        .filter(known_votes__person__isnull=False, **in_place(place, "item__meeting__"))
        .order_by()
        .values(person=F("known_votes__person"))
        .annotate(
            first=Min("item__meeting__date"),
            last=Max("item__meeting__date"),
            ballots=Count("pk", distinct=True),
        )
    )


def _activity(person: Person, rows: Sequence[Mapping[str, Any]]) -> MemberActivity:
    """Merge the person's rows from attendances and votes."""
    values = {name: value for row in rows for name, value in row.items()}
    return MemberActivity(
        person=person,
        party=next(iter(values.get("parties", [])), ""),
        first=min(row["first"] for row in rows),
        last=max(row["last"] for row in rows),
        meetings=values.get("meetings", 0),
        absences=values.get("absences", 0),
        ballots=values.get("ballots", 0),
    )
