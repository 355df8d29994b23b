"""What waits for the staff, and what happened lately, in their municipalities."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from minutes import rights
from minutes.models import Change, Correction, ImportRun, Meeting, Reading
from minutes.models.states import State

_SHOWN = 10


def dashboard(user: Any) -> dict[str, Any]:
    """Drafts, versions, hits, corrections to answer, changes and imports: ten of each, and how many.

    Thirteen queries.
    """
    meetings = rights.within(Meeting.objects.with_places().newest_first(), user)
    readings = rights.within(Reading.objects.exclude(meeting__state=State.TAKEN_DOWN), user)
    places = ("source", "meeting__committee__municipality")
    current = Reading.objects.filter(meeting=OuterRef("pk"), current=True)
    drafts = meetings.filter(state=State.DRAFT)
    pending = readings.filter(pending=True).select_related(*places)
    hits = (
        readings.filter(Q(current=True) | Q(pending=True))
        .exclude(unresolved_cpr_matches=[])
        .select_related(*places)
    )
    asked = rights.within(
        Correction.objects.filter(state__in=[Correction.State.QUESTIONED, Correction.State.PROPOSED]), user
    ).select_related("meeting__committee__municipality", "made_by")
    noted = current.exclude(warnings=[], doubts=[])
    warned = meetings.filter(Exists(noted), state__in=[State.DRAFT, State.WITHDRAWN])
    changes = rights.within(Change.objects.all(), user).select_related(
        "meeting__committee__municipality", "municipality", "by"
    )
    runs = rights.within(ImportRun.objects.all(), user).select_related("municipality", "user")
    return {
        "may_upload": user.has_perm("minutes.upload"),
        "drafts": drafts[:_SHOWN],
        "draft_count": drafts.count(),
        "pending": pending[:_SHOWN],
        "pending_count": pending.count(),
        "hits": hits[:_SHOWN],
        "hit_count": hits.count(),
        "asked": asked[:_SHOWN],
        "asked_count": asked.count(),
        "warned": warned[:_SHOWN],
        "warned_count": warned.count(),
        "changes": changes[:_SHOWN],
        "runs": runs[:_SHOWN],
    }
