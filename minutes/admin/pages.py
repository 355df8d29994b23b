"""What the staff's own pages have in common."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from minutes import rights
from minutes.models import Meeting
from minutes.publishing import PublishingError


def staff_page(request: HttpRequest, title: str) -> dict[str, Any]:
    """What the admin's templates want to know."""
    return {**admin.site.each_context(request), "title": title}


def meeting_for(request: HttpRequest, meeting_id: int, *perms: str) -> Meeting:
    """The meeting, if it is of the user's municipalities: else `Http404`, as when there is none.

    `PermissionDenied` when the user may see it but lacks one of `perms` for it.
    """
    meeting = get_object_or_404(rights.within(Meeting.objects.with_places(), request.user), pk=meeting_id)
    if not request.user.has_perm("minutes.view_meeting", meeting):
        raise Http404
    if not all(request.user.has_perm(f"minutes.{perm}", meeting) for perm in perms):
        raise PermissionDenied
    return meeting


def attempt(request: HttpRequest, do: Callable[[], object], done: str) -> bool:
    """`do()`, and say that it is `done` or why not."""
    try:
        do()
    except PublishingError as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, done)
    return True
