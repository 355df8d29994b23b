"""Merges two names of one person, and splits them again."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from minutes.models import Change, Meeting, Person, PersonAlias, Vote
from minutes.publishing.audit_log import By
from minutes.publishing.errors import PublishingError, refuse_cpr_numbers
from minutes.publishing.projection import project


@transaction.atomic
def merge(person: Person, other: Person, *, by: By, reason: str = "") -> None:
    """Make `other`'s name an alias of `person`, and `other`'s rows `person`'s.

    Raises `PublishingError` when they are of different municipalities or voted in the same ballot.
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
    meetings = list(_meetings_of(other))
    PersonAlias.objects.filter(person=other).update(person=person)
    PersonAlias.objects.create(
        municipality=other.municipality, person=person, name=other.name, slug=other.slug, made_by=by
    )
    project(*meetings)
    other.delete()
    _record(person, Change.Kind.MERGED, by, reason)


@transaction.atomic
def split(alias: PersonAlias, *, by: By, reason: str = "") -> None:
    """Make the alias a person of its own again."""
    person = alias.person
    alias.delete()
    project(*_meetings_of(person))
    _record(person, Change.Kind.PARTED, by, reason)


def _meetings_of(person: Person) -> "list[Meeting]":
    """Lock and return the meetings with a row of the person, sorted to avoid deadlocks."""
    named = Meeting.objects.filter(
        Q(attendances__person=person)
        | Q(items__ballots__votes__person=person)
        | Q(items__ballots__deduced_votes__person=person)
        | Q(items__statements__people=person)
    )
    return list(
        Meeting.objects.with_places()
        .filter(pk__in=named.values("pk"))
        .select_for_update(of=("self",), no_key=True)
        .order_by("pk")
    )


def _record(person: Person, kind: Change.Kind, by: By, reason: str) -> None:
    Change.objects.create(
        kind=kind, municipality=person.municipality, by=by, reason=reason[:500], detail=f"nr. {person.pk}"
    )
