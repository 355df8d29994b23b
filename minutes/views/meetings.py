"""Meetings: the list, and one with its agenda."""

from datetime import date

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from minutes.export.files import as_file
from minutes.export.lists import MEETINGS
from minutes.filters import MeetingFilter
from minutes.models import Attendance, Meeting
from minutes.models.addresses import Address
from minutes.publishing import previous_versions
from minutes.views.pages import page_of


def meetings(request: HttpRequest) -> HttpResponseBase:
    """Published meetings, newest first, filtered. Six queries; as a file, five.

    A filter that cannot be is said so on the page, with status 400.
    """
    found = MeetingFilter(
        request.GET, Meeting.objects.published().with_places().with_item_counts().newest_first()
    )
    valid = found.is_valid()
    if valid and (file := as_file(request, MEETINGS, found.qs)):
        return file
    ctx = {"filter": found, "page": page_of(request, found.qs if valid else Meeting.objects.none())}
    return render(request, "minutes/meetings.html", ctx, status=200 if valid else 400)


def meeting(
    request: HttpRequest, municipality_slug: str, committee_slug: str, meeting_slug: str
) -> HttpResponse:
    """A meeting with its agenda and what was decided. Eleven queries."""
    address = Address.parse(municipality_slug, committee_slug, meeting_slug)
    found = address.published()
    if found is None:
        return instead(request, address)
    attendances = list(found.attendances.filter(item=None).select_related("party", "person"))
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
        "absent_from_items": found.attendances.filter(role=Attendance.Role.ABSENT, item__isnull=False)
        .select_related("item", "person")
        .order_by("name", "item__position"),
        "corrected": corrections_shown(found),
        "replaced": next(iter(previous_versions(found)), None),
        "readings": found.readings.filter(current=True).order_by("supplement", "id"),
        "previous": others.filter(before).order_by("-date", "-sequence").first(),
        "next": others.filter(after).order_by("date", "sequence").first(),
    }
    return render(request, "minutes/meeting.html", ctx)


def instead(request: HttpRequest, address: Address, item_slug: str = "") -> HttpResponse:
    """What stands at an address without a published meeting: the way to it, that it is gone, or nothing."""
    if address.is_taken_down(item_slug):
        return gone(request)
    moved = address.moved_to()
    if moved is None:
        raise Http404
    return redirect(f"{moved.get_absolute_url()}{item_slug}{'/' if item_slug else ''}", permanent=True)


def gone(request: HttpRequest) -> HttpResponse:
    """410, with a short note, for what was taken down."""
    response = render(request, "minutes/gone.html", status=410)
    response["X-Robots-Tag"] = "noindex"
    return response


def corrections_shown(meeting: Meeting, item_slug: str | None = None) -> dict[str, date]:
    """When the municipality corrected what: "title" of an item, else "3" for any of that item. One query."""
    found = meeting.corrections.in_force().order_by("made_at")
    if item_slug is not None:
        found = found.filter(item_slug=item_slug)
        return {each.field: timezone.localdate(each.made_at) for each in found}
    return {each.item_slug: timezone.localdate(each.made_at) for each in found}
