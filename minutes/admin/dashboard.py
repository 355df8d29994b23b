"""Data of the staff's front page: work to do and recent changes in their municipalities."""

from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from minutes import rights
from minutes.admin.drafts import draft_row, with_current_readings, with_reviews
from minutes.importer.queue import STORED
from minutes.models import (
    Change,
    Claim,
    Correction,
    EnclosedFile,
    ErrorReport,
    ImportRun,
    Meeting,
    PlannedPublication,
    QueuedFile,
    Reading,
    UnplacedDocument,
)
from minutes.models.queue import FileStatus
from minutes.models.sources import GRADES
from minutes.models.states import State

_SHOWN = 10


def dashboard(user: Any) -> dict[str, Any]:
    """Return ten each of drafts, versions, CPR matches, corrections, changes and imports, with counts.

    Also documents without a meeting, or with files that wait, and reports of errors. Twenty-four queries.
    """
    meetings = rights.within(Meeting.objects.with_places().newest_first(), user)
    readings = rights.within(Reading.objects.exclude(meeting__state=State.TAKEN_DOWN), user)
    places = ("source", "meeting__committee__municipality")
    current = Reading.objects.filter(meeting=OuterRef("pk"), current=True)
    drafts = meetings.filter(state=State.DRAFT)
    unplaced = rights.within(UnplacedDocument.objects.select_related("source", "municipality"), user)
    pending = readings.filter(pending=True).select_related(*places)
    matches = (
        readings.filter(Q(current=True) | Q(pending=True))
        .exclude(unresolved_cpr_matches=[])
        .select_related(*places)
    )
    with_files = (
        readings.filter(Q(current=True) | Q(pending=True))
        .filter(Exists(EnclosedFile.objects.undecided().filter(source=OuterRef("source"))))
        .select_related(*places)
    )
    unanswered = rights.within(Correction.objects.unanswered(), user).select_related(
        "meeting__committee__municipality", "made_by"
    )
    reports = rights.within(ErrorReport.objects.open(), user).select_related("municipality")
    with_notices = current.exclude(warnings=[], doubts=[])
    warned = meetings.filter(Exists(with_notices), state__in=[State.DRAFT, State.WITHDRAWN])
    changes = Change.objects.of_minutes().filter(
        municipality__in=rights.municipalities_with(user, "view_meeting")
    )
    changes = changes.select_related("meeting__committee__municipality", "municipality", "by")
    runs = rights.within(ImportRun.objects.all(), user).select_related("municipality", "user")
    return {
        "may_upload": user.has_perm("minutes.upload"),
        "unplaced": unplaced.defer("text")[:_SHOWN],
        "unplaced_count": unplaced.count(),
        "drafts": [draft_row(meeting) for meeting in with_current_readings(with_reviews(drafts))[:_SHOWN]],
        "draft_count": drafts.count(),
        "pending": pending[:_SHOWN],
        "pending_count": pending.count(),
        "matches": matches[:_SHOWN],
        "match_count": matches.count(),
        "with_files": with_files[:_SHOWN],
        "with_files_count": with_files.count(),
        "unanswered": unanswered[:_SHOWN],
        "unanswered_count": unanswered.count(),
        "reports": reports[:_SHOWN],
        "report_count": reports.count(),
        "warned": warned[:_SHOWN],
        "warned_count": warned.count(),
        "changes": changes[:_SHOWN],
        "runs": runs[:_SHOWN],
        "queue": _queue(user),
    }


def _queue(user: Any) -> dict[str, Any]:
    """Count the drafts by grade, claim and plan, and the uploaded files that wait or failed. Four queries.

    Failed files count as long as their bytes are stored.
    """
    drafts = Reading.objects.filter(current=True, supplement=False, meeting__state=State.DRAFT)
    by_grade = dict(rights.within(drafts, user).order_by().values_list("grade").annotate(Count("pk")))
    files: Any = rights.within(QueuedFile.objects.all(), user).filter(
        Q(status=FileStatus.WAITING) | Q(status=FileStatus.REFUSED, finished_at__gte=timezone.now() - STORED)
    )
    by_status = files.by_status()
    plans = rights.within(PlannedPublication.objects.all(), user).aggregate(
        planned=Count("pk", filter=Q(refusal="")), refused=Count("pk", filter=~Q(refusal=""))
    )
    return {
        "by_grade": [(grade, label, by_grade[grade]) for grade, label in GRADES if grade in by_grade],
        "claimed_by_me": rights.within(Claim.objects.by(user), user).count(),
        "waiting_files": by_status.get(FileStatus.WAITING, 0),
        "failed_files": by_status.get(FileStatus.REFUSED, 0),
        **plans,
    }
