"""Metadata of pages: Open Graph and schema.org."""

import html
import json
import re
from typing import Any

import pytest

from minutes.models import Meeting
from tests.documents import item, store

pytestmark = pytest.mark.django_db

MEETING = "/randers/beskaeftigelsesudvalget/2020-01-14/"
HOSTILE = "</script><script>alert(1)</script>&\"'<!--"


def store_meeting(**fields: Any) -> Meeting:
    return store(item("1", 'Cykelsti "ved" havnen', decision="Godkendt <b>"), **fields)


@pytest.fixture
def get_page(client):
    """A function that returns the HTML of the page at a URL."""

    def get_page(url: str) -> str:
        response = client.get(url)
        assert response.status_code == 200, url
        return response.content.decode()

    return get_page


def open_graph(page: str) -> dict[str, str]:
    tags = re.findall(r'<meta property="og:([a-z_]+)" content="([^"]*)">', page)
    assert len(dict(tags)) == len(tags)
    return {name: html.unescape(content) for name, content in tags}


def json_ld(page: str) -> dict[str, Any]:
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert not set(script) & set("<>&")
    return json.loads(script)


@pytest.mark.parametrize(
    ("url", "title"),
    [
        ("/", "Referatarkivet"),
        ("/moeder/", "Møder"),
        ("/afstemninger/", "Afstemninger"),
        ("/om/", "Om Referatarkivet"),
        ("/soeg/?q=cykelsti", "cykelsti – Søg"),
        ("/randers/", "Randers"),
        (MEETING, "Beskæftigelsesudvalget 14. januar 2020, Randers"),
        (f"{MEETING}1/", 'Cykelsti "ved" havnen – Beskæftigelsesudvalget 14. januar 2020'),
    ],
)
def test_every_page_has_open_graph_tags(get_page, url, title):
    store_meeting()
    tags = open_graph(get_page(url))
    assert tags.pop("description")
    image = {"image": f"http://testserver{url}billede.png"} if url == f"{MEETING}1/" else {}
    assert tags == image | {
        "title": title,
        "type": "website",
        "url": f"http://testserver{url.split('?')[0]}",
        "site_name": "Referatarkivet",
        "locale": "da_DK",
    }


def test_the_open_graph_description_is_that_of_the_page(get_page):
    store_meeting()
    assert open_graph(get_page(f"{MEETING}1/"))["description"] == "Godkendt <b>"
    page = get_page(MEETING)
    description = re.search(r'<meta name="description" content="([^"]*)">', page)
    assert open_graph(page)["description"] == html.unescape(description[1])


@pytest.mark.parametrize(
    ("day", "start"),
    [("2020-01-14", "2020-01-14T16:00:00+01:00"), ("2020-07-14", "2020-07-14T16:00:00+02:00")],
)
def test_a_meeting_is_an_event_in_local_time(get_page, day, start):
    store_meeting(date=day, location="Rådhuset")
    event = json_ld(get_page(f"/randers/beskaeftigelsesudvalget/{day}/"))
    assert event.pop("name").startswith("Beskæftigelsesudvalget, Randers, 14. ")
    assert event == {
        "@context": "https://schema.org",
        "@type": "Event",
        "url": f"http://testserver/randers/beskaeftigelsesudvalget/{day}/",
        "startDate": start,
        "eventStatus": "https://schema.org/EventScheduled",
        "inLanguage": "da",
        "location": {"@type": "Place", "name": "Rådhuset", "address": "Randers"},
        "organizer": {
            "@type": "GovernmentOrganization",
            "name": "Beskæftigelsesudvalget",
            "url": "http://testserver/randers/beskaeftigelsesudvalget/",
            "parentOrganization": {
                "@type": "GovernmentOrganization",
                "name": "Randers",
                "url": "http://testserver/randers/",
                "areaServed": "Randers",
            },
        },
    }


def test_an_event_has_no_time_or_place_that_is_not_printed(get_page):
    store_meeting(start_time=None)
    event = json_ld(get_page(MEETING))
    assert event["startDate"] == "2020-01-14"
    assert "location" not in event


def test_a_committee_and_a_municipality_are_organizations(get_page):
    store_meeting()
    committee, municipality = (
        json_ld(get_page("/randers/beskaeftigelsesudvalget/")),
        json_ld(get_page("/randers/")),
    )
    assert committee["@type"] == municipality["@type"] == "GovernmentOrganization"
    assert committee["name"] == "Beskæftigelsesudvalget"
    assert committee["parentOrganization"]["url"] == municipality["url"] == "http://testserver/randers/"


def test_text_from_a_document_cannot_end_the_script(get_page):
    meeting = store_meeting(committee=f"Udvalget {HOSTILE}", location=HOSTILE)
    for url in (meeting.get_absolute_url(), meeting.committee.get_absolute_url()):
        page = get_page(url)
        assert "<script>" not in page
        assert HOSTILE in json.dumps(json_ld(page)).replace('\\"', '"')


def test_a_masked_cpr_number_is_replaced_by_text(get_page):
    store_meeting(location="Hos ███████████")
    assert json_ld(get_page(MEETING))["location"]["name"] == "Hos [CPR-nummer fjernet]"
