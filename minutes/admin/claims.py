"""Claims of drafts: opening a draft from the queue claims it, so that two people do not review it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minutes.admin.pages import meeting_for
from minutes.admin.review_queue import queue_of, review_address
from minutes.models import Claim, Meeting
from minutes.models.states import State


def claim_of(request: HttpRequest, meeting: Meeting, *, within_queue: bool) -> Claim | None:
    """Return the claim of a draft, after claiming it for a user who opens it from the queue.

    At most five queries.
    """
    if meeting.state != State.DRAFT:
        return None
    if within_queue and request.user.has_perm("minutes.publish", meeting):
        Claim.objects.claim(meeting, request.user)
    return Claim.objects.active().select_related("user").filter(meeting=meeting).first()


@require_POST
def claim(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Release a draft and continue with the next one, or take over another user's."""
    meeting = meeting_for(request, meeting_id, "publish")
    queue = queue_of(request, meeting)
    act = request.POST.get("act")
    if act == "skip":
        Claim.objects.by(request.user).filter(meeting=meeting).delete()
        if queue:
            return redirect(queue["next"] or queue["address"])
    elif act == "claim":
        Claim.objects.filter(meeting=meeting).delete()
        Claim.objects.claim(meeting, request.user)
    else:
        raise Http404(_("Ukendt handling."))
    return redirect(review_address(meeting.pk, queue["query"] if queue else None))
