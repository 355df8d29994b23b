"""Pages of meetings: the list, and a meeting with its agenda."""

from datetime import date

from django.db.models import Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from minutes.export.files import as_file
from minutes.export.lists import MEETINGS
from minutes.filters import MeetingFilter
from minutes.models import Attendance, Ballot, Meeting
from minutes.models.addresses import Address
from minutes.models.files import files_of_meeting
from minutes.publishing import previous_versions
from minutes.statistics.vote_blocks import MeetingLists
from minutes.views.pages import page_of

_BALLOTS = Prefetch("ballots", Ballot.objects.with_votes().order_by("position"))


def meetings(request: HttpRequest) -> HttpResponseBase:
    """List published meetings, newest first, filtered, or download them. Six queries; as a file, five.

    Report an invalid filter on the page with status 400.
    """
    filtered = MeetingFilter(
        request.GET, Meeting.objects.published().with_places().with_item_counts().newest_first()
    )
    valid = filtered.is_valid()
    if valid and (file := as_file(request, MEETINGS, filtered.qs)):
        return file
    ctx = {"filter": filtered, "page": page_of(request, filtered.qs if valid else Meeting.objects.none())}
    return render(request, "minutes/meetings.html", ctx, status=200 if valid else 400)


def meeting(
    request: HttpRequest, municipality_slug: str, committee_slug: str, meeting_slug: str
) -> HttpResponse:
    """Show a meeting with its agenda, decisions and votes. Fourteen queries."""
    address = Address.parse(municipality_slug, committee_slug, meeting_slug)
    meeting = address.published()
    if meeting is None:
        return missing_meeting(request, address)
    roles = Attendance.Role
    attendances = list(meeting.attendances.filter(item=None).select_related("party", "person"))
    others = Meeting.objects.published().of_committee(meeting.committee).with_places()
    after = Q(date__gt=meeting.date) | Q(date=meeting.date, sequence__gt=meeting.sequence)
    before = Q(date__lt=meeting.date) | Q(date=meeting.date, sequence__lt=meeting.sequence)
    items = list(meeting.items.order_by("position").prefetch_related(_BALLOTS, "statements"))
    for item in items:
        item.meeting = meeting
    ballots = [ballot for item in items for ballot in item.ballots.all()]
    ctx = {
        "meeting": meeting,
        "committee": meeting.committee,
        "municipality": meeting.committee.municipality,
        "items": items,
        "contested": [item for item in items if item.contested],
        "lists": MeetingLists(ballots),
        "present": [attendance for attendance in attendances if attendance.role == roles.PRESENT],
        "absent": [attendance for attendance in attendances if attendance.role == roles.ABSENT],
        "substitutes": [attendance for attendance in attendances if attendance.role == roles.SUBSTITUTE],
        "movements": [
            attendance
            for role in (roles.ARRIVED, roles.LEFT)
            for attendance in attendances
            if attendance.role == role
        ],
        "joint_committees": meeting.joint_committees.select_related("municipality").order_by("sort_key"),
        "absent_from_items": meeting.attendances.filter(role=roles.ABSENT, item__isnull=False)
        .select_related("item", "person")
        .order_by("name", "item__position"),
        "corrected": correction_dates(meeting),
        "replaced": next(iter(previous_versions(meeting)), None),
        "files": files_of_meeting(meeting),
        "readings": meeting.readings.filter(current=True).order_by("supplement", "id"),
        "previous": others.filter(before).order_by("-date", "-sequence").first(),
        "next": others.filter(after).order_by("date", "sequence").first(),
    }
    return render(request, "minutes/meeting.html", ctx)


def missing_meeting(request: HttpRequest, address: Address, item_slug: str = "") -> HttpResponse:
    """Respond for an address without a published meeting.

    Returns 410 if the meeting was taken down, 301 if it moved; raises `Http404` otherwise.
    """
    if address.is_taken_down(item_slug):
        return gone(request)
    moved = address.moved_to()
    if moved is None:
        raise Http404
    return redirect(f"{moved.get_absolute_url()}{item_slug}{'/' if item_slug else ''}", permanent=True)


def gone(request: HttpRequest) -> HttpResponse:
    """Return a page with status 410 for content that was taken down."""
    response = render(request, "minutes/gone.html", status=410)
    response["X-Robots-Tag"] = "noindex"
    return response


def correction_dates(meeting: Meeting, item_slug: str | None = None) -> dict[str, date]:
    """Return the dates of applied corrections, by the slugs of the meeting's items. One query.

    With `item_slug`, only that item's, by the corrected field.
    """
    corrections = meeting.corrections.in_force().order_by("made_at")
    if item_slug is not None:
        of_item = corrections.filter(item_slug=item_slug)
        return {correction.field: timezone.localdate(correction.made_at) for correction in of_item}
    return {correction.item_slug: timezone.localdate(correction.made_at) for correction in corrections}
