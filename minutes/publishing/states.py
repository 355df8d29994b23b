"""A meeting's way between the staff and the public, and a new version's into force."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minutes.models import Change, Meeting, Reading
from minutes.models.meetings import State
from minutes.privacy import mask_cpr_numbers
from minutes.publishing.changes import By, record
from minutes.publishing.filing import put_in_place, replaced_by
from minutes.publishing.identity import locked
from minutes.publishing.projection import project
from minutes.publishing.refusals import Refusal, refuse_personal_numbers
from minutes.search import index


@transaction.atomic
def publish(meeting: Meeting, *, by: By = None, reason: str = "") -> bool:
    """Show a draft or a withdrawn meeting to the public.

    Where REQUIRE_SECOND_REVIEWER is set and somebody asks, the first is noted and False returned; another
    publishes it. Raises `Refusal` when the meeting was taken down, has no reading, or when a text of it has
    a possible personal number.
    """
    refuse_personal_numbers(reason)
    meeting = locked(meeting)
    if meeting.state == State.TAKEN_DOWN:
        raise Refusal(_("Mødet er taget ned og kan ikke offentliggøres igen."))
    if meeting.state == State.PUBLISHED:
        raise Refusal(_("Mødet er allerede offentliggjort."))
    readings = meeting.readings.filter(current=True)
    if not readings:
        raise Refusal(_("Mødet har intet referat endnu. Indlæs et først."))
    if any(reading.open_hits for reading in readings):
        raise Refusal(_("Teksten har mulige CPR-numre. Fjern dem, eller vurdér dem, først."))
    if not _agreed(meeting, by):
        record(meeting, Change.Kind.APPROVED, by, reason)
        return False
    _move(meeting, State.PUBLISHED)
    record(meeting, Change.Kind.PUBLISHED, by, reason)
    return True


@transaction.atomic
def withdraw(meeting: Meeting, *, by: By = None, reason: str = "") -> None:
    """Take a published meeting away from the public; a re-import does not bring it back.

    Raises `Refusal` when the meeting is not published.
    """
    refuse_personal_numbers(reason)
    meeting = locked(meeting)
    if meeting.state != State.PUBLISHED:
        raise Refusal(_("Mødet er ikke offentliggjort."))
    _move(meeting, State.WITHDRAWN)
    record(meeting, Change.Kind.WITHDRAWN, by, reason)


@transaction.atomic
def adopt(reading: Reading, *, by: By = None, reason: str = "") -> bool:
    """Let a version that waits take the place of the current one; the meeting keeps its state.

    Two must agree as in `publish` where the public can see it. Raises `Refusal` when the version does not
    wait any more, or has a possible personal number that the public would get.
    """
    refuse_personal_numbers(reason)
    meeting = locked(reading.meeting)
    reading = Reading.objects.select_related("source").get(pk=reading.pk)
    reading.meeting = meeting
    _refuse_unless_waiting(reading)
    if meeting.state == State.PUBLISHED:
        if reading.open_hits:
            raise Refusal(_("Udgaven har mulige CPR-numre. Fjern dem, eller vurdér dem, først."))
        if not _agreed(reading, by):
            record(meeting, Change.Kind.APPROVED, by, reason, mask_cpr_numbers(reading.source.name))
            return False
    put_in_place(reading, replaced_by(reading))
    project(meeting)
    record(meeting, Change.Kind.NEW_VERSION, by, reason, mask_cpr_numbers(reading.source.name))
    return True


@transaction.atomic
def reject(reading: Reading, *, by: By = None, reason: str = "") -> None:
    """Leave a version that waits aside; the current one stays. Raises `Refusal` when it does not wait."""
    refuse_personal_numbers(reason)
    meeting = locked(reading.meeting)
    reading = Reading.objects.select_related("source").get(pk=reading.pk)
    _refuse_unless_waiting(reading)
    reading.waiting = False
    reading.save(update_fields=["waiting"])
    record(meeting, Change.Kind.REJECTED, by, reason, mask_cpr_numbers(reading.source.name))


def _refuse_unless_waiting(reading: Reading) -> None:
    if not reading.waiting:
        raise Refusal(_("Udgaven venter ikke længere."))


def _agreed(subject: Meeting | Reading, by: By) -> bool:
    """Whether enough agree; the first of two is remembered on the meeting or the version."""
    if not settings.REQUIRE_SECOND_REVIEWER or by is None:
        return True
    if subject.approved_by_id not in (None, by.pk):
        return True
    if subject.approved_by_id == by.pk:
        raise Refusal(_("Du har godkendt. En anden end dig skal også gøre det."))
    subject.approved_by_id = by.pk
    subject.save(update_fields=["approved_by"])
    return False


def _move(meeting: Meeting, state: State) -> None:
    meeting.state = state
    meeting.approved_by = None
    if state == State.PUBLISHED and meeting.published_at is None:
        meeting.published_at = timezone.now()
    meeting.save(update_fields=["state", "published_at", "approved_by", "updated_at"])
    index.refresh(meeting)
