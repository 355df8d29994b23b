"""A contested item, the URL of every feed and a validating feed reader, for the tests of feeds."""

import xml.etree.ElementTree as ET
from datetime import datetime
from typing import Any

import feedparser
from django.test import Client

from minutes.reader.records import Document, Item, Statement
from minutes.vocabulary import Outcome, SectionKind
from tests.documents import ballot, document, item, section

COMMITTEE = "/randers/beskaeftigelsesudvalget/"
CASE_NUMBER = "05.01.00-P20-1-19"
CASE_FEED = "/randers/sager/05-01-00-p20-1-19/feed/"
PERSON_FEED = "/randers/personer/ane-lund/feed/"
# Every feed that lists the document of `contested_minutes`.
FEEDS = (
    *("/moeder/feed/", "/randers/feed/", f"{COMMITTEE}feed/", "/soeg/feed/?q=cykelsti"),
    *("/afstemninger/feed/", CASE_FEED, PERSON_FEED),
)
_ATOM = "{http://www.w3.org/2005/Atom}"


def contested_item(number: str = "1", title: str = "Cykelsti ved havnen", **fields: Any) -> Item:
    """An item of the case: Ane Lund votes against and makes a statement, Bo Dam takes a reservation."""
    defaults: dict[str, Any] = {
        "case_number": CASE_NUMBER,
        "decision": "Godkendt med 6 stemmer for og 1 stemme imod. Imod stemte Ane Lund.",
        "outcome": Outcome.APPROVED,
        "sections": (section(SectionKind.DECISION, "Godkendt.", "Beslutning"),),
        "ballots": (ballot(6, 1, against_names=("Ane Lund",), evidence="Imod stemte Ane Lund."),),
        "reservations": ("Bo Dam",),
        "statements": (Statement(who=("Ane Lund",), text="det er for dyrt", start=0, end=5),),
    }
    return item(number, title, **{**defaults, **fields})


def contested_minutes(*items: Item, **fields: Any) -> Document:
    """Minutes with the contested item and "Eventuelt", or with `items`."""
    return document(*(items or (contested_item(), item("2", "Eventuelt"))), **fields)


def read_feed(client: Client, url: str) -> feedparser.FeedParserDict:
    """The feed as a feed reader parses it, after a check that it is well formed and valid by RFC 4287."""
    response = client.get(url)
    assert response.status_code == 200, (url, response.status_code, response.content)
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ET.fromstring(response.content)
    assert root.tag == f"{_ATOM}feed"
    for element in (root, *root.iter(f"{_ATOM}entry")):
        for name in ("id", "title", "updated"):
            (required,) = element.findall(f"{_ATOM}{name}")
            assert required.text, (url, name)
        assert datetime.fromisoformat(element.findtext(f"{_ATOM}updated", "")).tzinfo
    assert root.findtext(f"{_ATOM}author/{_ATOM}name") == "Referatarkivet"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{_ATOM}link")}
    assert links["self"] == f"http://testserver{url}"
    assert links["alternate"] == f"http://testserver{url.replace('/feed/', '/')}"
    ids = [element.text for element in root.iter(f"{_ATOM}id")]
    assert len(set(ids)) == len(ids)
    feed = feedparser.parse(response.content)
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def titles(feed: feedparser.FeedParserDict) -> list[str]:
    return [entry.title for entry in feed.entries]
