"""Calendars, as another library than the one that wrote them opens them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject

from minutes import publishing
from minutes.feeds import calendar
from minutes.models import CommitteeAlias, Meeting
from tests.documents import document, file, herning, item

pytestmark = pytest.mark.django_db

COMMITTEE = "/randers/beskaeftigelsesudvalget/"
CALENDARS = (f"{COMMITTEE}kalender.ics", "/randers/kalender.ics")
COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def told(**fields):
    return document(item("1", "Budget"), **fields)


@pytest.fixture
def opened(client):
    """The calendar at an address, opened."""

    def opened(address: str):
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        body = response.content.decode()
        assert body.count("\n") == body.count("\r\n")
        assert max(len(line.encode()) for line in body.split("\r\n")) <= 75
        return vobject.readOne(body)

    return opened


def events(opened) -> list:
    return opened.contents.get("vevent", [])


@pytest.mark.parametrize("address", CALENDARS)
def test_a_meeting_is_an_event_with_what_is_printed_of_it(opened, address):
    meeting = file(told(location="Rådhuset, mødelokale 2; 1. sal\nRanders")).meeting
    (event,) = events(opened(address))
    assert event.summary.value == "Beskæftigelsesudvalget, Randers"
    assert event.location.value == "Rådhuset, mødelokale 2; 1. sal\nRanders"
    assert event.url.value == f"http://testserver{COMMITTEE}2020-01-14/"
    assert event.uid.value == f"meeting-{meeting.pk}@testserver"
    meeting.refresh_from_db()
    assert event.contents["last-modified"][0].value == meeting.indexed_at.replace(microsecond=0)
    assert event.dtstart.value.astimezone(COPENHAGEN).strftime("%H:%M") == "16:00"
    assert "dtend" not in event.contents


@pytest.mark.parametrize(
    ("day", "hour"),
    [("2020-01-14", 15), ("2020-07-14", 14), ("2020-10-24", 14), ("2020-10-25", 15), ("1990-10-01", 15)],
)
def test_times_are_right_in_summer_and_in_winter(opened, client, day, hour):
    file(told(date=day))
    (event,) = events(opened(f"{COMMITTEE}kalender.ics"))
    assert event.dtstart.value.astimezone(UTC) == datetime.fromisoformat(f"{day}T{hour}:00:00+00:00")
    written = client.get(f"{COMMITTEE}kalender.ics").content.decode()
    assert f"DTSTART;TZID=Europe/Copenhagen:{day.replace('-', '')}T160000" in written


def test_the_clock_is_moved_when_danish_clocks_are():
    """What the calendar says of the time zone, against the zone's own history, day by day."""
    zone = vobject.readOne(f"BEGIN:VCALENDAR\r\n{calendar.TIMEZONE}END:VCALENDAR\r\n").vtimezone.tzinfo
    day = datetime(1979, 1, 1, 12)
    while day.year < 2050:
        assert zone.utcoffset(day) == COPENHAGEN.utcoffset(day), day
        day += timedelta(days=1)


@pytest.mark.parametrize("address", CALENDARS)
def test_a_meeting_without_a_printed_time_takes_the_day(opened, client, address):
    file(told(start_time=None))
    (event,) = events(opened(address))
    assert event.dtstart.value == date(2020, 1, 14)
    assert "DTSTART;VALUE=DATE:20200114" in client.get(address).content.decode()


def test_a_municipality_has_the_meetings_of_all_its_committees(opened):
    file(told())
    file(told(committee="Byrådet", date="2020-02-03"))
    file(told(municipality=None), given_municipality=herning())
    assert [event.summary.value for event in events(opened("/randers/kalender.ics"))] == [
        "Byrådet, Randers",
        "Beskæftigelsesudvalget, Randers",
    ]
    assert len(events(opened(f"{COMMITTEE}kalender.ics"))) == 1
    assert opened("/herning/kalender.ics").contents["x-wr-calname"][0].value == "Herning"


def test_an_event_moves_when_its_meeting_does(opened):
    meeting = file(told()).meeting
    (before,) = events(opened(CALENDARS[0]))
    publishing.move(meeting, day=date(2020, 1, 16), committee="Beskæftigelsesudvalget", by=None)
    (after,) = events(opened(CALENDARS[0]))
    assert after.uid.value == before.uid.value
    assert after.dtstart.value.date() == date(2020, 1, 16)


@pytest.mark.parametrize("address", CALENDARS)
def test_only_what_is_published_is_in_a_calendar(opened, client, address):
    file(told())
    hidden = file(told(date="2020-03-03", location="Kanariefuglevej")).meeting
    file(told(date="2020-04-04", location="Kanariefuglevej"), publish=False)
    etag = client.get(address)["ETag"]
    publishing.take_down_meeting(hidden, by=None, reason="Efter anmodning")
    assert client.get(address, headers={"if-none-match": etag}).status_code == 200
    assert len(events(opened(address))) == 1
    assert "Kanariefugl" not in client.get(address).content.decode()


def test_a_covered_number_is_told_as_such(opened):
    file(told())
    Meeting.objects.update(location="Hos ███████████")
    (event,) = events(opened(CALENDARS[0]))
    assert event.location.value == "Hos [CPR-nummer fjernet]"


@pytest.mark.parametrize("address", CALENDARS)
def test_a_calendar_that_is_known_is_not_sent_again(client, address, django_assert_num_queries):
    file(told())
    first = client.get(address)
    for headers in ({"if-none-match": first["ETag"]}, {"if-modified-since": first["Last-Modified"]}):
        assert client.get(address, headers=headers).status_code == 304
    with django_assert_num_queries(2):
        client.get(address, headers={"if-none-match": first["ETag"]})


@pytest.mark.parametrize("address", CALENDARS)
def test_a_calendar_is_bounded_and_takes_three_queries(
    opened, client, address, monkeypatch, django_assert_num_queries
):
    for number in range(20):
        file(told(date=str(date(2020, 1, 1) + timedelta(days=number))))
    with django_assert_num_queries(3):
        client.get(address)
    assert len(events(opened(address))) == 20
    monkeypatch.setattr(calendar, "MAX_MEETINGS", 5)
    with django_assert_num_queries(3):
        client.get(address)
    assert [event.dtstart.value.day for event in events(opened(address))] == [20, 19, 18, 17, 16]


def test_another_name_of_a_committee_leads_to_its_calendar(client):
    meeting = file(told()).meeting
    CommitteeAlias.objects.create(committee=meeting.committee, name="Jobudvalget", slug="jobudvalget")
    response = client.get("/randers/jobudvalget/kalender.ics")
    assert (response.status_code, response["Location"]) == (301, CALENDARS[0])


@pytest.mark.parametrize("place", ["findesikke", "herning", "randers/findesikke"])
def test_a_place_without_meetings_has_no_calendar(client, place):
    file(told())
    assert client.get(f"/{place}/kalender.ics").status_code == 404
