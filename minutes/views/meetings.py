"""Meetings: the list, and one with its agenda."""

import re
from datetime import date

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from minutes.filters import MeetingFilter
from minutes.models import Attendance, Meeting
from minutes.views.pages import page_of

# "2020-01-14", a second meeting that day "2020-01-14-2"
_SLUG = re.compile(r"(?P<date>\d{4}-\d{2}-\d{2})(?:-(?P<sequence>[2-9]|[1-9]\d{1,2}))?", re.ASCII)


def meetings(request: HttpRequest) -> HttpResponse:
    """Published meetings, newest first, filtered. Six queries.

    A filter that cannot be is said so on the page, with status 400.
    """
    found = MeetingFilter(
        request.GET, Meeting.objects.published().with_places().with_item_counts().newest_first()
    )
    valid = found.is_valid()
    ctx = {"filter": found, "page": page_of(request, found.qs if valid else Meeting.objects.none())}
    return render(request, "minutes/meetings.html", ctx, status=200 if valid else 400)


def meeting(
    request: HttpRequest, municipality_slug: str, committee_slug: str, meeting_slug: str
) -> HttpResponse:
    """A meeting with its agenda and what was decided. Nine queries."""
    found = get_object_or_404(at_address(municipality_slug, committee_slug, meeting_slug))
    attendances = list(found.attendances.filter(item=None).select_related("party"))
    others = Meeting.objects.published().with_places().filter(committee=found.committee_id)
    after = Q(date__gt=found.date) | Q(date=found.date, sequence__gt=found.sequence)
    before = Q(date__lt=found.date) | Q(date=found.date, sequence__lt=found.sequence)
    items = list(found.items.order_by("position").prefetch_related("ballots", "statements"))
    for item in items:
        item.meeting = found
    ctx = {
        "meeting": found,
        "committee": found.committee,
        "municipality": found.committee.municipality,
        "items": items,
        "present": [each for each in attendances if each.role == Attendance.Role.PRESENT],
        "absent": [each for each in attendances if each.role == Attendance.Role.ABSENT],
        "absent_from_items": found.attendances.filter(role=Attendance.Role.ABSENT)
        .exclude(item=None)
        .select_related("item")
        .order_by("name", "item__position"),
        "readings": found.readings.filter(current=True).order_by("supplement", "id"),
        "previous": others.filter(before).order_by("-date", "-sequence").first(),
        "next": others.filter(after).order_by("date", "sequence").first(),
    }
    return render(request, "minutes/meeting.html", ctx)


def at_address(municipality_slug: str, committee_slug: str, meeting_slug: str) -> QuerySet[Meeting]:
    """The published meeting at an address, as a query. Raises `Http404` for an address that is no date."""
    match = _SLUG.fullmatch(meeting_slug)
    try:
        day = date.fromisoformat(match["date"]) if match else None
    except ValueError:
        day = None
    if match is None or day is None:
        raise Http404
    return (
        Meeting.objects.published()
        .with_places()
        .filter(
            committee__municipality__slug=municipality_slug,
            committee__slug=committee_slug,
            date=day,
            sequence=int(match["sequence"] or 1),
        )
    )
