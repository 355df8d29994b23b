"""Publications that staff plan for a date and time, carried out by workers or by a command."""

import datetime
import logging
from collections import defaultdict
from typing import NamedTuple

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from minutes.models import Change, Claim, Meeting, PlannedPublication, Reading
from minutes.publishing.audit_log import By, entry, record
from minutes.publishing.errors import PublishingError, refuse_cpr_numbers
from minutes.publishing.identity import locked
from minutes.publishing.states import agreed, publish, require_publishable

logger = logging.getLogger(__name__)

_FURTHEST = datetime.timedelta(days=2 * 366)


class Outcome(NamedTuple):
    """Numbers of meetings whose time had come."""

    published: int
    refused: int


@transaction.atomic
def plan_publication(meeting: Meeting, at: datetime.datetime, *, by: By, reason: str = "") -> bool:
    """Plan to publish the meeting at a time, in place of an earlier plan.

    Returns False when a second reviewer must also plan or publish it, as in `publish`. Raises
    `PublishingError` when the time is past or too far ahead, or the meeting could not be published now.
    """
    refuse_cpr_numbers(reason)
    meeting = locked(meeting)
    require_publishable(meeting)
    now = timezone.now()
    if at <= now:
        raise PublishingError(_("Tidspunktet er passeret. Vælg et senere, eller offentliggør nu."))
    if at > now + _FURTHEST:
        raise PublishingError(_("Tidspunktet er mere end to år ude i fremtiden."))
    # The first of two reviewers may choose another time.
    is_first = settings.REQUIRE_SECOND_REVIEWER and meeting.approved_by_id == by.pk
    is_agreed = not is_first and agreed(meeting, by)
    readings, doubt_codes = _current(meeting)
    PlannedPublication.objects.update_or_create(
        meeting=meeting,
        defaults={
            "publish_at": at,
            "planned_by": by,
            "planned_at": now,
            "reason": reason[:500],
            "refusal": "",
            "readings": readings,
            "doubt_codes": doubt_codes,
        },
    )
    Claim.objects.filter(meeting=meeting).delete()
    record(meeting, Change.Kind.PLANNED, by, reason, date_format(timezone.localtime(at), "j. F Y H.i"))
    return is_agreed


@transaction.atomic
def plan_now(meetings: QuerySet[Meeting], *, by: By) -> int:
    """Let workers publish many meetings as soon as they can; return the number of meetings.

    Each is published as a planned one is: not if its readings change in between or have doubts. Three queries
    and more for thousands.
    Raises `PublishingError` where two reviewers must approve, which they do for each meeting.
    """
    if settings.REQUIRE_SECOND_REVIEWER:
        raise PublishingError(_("To skal godkende hvert møde."))
    readings: defaultdict[int, list[int]] = defaultdict(list)
    current = Reading.objects.filter(current=True, meeting__in=meetings.order_by().values("pk"))
    for meeting_id, reading_id in current.order_by("pk").values_list("meeting", "pk"):
        readings[meeting_id].append(reading_id)
    now = timezone.now()
    PlannedPublication.objects.bulk_create(
        (
            PlannedPublication(meeting_id=key, publish_at=now, planned_at=now, planned_by=by, readings=ids)
            for key, ids in readings.items()
        ),
        batch_size=1000,
        ignore_conflicts=True,
    )
    planned = Meeting.objects.filter(pk__in=readings).select_related("committee__municipality").order_by("pk")
    text = date_format(timezone.localtime(now), "j. F Y H.i")
    changes = (entry(meeting, Change.Kind.PLANNED, by, detail=text) for meeting in planned)
    Change.objects.bulk_create(changes, batch_size=1000)
    return len(readings)


@transaction.atomic
def cancel_plan(meeting: Meeting, *, by: By) -> None:
    """Cancel the planned publication of a meeting. Raises `PublishingError` when there is none."""
    meeting = locked(meeting)
    deleted, _rows = PlannedPublication.objects.filter(meeting=meeting).delete()
    if not deleted:
        raise PublishingError(_("Der er ikke planlagt en offentliggørelse."))
    record(meeting, Change.Kind.PLAN_CANCELLED, by)


def publish_due() -> Outcome:
    """Publish the meetings whose planned time has come, each in a transaction of its own.

    One that is refused stays as it is, with the reason, and is not tried again. Several processes may run
    this at the same time. Raises a database error if the database cannot be reached.
    """
    published = refused = 0
    for meeting_id in list(PlannedPublication.objects.due().values_list("meeting", flat=True)):
        try:
            published += _publish_planned(meeting_id)
        except (OperationalError, InterfaceError):
            raise
        except PublishingError as error:
            refused += _refuse(meeting_id, str(error))
        except Exception as error:
            logger.exception("A planned publication failed")
            refused += _refuse(meeting_id, _("Det mislykkedes (%s).") % type(error).__name__)
    return Outcome(published, refused)


@transaction.atomic
def _publish_planned(meeting_id: int) -> bool:
    """Publish the meeting, and return True, unless it was published or its plan changed in between."""
    plan = _locked_plan(meeting_id)
    if plan is None:
        return False
    _require_as_planned(plan)
    return publish(plan.meeting, by=plan.planned_by, reason=plan.reason)


def _locked_plan(meeting_id: int) -> PlannedPublication | None:
    """Return the plan of a meeting if its time has come, with the meeting locked. Two queries."""
    try:
        meeting = locked(Meeting(pk=meeting_id))
    except Meeting.DoesNotExist:
        return None
    plan = PlannedPublication.objects.due().select_related("planned_by").filter(meeting=meeting).first()
    if plan is not None:
        plan.meeting = meeting
    return plan


def _require_as_planned(plan: PlannedPublication) -> None:
    """Raise `PublishingError` if a person must look at the meeting again before it is published."""
    meeting = plan.meeting
    if plan.planned_by is None or not plan.planned_by.has_perm("minutes.publish", meeting):
        raise PublishingError(_("Den, der planlagde det, må ikke længere offentliggøre mødet."))
    if settings.REQUIRE_SECOND_REVIEWER and meeting.approved_by_id in (None, plan.planned_by_id):
        raise PublishingError(_("En anden skal også godkende mødet."))
    if meeting.readings.filter(pending=True).exists():
        raise PublishingError(_("Der er kommet en ny udgave, som venter på at blive taget i brug."))
    readings, doubt_codes = _current(meeting)
    if readings != plan.readings:
        raise PublishingError(_("Der er kommet en ny udgave eller en ny læsning. Se mødet igennem først."))
    if set(doubt_codes) - set(plan.doubt_codes):
        raise PublishingError(_("Der er kommet ny tvivl om mødet. Se det igennem først."))
    if meeting.corrections.unanswered().exists():
        raise PublishingError(_("En rettelse venter på svar."))


def _current(meeting: Meeting) -> tuple[list[int], list[str]]:
    """Return the ids of the current readings and the codes of their doubts, sorted. One query."""
    rows = meeting.readings.filter(current=True).values_list("pk", "doubts")
    codes = {doubt["code"] for _pk, doubts in rows for doubt in doubts}
    return sorted(pk for pk, _doubts in rows), sorted(codes)


@transaction.atomic
def _refuse(meeting_id: int, refusal: str) -> bool:
    """Store why the meeting was not published; return False if that is no longer planned."""
    plan = _locked_plan(meeting_id)
    if plan is None:
        return False
    plan.refusal = refusal[:300]
    plan.save(update_fields=["refusal"])
    record(plan.meeting, Change.Kind.PLAN_REFUSED, None, detail=refusal)
    return True
