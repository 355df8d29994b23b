"""A meeting's way between the staff and the public."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minutes.models import Meeting
from minutes.models.meetings import State
from minutes.publishing.refusals import Refusal
from minutes.search import index


@transaction.atomic
def publish(meeting: Meeting) -> None:
    """Show a draft or a withdrawn meeting to the public.

    Raises `Refusal` when the meeting was taken down, has no reading, or when a text of it has a possible
    personal number.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.state == State.TAKEN_DOWN:
        raise Refusal(_("Mødet er taget ned og kan ikke offentliggøres igen."))
    readings = meeting.readings.filter(current=True)
    if not readings:
        raise Refusal(_("Mødet har intet referat endnu. Indlæs et først."))
    if any(reading.personal_numbers for reading in readings):
        raise Refusal(_("Teksten har mulige CPR-numre. Indlæs en udgave uden dem."))
    _move(meeting, State.PUBLISHED)


@transaction.atomic
def withdraw(meeting: Meeting) -> None:
    """Take a published meeting away from the public; a re-import does not bring it back.

    Raises `Refusal` when the meeting is not published.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.state != State.PUBLISHED:
        raise Refusal(_("Mødet er ikke offentliggjort."))
    _move(meeting, State.WITHDRAWN)


def _move(meeting: Meeting, state: State) -> None:
    meeting.state = state
    if state == State.PUBLISHED and meeting.published_at is None:
        meeting.published_at = timezone.now()
    meeting.save(update_fields=["state", "published_at", "updated_at"])
    index.refresh(meeting)
