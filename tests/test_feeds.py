"""Feeds: the entries of each, their order, and the links from pages."""

import re
from datetime import date, timedelta

import pytest
from django.urls import resolve
from django.utils import timezone

from minutes.models import CommitteeAlias, Meeting
from minutes.reader.records import Participant
from minutes.vocabulary import DocumentKind
from tests.atom import (
    CASE_FEED,
    CASE_NUMBER,
    COMMITTEE,
    FEEDS,
    PERSON_FEED,
    contested_item,
    contested_minutes,
    read_feed,
    titles,
)
from tests.documents import ballot, file, herning, item

pytestmark = pytest.mark.django_db


# Entries


def test_the_newest_meetings_come_first_with_their_agenda(client):
    file(contested_minutes())
    agenda = {"date": "2021-02-01", "committee": "Byrådet", "document": DocumentKind.AGENDA}
    file(contested_minutes(item("1", "Budget"), **agenda))
    feed = read_feed(client, "/moeder/feed/")
    assert feed.feed.title == "Møder – Referatarkivet"
    assert feed.feed.language == "da"
    assert titles(feed) == [
        "Byrådet, Randers, 1. februar 2021",
        "Beskæftigelsesudvalget, Randers, 14. januar 2020",
    ]
    assert feed.entries[1].link == f"http://testserver{COMMITTEE}2020-01-14/"
    assert "1 Cykelsti ved havnen – Godkendt (omstridt)" in feed.entries[1].summary
    assert "Dagsorden" in feed.entries[0].summary


def test_minutes_of_an_old_meeting_come_first_on_the_day_they_are_published(client):
    new = file(contested_minutes(date="2021-02-01")).meeting
    old = file(contested_minutes(date="1999-02-01")).meeting
    Meeting.objects.filter(pk=new.pk).update(published_at=timezone.now() - timedelta(days=3))
    assert [entry.link[-11:] for entry in read_feed(client, "/moeder/feed/").entries] == [
        f"{old.date}/",
        f"{new.date}/",
    ]


def test_the_feed_of_meetings_takes_the_filters_of_the_list(client):
    file(contested_minutes())
    file(contested_minutes(date="2015-05-05", committee="Byrådet"))
    file(contested_minutes(date="2021-06-06", municipality=None), given_municipality=herning())
    for query, count in {
        "": 3,
        "?kommune=randers": 2,
        "?kommune=randers&udvalg=byraadet": 1,
        "?fra=2020-01-01": 2,
        "?fra=2020-01-14&til=2020-01-14": 1,
    }.items():
        assert len(read_feed(client, f"/moeder/feed/{query}").entries) == count, query
    filtered = read_feed(client, "/moeder/feed/?kommune=randers&udvalg=byraadet&fra=2015-01-01")
    assert filtered.feed.title == "Møder (Randers, Byrådet, fra dato 1. januar 2015) – Referatarkivet"


def test_a_municipality_and_a_committee_have_feeds_of_their_own_meetings(client):
    file(contested_minutes())
    file(contested_minutes(date="2015-05-05", committee="Byrådet"))
    file(contested_minutes(date="2021-06-06", municipality=None), given_municipality=herning())
    randers = read_feed(client, "/randers/feed/")
    assert len(randers.entries) == 2
    assert randers.feed.title == "Møder i Randers – Referatarkivet"
    assert titles(read_feed(client, "/randers/byraadet/feed/")) == ["Byrådet, Randers, 5. maj 2015"]
    assert len(read_feed(client, "/herning/feed/").entries) == 1


def test_an_alias_of_a_committee_redirects_to_its_feed(client):
    meeting = file(contested_minutes()).meeting
    CommitteeAlias.objects.create(committee=meeting.committee, name="Jobudvalget", slug="jobudvalget")
    response = client.get("/randers/jobudvalget/feed/")
    assert (response.status_code, response["Location"]) == (301, f"{COMMITTEE}feed/")


def test_a_search_feed_takes_the_query_literally_and_the_facets_of_the_page(client):
    file(contested_minutes())
    school = contested_item("4", "Cykelsti til skolen")
    file(contested_minutes(school, date="2021-03-03", committee="Byrådet"))
    assert titles(read_feed(client, "/soeg/feed/?q=cykelsti")) == [
        "Cykelsti til skolen – Byrådet, Randers, 3. marts 2021",
        "Cykelsti ved havnen – Beskæftigelsesudvalget, Randers, 14. januar 2020",
    ]
    feed = read_feed(client, "/soeg/feed/?q=cykelsti&udvalg=byraadet&aar=2021&omstridt=on")
    assert len(feed.entries) == 1
    assert feed.feed.title == "Søgning: cykelsti (Byrådet, 2021, kun omstridte) – Referatarkivet"
    assert "Godkendt med 6 stemmer for" in feed.entries[0].summary
    # The page corrects a misspelt word, the feed does not.
    assert "Her vises i stedet" in client.get("/soeg/?q=cykelstj").content.decode()
    assert read_feed(client, "/soeg/feed/?q=cykelstj").entries == []
    assert len(read_feed(client, "/soeg/feed/?omstridt=on").entries) == 2


def test_the_feed_of_votes_lists_contested_ballots_with_who_voted_what(client):
    unanimous = contested_item("3", "Enige", ballots=(ballot(7, 0),), reservations=(), statements=())
    file(contested_minutes(contested_item(), unanimous))
    file(contested_minutes(date="2021-03-03", committee="Byrådet"))
    feed = read_feed(client, "/afstemninger/feed/")
    assert titles(feed) == [
        "Cykelsti ved havnen – Byrådet, Randers, 3. marts 2021",
        "Cykelsti ved havnen – Beskæftigelsesudvalget, Randers, 14. januar 2020",
    ]
    summary = " ".join(re.sub(r"<[^>]+>", " ", feed.entries[0].summary).split())
    assert summary == "Afstemning: vedtaget, 6 for, 1 imod Imod: Ane Lund Imod stemte Ane Lund."
    filtered = read_feed(client, "/afstemninger/feed/?kommune=randers&udvalg=byraadet")
    assert len(filtered.entries) == 1
    assert len(read_feed(client, "/afstemninger/feed/?fra=2021-01-01").entries) == 1


def test_the_feed_of_a_case_lists_its_items(client):
    file(contested_minutes())
    file(contested_minutes(contested_item("7", "Cykelstien igen"), date="2020-03-14"))
    feed = read_feed(client, CASE_FEED)
    assert feed.feed.title == f"Sag {CASE_NUMBER}, Randers – Referatarkivet"
    assert [title.split(" – ")[0] for title in titles(feed)] == ["Cykelstien igen", "Cykelsti ved havnen"]


def test_the_feed_of_a_person_lists_votes_and_statements(client):
    file(contested_minutes())
    participants = (Participant(name="Bo Dam"),)
    again = contested_item("7", "Cykelstien igen")
    file(contested_minutes(again, date="2020-03-14", participants=participants))
    feed = read_feed(client, PERSON_FEED)
    assert feed.feed.title == "Ane Lund, Randers – Referatarkivet"
    assert sorted(title.split(" – ")[0] for title in titles(feed)[:2]) == [
        "Bemærkning: Cykelstien igen",
        "Imod: Cykelstien igen",
    ]
    assert len(feed.entries) == 4
    assert "det er for dyrt" in "".join(entry.summary for entry in feed.entries)
    reservations = titles(read_feed(client, "/randers/personer/bo-dam/feed/"))
    assert "Forbehold: Cykelsti ved havnen" in reservations[1]


def test_a_feed_lists_fifty_entries(client):
    for number in range(60):
        file(contested_minutes(date=str(date(2020, 1, 1) + timedelta(days=number))))
    for url in FEEDS:
        entries = read_feed(client, url).entries
        assert len(entries) == 50, url
        assert entries[0].link.startswith(f"http://testserver{COMMITTEE}2020-02-29/"), url


# Invalid URLs


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/findesikke/feed/", 404),
        ("/herning/feed/", 404),
        ("/randers/findesikke/feed/", 404),
        ("/randers/sager/findesikke/feed/", 404),
        ("/randers/personer/findesikke/feed/", 404),
        ("/moeder/feed/?kommune=findesikke", 400),
        ("/moeder/feed/?fra=igår", 400),
        ("/afstemninger/feed/?udvalg=findesikke", 400),
        ("/soeg/feed/", 400),
        ("/soeg/feed/?q=a&udvalg=findesikke", 400),
        ("/soeg/feed/?q=" + "a" * 1001, 400),
        ("/soeg/feed/?q=%00", 400),
        ("/soeg/feed/?q=a&aar=" + "9" * 40, 400),
    ],
)
def test_an_invalid_url_is_answered_with_an_error(client, url, status):
    file(contested_minutes())
    response = client.get(url)
    assert response.status_code == status
    assert len(response.content.decode().split()) > 3


def test_an_invalid_filter_is_explained_in_text(client):
    response = client.get("/moeder/feed/?fra=igår")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == "Fra dato: Indtast en gyldig dato.\n"


# Links


def test_pages_link_to_their_feeds(client):
    file(contested_minutes())
    for url in FEEDS:
        page = client.get(url.replace("/feed/", "/")).content.decode()
        link = re.search(r'<link rel="alternate" type="application/atom\+xml" [^>]*href="([^"]+)"', page)
        assert link, url
        assert link[1] == url
        assert f'<a href="{url}">feed (Atom)</a>' in page
    home = client.get("/").content.decode()
    assert 'type="application/atom+xml" title="Referatarkivet" href="/moeder/feed/"' in home


def test_a_filtered_page_links_to_the_feed_with_its_filters(client):
    file(contested_minutes())
    page = client.get("/moeder/?kommune=randers&fra=2019-01-01").content.decode()
    assert 'href="/moeder/feed/?kommune=randers&amp;fra=2019-01-01"' in page
    page = client.get("/soeg/?q=cykelsti&sorter=dato&side=1").content.decode()
    assert 'href="/soeg/feed/?q=cykelsti"' in page
    for url in ("/soeg/", "/om/", "/moeder/?fra=x", f"{COMMITTEE}2020-01-14/"):
        assert "application/atom+xml" not in client.get(url).content.decode()


# Queries


QUERIES = {
    "/moeder/feed/": 5,
    "/moeder/feed/?kommune=randers": 7,
    "/randers/feed/": 4,
    f"{COMMITTEE}feed/": 4,
    "/soeg/feed/?q=cykelsti": 7,
    "/soeg/feed/?q=cykelsti+havnen&kommune=randers": 8,
    "/afstemninger/feed/": 7,
    CASE_FEED: 3,
    PERSON_FEED: 7,
}


def test_a_feed_makes_as_many_queries_for_twenty_rows_as_for_one(client, django_assert_max_num_queries):
    file(contested_minutes())
    queries_for_one = {}
    for url, queries in QUERIES.items():
        with django_assert_max_num_queries(queries, info=url) as captured:
            assert client.get(url).status_code == 200
        queries_for_one[url] = len(captured.captured_queries)
    for number in range(1, 21):
        day = date(2020, 1, 14) + timedelta(days=number)
        file(contested_minutes(contested_item(), contested_item("2"), date=str(day)))
        file(contested_minutes(committee=f"Udvalg {number}", date="2020-01-15"))
    for url, queries in queries_for_one.items():
        with django_assert_max_num_queries(queries, info=url):
            assert client.get(url).status_code == 200
        etag = client.get(url)["ETag"]
        with django_assert_max_num_queries(queries - 1, info=url):
            assert client.get(url, headers={"if-none-match": etag}).status_code == 304
        assert resolve(url.split("?")[0])


# In a browser


def test_a_browser_gets_xml_with_a_stylesheet_and_an_explanation(client):
    file(contested_minutes())
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    for prefix, heading in (("", "Dette er et feed"), ("/en", "This is a feed")):
        response = client.get(f"{prefix}{COMMITTEE}feed/", headers={"accept": accept})
        assert response["Content-Type"] == "application/xml; charset=utf-8"
        assert "Accept" in response["Vary"]
        text = response.content.decode()
        assert '<?xml-stylesheet type="text/css" href="/static/feed.css"?>' in text
        assert f"<h1>{heading}</h1>" in text
        assert f'<a href="http://testserver{prefix}{COMMITTEE}">' in text
    reader = client.get(f"{COMMITTEE}feed/", headers={"accept": "application/atom+xml"})
    assert reader["Content-Type"] == "application/atom+xml; charset=utf-8"
