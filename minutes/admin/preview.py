"""The link to the preview of a meeting that is not published: created, shown and withdrawn by staff."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minutes import publishing
from minutes.admin.pages import attempt, meeting_for
from minutes.admin.review_queue import queue_of, review_address
from minutes.models import Meeting, PreviewLink


@dataclass(frozen=True)
class ShownLink:
    address: str
    expires_at: datetime


def preview_link(request: HttpRequest, meeting: Meeting) -> ShownLink | None:
    """Return the meeting's link if it works, else None. One query."""
    link = PreviewLink.objects.filter(meeting=meeting, expires_at__gt=timezone.now()).first()
    if link is None:
        return None
    address = reverse("preview", args=[publishing.preview_token(link)])
    return ShownLink(request.build_absolute_uri(address), link.expires_at)


@require_POST
def change_preview(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Create or withdraw the link to the meeting's preview."""
    meeting = meeting_for(request, meeting_id, "publish")
    queue = queue_of(request, meeting)
    act, by = request.POST.get("act"), request.user
    if act == "create":
        done = _("Linket virker. Alle, der har det, kan se mødet.")
        attempt(request, lambda: publishing.create_preview_link(meeting, by=by), done)
    elif act == "withdraw":
        done = _("Linket er trukket tilbage og virker ikke længere.")
        attempt(request, lambda: publishing.withdraw_preview_link(meeting, by=by), done)
    else:
        raise Http404
    return redirect(review_address(meeting.pk, queue["query"] if queue else None) + "#forhaandsvisning")
