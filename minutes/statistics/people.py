"""Figures of an elected member: committees, parties, attendance, votes and statements."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, When

from minutes.models import Attendance, Ballot, Committee, Meeting, MeetingCommittee, Person, Statement
from minutes.models.topics import topic_label
from minutes.statistics.parties import PartyHistory
from minutes.statistics.person_rows import (
    LISTED_ROLES,
    MEMBER_STATEMENTS,
    MOVEMENT_ROLES,
    missed_items,
    statements_of,
    votes_of,
)
from minutes.topics import LABELS
from minutes.vocabulary import VoteChoice, VoteKnown


class CommitteeActivity(NamedTuple):
    """A member's meetings in a committee. `present` and `absent` count only meetings with a list."""

    committee: Committee
    first: Meeting
    last: Meeting
    meetings: int
    present: int
    absent: int


class YearAttendance(NamedTuple):
    year: int
    present: int
    absent: int

    @property
    def listed(self) -> int:
        return self.present + self.absent


class PrintedParty(NamedTuple):
    """A party as printed with the member's name, the number of lists that have it, and when."""

    letter: str
    first: date
    last: date
    meetings: int


class TopicVotes(NamedTuple):
    """A member's votes by choice on a topic, by its key and label."""

    topic: str
    label: str
    votes: Counter[str]

    @property
    def vote_count(self) -> int:
        return self.votes.total()


@dataclass(frozen=True)
class PersonStatistics:
    """A member's figures. Each count is the number of rows of a queryset in `person_rows`."""

    committees: Sequence[CommitteeActivity]
    parties: Sequence[PrintedParty]
    party_history: PartyHistory
    years: Sequence[YearAttendance]  # newest first
    spellings: Sequence[str]  # names in lists that differ from the person's
    votes: Counter[str]  # by choice
    votes_by_source: Counter[str]  # printed and deduced
    minority_votes: int
    lone_votes: int
    two_sided_votes: int  # for or against, where votes on both sides are known
    two_sided_minority_votes: int
    topics: Sequence[TopicVotes]
    statements: Counter[str]  # by kind
    missed: Counter[str]  # items by role
    movements: Counter[str]  # arrivals and departures by role
    meetings: int
    first: date | None = None
    last: date | None = None

    @property
    def vote_count(self) -> int:
        return self.votes.total()

    @property
    def printed_votes(self) -> int:
        return self.votes_by_source[VoteKnown.PRINTED]

    @property
    def deduced_votes(self) -> int:
        return self.votes_by_source[VoteKnown.DEDUCED]

    @property
    def reservations(self) -> int:
        return self.statements[Statement.Kind.RESERVATION]

    @property
    def referrals(self) -> int:
        return self.statements[Statement.Kind.REFERRAL]

    @property
    def remarks(self) -> int:
        return self.statements[Statement.Kind.REMARK]

    @property
    def present(self) -> int:
        return sum(year.present for year in self.years)

    @property
    def absent(self) -> int:
        return sum(year.absent for year in self.years)

    @property
    def listed(self) -> int:
        return self.present + self.absent


class _MeetingKey(NamedTuple):
    """The columns of a meeting that the figures are grouped by."""

    pk: int
    day: date


@dataclass
class _Lists:
    """Contents of the lists of those present and absent: role by meeting, parties and spellings.

    `party_days` has the days of each party, in any list; `movements` counts arrivals and departures.
    """

    roles: dict[_MeetingKey, str] = field(default_factory=dict)
    parties: dict[str, set[_MeetingKey]] = field(default_factory=lambda: defaultdict(set))
    spellings: set[str] = field(default_factory=set)
    party_days: dict[str, list[date]] = field(default_factory=lambda: defaultdict(list))
    movements: Counter[str] = field(default_factory=Counter)


class _VoteRow(NamedTuple):
    """A vote of the member, and if it is one for or against in a ballot with known votes on both sides."""

    choice: str
    known: str
    in_minority: bool
    alone: bool
    party: str | None
    topic: str
    two_sided: bool
    meeting: _MeetingKey


def person_statistics(person: Person, *, printed_only: bool = False) -> PersonStatistics:
    """Return all figures of a member except voting agreement. At most seven queries.

    With `printed_only`, figures of votes are of printed ones; meetings and committees stay the same.
    """
    lists = _read_lists(person)
    missed = _with_meeting(missed_items(person), "item__", "role")
    all_votes = _votes(person, printed_only=printed_only)
    votes = [vote for vote in all_votes if not printed_only or vote.known == VoteKnown.PRINTED]
    two_sided = [vote for vote in votes if vote.two_sided]
    for vote in all_votes:
        if vote.party:
            lists.party_days[vote.party].append(vote.meeting.day)
    statements = _with_meeting(statements_of(person), "item__", "kind")
    meetings = {
        *lists.roles,
        *(meeting for _role, meeting in missed),
        *(vote.meeting for vote in all_votes),
        *(meeting for kind, meeting in statements if kind in MEMBER_STATEMENTS),
    }
    days = [meeting.day for meeting in meetings]
    return PersonStatistics(
        committees=_committees(meetings, lists),
        parties=_parties(lists),
        party_history=PartyHistory.of(lists.party_days.items()),
        years=_years(lists),
        spellings=sorted(lists.spellings - {person.name}),
        votes=Counter(vote.choice for vote in votes),
        votes_by_source=Counter(vote.known for vote in votes),
        minority_votes=sum(vote.in_minority for vote in votes),
        lone_votes=sum(vote.alone for vote in votes),
        two_sided_votes=len(two_sided),
        two_sided_minority_votes=sum(vote.in_minority for vote in two_sided),
        topics=_topics(votes),
        statements=Counter(kind for kind, _meeting in statements),
        missed=Counter(role for role, _meeting in missed),
        movements=lists.movements,
        meetings=len(meetings),
        first=min(days, default=None),
        last=max(days, default=None),
    )


def _votes(person: Person, *, printed_only: bool) -> list[_VoteRow]:
    """Read the member's known votes. One query."""
    ballots = Ballot.objects.two_sided(printed_only=printed_only).filter(pk=OuterRef("ballot"))
    two_sided = Exists(ballots) & ~Q(choice=VoteChoice.ABSTAINED)
    votes = votes_of(person).annotate(two_sided=Case(When(two_sided, then=True), default=False))
    fields = ("choice", "known", "in_minority", "alone", "party__letter", "ballot__item__topic", "two_sided")
    rows = _with_meeting(votes, "ballot__item__", *fields)
    return [_VoteRow(*row) for row in rows]


def _topics(votes: Iterable[_VoteRow]) -> list[TopicVotes]:
    """Return the votes on each topic, in the order of topics; those on items without one are left out."""
    by_topic: dict[str, Counter[str]] = defaultdict(Counter)
    for vote in votes:
        by_topic[vote.topic][vote.choice] += 1
    return [TopicVotes(key, topic_label(key), by_topic[key]) for key in LABELS if key in by_topic]


def _with_meeting(rows: QuerySet[Any], path_to_item: str, *fields: str) -> list[tuple[Any, ...]]:
    """The fields of each row, followed by the `_MeetingKey` of its meeting. One query."""
    meeting = (
        f"{path_to_item}meeting_id",
        f"{path_to_item}meeting__date",
    )
    rows_of_values = rows.values_list(*fields, *meeting)
    return [(*values[: len(fields)], _MeetingKey(*values[len(fields) :])) for values in rows_of_values]


def _read_lists(person: Person) -> _Lists:
    """Read the member's entries in all lists; present wins over absent. One query."""
    lists = _Lists()
    entries = Attendance.objects.published().filter(person=person).order_by()
    for role, item, name, party, meeting in _with_meeting(
        entries, "", "role", "item", "name", "party__letter"
    ):
        if party:
            lists.party_days[party].append(meeting.day)
        if not item and role in MOVEMENT_ROLES:
            lists.movements[role] += 1
        if item or role not in LISTED_ROLES:
            continue
        if lists.roles.get(meeting) != Attendance.Role.PRESENT:
            lists.roles[meeting] = role
        if party:
            lists.parties[party].add(meeting)
        lists.spellings.add(name)
    return lists


def _committees(meetings: Iterable[_MeetingKey], lists: _Lists) -> list[CommitteeActivity]:
    """Activity by committee, the latest meeting first; a joint meeting is one of each. Two queries."""
    keys_by_id = {meeting.pk: meeting for meeting in meetings}
    by_committee: dict[Committee, list[_MeetingKey]] = defaultdict(list)
    places = MeetingCommittee.objects.select_related("committee__municipality")
    for place in places.filter(meeting__in=keys_by_id):
        by_committee[place.committee].append(keys_by_id[place.meeting_id])
    for keys in by_committee.values():
        keys.sort(key=lambda meeting: (meeting.day, meeting.pk))
    first_and_last = [meeting.pk for keys in by_committee.values() for meeting in (keys[0], keys[-1])]
    rows = Meeting.objects.published().with_places().in_bulk(first_and_last)
    activities = []
    for committee, keys in by_committee.items():
        first, last = rows[keys[0].pk], rows[keys[-1].pk]
        roles = Counter(lists.roles[meeting] for meeting in keys if meeting in lists.roles)
        present, absent = (roles[role] for role in LISTED_ROLES)
        activities.append(CommitteeActivity(committee, first, last, len(keys), present, absent))
    return sorted(activities, key=lambda activity: (activity.last.date, activity.meetings), reverse=True)


def _parties(lists: _Lists) -> list[PrintedParty]:
    """The periods of each party as printed, the latest first."""
    periods = []
    for letter, meetings in lists.parties.items():
        days = [meeting.day for meeting in meetings]
        periods.append(PrintedParty(letter, min(days), max(days), len(meetings)))
    return sorted(periods, key=lambda period: (period.last, period.first, period.letter), reverse=True)


def _years(lists: _Lists) -> list[YearAttendance]:
    by_year: dict[int, Counter[str]] = defaultdict(Counter)
    for meeting, role in lists.roles.items():
        by_year[meeting.day.year][role] += 1
    return [
        YearAttendance(year, *(by_year[year][role] for role in LISTED_ROLES))
        for year in sorted(by_year, reverse=True)
    ]
