"""Feed entries: their ids and dates, and the content they must not show."""

import html
import re
from datetime import date, datetime, timedelta

import pytest

from minutes import publishing
from minutes.models import AgendaItem, Correction, Meeting
from minutes.reader.records import Participant, Statement
from minutes.vocabulary import SectionKind
from tests.atom import CASE_FEED, FEEDS, PERSON_FEED, contested_item, contested_minutes, read_feed
from tests.documents import ballot, file, imported, item, section
from tests.texts import minutes

pytestmark = pytest.mark.django_db

HOSTILE = "<script>alert(1)</script>&\"'<b>]]>"


# Identity and dates


def test_an_entry_keeps_its_id_through_a_new_version_and_a_move(client):
    file(contested_minutes(contested_item(), text="Første udgave"))
    ids = {url: sorted(entry.id for entry in read_feed(client, url).entries) for url in FEEDS}
    assert ids["/moeder/feed/"] == [f"tag:testserver,2026:meeting/{Meeting.objects.get().pk}"]
    file(contested_minutes(contested_item(), item("9", "Nyt punkt"), text="Anden udgave"))
    meeting = Meeting.objects.with_places().get()
    publishing.move(meeting, day=date(2020, 1, 15), committee="Beskæftigelsesudvalget", by=None)
    for url in FEEDS:
        feed = read_feed(client, url)
        assert sorted(entry.id for entry in feed.entries) == ids[url], url
        assert "2020-01-15" in feed.entries[0].link


def test_an_entry_has_the_times_of_publication_and_of_the_last_change(client):
    meeting = imported(minutes())
    entry = read_feed(client, "/moeder/feed/").entries[0]
    assert datetime.fromisoformat(entry.published) == meeting.published_at
    updated = datetime.fromisoformat(entry.updated)
    Meeting.objects.update(indexed_at=updated - timedelta(days=2), published_at=updated - timedelta(days=2))
    item = AgendaItem.objects.select_related("reading").get(slug="1")
    publishing.correct(meeting, item, Correction.Field.TITLE, "Rettet titel", by=None)
    feed = read_feed(client, "/moeder/feed/")
    assert datetime.fromisoformat(feed.entries[0].updated) >= updated
    assert datetime.fromisoformat(feed.entries[0].published) < updated - timedelta(days=1)
    assert feed.feed.updated == feed.entries[0].updated
    assert "Rettet titel" in feed.entries[0].summary


# Privacy


def test_a_closed_item_shows_no_more_than_on_its_page(client):
    closed = contested_item(
        "3",
        "Cykelsti bag lukkede døre",
        closed=True,
        decision="",
        ballots=(ballot(5, 2, against_names=("Ane Lund",), evidence="hemmelig"),),
        statements=(Statement(who=("Ane Lund",), text="hemmelig", start=0, end=3),),
        sections=(section(SectionKind.PRESENTATION, "hemmelig", "Sagsfremstilling"),),
    )
    file(contested_minutes(contested_item(), closed))
    for url in FEEDS:
        assert "emmelig" not in str(read_feed(client, url)), url
    assert "3 Cykelsti bag lukkede døre" in read_feed(client, "/moeder/feed/").entries[0].summary
    assert len(read_feed(client, "/afstemninger/feed/").entries) == 1
    assert len(read_feed(client, PERSON_FEED).entries) == 2


def test_cpr_numbers_are_masked_as_on_the_pages(client):
    masked = contested_item(title="Cykelsti for ███████████", decision="Om ███████████ blev talt")
    file(contested_minutes(masked))
    for url in FEEDS:
        feed = str(read_feed(client, url))
        assert "█" not in feed, url
        assert "[CPR-nummer fjernet]" in feed, url


def test_searches_and_people_are_not_indexed_by_search_engines(client, settings):
    file(contested_minutes())
    settings.PEOPLE_NOINDEX = True
    noindex = {url for url in FEEDS if client.get(url).get("X-Robots-Tag") == "noindex"}
    assert noindex == {"/soeg/feed/?q=cykelsti", PERSON_FEED}
    settings.PEOPLE_NOINDEX = False
    assert "X-Robots-Tag" not in client.get(PERSON_FEED)


# Escaping


def test_text_from_a_document_is_escaped(client):
    hostile = contested_item(
        "1<i>",
        f"Cykelsti {HOSTILE} \x01\x0b\ufffe",
        decision=f"Godkendt {HOSTILE}\x02",
        ballots=(ballot(6, 1, against_names=(f"Ane {HOSTILE}",), evidence=HOSTILE),),
        statements=(Statement(who=("Ane Lund",), text=HOSTILE, start=0, end=3),),
        reservations=("Ane Lund",),
    )
    fields = {"committee": f"Udvalget {HOSTILE}", "location": HOSTILE, "text": f"Sag {HOSTILE}"}
    file(contested_minutes(hostile, participants=(Participant(name="Ane Lund"),), **fields))
    urls = ["/moeder/feed/", "/randers/feed/", "/soeg/feed/?q=cykelsti", "/afstemninger/feed/"]
    for url in (*urls, CASE_FEED, PERSON_FEED):
        assert read_feed(client, url).entries, url
        xml = client.get(url).content.decode()
        assert "<script" not in xml, url
        summaries = "".join(re.findall(r"<summary[^>]*>(.*?)</summary>", xml, re.DOTALL))
        assert "<script" not in html.unescape(summaries)
