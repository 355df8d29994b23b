"""Calendars (iCalendar, RFC 5545) of the meetings of a committee or a municipality."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from minutes.feeds.committees import get_committee
from minutes.feeds.conditional import changed_at, conditional_response
from minutes.models import Meeting, Municipality

# Meetings of a calendar, the newest: every meeting of a committee, some years of a municipality.
MAX_MEETINGS = 1_000
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
# Danish time since summer time was introduced in 1980: from 1981 it begins on the last Sunday of March, until
# 1995 it ended in September. DTSTART is local time before the change. Written by hand, because generators for
# zoneinfo stop in 2038 and put the change in March at 03:00.
TIMEZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/Copenhagen
BEGIN:STANDARD
DTSTART:18940101T000000
TZOFFSETFROM:+0100
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19800406T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:DAYLIGHT
DTSTART:19810329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19800928T030000
RRULE:FREQ=YEARLY;BYMONTH=9;BYDAY=-1SU;UNTIL=19950930T000000Z
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
END:VTIMEZONE
"""


def municipality(request: HttpRequest, municipality_slug: str) -> HttpResponse:
    """The meetings of a municipality. Three queries."""
    municipality = get_object_or_404(Municipality.objects.published(), slug=municipality_slug)
    meetings = Meeting.objects.published().filter(committee__municipality=municipality)
    return _calendar_response(request, municipality.name, meetings)


def committee(request: HttpRequest, municipality_slug: str, committee_slug: str) -> HttpResponse:
    """The meetings of a committee; an alias redirects. Three queries."""
    committee = get_committee(municipality_slug, committee_slug)
    if committee.slug != committee_slug:
        return redirect("committee-calendar", municipality_slug, committee.slug, permanent=True)
    meetings = Meeting.objects.published().of_committee(committee)
    return _calendar_response(request, f"{committee.name}, {committee.municipality.name}", meetings)


def _calendar_response(request: HttpRequest, name: str, meetings: QuerySet[Meeting]) -> HttpResponse:
    versions = list(meetings.order_by("-date", "-id").values_list("pk", changed_at())[:MAX_MEETINGS])

    def build() -> HttpResponse:
        changed = dict(versions)
        listed = Meeting.objects.published().with_places().newest_first().filter(pk__in=changed)
        events = (_event(request, meeting, changed[meeting.pk]) for meeting in listed)
        response = HttpResponse(_render(name, events), content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="kalender.ics"'
        return response

    return conditional_response(request, versions, build)


def _render(name: str, events: Iterable[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Referatarkivet//DA")
    calendar.add("version", "2.0")
    # NAME is RFC 7986; X-WR-CALNAME is the older extension that most clients read.
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add_component(Timezone.from_ical(TIMEZONE))
    for event in events:
        calendar.add_component(event)
    rendered: bytes = calendar.to_ical()
    return rendered


def _event(request: HttpRequest, meeting: Meeting, changed: datetime) -> Event:
    """The meeting as an event, all day without a start time; its end only if staff entered it."""
    event = Event()
    # From the primary key, since a correction can change the date and the URL.
    event.add("uid", f"meeting-{meeting.pk}@{split_domain_port(request.get_host())[0]}")
    summary = f"{meeting.committee.name}, {meeting.committee.municipality.name}"
    # Not all clients show the status.
    event.add("summary", _("Aflyst: %s") % summary if meeting.cancelled else summary)
    if meeting.start_time:
        event.add("dtstart", datetime.combine(meeting.date, meeting.start_time, COPENHAGEN))
        if meeting.end_time and meeting.end_time > meeting.start_time:
            event.add("dtend", datetime.combine(meeting.date, meeting.end_time, COPENHAGEN))
    else:
        event.add("dtstart", meeting.date)
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("url", request.build_absolute_uri(meeting.get_absolute_url()))
    if meeting.location:
        event.add("location", meeting.location)
    event.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    # Subscribers are not busy during the meeting.
    event.add("transp", "TRANSPARENT")
    return event
