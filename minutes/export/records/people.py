"""Records of parties, people and attendances."""

from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from minutes.export.records import JsonObject, fields
from minutes.models import Attendance, DeducedVote, Party, Person, PersonAlias, PersonSplit, Statement, Vote
from minutes.models.states import State


def attendances() -> QuerySet[Attendance]:
    return Attendance.objects.published().order_by("id")


def statements() -> QuerySet[Statement]:
    return Statement.objects.published().order_by("position")


def deduced_votes() -> QuerySet[DeducedVote]:
    return DeducedVote.objects.filter(ballot__item__meeting__state=State.PUBLISHED)


def parties() -> QuerySet[Party]:
    """Return the parties that a record of an attendance or a vote names."""
    attended = Exists(attendances().filter(party=OuterRef("pk")))
    of_party = Q(party=OuterRef("pk")) | Q(printed_party=OuterRef("pk"))
    voted = Exists(Vote.objects.published().filter(of_party))
    deduced = Exists(deduced_votes().filter(party=OuterRef("pk")))
    return Party.objects.filter(attended | voted | deduced).select_related("municipality").order_by("id")


def party_record(row: Party) -> JsonObject:
    return {
        "id": row.pk,
        "municipality": row.municipality.slug,
        **fields(row, "letter", "name", "valid_from", "valid_to"),
    }


def people() -> QuerySet[Person]:
    """Return the people that another record names, with the aliases that redirect to them.

    Also those whose name means such a person by a split.
    """
    original = Exists(splits().filter(original=OuterRef("pk")))
    of_people = splits().filter(meeting=None).select_related("person", "committee")
    return (
        Person.objects.filter(_is_named() | original)
        .select_related("municipality")
        .prefetch_related(
            Prefetch("aliases", PersonAlias.objects.order_by("id")), Prefetch("splits", of_people)
        )
        .order_by("id")
    )


def splits() -> QuerySet[PersonSplit]:
    """Return the splits to people whom another record names."""
    return PersonSplit.objects.filter(person__in=Person.objects.filter(_is_named())).order_by("id")


def _is_named() -> Any:
    """Return the condition that a record of another kind names the person."""
    speakers = Statement.people.through.objects
    spoke = Exists(speakers.filter(person=OuterRef("pk"), statement__in=statements()))
    attended = Exists(attendances().filter(person=OuterRef("pk")))
    voted = Exists(Vote.objects.published().filter(person=OuterRef("pk")))
    deduced = Exists(deduced_votes().filter(person=OuterRef("pk")))
    return attended | voted | deduced | spoke


def person_record(row: Person) -> JsonObject:
    return {
        "id": row.pk,
        "municipality": row.municipality.slug,
        "person": row.slug,
        **fields(row, "name", "distinction"),
        "splits": [
            {
                "person": split.person.slug,
                "party": split.party_letter,
                "committee": split.committee.slug if split.committee else None,
            }
            for split in row.splits.all()
        ],
        "aliases": [fields(alias, "name", "slug") for alias in row.aliases.all()],
    }


def attendance_record(row: Attendance) -> JsonObject:
    return {
        **fields(row, "position", "role", "name", "note", "time", "at_item"),
        "person": row.person.slug if row.person else None,
        "party": party_key(row.party),
    }


def party_key(party: Party | None) -> JsonObject | None:
    """Return the fields that identify a party within its municipality."""
    return fields(party, "letter", "valid_from") if party else None
