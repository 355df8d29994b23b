"""Discards documents that should never have been imported, and changes what a document is to its meeting."""

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from minutes.models import AgendaItem, Change, ErasedOriginal, Meeting, Reading
from minutes.models.states import State
from minutes.privacy import mask_cpr_numbers
from minutes.publishing.activation import activate
from minutes.publishing.audit_log import By, record
from minutes.publishing.doubts import without_meeting_doubts
from minutes.publishing.errors import PublishingError, refuse_cpr_numbers, require_reason
from minutes.publishing.identity import locked, next_sequence
from minutes.publishing.ingest import Relation
from minutes.publishing.locks import lock_days
from minutes.publishing.projection import project
from minutes.publishing.readings import set_doubts
from minutes.publishing.redact import carry_over
from minutes.publishing.states import accept


@transaction.atomic
def discard(reading: Reading, *, by: By = None, reason: str) -> Meeting | None:
    """Delete the reading's document; unless its original was erased, the same bytes can be imported again.

    All readings of the document are deleted, and the meeting too when it has no other document; otherwise the
    meeting is returned, with the latest of its other versions current. The bytes are the caller's to delete.
    Raises `PublishingError` while the document is public, and when the meeting was taken down.
    """
    require_reason(reason)
    meeting = locked(reading.meeting)
    source = reading.source
    readings = meeting.readings.filter(source=source)
    if meeting.state == State.TAKEN_DOWN:
        raise PublishingError(_("Mødet er taget ned. Dokumentet kan ikke kasseres."))
    if meeting.state == State.PUBLISHED and readings.filter(current=True).exists():
        raise PublishingError(_("Dokumentet er offentligt. Træk mødet tilbage, før du kasserer det."))
    record(meeting, Change.Kind.DISCARDED, by, reason, f"{meeting.key} {mask_cpr_numbers(source.name)}")
    AgendaItem.objects.filter(meeting=meeting, reading__in=readings).delete()
    readings.delete()
    if not source.readings.exists():
        source.delete()
        by_rule = ErasedOriginal.objects.filter(cause=ErasedOriginal.Cause.RETENTION)
        by_rule.filter(sha256=source.sha256).delete()
    if meeting.readings.exists():
        _make_latest_current(meeting)
        project(meeting)
        return meeting
    _delete(meeting)
    return None


@transaction.atomic
def change_relation(reading: Reading, relation: Relation, *, by: By, reason: str = "") -> Meeting:
    """Store the document of a draft or a pending version as what a person says it is.

    A new version or a supplement goes to the meeting that the archive has of that committee and day; another
    meeting becomes a draft of its own. Returns the document's meeting. Raises `PublishingError` when the
    document is public, or there is no other meeting that day.
    """
    refuse_cpr_numbers(reason)
    meeting = locked(reading.meeting)
    reading = Reading.objects.select_related("source").get(pk=reading.pk)
    reading.meeting = meeting
    if meeting.state == State.TAKEN_DOWN:
        raise PublishingError(_("Mødet er taget ned. Dokumentet kan ikke flyttes."))
    # All readings of the document move.
    of_document = meeting.readings.filter(source=reading.source)
    if meeting.state == State.PUBLISHED and of_document.filter(current=True).exists():
        raise PublishingError(_("Dokumentet er offentligt. Træk mødet tilbage først."))
    set_doubts(reading, without_meeting_doubts(reading))
    if relation == Relation.ANOTHER:
        alone = reading.current and not _others(reading, meeting).exists()
        target = meeting if alone else _new_meeting(meeting)
        _move(reading, target, pending=False)
        activate(reading, [])
        project(target)
    else:
        target = _target(reading)
        _refuse_to_open_items(meeting, target)
        reading.supplement = relation == Relation.SUPPLEMENT
        main = _others(reading, target).filter(supplement=False, pending=False)
        if reading.supplement and not main.exists():
            raise PublishingError(_("Mødet har intet andet referat, som dokumentet kan være et tillæg til."))
        _move(reading, target, pending=True)
        _make_latest_current(target)
        accept(reading, by=by, reason=reason)
    record(target, Change.Kind.UPLOADED, by, reason, mask_cpr_numbers(reading.source.name))
    return target


def _target(reading: Reading) -> Meeting:
    """Return the meeting of a version or a supplement: the reading's own, if that has other documents."""
    meeting = reading.meeting
    if _others(reading, meeting).exists():
        return meeting
    of_day = Meeting.objects.filter(committee=meeting.committee, date=meeting.date).exclude(pk=meeting.pk)
    other = of_day.exclude(state=State.TAKEN_DOWN).order_by("sequence").first()
    if other is None:
        raise PublishingError(_("Arkivet har intet andet møde i udvalget den dag."))
    return locked(other)


def _others(reading: Reading, meeting: Meeting) -> QuerySet[Reading]:
    return meeting.readings.exclude(source=reading.source)


def _refuse_to_open_items(meeting: Meeting, target: Meeting) -> None:
    """Raise `PublishingError` if a move would publish items that are closed by corrections of `meeting`."""
    closing = meeting.corrections.in_force().closing()
    if target != meeting and target.state == State.PUBLISHED and closing.exists():
        raise PublishingError(
            _("Punkter er rettet til lukkede. Træk det andet møde tilbage først, og luk dem dér.")
        )


def _new_meeting(meeting: Meeting) -> Meeting:
    lock_days((meeting.committee, meeting.date))
    sequence = next_sequence(meeting.committee, meeting.date)
    return Meeting.objects.create(committee=meeting.committee, date=meeting.date, sequence=sequence)


def _move(reading: Reading, target: Meeting, *, pending: bool) -> None:
    """Store the reading under `target`, and delete the meeting it leaves without a document."""
    left = reading.meeting
    if target != left:
        AgendaItem.objects.filter(meeting=left, reading=reading).delete()
        left.readings.filter(source=reading.source).exclude(pk=reading.pk).update(
            meeting=target, current=False, pending=False
        )
    reading.meeting, reading.current, reading.pending = target, False, pending
    reading.approved_by = None
    reading.save(
        update_fields=["meeting", "current", "pending", "supplement", "doubts", "grade", "approved_by"]
    )
    if target == left:
        return
    carry_over(left, target, reading.source)
    if left.readings.exists():
        project(left)
    else:
        _delete(left)


def _make_latest_current(meeting: Meeting) -> None:
    """Make the latest version of a meeting without one current, unless it would be public at once."""
    public = meeting.state == State.PUBLISHED
    if public or meeting.readings.filter(current=True, supplement=False).exists():
        return
    versions = meeting.readings.filter(supplement=False, pending=False).order_by(
        F("public_until").desc(nulls_last=True), "-id"
    )
    latest = versions.first() or meeting.readings.order_by("-id").first()
    if latest is not None:
        latest.current, latest.pending, latest.public_until = True, False, None
        latest.save(update_fields=["current", "pending", "public_until"])


def _delete(meeting: Meeting) -> None:
    """Delete a meeting without documents; its entries of the audit log stay."""
    project(meeting)
    meeting.delete()
