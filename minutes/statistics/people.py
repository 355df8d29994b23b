"""What published minutes tell of an elected member.

A member is told of where the minutes name them, and nowhere else: a decision without names is nobody's vote,
and a party's vote is not its members'. Of closed items nothing counts but a ballot whose decision is printed.

A **dissent** is a vote by name for what was lost or against what was carried. Where both counts are known,
the member's side must also have been the smaller: with as many for as against, or where more than a majority
was needed, nobody was outvoted by the many. It is **alone** when the count of that side is one. Who abstained
or took a reservation did not dissent.

Members **take part** in a committee where their name stands in a list of those present or absent, at an item
as absent or as not taking part, at a ballot, a reservation or a referral to the council. A remark does not
make anybody a member, since minutes quote what was said elsewhere.

Two members **share** a ballot when both voted for or against by name, and agree in it when they voted alike.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    Func,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Greatest, Length, StrIndex

from minutes.models import (
    Attendance,
    Committee,
    Meeting,
    Party,
    Person,
    Reading,
    Section,
    Statement,
    Vote,
)
from minutes.models.meetings import MeetingQuerySet, State
from minutes.vocabulary import BallotResult, SectionKind, VoteChoice

# Two who share fewer ballots are not told of: it would say nothing of them.
MIN_SHARED_BALLOTS = 10

_LISTED = (Attendance.Role.PRESENT, Attendance.Role.ABSENT)
_MISSED = (Attendance.Role.ABSENT, Attendance.Role.RECUSED)
# What only a member can have entered in the minutes.
_MEMBERS_ONLY = (Statement.Kind.RESERVATION, Statement.Kind.REFERRAL)
_SIDES = (VoteChoice.FOR.value, VoteChoice.AGAINST.value)


def _outvoted(choice: VoteChoice, result: BallotResult, own: str, other: str) -> Q:
    known_not_smaller = Q(**{f"ballot__{own}__gte": F(f"ballot__{other}")})
    # A comparison with a count that is not known is unknown, and so would its negation be.
    unknown = Q(**{f"ballot__{own}": None}) | Q(**{f"ballot__{other}": None})
    return Q(choice=choice.value, ballot__result=result.value) & (unknown | ~known_not_smaller)


MINORITY_VOTE = _outvoted(VoteChoice.FOR, BallotResult.LOST, "for_count", "against_count") | _outvoted(
    VoteChoice.AGAINST, BallotResult.CARRIED, "against_count", "for_count"
)
LONE_VOTE = MINORITY_VOTE & (
    Q(choice=VoteChoice.FOR.value, ballot__for_count=1)
    | Q(choice=VoteChoice.AGAINST.value, ballot__against_count=1)
)


# Rows, each with what its page needs, newest first


def votes_of(person: Person) -> QuerySet[Vote]:
    """The member's votes by name, with `alone` and `in_minority`, and item and places loaded by joins."""
    votes = Vote.objects.published().filter(person=person)
    return (
        votes.annotate(in_minority=_whether(MINORITY_VOTE), alone=_whether(LONE_VOTE))
        .select_related("ballot__item__meeting__committee__municipality")
        .order_by(*_newest_first("ballot__item__"), "ballot__position")
    )


def with_ballot_votes(votes: QuerySet[Vote]) -> QuerySet[Vote]:
    """`votes` with their ballots' other votes, as links to people need them. One query more."""
    others = Vote.objects.select_related("person__municipality", "party").order_by("id")
    return votes.prefetch_related(Prefetch("ballot__votes", others))


def shared_votes(person: Person, other: Person) -> QuerySet[Vote]:
    """The member's votes in the ballots that `other` shares, as `votes_of`, with `others` choice."""
    theirs = _with_side(other).filter(ballot=OuterRef("ballot")).values("choice")
    votes = votes_of(person).filter(choice__in=_SIDES)
    return votes.annotate(others=Subquery(theirs)).exclude(others=None)


def statements_of(person: Person) -> QuerySet[Statement]:
    """What the member had entered in the minutes of open items, with its place in the source.

    A reservation and a referral have no place of their own: theirs is the decision that names the member.
    """
    place = _section(Q(kind=SectionKind.DECISION), OuterRef("who"))
    return (
        Statement.objects.published()
        .with_places()
        .filter(people=person)
        .annotate(
            source_start=Coalesce("start", Subquery(place.values("start")[:1]), 0),
            source_end=Coalesce("end", Subquery(place.values("end")[:1]), 0),
        )
        .order_by(*_newest_first("item__"), "position")
    )


def missed_items(person: Person) -> QuerySet[Attendance]:
    """The open items that the member was absent from or did not take part in, with their place."""
    place = _section(Q(kind__in=[SectionKind.ABSENT, SectionKind.DECISION]), OuterRef("name"))
    return (
        _attendances(person)
        .filter(item__closed=False, role__in=_MISSED)
        .annotate(
            source_start=Coalesce(Subquery(place.values("start")[:1]), 0),
            source_end=Coalesce(Subquery(place.values("end")[:1]), 0),
        )
        .select_related("item__meeting__committee__municipality")
        .order_by(*_newest_first("item__"), "position")
    )


def meetings_of(person: Person) -> MeetingQuerySet:
    """The meetings that the member took part in or was absent from, with their places.

    `listed` is "present" or "absent" where the meeting has a list that the member is on, else null. The place
    in the source is that of the name, as it is printed in the list, where it first stands in the text.
    """
    listed = _attendances(person).filter(item=None, role__in=_LISTED, meeting=OuterRef("pk"))
    reading = Reading.objects.filter(meeting=OuterRef("pk"), current=True).order_by("supplement", "id")
    found = reading.annotate(at=StrIndex(_on_one_line(F("text")), OuterRef("printed")))
    return (
        Meeting.objects.published()
        .with_places()
        .filter(
            Q(pk__in=_attendances(person).filter(item=None, role__in=_LISTED).values("meeting"))
            | Q(pk__in=missed_items(person).order_by().values("meeting"))
            | Q(pk__in=votes_of(person).order_by().values("ballot__item__meeting"))
            | Q(pk__in=_as_member(statements_of(person)).order_by().values("item__meeting"))
        )
        # Who came late is named twice, and was there.
        .annotate(
            listed=Subquery(listed.order_by("-role").values("role")[:1]),
            printed=Coalesce(
                Subquery(listed.order_by("-role").values("name")[:1]),
                Value(person.name),
                output_field=CharField(),
            ),
        )
        .annotate(
            reading_id=Subquery(reading.values("pk")[:1]),
            source_start=Greatest(Subquery(found.values("at")[:1]) - 1, 0),
        )
        .annotate(source_end=_end_of_name())
        .newest_first()
    )


def meetings_listed_in_party(person: Person, letter: str) -> QuerySet[Attendance, Any]:
    """The numbers of the meetings where a list has the member in the party of this letter or name."""
    listed = _attendances(person).filter(item=None, role__in=_LISTED, party__letter=letter)
    return listed.values("meeting")


# Figures


class CommitteeActivity(NamedTuple):
    """What a member did in a committee. `meetings` are all, the others only those with a list."""

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


class PartyPeriod(NamedTuple):
    """A party as printed behind the member's name, in how many lists, and from when to when."""

    party: Party
    first: date
    last: date
    meetings: int


class VotingAgreement(NamedTuple):
    """Another member with at least `MIN_SHARED_BALLOTS` ballots shared."""

    person: Person
    shared: int
    agreed: int

    @property
    def differed(self) -> int:
        return self.shared - self.agreed


@dataclass(frozen=True)
class PersonStatistics:
    """Each is the number of rows of the function that has them."""

    committees: Sequence[CommitteeActivity]
    parties: Sequence[PartyPeriod]
    years: Sequence[YearAttendance]  # of attendance, newest first
    spellings: Sequence[str]  # in lists, other than the name
    votes: Counter[str]  # by choice
    minority_votes: int
    alone: int
    statements: Counter[str]  # by kind
    missed: Counter[str]  # items, by role
    meetings: int
    first: date | None = None
    last: date | None = None

    @property
    def voted(self) -> int:
        return self.votes.total()

    @property
    def reserved(self) -> int:
        return self.statements[Statement.Kind.RESERVATION]

    @property
    def referred(self) -> int:
        return self.statements[Statement.Kind.REFERRAL]

    @property
    def remarked(self) -> int:
        return self.statements[Statement.Kind.REMARK]

    @property
    def present(self) -> int:
        return sum(each.present for each in self.years)

    @property
    def absent(self) -> int:
        return sum(each.absent for each in self.years)

    @property
    def listed(self) -> int:
        return self.present + self.absent


class _Named(NamedTuple):
    """A meeting that names the member."""

    meeting: int
    day: date
    committee: int


@dataclass
class _Lists:
    """Of the lists of those present and absent: the role at each meeting, the parties, the spellings."""

    roles: dict[_Named, str] = field(default_factory=dict)
    parties: dict[int, set[_Named]] = field(default_factory=lambda: defaultdict(set))
    spellings: set[str] = field(default_factory=set)


def person_statistics(person: Person) -> PersonStatistics:
    """All figures of a member but those of `voting_agreements`. Six queries at most."""
    lists = _lists(person)
    missed = _told(missed_items(person), "item__", "role")
    votes = _told(votes_of(person), "ballot__item__", "choice", "in_minority", "alone")
    statements = _told(statements_of(person), "item__", "kind")
    named = {
        *lists.roles,
        *(at for _role, at in missed),
        *(at for *_vote, at in votes),
        *(at for kind, at in statements if kind in _MEMBERS_ONLY),
    }
    days = [at.day for at in named]
    return PersonStatistics(
        committees=_in_committees(named, lists),
        parties=_in_parties(lists),
        years=_in_years(lists),
        spellings=sorted(lists.spellings - {person.name}),
        votes=Counter(choice for choice, *_rest in votes),
        minority_votes=sum(in_minority for _choice, in_minority, *_rest in votes),
        alone=sum(alone for _choice, _in_minority, alone, _at in votes),
        statements=Counter(kind for kind, _at in statements),
        missed=Counter(role for role, _at in missed),
        meetings=len(named),
        first=min(days, default=None),
        last=max(days, default=None),
    )


def voting_agreements(person: Person) -> list[VotingAgreement]:
    """Those whom the member shares enough ballots with, the most agreeing first. Two queries."""
    own = _with_side(person).filter(ballot=OuterRef("ballot")).values("choice")
    rows = (
        Vote.objects.filter(choice__in=_SIDES, ballot__in=_with_side(person).values("ballot"))
        .exclude(person=None)
        .exclude(person=person)
        .annotate(own=Subquery(own))
        .values("person")
        .annotate(shared=Count("pk"), agreed=Count("pk", filter=Q(choice=F("own"))))
        .filter(shared__gte=MIN_SHARED_BALLOTS)
        .order_by()
    )
    people = Person.objects.select_related("municipality").in_bulk([row["person"] for row in rows])
    found = [VotingAgreement(people[row["person"]], row["shared"], row["agreed"]) for row in rows]
    return sorted(
        found,
        key=lambda each: (-each.agreed / each.shared, -each.shared, each.person.sort_key, each.person.pk),
    )


def _lists(person: Person) -> _Lists:
    """One query."""
    found = _Lists()
    rows = _attendances(person).filter(item=None, role__in=_LISTED)
    for role, name, party, at in _told(rows, "", "role", "name", "party"):
        if found.roles.get(at) != Attendance.Role.PRESENT:
            found.roles[at] = role
        if party:
            found.parties[party].add(at)
        found.spellings.add(name)
    return found


def _in_committees(named: Iterable[_Named], lists: _Lists) -> list[CommitteeActivity]:
    """The committees, those of the latest meetings first. One query."""
    by_committee: dict[int, list[_Named]] = defaultdict(list)
    for each in sorted(named, key=lambda each: (each.day, each.meeting)):
        by_committee[each.committee].append(each)
    ends = [at.meeting for rows in by_committee.values() for at in (rows[0], rows[-1])]
    meetings = Meeting.objects.published().with_places().in_bulk(ends)
    found = []
    for rows in by_committee.values():
        first, last = meetings[rows[0].meeting], meetings[rows[-1].meeting]
        roles = Counter(lists.roles[each] for each in rows if each in lists.roles)
        present, absent = (roles[role] for role in _LISTED)
        found.append(CommitteeActivity(last.committee, first, last, len(rows), present, absent))
    return sorted(found, key=lambda each: (each.last.date, each.meetings), reverse=True)


def _in_parties(lists: _Lists) -> list[PartyPeriod]:
    """The parties, the latest first. One query."""
    parties = Party.objects.in_bulk(list(lists.parties))
    found = [
        PartyPeriod(parties[key], min(each.day for each in at), max(each.day for each in at), len(at))
        for key, at in lists.parties.items()
    ]
    return sorted(found, key=lambda each: (each.last, each.first, each.party.letter), reverse=True)


def _in_years(lists: _Lists) -> list[YearAttendance]:
    by_year: dict[int, Counter[str]] = defaultdict(Counter)
    for at, role in lists.roles.items():
        by_year[at.day.year][role] += 1
    return [
        YearAttendance(year, *(by_year[year][role] for role in _LISTED))
        for year in sorted(by_year, reverse=True)
    ]


# Parts of queries


def _attendances(person: Person) -> QuerySet[Attendance]:
    return Attendance.objects.filter(person=person, meeting__state=State.PUBLISHED)


def _with_side(person: Person) -> QuerySet[Vote]:
    """The member's votes for or against."""
    return Vote.objects.published().filter(person=person, choice__in=_SIDES)


def _as_member(statements: QuerySet[Statement]) -> QuerySet[Statement]:
    return statements.filter(kind__in=_MEMBERS_ONLY)


def _newest_first(way: str) -> tuple[str, ...]:
    """The newest meeting's first, those of a meeting as its agenda has them, by the way to the item."""
    return f"-{way}meeting__date", f"-{way}meeting_id", f"{way}position"


def _told(rows: QuerySet[Any], way: str, *fields: str) -> list[tuple[Any, ...]]:
    """Those fields of each row, and at last where it is told: the `_Named` at the end of `way`. One query."""
    place = (f"{way}meeting_id", f"{way}meeting__date", f"{way}meeting__committee_id")
    found = rows.values_list(*fields, *place)
    return [(*values[: len(fields)], _Named(*values[len(fields) :])) for values in found]


def _whether(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False))


def _section(kinds: Q, name: OuterRef) -> QuerySet[Section]:
    """The sections of these kinds of an outer row's item, those that name it first."""
    sections = Section.objects.filter(kinds, item=OuterRef("item"))
    named = Case(When(at__gt=0, then=0), default=1, output_field=IntegerField())
    return sections.annotate(at=StrIndex("text", name)).order_by(named, "kind", "position")


def _on_one_line(text: F) -> Func:
    """The text with a space for each line end, so that a name over two lines is found, at its place."""
    return Func(text, Value("\n"), Value(" "), function="translate", output_field=CharField())


def _end_of_name() -> Case:
    found = F("source_start") + Length("printed")
    return Case(When(source_start__gt=0, then=found), default=0, output_field=IntegerField())
