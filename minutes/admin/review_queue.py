"""The review queue: drafts one after another, the certain ones first, filtered and published in few steps."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from minutes.admin.drafts import draft_row, with_current_readings, with_reviews
from minutes.admin.pages import staff_page
from minutes.admin.queue_filters import UNPLACED, QueueForm
from minutes.models import Claim, Meeting, Reading
from minutes.models.sources import GRADES
from minutes.vocabulary import Grade

# The parameter of review pages that are opened from the queue: its filters as a query string.
PARAMETER = "koe"
_PER_PAGE = 50


def review_queue(request: HttpRequest) -> HttpResponse:
    """List the drafts that wait for a review, with their doubts. Ten queries."""
    if not request.user.has_perm("minutes.view_meeting"):
        raise PermissionDenied
    form = QueueForm(request.GET, user=request.user)
    form.offer_runs()
    meetings, unplaced = form.meetings(), form.unplaced()
    shows_unplaced = form.data.get("grund") == UNPLACED
    rows: QuerySet[Any] = (
        unplaced
        if shows_unplaced
        else with_reviews(with_current_readings(meetings.select_related("committee__municipality")))
    )
    page = Paginator(rows, _PER_PAGE).get_page(request.GET.get("page"))
    by_grade = _by_grade(meetings)
    ctx = staff_page(request, _("Gennemgå kladder")) | {
        "form": form,
        "page": page,
        "query": form.query(),
        "drafts": []
        if shows_unplaced
        else [draft_row(meeting) | {"address": review_address(meeting.pk, form.query())} for meeting in page],
        "documents": page if shows_unplaced else [],
        "unplaced_count": 0 if shows_unplaced else unplaced.count(),
        "by_grade": [(str(label), by_grade[grade]) for grade, label in GRADES if grade in by_grade],
        "certain_count": by_grade.get(Grade.CERTAIN.value, 0),
        "may_publish": request.user.has_perm("minutes.publish"),
    }
    return render(request, "admin/review_queue.html", ctx)


def queue_of(request: HttpRequest, meeting: Meeting) -> dict[str, Any] | None:
    """Return a meeting's position in the queue from which its page was opened, else None. Two queries.

    The next draft is one that no other user has claimed.
    """
    query = request.POST.get(PARAMETER, request.GET.get(PARAMETER))
    if query is None:
        return None
    form = QueueForm(QueryDict(query), user=request.user)
    keys = list(form.meetings().values_list("pk", flat=True))
    claimed = set(Claim.objects.by_others(request.user).values_list("meeting", flat=True))
    position = keys.index(meeting.pk) if meeting.pk in keys else None
    following = keys[position + 1 :] if position is not None else keys
    next_key = next((key for key in following if key not in claimed), None)
    return {
        "query": form.query(),
        "address": f"{reverse('admin:review_queue')}?{form.query()}",
        "position": position + 1 if position is not None else None,
        "count": len(keys),
        "next": review_address(next_key, form.query()) if next_key else None,
    }


def review_address(meeting_id: int, query: str | None) -> str:
    """Return the address of a meeting's review page, within the queue with these filters."""
    page = reverse("admin:minutes_meeting_change", args=[meeting_id])
    return page if query is None else f"{page}?{urlencode({PARAMETER: query})}"


def _by_grade(meetings: QuerySet[Meeting]) -> dict[str, int]:
    """Count the drafts by grade. One query."""
    readings = Reading.objects.filter(
        current=True, supplement=False, meeting__in=meetings.order_by().values("pk")
    )
    return dict(readings.order_by().values_list("grade").annotate(Count("pk")))
