"""Corrects who attended a meeting, one person at a time.

The facts of a person are {"name", "party", "status", "reason", "for", "arrived", "arrived_item", "left",
"left_item"}: `status` is present, absent or substitute, `for` the member whom a substitute replaces, times
are "HH:MM" and items their printed numbers. Everything but name and status can be null.
"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from minutes.models import Correction, Meeting
from minutes.models.danish import slug
from minutes.publishing.attendees import people_of
from minutes.publishing.audit_log import By
from minutes.publishing.corrected import attendee_of
from minutes.publishing.corrections import check_words, drop, make
from minutes.publishing.errors import PublishingError
from minutes.publishing.identity import locked
from minutes.publishing.readings import load_document


def read_people(meeting: Meeting) -> dict[str, dict[str, Any]]:
    """Return the facts of the people in the meeting's main reading, by the slug of their name. One query."""
    reading = meeting.readings.filter(current=True).order_by("supplement", "id").first()
    return people_of(load_document(reading)) if reading else {}


def attendance_corrections(meeting: Meeting) -> dict[str, Correction]:
    """Return the corrections in force of people, by `attendee_of`. One query."""
    rows = meeting.corrections.in_force().filter(field=Correction.Field.ATTENDANCE).order_by("id")
    return {attendee_of(correction): correction for correction in rows}


@transaction.atomic
def correct_attendance(
    meeting: Meeting, key: str, value: dict[str, Any] | None, *, by: By, reason: str = ""
) -> Correction | None:
    """Correct the person whose name has the slug `key` to `value`; null removes the person.

    A person without a `key`, or who is not read, is added. Raises `PublishingError` for a name that another
    person of the meeting has.
    """
    meeting = locked(meeting)
    check_words(meeting, value, reason)
    people, corrections = read_people(meeting), attendance_corrections(meeting)
    present = corrections.get(key)
    seen = present.seen if present else people.get(key)
    if value is not None:
        _refuse_taken_name(slug(value["name"]), key, people, corrections)
    if (present.value if present else seen) == value:
        return None
    if present and value == seen:
        drop(present, by=by, reason=reason)
        return None
    return make(
        meeting,
        "",
        Correction.Field.ATTENDANCE,
        seen=seen,
        value=value,
        by=by,
        reason=reason,
        replaces=present,
    )


def _refuse_taken_name(
    name: str, key: str, people: dict[str, Any], corrections: dict[str, Correction]
) -> None:
    if not name:
        raise PublishingError(_("Skriv personens navn."))
    corrected = {other: row.value and slug(row.value["name"]) for other, row in corrections.items()}
    taken = {corrected.get(other, other) for other in {*people, *corrections} - {key}}
    if name in taken:
        raise PublishingError(_("Der er allerede en deltager med det navn."))
