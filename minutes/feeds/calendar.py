"""Calendars (iCalendar, RFC 5545) of a committee's and a municipality's meetings."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import get_object_or_404, redirect
from icalendar import Calendar, Event, Timezone

from minutes.feeds.conditional import changed_at, conditional_response
from minutes.models import Committee, Meeting, Municipality
from minutes.privacy import replace_masks

# Meetings of a calendar, newest first: all of a committee's, some years of a municipality's.
MAX_MEETINGS = 1_000
COPENHAGEN = ZoneInfo("Europe/Copenhagen")
# Danish time since summer time came in 1980: until 1995 it ended with September, and from 1981 on it begins
# on the last Sunday of March. The times are those of the clock before it is moved.
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
    """The meetings of all a municipality's committees. Three queries."""
    found = get_object_or_404(Municipality.objects.published(), slug=municipality_slug)
    return _calendar(request, found.name, {"committee__municipality": found})


def committee(request: HttpRequest, municipality_slug: str, committee_slug: str) -> HttpResponse:
    """A committee's meetings; by another name of it, the way to them. Three queries."""
    published = Committee.objects.published().select_related("municipality")
    published = published.filter(municipality__slug=municipality_slug)
    found = published.filter(slug=committee_slug).first()
    if found is None:
        named = get_object_or_404(published, aliases__slug=committee_slug)
        return redirect("committee-calendar", municipality_slug, named.slug, permanent=True)
    return _calendar(request, f"{found.name}, {found.municipality.name}", {"committee": found})


def _calendar(request: HttpRequest, name: str, of: dict[str, Municipality | Committee]) -> HttpResponse:
    rows = Meeting.objects.published().filter(**of).newest_first()
    stamps = list(rows.values_list("pk", changed_at())[:MAX_MEETINGS])

    def made() -> HttpResponse:
        when = dict(stamps)
        meetings = Meeting.objects.published().with_places().filter(pk__in=when).newest_first()
        written = _written(name, (_event(request, each, when[each.pk]) for each in meetings))
        response = HttpResponse(written, content_type="text/calendar; charset=utf-8")
        response["Content-Disposition"] = 'inline; filename="kalender.ics"'
        return response

    return conditional_response(request, stamps, made)


def _written(name: str, events: Iterable[Event]) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Referatarkivet//DA")
    calendar.add("version", "2.0")
    # The name by RFC 7986, and as it was told before.
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add_component(Timezone.from_ical(TIMEZONE))
    for event in events:
        calendar.add_component(event)
    return calendar.to_ical()


def _event(request: HttpRequest, meeting: Meeting, changed_at: datetime) -> Event:
    """The meeting: of the whole day where no time is printed; without an end, as none is."""
    event = Event()
    # Of the row, as day and address can be corrected.
    event.add("uid", f"meeting-{meeting.pk}@{split_domain_port(request.get_host())[0]}")
    event.add("summary", f"{meeting.committee.name}, {meeting.committee.municipality.name}")
    if meeting.start_time:
        event.add("dtstart", datetime.combine(meeting.date, meeting.start_time, COPENHAGEN))
    else:
        event.add("dtstart", meeting.date)
    event.add("dtstamp", changed_at)
    event.add("last-modified", changed_at)
    event.add("url", request.build_absolute_uri(meeting.get_absolute_url()))
    if meeting.location:
        event.add("location", replace_masks(meeting.location))
    # It takes nobody's time who only follows it.
    event.add("transp", "TRANSPARENT")
    return event
