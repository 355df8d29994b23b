"""Context, permission checks and messages shared by the staff's own views."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from minutes import rights
from minutes.models import Meeting, Reading
from minutes.publishing import PublishingError


def staff_page(request: HttpRequest, title: str) -> dict[str, Any]:
    """Return the context that the admin's templates need."""
    return {**admin.site.each_context(request), "title": title}


def meeting_for(request: HttpRequest, meeting_id: int, *perms: str) -> Meeting:
    """Return the meeting; raise `Http404` if it is not in the user's municipalities.

    Raises `PermissionDenied` when the user may view it but lacks one of `perms` for it.
    """
    meeting = get_object_or_404(rights.within(Meeting.objects.with_places(), request.user), pk=meeting_id)
    if not request.user.has_perm("minutes.view_meeting", meeting):
        raise Http404
    if not all(request.user.has_perm(f"minutes.{perm}", meeting) for perm in perms):
        raise PermissionDenied
    return meeting


def posted_reading(request: HttpRequest, meeting: Meeting) -> Reading:
    """Return the meeting's reading that the form names, else raise `Http404`."""
    number = request.POST.get("reading", "")
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        raise Http404
    reading: Reading = get_object_or_404(meeting.readings.all(), pk=int(number))
    if not request.user.has_perm("minutes.view_reading", reading):
        raise PermissionDenied
    return reading


def posted_reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").replace("\0", "").strip()


def attempt(request: HttpRequest, do: Callable[[], object], done: str) -> bool:
    """Call `do`; show the message `done`, or the reason of a `PublishingError`."""
    try:
        do()
    except PublishingError as error:
        messages.error(request, str(error))
        return False
    messages.success(request, done)
    return True
