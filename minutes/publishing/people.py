"""Merges two names of one person, and tells two people of one name apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from minutes.models import (
    Attendance,
    Change,
    Committee,
    DeducedVote,
    Meeting,
    Person,
    PersonAlias,
    PersonSplit,
    Statement,
    Vote,
)
from minutes.models.meetings import MeetingQuerySet
from minutes.publishing.audit_log import By, record_row
from minutes.publishing.errors import PublishingError, refuse_cpr_numbers
from minutes.publishing.namesakes import create_namesake, lock_meetings, meetings_in_party
from minutes.publishing.projection import project


@transaction.atomic
def merge(person: Person, other: Person, *, by: By, reason: str = "") -> None:
    """Make `other`'s name an alias of `person`, and `other`'s rows `person`'s.

    A namesake that was split from `person` becomes `person` again. Raises `PublishingError` when they are of
    different municipalities or voted in the same ballot.
    """
    refuse_cpr_numbers(reason)
    # Sorted, to avoid deadlocks.
    locked = Person.objects.select_for_update().filter(pk__in=[person.pk, other.pk]).order_by("pk")
    if person != other and len(locked) < 2:
        raise PublishingError(_("Den ene er allerede slået sammen med en anden."))
    if person == other:
        raise PublishingError(_("Vælg to forskellige personer."))
    if person.municipality_id != other.municipality_id:
        raise PublishingError(_("De to er ikke fra samme kommune."))
    ballots = Vote.objects.filter(person=person).values("ballot")
    if Vote.objects.filter(person=other, ballot__in=ballots).exists():
        raise PublishingError(_("De to har stemt ved samme afstemning og er altså ikke én person."))
    meetings = lock_meetings(meetings_of(other))
    PersonAlias.objects.filter(person=other).update(person=person)
    PersonAlias.objects.create(
        municipality=other.municipality, person=person, name=other.name, slug=other.slug, made_by=by
    )
    _merge_splits(person, other)
    project(*meetings)
    other.delete()
    _record(person, Change.Kind.MERGED, by, reason)


def _merge_splits(person: Person, other: Person) -> None:
    """Remove the splits between the two, and make `other`'s others `person`'s."""
    between = Q(original=person, person=other) | Q(original=other, person=person)
    PersonSplit.objects.filter(between).delete()
    PersonSplit.objects.filter(person=other).update(person=person)
    known = set(person.splits.values_list("party_letter", "committee", "meeting"))
    for split in other.splits.all():
        if (split.party_letter, split.committee_id, split.meeting_id) in known:
            split.delete()
    other.splits.update(original=person)


@transaction.atomic
def split(alias: PersonAlias, *, by: By, reason: str = "") -> None:
    """Make the alias a person of its own again."""
    person = alias.person
    alias.delete()
    project(*lock_meetings(meetings_of(person)))
    _record(person, Change.Kind.PARTED, by, reason)


@dataclass(frozen=True)
class NamesakeMinutes:
    """The minutes in which a name means another person: those of any of the parties, committees, meetings."""

    parties: Sequence[str] = ()
    committees: Sequence[Committee] = ()
    meetings: Sequence[Meeting] = ()

    def conditions(self) -> Iterable[dict[str, Any]]:
        """Yield the condition of a split for each."""
        yield from ({"party_letter": letter, "committee": None, "meeting": None} for letter in self.parties)
        yield from (
            {"party_letter": "", "committee": committee, "meeting": None} for committee in self.committees
        )
        yield from ({"party_letter": "", "committee": None, "meeting": meeting} for meeting in self.meetings)

    def of(self, person: Person) -> QuerySet[Meeting]:
        """Return the meetings with a row of the person that they are."""
        of_person = meetings_of(person)
        return of_person.filter(
            Q(pk__in=[meeting.pk for meeting in self.meetings])
            | Q(committees__in=self.committees)
            | Q(pk__in=meetings_in_party(person, self.parties).values("pk"))
        )


@transaction.atomic
def split_namesake(
    person: Person,
    minutes: NamesakeMinutes,
    *,
    namesake: Person | None = None,
    distinctions: tuple[str, str] = ("", ""),
    by: By,
    reason: str = "",
) -> Person:
    """Make the person's name mean a namesake in `minutes`; return the namesake, a new person if None.

    `distinctions` tell the person and the namesake apart. Raises `PublishingError` if nothing would move or
    nothing be left.
    """
    refuse_cpr_numbers(reason, *distinctions)
    person = Person.objects.select_for_update().select_related("municipality").get(pk=person.pk)
    if PersonSplit.objects.filter(person=person, original__splits_from__isnull=False).exists():
        raise PublishingError(_("Navnet kan ikke deles flere gange herfra. Del det hos den første person."))
    meetings = lock_meetings(minutes.of(person))
    if not meetings:
        raise PublishingError(_("Vælg noget, der skal flyttes."))
    namesake = namesake or create_namesake(person, "")
    for other, distinction in zip((person, namesake), distinctions, strict=True):
        if distinction:
            other.distinction = distinction
            other.save(update_fields=["distinction"])
    for condition in minutes.conditions():
        PersonSplit.objects.update_or_create(
            original=person, **condition, defaults={"person": namesake, "made_by": by}
        )
    project(*meetings)
    if not meetings_of(person).exists():
        raise PublishingError(_("Der skal være noget tilbage hos den første. Vælg mindre."))
    _record(person, Change.Kind.PARTED, by, reason)
    return namesake


@dataclass(frozen=True)
class PersonRows:
    """A person's meetings, and numbers of other rows."""

    meetings: Sequence[Meeting] = field(default_factory=list)
    votes: int = 0
    deduced_votes: int = 0
    statements: int = 0
    attendances: int = 0  # in lists of people
    items: int = 0  # absences and recusals at single items


@dataclass(frozen=True)
class SplitPreview:
    """The rows that a split would move to the namesake, and those that would be left."""

    moved: PersonRows
    left: PersonRows

    @property
    def moves_most(self) -> bool:
        """True if the namesake, whose address is new, would have more meetings than is left."""
        return len(self.moved.meetings) > len(self.left.meetings)


def preview_merge(person: Person, other: Person) -> PersonRows:
    """Return what `merge` would move to `person`: make the merger and undo it. Raises what `merge` raises."""
    with transaction.atomic():
        moved = _rows_of(other)
        merge(person, Person.objects.get(pk=other.pk), by=None)
        transaction.set_rollback(True)
    return moved


def preview_split(
    person: Person, minutes: NamesakeMinutes, *, namesake: Person | None = None
) -> SplitPreview:
    """Return what `split_namesake` would do: make the split, read its rows and undo it."""
    with transaction.atomic():
        had = set(meetings_of(namesake).values_list("pk", flat=True)) if namesake else set()
        moved = _rows_of(split_namesake(person, minutes, namesake=namesake, by=None), without=had)
        preview = SplitPreview(moved, _rows_of(person))
        transaction.set_rollback(True)
    return preview


def _rows_of(person: Person, without: Iterable[int] = ()) -> PersonRows:
    """Read what the minutes have of a person, but for some meetings. Six queries."""
    without = list(without)

    def number(rows: QuerySet[Any], path_to_meeting: str) -> int:
        return rows.exclude(**{f"{path_to_meeting}__in": without}).count()

    return PersonRows(
        meetings=list(meetings_of(person).exclude(pk__in=without).with_places().newest_first()),
        votes=number(Vote.objects.filter(person=person), "ballot__item__meeting"),
        deduced_votes=number(DeducedVote.objects.filter(person=person), "ballot__item__meeting"),
        statements=number(Statement.objects.filter(people=person), "item__meeting"),
        attendances=number(Attendance.objects.filter(person=person, item__isnull=True), "meeting"),
        items=number(Attendance.objects.filter(person=person, item__isnull=False), "meeting"),
    )


def meetings_of(person: Person) -> MeetingQuerySet:
    """Return the meetings with a row of the person."""
    named = Meeting.objects.filter(
        Q(attendances__person=person)
        | Q(items__ballots__votes__person=person)
        | Q(items__ballots__deduced_votes__person=person)
        | Q(items__statements__people=person)
    )
    return Meeting.objects.filter(pk__in=named.values("pk"))


def _record(person: Person, kind: Change.Kind, by: By, reason: str) -> None:
    municipality = person.municipality
    record_row(kind, by, person, municipality=municipality, reason=reason, detail=f"nr. {person.pk}")
