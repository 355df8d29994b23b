"""The party of each member, and when, as rosters and votes print it.

A **sighting** is a party printed with a member's name on a day, in a roster or at a vote. The sightings of a
party make a period from the first to the last. On a day without one, a member is of the party that the
sightings before and after agree on.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import F, OuterRef, QuerySet, Subquery

from minutes.models import Attendance, Meeting, Municipality, Party, Person, Vote
from minutes.statistics.coverage import term_start
from minutes.statistics.known_parties import PartyIdentity, identify


@dataclass(frozen=True)
class PartyPeriod:
    """A party of a member: the first and last day on which it is printed, how often and in what spelling."""

    party: PartyIdentity
    first: date
    last: date
    days: int  # on which it is printed
    spellings: Mapping[str, int]  # days by printed letter or name


@dataclass(frozen=True)
class PartyChange:
    """A member's change of party: last printed with `before` on `last`, first with `after` on `first`."""

    before: PartyIdentity
    after: PartyIdentity
    last: date
    first: date


@dataclass
class PartyHistory:
    """All sightings of a member."""

    _parties: dict[date, set[PartyIdentity]] = field(default_factory=lambda: defaultdict(set))
    _spellings: dict[PartyIdentity, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _days: list[date] = field(default_factory=list)

    @classmethod
    def of(cls, rows: Iterable[tuple[str, Iterable[date]]]) -> "PartyHistory":
        """Build the history from printed parties with their days."""
        history = cls()
        days_by_spelling: dict[str, set[date]] = defaultdict(set)
        for printed, days in rows:
            days_by_spelling[printed].update(days)
        for printed, distinct_days in days_by_spelling.items():
            by_party: dict[PartyIdentity, list[date]] = defaultdict(list)
            for day in distinct_days:
                by_party[identify(printed, day)].append(day)
            for party, days_of_party in by_party.items():
                history._spellings[party][printed] = len(days_of_party)
                for day in days_of_party:
                    history._parties[day].add(party)
        history._days = sorted(history._parties)
        return history

    @property
    def periods(self) -> list[PartyPeriod]:
        """The period of each party, the latest first. Periods overlap where minutes print both by turns."""
        days: dict[PartyIdentity, list[date]] = defaultdict(list)
        for day in self._days:
            for party in self._parties[day]:
                days[party].append(day)
        periods = [
            PartyPeriod(party, of_party[0], of_party[-1], len(of_party), dict(self._spellings[party]))
            for party, of_party in days.items()
        ]
        return sorted(
            periods, key=lambda period: (period.last, period.first, period.party.slug), reverse=True
        )

    @property
    def changes(self) -> list[PartyChange]:
        """Changes from one party to another, the latest first; none where their periods overlap."""
        return [
            PartyChange(before.party, after.party, before.last, after.first)
            for after, before in pairwise(self.periods)
            if before.last < after.first
        ]

    def on(self, day: date) -> PartyIdentity | None:
        """Return the member's party on a day; None if it is not known.

        It is the printed one, else the one before and after. Before the first and after the last sighting it
        is known only in the same council term.
        """
        if day in self._parties:
            return next(iter(self._parties[day])) if len(self._parties[day]) == 1 else None
        at = bisect_left(self._days, day)
        before = self._days[at - 1] if at else None
        after = self._days[at] if at < len(self._days) else None
        nearest = [other for other in (before, after) if other]
        if len(nearest) == 1 and term_start(nearest[0]) != term_start(day):
            return None
        parties = set().union(*(self._parties[other] for other in nearest))
        return parties.pop() if len(parties) == 1 else None


@dataclass(frozen=True)
class PartySummary:
    """A party of a municipality: when it is printed first and last, and its members' periods by their id."""

    party: PartyIdentity
    first: date
    last: date
    periods: Mapping[int, PartyPeriod]

    def members_since(self, since: date) -> int:
        return sum(period.last >= since for period in self.periods.values())


def party_summaries(
    histories: Mapping[int, PartyHistory], days_of_votes: Mapping[PartyIdentity, Iterable[date]]
) -> list[PartySummary]:
    """Return the parties that rosters and votes print, by letter and name. No query."""
    periods: dict[PartyIdentity, dict[int, PartyPeriod]] = defaultdict(dict)
    for person, history in histories.items():
        for period in history.periods:
            if period.party.is_party:
                periods[period.party][person] = period
    summaries = []
    for party in {*periods, *days_of_votes}:
        days = [*days_of_votes.get(party, ())]
        days += [day for period in periods[party].values() for day in (period.first, period.last)]
        summaries.append(PartySummary(party, min(days), max(days), periods[party]))
    return sorted(summaries, key=lambda summary: summary.party.sort_key)


def published_parties(municipality: Municipality) -> list[PartyIdentity]:
    """Return the parties of a municipality that have a page, by letter and name. Two queries."""
    votes_as_party = (
        Vote.objects.published()
        .filter(party__municipality=municipality)
        .order_by("party__letter")
        .values_list("party__letter", "ballot__item__meeting__date")
        .distinct()
    )
    days: dict[PartyIdentity, list[date]] = defaultdict(list)
    for printed, day in votes_as_party:
        if (party := identify(printed, day)).is_party:
            days[party].append(day)
    return [summary.party for summary in party_summaries(party_histories(municipality), days)]


def municipalities_with(party: PartyIdentity) -> list[Municipality]:
    """Return the municipalities in which the party has a page, in Danish order of names. One query."""
    meetings = Meeting.objects.published().order_by("-date")
    printed = Party.objects.select_related("municipality").annotate(
        in_rosters=Subquery(meetings.filter(attendances__party=OuterRef("pk")).values("date")[:1]),
        as_party=Subquery(meetings.filter(items__ballots__votes__party=OuterRef("pk")).values("date")[:1]),
        at_votes=Subquery(
            meetings.filter(items__ballots__votes__printed_party=OuterRef("pk")).values("date")[:1]
        ),
    )
    municipalities = {
        row.municipality
        for row in printed
        if any(
            day and identify(row.letter, day) == party for day in (row.in_rosters, row.as_party, row.at_votes)
        )
    }
    return sorted(municipalities, key=lambda municipality: municipality.sort_key)


def histories_of(people: Collection[int]) -> dict[int, PartyHistory]:
    """Return the history of each of the people with a printed party, by id. One query."""
    return _histories({"person__in": people})


def party_histories(municipality: Municipality) -> dict[int, PartyHistory]:
    """Return the history of each person of the municipality with a printed party, by id. One query."""
    return _histories({"person__municipality": municipality})


def party_history(person: Person) -> PartyHistory:
    """Return the history of a person, empty if no party is printed with the name. One query."""
    return _histories({"person": person}).get(person.pk, PartyHistory())


def _histories(people: Mapping[str, Any]) -> dict[int, PartyHistory]:
    """Return the history of each of the people that a lookup selects, by id. One query."""
    in_rosters = Attendance.objects.published().filter(**people, party__isnull=False)
    at_votes = Vote.objects.published().filter(**people, printed_party__isnull=False)
    rows = _days_of(in_rosters, "party", "meeting").union(
        _days_of(at_votes, "printed_party", "ballot__item__meeting"), all=True
    )
    by_person: dict[int, list[tuple[str, Iterable[date]]]] = defaultdict(list)
    for person, printed, days in sorted(rows):
        by_person[person].append((printed, days))
    return {person: PartyHistory.of(of_person) for person, of_person in by_person.items()}


def _days_of(rows: QuerySet[Any], path_to_party: str, path_to_meeting: str) -> Any:
    """Return the days on which each party is printed with each person's name."""
    return (
        rows.order_by()
        .values("person", printed=F(f"{path_to_party}__letter"))
        .annotate(days=ArrayAgg(f"{path_to_meeting}__date", distinct=True))
        .values_list("person", "printed", "days")
    )
