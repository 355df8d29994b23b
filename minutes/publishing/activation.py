"""Decides whether a reading of a meeting becomes current, or waits until a person accepts it."""

from collections.abc import Sequence

import msgspec
from django.utils import timezone
from django.utils.translation import gettext as _

from minutes.models import Correction, Meeting, Reading
from minutes.models.states import State
from minutes.publishing.doubts import closed_by_staff, fewer_items
from minutes.publishing.readings import set_corrected_items, set_doubts, structured
from minutes.publishing.structure import Result
from minutes.reader.records import Doubt
from minutes.vocabulary import DocumentKind, Grade


def replaced_by(reading: Reading) -> list[Reading]:
    """Return the current readings that `reading` replaces when it becomes current. One query.

    A supplement replaces those of the same source, and earlier supplements that have an item in common with
    it; other supplements stay current beside it.
    """
    current = reading.meeting.readings.filter(current=True, supplement=reading.supplement)
    if not reading.supplement:
        return list(current)
    numbers = _numbers(reading)
    return [other for other in current if other.source_id == reading.source_id or _numbers(other) & numbers]


def activate(reading: Reading, replaced: Sequence[Reading]) -> None:
    """Make `reading` current instead of those it replaces, and of versions that were pending before it.

    A replaced version that differs only in white space is not shown to the public as a previous version.
    """
    _supersede_pending(reading)
    now = timezone.now() if reading.meeting.state == State.PUBLISHED else None
    for other in replaced:
        other.current = False
        other.public_until = now if other.text.split() != reading.text.split() else None
        other.save(update_fields=["current", "public_until"])
    reading.current, reading.pending = True, False
    reading.save(update_fields=["current", "pending"])


def _supersede_pending(reading: Reading) -> None:
    """End the pending state of the versions that `reading` would have replaced."""
    pending = reading.meeting.readings.filter(pending=True, supplement=reading.supplement, pk__lt=reading.pk)
    for other in pending:
        same = other.source_id == reading.source_id or _numbers(reading) & _numbers(other)
        if not reading.supplement or same:
            other.pending = False
            other.save(update_fields=["pending"])


def _numbers(reading: Reading) -> set[str]:
    return {item["number"] for item in reading.facts["items"]}


def is_publishable(reading: Reading, *, doubtful: bool = False) -> bool:
    """Return True if the public may see the reading before a person has: it is certain.

    With `doubtful`, also if it has doubts, but not if it has no items or a possible CPR number.
    """
    grades = {Grade.CERTAIN, Grade.DOUBTFUL} if doubtful else {Grade.CERTAIN}
    return not reading.unresolved_cpr_matches and reading.grade in grades


def activate_or_hold(reading: Reading, *, is_publishable: bool, hold: bool = False) -> str:
    """Make `reading` current, or pending; returns a note where a person should know why.

    Minutes outrank an agenda. A version that is not publishable does not replace one that the public can
    read. Nor does one replace any that has far fewer items than the current one, since it may be a partial
    correction, or that lacks an item which staff closed.
    """
    meeting = reading.meeting
    replaced = replaced_by(reading)
    if _is_outranked(reading, replaced):
        return _("Dagsordenen er gemt; referatet gælder.")
    doubts = [*fewer_items(reading, replaced), *_closed_by_staff(reading, replaced)]
    if doubts:
        set_doubts(reading, [*reading.doubts, *msgspec.to_builtins(doubts)])
        reading.save(update_fields=["doubts", "grade"])
    public = meeting.state == State.PUBLISHED
    if doubts or (public and not is_publishable) or (hold and _has_current(meeting)):
        _supersede_pending(reading)
        reading.pending = True
        reading.save(update_fields=["pending"])
        return _pending_note(reading)
    activate(reading, replaced)
    return "" if public and not reading.unresolved_cpr_matches else draft_note(reading)


def draft_note(reading: Reading) -> str:
    """Return why the meeting of a current reading is a draft, or an empty text."""
    if reading.unresolved_cpr_matches:
        return _("Mulige CPR-numre i teksten; mødet er ikke offentliggjort.")
    if reading.grade == Grade.UNREAD:
        return _("Ikke læst: ingen punkter fundet; mødet er ikke offentliggjort.")
    return _("Tvivl om læsningen; mødet er ikke offentliggjort.") if reading.doubts else ""


def _closed_by_staff(reading: Reading, replaced: Sequence[Reading]) -> list[Doubt]:
    """Apply the corrections of the structure to a version, and doubt it as `closed_by_staff`."""
    corrections = list(reading.meeting.corrections.in_force().order_by("id"))
    operations = [correction for correction in corrections if correction.field in Correction.STRUCTURE]
    closed = [
        correction.item_slug
        for correction in corrections
        if correction.field == Correction.Field.CLOSED and correction.value is True
    ]
    if not operations:
        return closed_by_staff(reading, replaced, closed, [])
    repaired = structured(reading, operations)
    if set_corrected_items(reading, repaired):
        reading.save(update_fields=["corrected_items"])
    lost = [correction for correction in operations if repaired.results[correction.pk] == Result.GONE]
    return closed_by_staff(reading, replaced, closed, lost)


def _is_outranked(reading: Reading, replaced: Sequence[Reading]) -> bool:
    return (
        not reading.supplement
        and reading.document == DocumentKind.AGENDA
        and any(
            other.document == DocumentKind.MINUTES and other.source_id != reading.source_id
            for other in replaced
        )
    )


def _has_current(meeting: Meeting) -> bool:
    return meeting.readings.filter(current=True).exists()


def _pending_note(reading: Reading) -> str:
    if reading.unresolved_cpr_matches:
        return _("Udgaven har mulige CPR-numre og er holdt tilbage; den tidligere gælder stadig.")
    if reading.doubts:
        return _("Der er tvivl om udgaven, og den er holdt tilbage; den tidligere gælder stadig.")
    return _("Udgaven venter på at blive set igennem; den tidligere gælder stadig.")
