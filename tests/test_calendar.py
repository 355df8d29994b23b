"""Calendars, parsed by another library than the one that writes them."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject

from minutes import publishing
from minutes.feeds import calendar
from minutes.models import CommitteeAlias, Meeting
from tests.documents import document, file, herning, item, store

pytestmark = pytest.mark.django_db

COMMITTEE = "/randers/beskaeftigelsesudvalget/"
CALENDARS = (f"{COMMITTEE}kalender.ics", "/randers/kalender.ics")
COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def store_meeting(**fields: Any) -> Meeting:
    return store(item("1", "Budget"), **fields)


@pytest.fixture
def read_calendar(client):
    """A function that returns the parsed calendar at a URL, after a check of its lines by RFC 5545."""

    def read_calendar(url: str) -> vobject.base.Component:
        response = client.get(url)
        assert response.status_code == 200, (url, response.status_code)
        assert response["Content-Type"] == "text/calendar; charset=utf-8"
        text = response.content.decode()
        assert text.count("\n") == text.count("\r\n")
        assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
        return vobject.readOne(text)

    return read_calendar


def events(parsed: vobject.base.Component) -> list[vobject.base.Component]:
    return parsed.contents.get("vevent", [])


@pytest.mark.parametrize("url", CALENDARS)
def test_a_meeting_is_an_event(read_calendar, url):
    meeting = store_meeting(location="Rådhuset, mødelokale 2; 1. sal\nRanders")
    (event,) = events(read_calendar(url))
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
def test_start_times_are_right_in_summer_and_winter(read_calendar, client, day, hour):
    store_meeting(date=day)
    (event,) = events(read_calendar(f"{COMMITTEE}kalender.ics"))
    assert event.dtstart.value.astimezone(UTC) == datetime.fromisoformat(f"{day}T{hour}:00:00+00:00")
    text = client.get(f"{COMMITTEE}kalender.ics").content.decode()
    assert f"DTSTART;TZID=Europe/Copenhagen:{day.replace('-', '')}T160000" in text


def test_the_time_zone_agrees_with_zoneinfo_on_every_day():
    zone = vobject.readOne(f"BEGIN:VCALENDAR\r\n{calendar.TIMEZONE}END:VCALENDAR\r\n").vtimezone.tzinfo
    day = datetime(1979, 1, 1, 12)
    while day.year < 2050:
        assert zone.utcoffset(day) == COPENHAGEN.utcoffset(day), day
        day += timedelta(days=1)


@pytest.mark.parametrize("url", CALENDARS)
def test_a_meeting_without_a_start_time_is_an_all_day_event(read_calendar, client, url):
    store_meeting(start_time=None)
    (event,) = events(read_calendar(url))
    assert event.dtstart.value == date(2020, 1, 14)
    assert "DTSTART;VALUE=DATE:20200114" in client.get(url).content.decode()


def test_the_calendar_of_a_municipality_has_the_meetings_of_all_its_committees(read_calendar):
    store_meeting()
    store_meeting(committee="Byrådet", date="2020-02-03")
    file(document(item("1", "Budget"), municipality=None), given_municipality=herning())
    assert [event.summary.value for event in events(read_calendar("/randers/kalender.ics"))] == [
        "Byrådet, Randers",
        "Beskæftigelsesudvalget, Randers",
    ]
    assert len(events(read_calendar(f"{COMMITTEE}kalender.ics"))) == 1
    assert read_calendar("/herning/kalender.ics").contents["x-wr-calname"][0].value == "Herning"


def test_an_event_keeps_its_uid_when_its_meeting_moves(read_calendar):
    meeting = store_meeting()
    (before,) = events(read_calendar(CALENDARS[0]))
    publishing.move(meeting, day=date(2020, 1, 16), committee="Beskæftigelsesudvalget", by=None)
    (after,) = events(read_calendar(CALENDARS[0]))
    assert after.uid.value == before.uid.value
    assert after.dtstart.value.date() == date(2020, 1, 16)


@pytest.mark.parametrize("url", CALENDARS)
def test_only_published_meetings_are_in_a_calendar(read_calendar, client, url):
    store_meeting()
    hidden = store_meeting(date="2020-03-03", location="Kanariefuglevej")
    draft = document(item("1", "Budget"), date="2020-04-04", location="Kanariefuglevej")
    file(draft, publish=False)
    etag = client.get(url)["ETag"]
    publishing.take_down_meeting(hidden, by=None, reason="Efter anmodning")
    assert client.get(url, headers={"if-none-match": etag}).status_code == 200
    assert len(events(read_calendar(url))) == 1
    assert "Kanariefugl" not in client.get(url).content.decode()


def test_a_masked_cpr_number_is_replaced_by_text(read_calendar):
    store_meeting(location="Hos ███████████")
    (event,) = events(read_calendar(CALENDARS[0]))
    assert event.location.value == "Hos [CPR-nummer fjernet]"


@pytest.mark.parametrize("url", CALENDARS)
def test_a_calendar_has_a_limit_and_takes_three_queries(
    read_calendar, client, url, monkeypatch, django_assert_num_queries
):
    for number in range(20):
        store_meeting(date=str(date(2020, 1, 1) + timedelta(days=number)))
    with django_assert_num_queries(3):
        client.get(url)
    assert len(events(read_calendar(url))) == 20
    monkeypatch.setattr(calendar, "MAX_MEETINGS", 5)
    with django_assert_num_queries(3):
        client.get(url)
    assert [event.dtstart.value.day for event in events(read_calendar(url))] == [20, 19, 18, 17, 16]


def test_an_alias_of_a_committee_redirects_to_its_calendar(client):
    meeting = store_meeting()
    CommitteeAlias.objects.create(committee=meeting.committee, name="Jobudvalget", slug="jobudvalget")
    response = client.get("/randers/jobudvalget/kalender.ics")
    assert (response.status_code, response["Location"]) == (301, CALENDARS[0])


@pytest.mark.parametrize("place", ["findesikke", "herning", "randers/findesikke"])
def test_a_place_without_meetings_has_no_calendar(client, place):
    store_meeting()
    assert client.get(f"/{place}/kalender.ics").status_code == 404
