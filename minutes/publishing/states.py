"""Publishes and withdraws meetings, and accepts or rejects pending versions."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minutes.models import Change, Claim, Meeting, PlannedPublication, PreviewLink, Reading
from minutes.models.states import State
from minutes.privacy import mask_cpr_numbers
from minutes.publishing.activation import activate, replaced_by
from minutes.publishing.audit_log import By, record
from minutes.publishing.errors import PublishingError, refuse_cpr_numbers
from minutes.publishing.identity import locked
from minutes.publishing.projection import project


@transaction.atomic
def publish(meeting: Meeting, *, by: By = None, reason: str = "") -> bool:
    """Publish a draft or a withdrawn meeting. Returns False when a second reviewer must also approve.

    With REQUIRE_SECOND_REVIEWER the first reviewer's approval is stored and the second one's publishes.
    Raises `PublishingError` when the meeting is taken down, has no reading, or has a possible CPR number
    in a text.
    """
    refuse_cpr_numbers(reason)
    meeting = locked(meeting)
    require_publishable(meeting)
    if not agreed(meeting, by):
        record(meeting, Change.Kind.APPROVED, by, reason)
        return False
    _set_state(meeting, State.PUBLISHED)
    record(meeting, Change.Kind.PUBLISHED, by, reason)
    return True


@transaction.atomic
def withdraw(meeting: Meeting, *, by: By = None, reason: str = "") -> None:
    """Withdraw a published meeting; importing it again does not publish it.

    Raises `PublishingError` when the meeting is not published.
    """
    refuse_cpr_numbers(reason)
    meeting = locked(meeting)
    if meeting.state != State.PUBLISHED:
        raise PublishingError(_("Mødet er ikke offentliggjort."))
    _set_state(meeting, State.WITHDRAWN)
    record(meeting, Change.Kind.WITHDRAWN, by, reason)


@transaction.atomic
def accept(reading: Reading, *, by: By = None, reason: str = "") -> bool:
    """Make a pending version the current one. The state of the meeting does not change.

    Returns False when a second reviewer must also approve, as in `publish`. Raises `PublishingError` when the
    version is no longer pending, or would publish a possible CPR number.
    """
    refuse_cpr_numbers(reason)
    meeting = locked(reading.meeting)
    reading = Reading.objects.select_related("source").get(pk=reading.pk)
    reading.meeting = meeting
    _require_pending(reading)
    if meeting.state == State.PUBLISHED:
        if reading.unresolved_cpr_matches:
            raise PublishingError(_("Udgaven har mulige CPR-numre. Fjern dem, eller vurdér dem, først."))
        if not agreed(reading, by):
            record(meeting, Change.Kind.APPROVED, by, reason, mask_cpr_numbers(reading.source.name))
            return False
    activate(reading, replaced_by(reading))
    project(meeting)
    record(meeting, Change.Kind.NEW_VERSION, by, reason, mask_cpr_numbers(reading.source.name))
    return True


@transaction.atomic
def reject(reading: Reading, *, by: By = None, reason: str = "") -> None:
    """Reject a pending version; the current one stays. Raises `PublishingError` when it is not pending."""
    refuse_cpr_numbers(reason)
    meeting = locked(reading.meeting)
    reading = Reading.objects.select_related("source").get(pk=reading.pk)
    _require_pending(reading)
    reading.pending = False
    reading.save(update_fields=["pending"])
    record(meeting, Change.Kind.REJECTED, by, reason, mask_cpr_numbers(reading.source.name))


def require_publishable(meeting: Meeting) -> None:
    """Raise `PublishingError` when the meeting cannot be published. One query."""
    if meeting.state == State.TAKEN_DOWN:
        raise PublishingError(_("Mødet er taget ned og kan ikke offentliggøres igen."))
    if meeting.state == State.PUBLISHED:
        raise PublishingError(_("Mødet er allerede offentliggjort."))
    readings = meeting.readings.filter(current=True)
    if not readings:
        raise PublishingError(_("Mødet har intet referat endnu. Indlæs et først."))
    if any(reading.unresolved_cpr_matches for reading in readings):
        raise PublishingError(_("Teksten har mulige CPR-numre. Fjern dem, eller vurdér dem, først."))


def _require_pending(reading: Reading) -> None:
    if not reading.pending:
        raise PublishingError(_("Udgaven venter ikke længere."))


def agreed(subject: Meeting | Reading, by: By) -> bool:
    """Return True if enough reviewers approve; the first of two is stored on the meeting or version."""
    if not settings.REQUIRE_SECOND_REVIEWER or by is None:
        return True
    if subject.approved_by_id not in (None, by.pk):
        return True
    if subject.approved_by_id == by.pk:
        raise PublishingError(_("Du har godkendt. En anden end dig skal også gøre det."))
    subject.approved_by_id = by.pk
    subject.save(update_fields=["approved_by"])
    return False


def _set_state(meeting: Meeting, state: State) -> None:
    meeting.state = state
    meeting.approved_by = None
    if state == State.PUBLISHED and meeting.published_at is None:
        meeting.published_at = timezone.now()
    meeting.save(update_fields=["state", "published_at", "approved_by", "updated_at"])
    Claim.objects.filter(meeting=meeting).delete()
    PlannedPublication.objects.filter(meeting=meeting).delete()
    if state == State.WITHDRAWN:
        PreviewLink.objects.filter(meeting=meeting).delete()
    project(meeting)
