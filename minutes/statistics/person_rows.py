"""The rows behind a member's figures: votes, statements, missed items and meetings, newest first.

Votes are those that are known: printed, or deduced from those present. A decision without names is nobody's
vote, and a party's vote is not its members'. Of closed items, only ballots with a printed decision count.
"""

from typing import Any

from django.db.models import (
    Case,
    CharField,
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

from minutes.models import Attendance, KnownVote, Meeting, Person, Reading, Section, Statement
from minutes.models.meetings import MeetingQuerySet
from minutes.models.states import State
from minutes.statistics.minority_votes import LONE_VOTE, MINORITY_VOTE
from minutes.vocabulary import SectionKind

MOVEMENT_ROLES = (Attendance.Role.ARRIVED, Attendance.Role.LEFT)
LISTED_ROLES = (Attendance.Role.PRESENT, Attendance.Role.ABSENT)
MISSED_ROLES = (Attendance.Role.ABSENT, Attendance.Role.RECUSED)
# Statements that only a member of the committee can make. Remarks can be quoted from elsewhere.
MEMBER_STATEMENTS = (Statement.Kind.RESERVATION, Statement.Kind.REFERRAL)


def votes_of(person: Person, *, printed_only: bool = False) -> QuerySet[KnownVote]:
    """The member's known votes, with `in_minority` and `alone`; item and places are joined."""
    votes = KnownVote.objects.published().of_people(printed_only=printed_only).filter(person=person)
    return (
        votes.annotate(in_minority=_as_boolean(MINORITY_VOTE), alone=_as_boolean(LONE_VOTE))
        .select_related("ballot__item__meeting__committee__municipality")
        .defer("party")
        .order_by(*_newest_first("ballot__item__"), "ballot__position")
    )


def with_ballot_votes(votes: QuerySet[KnownVote]) -> QuerySet[KnownVote]:
    """Prefetch all known votes of the ballots of `votes`. One query more."""
    of_ballot = KnownVote.objects.select_related("person__municipality", "party").order_by("id")
    return votes.prefetch_related(Prefetch("ballot__known_votes", of_ballot))


def statements_of(person: Person) -> QuerySet[Statement]:
    """The member's reservations, referrals and remarks at open items, with their span in the source.

    A reservation or a referral without a span of its own gets that of the decision that names the member.
    """
    section = _section_naming(OuterRef("who"), Q(kind=SectionKind.DECISION))
    return (
        Statement.objects.published()
        .with_places()
        .filter(people=person)
        .annotate(
            source_start=Coalesce("start", Subquery(section.values("start")[:1]), 0),
            source_end=Coalesce("end", Subquery(section.values("end")[:1]), 0),
        )
        .order_by(*_newest_first("item__"), "position")
    )


def missed_items(person: Person) -> QuerySet[Attendance]:
    """The open items that the member was absent or recused from, with the span in the source."""
    section = _section_naming(OuterRef("name"), Q(kind__in=[SectionKind.ABSENT, SectionKind.DECISION]))
    return (
        _attendances(person)
        .filter(item__isnull=False, role__in=MISSED_ROLES)
        .annotate(
            source_start=Coalesce(Subquery(section.values("start")[:1]), 0),
            source_end=Coalesce(Subquery(section.values("end")[:1]), 0),
        )
        .select_related("item__meeting__committee__municipality")
        .order_by(*_newest_first("item__"), "position")
    )


def movements_of(person: Person) -> QuerySet[Attendance]:
    """The member's late arrivals and early departures; places are joined.

    `reading_id`, `source_start` and `source_end` are as in `meetings_of`.
    """
    reading = Reading.objects.filter(meeting=OuterRef("meeting"), current=True).order_by("supplement", "id")
    name_position = reading.annotate(at=StrIndex(_on_one_line(F("text")), OuterRef("printed")))
    return (
        _attendances(person)
        .filter(item=None, role__in=MOVEMENT_ROLES)
        .annotate(printed=F("name"))
        .annotate(
            reading_id=Subquery(reading.values("pk")[:1]),
            source_start=Greatest(Subquery(name_position.values("at")[:1]) - 1, 0),
        )
        .annotate(source_end=_end_of_name())
        .select_related("meeting__committee__municipality")
        .order_by("-meeting__date", "-meeting_id", "role", "position")
    )


def list_attendances(person: Person) -> QuerySet[Attendance]:
    """The member's entries in the meetings' lists of those present and absent."""
    return _attendances(person).filter(item=None, role__in=LISTED_ROLES)


def meetings_of(person: Person) -> MeetingQuerySet:
    """The meetings that name the member as one of the committee's, with places.

    A member is named in a list of those present or absent, at an item as absent or recused, in a ballot, or
    with a reservation or a referral. `listed` is "present", "absent", or null without such a list. `printed`
    is the name as the list has it; `reading_id`, `source_start` and `source_end` are the span of its first
    occurrence in the text.
    """
    # A member who came late is in both lists. "present" sorts last.
    listed = list_attendances(person).filter(meeting=OuterRef("pk")).order_by("-role")
    reading = Reading.objects.filter(meeting=OuterRef("pk"), current=True).order_by("supplement", "id")
    name_position = reading.annotate(at=StrIndex(_on_one_line(F("text")), OuterRef("printed")))
    member_statements = statements_of(person).filter(kind__in=MEMBER_STATEMENTS)
    return (
        Meeting.objects.published()
        .with_places()
        .filter(
            Q(pk__in=list_attendances(person).values("meeting"))
            | Q(pk__in=missed_items(person).order_by().values("meeting"))
            | Q(pk__in=votes_of(person).order_by().values("ballot__item__meeting"))
            | Q(pk__in=member_statements.order_by().values("item__meeting"))
        )
        .annotate(
            listed=Subquery(listed.values("role")[:1]),
            printed=Coalesce(
                Subquery(listed.values("name")[:1]), Value(person.name), output_field=CharField()
            ),
        )
        .annotate(
            reading_id=Subquery(reading.values("pk")[:1]),
            source_start=Greatest(Subquery(name_position.values("at")[:1]) - 1, 0),
        )
        .annotate(source_end=_end_of_name())
        .newest_first()
    )


def meetings_listed_in_party(person: Person, letter: str) -> QuerySet[Attendance, Any]:
    """The ids of meetings where a list has the member in the party with this letter or name."""
    return list_attendances(person).filter(party__letter=letter).values("meeting")


def _attendances(person: Person) -> QuerySet[Attendance]:
    return Attendance.objects.filter(person=person, meeting__state=State.PUBLISHED)


def _newest_first(path_to_item: str) -> tuple[str, ...]:
    """Newest meeting first, items of a meeting in the order of the agenda."""
    return (
        f"-{path_to_item}meeting__date",
        f"-{path_to_item}meeting_id",
        f"{path_to_item}position",
    )


def _as_boolean(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False))


def _section_naming(name: OuterRef, kinds: Q) -> QuerySet[Section]:
    """Sections of these kinds of the outer row's item, those that contain the name first."""
    sections = Section.objects.filter(kinds, item=OuterRef("item"))
    rank = Case(When(at__gt=0, then=0), default=1, output_field=IntegerField())
    return sections.annotate(at=StrIndex("text", name)).order_by(rank, "kind", "position")


def _on_one_line(text: F) -> Func:
    """The text with line ends as spaces, at the same positions, to match a name over two lines."""
    return Func(text, Value("\n"), Value(" "), function="translate", output_field=CharField())


def _end_of_name() -> Case:
    end = F("source_start") + Length("printed")
    return Case(When(source_start__gt=0, then=end), default=0, output_field=IntegerField())
