"""Feeds, as a feed reader meets them."""

import html
import re
import xml.etree.ElementTree as ET
from datetime import date, datetime, timedelta

import feedparser
import pytest
from django.urls import resolve
from django.utils import timezone
from django.utils.http import http_date

from minutes import publishing
from minutes.models import AgendaItem, CommitteeAlias, Correction, Meeting
from minutes.reader.records import Document, Participant, Statement
from minutes.vocabulary import DocumentKind, Outcome, SectionKind
from tests.documents import ballot, document, file, herning, imported, item, section
from tests.texts import minutes

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
COMMITTEE = "/randers/beskaeftigelsesudvalget/"
CASE = "05.01.00-P20-1-19"
HOSTILE = "<script>alert(1)</script>&\"'<b>]]>"
EVERY = (
    *("/moeder/feed/", "/randers/feed/", f"{COMMITTEE}feed/", "/soeg/feed/?q=cykelsti"),
    *("/afstemninger/feed/", "/randers/sager/05-01-00-p20-1-19/feed/", "/randers/personer/ane-lund/feed/"),
)


def voted(number: str = "1", title: str = "Cykelsti ved havnen", **fields):
    """An item of the case that Ane Lund voted against and Bo Dam took a reservation to."""
    told = {
        "case_number": CASE,
        "decision": "Godkendt med 6 stemmer for og 1 stemme imod. Imod stemte Ane Lund.",
        "outcome": Outcome.APPROVED,
        "sections": (section(SectionKind.DECISION, "Godkendt.", "Beslutning"),),
        "ballots": (ballot(6, 1, against_names=("Ane Lund",), evidence="Imod stemte Ane Lund."),),
        "reservations": ("Bo Dam",),
        "statements": (Statement(who=("Ane Lund",), text="det er for dyrt", start=0, end=5),),
    }
    return item(number, title, **{**told, **fields})


def told(*items, **fields) -> Document:
    return document(*(items or (voted(), item("2", "Eventuelt"))), **fields)


@pytest.fixture
def feed(client):
    """The feed at an address as a reader has it: well formed, with all that RFC 4287 requires."""

    def feed(address: str, **headers: str):
        response = client.get(address, headers=headers)
        assert response.status_code == 200, (address, response.status_code, response.content)
        assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
        root = ET.fromstring(response.content)
        assert root.tag == f"{ATOM}feed"
        for each in (root, *root.iter(f"{ATOM}entry")):
            for required in ("id", "title", "updated"):
                found = each.findall(f"{ATOM}{required}")
                assert len(found) == 1, required
                assert found[0].text, required
            assert datetime.fromisoformat(each.find(f"{ATOM}updated").text).tzinfo
        assert root.find(f"{ATOM}author/{ATOM}name").text == "Referatarkivet"
        links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
        assert links["self"] == f"http://testserver{address}"
        assert links["alternate"] == f"http://testserver{address.replace('/feed/', '/')}"
        ids = [each.text for each in root.iter(f"{ATOM}id")]
        assert len(set(ids)) == len(ids)
        parsed = feedparser.parse(response.content)
        assert not parsed.bozo, parsed.get("bozo_exception")
        return parsed

    return feed


def titles(parsed) -> list[str]:
    return [entry.title for entry in parsed.entries]


# What is in them


def test_the_newest_meetings_come_first_with_their_agenda(feed):
    file(told())
    file(told(item("1", "Budget"), date="2021-02-01", committee="Byrådet", document=DocumentKind.AGENDA))
    parsed = feed("/moeder/feed/")
    assert parsed.feed.title == "Møder – Referatarkivet"
    assert parsed.feed.language == "da"
    assert titles(parsed) == [
        "Byrådet, Randers, 1. februar 2021",
        "Beskæftigelsesudvalget, Randers, 14. januar 2020",
    ]
    assert parsed.entries[1].link == f"http://testserver{COMMITTEE}2020-01-14/"
    assert "1 Cykelsti ved havnen – Godkendt (omstridt)" in parsed.entries[1].summary
    assert "Dagsorden" in parsed.entries[0].summary


def test_minutes_of_an_old_meeting_are_news_on_the_day_they_come(feed):
    new, old = file(told(date="2021-02-01")).meeting, file(told(date="1999-02-01")).meeting
    Meeting.objects.filter(pk=new.pk).update(published_at=timezone.now() - timedelta(days=3))
    assert [entry.link[-11:] for entry in feed("/moeder/feed/").entries] == [
        f"{old.date}/",
        f"{new.date}/",
    ]


def test_a_feed_of_meetings_takes_the_filters_of_the_list(feed):
    file(told())
    file(told(date="2015-05-05", committee="Byrådet"))
    file(told(date="2021-06-06", municipality=None), given_municipality=herning())
    for query, entries in {
        "": 3,
        "?kommune=randers": 2,
        "?kommune=randers&udvalg=byraadet": 1,
        "?fra=2020-01-01": 2,
        "?fra=2020-01-14&til=2020-01-14": 1,
    }.items():
        assert len(feed(f"/moeder/feed/{query}").entries) == entries, query
    assert feed("/moeder/feed/?kommune=randers&udvalg=byraadet&fra=2015-01-01").feed.title == (
        "Møder (Randers, Byrådet, fra dato 1. januar 2015) – Referatarkivet"
    )


def test_a_place_has_a_feed_of_its_own_meetings(feed):
    file(told())
    file(told(date="2015-05-05", committee="Byrådet"))
    file(told(date="2021-06-06", municipality=None), given_municipality=herning())
    assert len(feed("/randers/feed/").entries) == 2
    assert feed("/randers/feed/").feed.title == "Møder i Randers – Referatarkivet"
    assert titles(feed("/randers/byraadet/feed/")) == ["Byrådet, Randers, 5. maj 2015"]
    assert len(feed("/herning/feed/").entries) == 1


def test_another_name_of_a_committee_leads_to_its_feed(client):
    meeting = file(told()).meeting
    CommitteeAlias.objects.create(committee=meeting.committee, name="Jobudvalget", slug="jobudvalget")
    response = client.get("/randers/jobudvalget/feed/")
    assert (response.status_code, response["Location"]) == (301, f"{COMMITTEE}feed/")


def test_a_search_is_followed_as_it_was_asked(feed, client):
    file(told())
    file(told(voted("4", "Cykelsti til skolen"), date="2021-03-03", committee="Byrådet"))
    assert titles(feed("/soeg/feed/?q=cykelsti")) == [
        "Cykelsti til skolen – Byrådet, Randers, 3. marts 2021",
        "Cykelsti ved havnen – Beskæftigelsesudvalget, Randers, 14. januar 2020",
    ]
    parsed = feed("/soeg/feed/?q=cykelsti&udvalg=byraadet&aar=2021&omstridt=on")
    assert len(parsed.entries) == 1
    assert parsed.feed.title == "Søgning: cykelsti (Byrådet, 2021, kun omstridte) – Referatarkivet"
    assert "Godkendt med 6 stemmer for" in parsed.entries[0].summary
    # A word typed wrong is mended on the page; what is followed for years is not guessed at.
    assert "Viser i stedet" in client.get("/soeg/?q=cykelstj").content.decode()
    assert feed("/soeg/feed/?q=cykelstj").entries == []
    assert len(feed("/soeg/feed/?omstridt=on").entries) == 2


def test_contested_votes_are_followed_with_who_voted_how(feed):
    unanimous = voted("3", "Enige", ballots=(ballot(7, 0),), reservations=(), statements=())
    file(told(voted(), unanimous))
    file(told(date="2021-03-03", committee="Byrådet"))
    parsed = feed("/afstemninger/feed/")
    assert titles(parsed) == [
        "Cykelsti ved havnen – Byrådet, Randers, 3. marts 2021",
        "Cykelsti ved havnen – Beskæftigelsesudvalget, Randers, 14. januar 2020",
    ]
    summary = " ".join(re.sub(r"<[^>]+>", " ", parsed.entries[0].summary).split())
    assert summary == ("Afstemning: vedtaget, 6 for, 1 imod Imod: Ane Lund Imod stemte Ane Lund.")
    assert len(feed("/afstemninger/feed/?kommune=randers&udvalg=byraadet").entries) == 1
    assert len(feed("/afstemninger/feed/?fra=2021-01-01").entries) == 1


def test_a_case_is_followed_by_its_items(feed):
    file(told())
    file(told(voted("7", "Cykelstien igen"), date="2020-03-14"))
    parsed = feed("/randers/sager/05-01-00-p20-1-19/feed/")
    assert parsed.feed.title == f"Sag {CASE}, Randers – Referatarkivet"
    assert [title.split(" – ")[0] for title in titles(parsed)] == ["Cykelstien igen", "Cykelsti ved havnen"]


def test_a_person_is_followed_by_votes_and_statements(feed):
    file(told())
    people = (Participant(name="Bo Dam"),)
    file(told(voted("7", "Cykelstien igen"), date="2020-03-14", participants=people))
    parsed = feed("/randers/personer/ane-lund/feed/")
    assert parsed.feed.title == "Ane Lund, Randers – Referatarkivet"
    assert sorted(title.split(" – ")[0] for title in titles(parsed)[:2]) == [
        "Bemærkning: Cykelstien igen",
        "Imod: Cykelstien igen",
    ]
    assert len(parsed.entries) == 4
    assert "det er for dyrt" in "".join(entry.summary for entry in parsed.entries)
    bo = feed("/randers/personer/bo-dam/feed/")
    assert "Forbehold: Cykelsti ved havnen" in titles(bo)[1]


def test_a_feed_holds_fifty_entries(feed):
    for number in range(60):
        file(told(date=str(date(2020, 1, 1) + timedelta(days=number))))
    for address in EVERY:
        entries = feed(address).entries
        assert len(entries) == 50, address
        assert entries[0].link.startswith(f"http://testserver{COMMITTEE}2020-02-29/"), address


# Names and times


def test_an_entry_keeps_its_name_through_a_new_version_and_another_address(feed):
    file(told(voted(), text="Første udgave"))
    before = {address: sorted(entry.id for entry in feed(address).entries) for address in EVERY}
    assert before["/moeder/feed/"] == [f"tag:testserver,2026:meeting/{Meeting.objects.get().pk}"]
    file(told(voted(), item("9", "Nyt punkt"), text="Anden udgave"))
    meeting = Meeting.objects.with_places().get()
    publishing.move(meeting, day=date(2020, 1, 15), committee="Beskæftigelsesudvalget", by=None)
    for address in EVERY:
        parsed = feed(address)
        assert sorted(entry.id for entry in parsed.entries) == before[address], address
        assert "2020-01-15" in parsed.entries[0].link


def test_an_entry_says_when_it_was_published_and_when_it_changed(feed):
    meeting = imported(minutes())
    entry = feed("/moeder/feed/").entries[0]
    assert datetime.fromisoformat(entry.published) == meeting.published_at
    first = datetime.fromisoformat(entry.updated)
    Meeting.objects.update(indexed_at=first - timedelta(days=2), published_at=first - timedelta(days=2))
    item = AgendaItem.objects.select_related("reading").get(slug="1")
    publishing.correct(meeting, item, Correction.Field.TITLE, "Rettet titel", by=None)
    parsed = feed("/moeder/feed/")
    assert datetime.fromisoformat(parsed.entries[0].updated) >= first
    assert datetime.fromisoformat(parsed.entries[0].published) < first - timedelta(days=1)
    assert parsed.feed.updated == parsed.entries[0].updated
    assert "Rettet titel" in parsed.entries[0].summary


@pytest.mark.parametrize("address", EVERY)
def test_a_reader_that_has_it_all_is_told_so(client, address, django_assert_max_num_queries):
    file(told())
    first = client.get(address)
    etag = first["ETag"]
    assert etag.startswith('W/"')
    for headers in ({"if-none-match": etag}, {"if-modified-since": first["Last-Modified"]}):
        response = client.get(address, headers=headers)
        assert (response.status_code, response.content) == (304, b"")
        assert (response["ETag"], response["Last-Modified"]) == (etag, first["Last-Modified"])
    file(told(date="2020-05-05"))
    assert client.get(address, headers={"if-none-match": etag}).status_code == 200


@pytest.mark.parametrize("address", EVERY)
@pytest.mark.parametrize("hide", [publishing.withdraw, publishing.take_down_meeting])
def test_a_reader_loses_what_is_hidden_whatever_it_asks_by(client, address, hide):
    file(told())
    gone = file(told(voted("1", "Kanariefugl cykelsti"), date="2020-02-02")).meeting
    # The one that stays changed last.
    Meeting.objects.exclude(pk=gone.pk).update(indexed_at=timezone.now())
    first = client.get(address)
    assert "Kanariefugl" in first.content.decode() or "2020-02-02" in first.content.decode()
    Meeting.objects.exclude(pk=gone.pk).update(indexed_at=timezone.now() - timedelta(seconds=1))
    hide(gone, by=None, reason="Efter anmodning")
    for headers in (
        {"if-none-match": first["ETag"]},
        {"if-modified-since": http_date((timezone.now() - timedelta(seconds=1)).timestamp())},
    ):
        response = client.get(address, headers=headers)
        assert response.status_code == 200
        assert "Kanariefugl" not in response.content.decode()
        assert "2020-02-02" not in response.content.decode()


# Trust


def test_a_closed_item_shows_no_more_than_on_its_page(feed):
    closed = voted(
        "3",
        "Cykelsti bag lukkede døre",
        closed=True,
        decision="",
        ballots=(ballot(5, 2, against_names=("Ane Lund",), evidence="hemmelig"),),
        statements=(Statement(who=("Ane Lund",), text="hemmelig", start=0, end=3),),
        sections=(section(SectionKind.PRESENTATION, "hemmelig", "Sagsfremstilling"),),
    )
    file(told(voted(), closed))
    for address in EVERY:
        assert "emmelig" not in str(feed(address)), address
    assert "3 Cykelsti bag lukkede døre" in feed("/moeder/feed/").entries[0].summary
    assert len(feed("/afstemninger/feed/").entries) == 1
    assert len(feed("/randers/personer/ane-lund/feed/").entries) == 2


def test_personal_numbers_are_covered_as_on_the_pages(feed):
    meeting = file(told(voted(title="Cykelsti for ███████████"))).meeting
    meeting.items.update(decision="Om ███████████ blev talt")
    for address in EVERY:
        body = str(feed(address))
        assert "█" not in body, address
        assert "[CPR-nummer fjernet]" in body, address


def test_everything_from_a_document_is_escaped(client, feed):
    hostile = voted(
        "1<i>",
        f"Cykelsti {HOSTILE} \x01\x0b\ufffe",
        decision=f"Godkendt {HOSTILE}\x02",
        ballots=(ballot(6, 1, against_names=(f"Ane {HOSTILE}",), evidence=HOSTILE),),
        statements=(Statement(who=("Ane Lund",), text=HOSTILE, start=0, end=3),),
        reservations=("Ane Lund",),
    )
    fields = {"committee": f"Udvalget {HOSTILE}", "location": HOSTILE, "text": f"Sag {HOSTILE}"}
    file(told(hostile, participants=(Participant(name="Ane Lund"),), **fields))
    addresses = ["/moeder/feed/", "/randers/feed/", "/soeg/feed/?q=cykelsti", "/afstemninger/feed/"]
    addresses += ["/randers/sager/05-01-00-p20-1-19/feed/", "/randers/personer/ane-lund/feed/"]
    for address in addresses:
        entries = feed(address).entries
        assert entries, address
        body = client.get(address).content.decode()
        assert "<script" not in body, address
        # In the HTML of the summaries it is text too.
        summaries = "".join(re.findall(r"<summary[^>]*>(.*?)</summary>", body, re.DOTALL))
        assert "<script" not in html.unescape(summaries)


def test_a_search_is_not_for_search_engines_nor_a_person(client, settings):
    file(told())
    settings.PEOPLE_NOINDEX = True
    unlisted = {address for address in EVERY if client.get(address).get("X-Robots-Tag") == "noindex"}
    assert unlisted == {"/soeg/feed/?q=cykelsti", "/randers/personer/ane-lund/feed/"}
    settings.PEOPLE_NOINDEX = False
    assert "X-Robots-Tag" not in client.get("/randers/personer/ane-lund/feed/")


# Bad addresses


@pytest.mark.parametrize(
    ("address", "status"),
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
def test_an_address_that_cannot_be_gets_a_clear_answer(client, address, status):
    file(told())
    response = client.get(address)
    assert response.status_code == status
    assert len(response.content.decode().split()) > 3


def test_a_wrong_filter_is_told_in_words(client):
    response = client.get("/moeder/feed/?fra=igår")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode() == "Fra dato: Indtast en gyldig dato.\n"


# The way to them


def test_pages_lead_to_their_feeds(client):
    file(told())
    for address in EVERY:
        page = client.get(address.replace("/feed/", "/")).content.decode()
        link = re.search(r'<link rel="alternate" type="application/atom\+xml" [^>]*href="([^"]+)"', page)
        assert link, address
        assert link[1] == address
        assert f'<a href="{address}">feed (Atom)</a>' in page
    home = client.get("/").content.decode()
    assert 'type="application/atom+xml" title="Referatarkivet" href="/moeder/feed/"' in home


def test_a_page_leads_to_what_it_is_narrowed_to(client):
    file(told())
    page = client.get("/moeder/?kommune=randers&fra=2019-01-01").content.decode()
    assert 'href="/moeder/feed/?kommune=randers&amp;fra=2019-01-01"' in page
    page = client.get("/soeg/?q=cykelsti&sorter=dato&side=1").content.decode()
    assert 'href="/soeg/feed/?q=cykelsti"' in page
    for nothing in ("/soeg/", "/om/", "/moeder/?fra=x", f"{COMMITTEE}2020-01-14/"):
        assert "application/atom+xml" not in client.get(nothing).content.decode()


# Speed


@pytest.mark.parametrize(
    ("address", "queries"),
    [
        ("/moeder/feed/", 5),
        ("/moeder/feed/?kommune=randers", 7),
        ("/randers/feed/", 4),
        (f"{COMMITTEE}feed/", 4),
        ("/soeg/feed/?q=cykelsti", 7),
        ("/soeg/feed/?q=cykelsti+havnen&kommune=randers", 8),
        ("/afstemninger/feed/", 7),
        ("/randers/sager/05-01-00-p20-1-19/feed/", 3),
        ("/randers/personer/ane-lund/feed/", 6),
    ],
)
def test_a_feed_makes_as_many_queries_for_twenty_rows_as_for_one(
    client, address, queries, django_assert_max_num_queries
):
    file(told())
    with django_assert_max_num_queries(queries) as made:
        first = client.get(address)
    assert first.status_code == 200
    for number in range(1, 21):
        file(told(voted(), voted("2"), date=str(date(2020, 1, 14) + timedelta(days=number))))
        file(told(committee=f"Udvalg {number}", date="2020-01-15"))
    few = len(made.captured_queries)
    with django_assert_max_num_queries(few):
        assert client.get(address).status_code == 200
    # And asks once for what is new, whoever has it.
    etag = client.get(address)["ETag"]
    with django_assert_max_num_queries(few - 1):
        assert client.get(address, headers={"if-none-match": etag}).status_code == 304
    assert resolve(address.split("?")[0])
