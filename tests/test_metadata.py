"""What pages say of themselves to programs: Open Graph and schema.org."""

import html
import json
import re

import pytest

from minutes.models import Meeting
from tests.documents import document, file, item

pytestmark = pytest.mark.django_db

MEETING = "/randers/beskaeftigelsesudvalget/2020-01-14/"
HOSTILE = "</script><script>alert(1)</script>&\"'<!--"


def told(**fields):
    return document(item("1", 'Cykelsti "ved" havnen', decision="Godkendt <b>"), **fields)


@pytest.fixture
def body(client):
    def body(address: str) -> str:
        response = client.get(address)
        assert response.status_code == 200, address
        return response.content.decode()

    return body


def open_graph(body: str) -> dict[str, str]:
    found = re.findall(r'<meta property="og:([a-z_]+)" content="([^"]*)">', body)
    assert len(dict(found)) == len(found)
    return {name: html.unescape(content) for name, content in found}


def data(body: str) -> dict:
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', body, re.DOTALL)
    assert not set(found) & set("<>&")
    return json.loads(found)


@pytest.mark.parametrize(
    ("address", "title"),
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
def test_every_page_has_a_card(body, address, title):
    file(told())
    card = open_graph(body(address))
    assert card.pop("description")
    assert card == {
        "title": title,
        "type": "website",
        "url": f"http://testserver{address.split('?')[0]}",
        "site_name": "Referatarkivet",
        "locale": "da_DK",
    }


def test_a_card_describes_the_page_as_the_page_does(body):
    file(told())
    assert open_graph(body(f"{MEETING}1/"))["description"] == "Godkendt <b>"
    page = body(MEETING)
    described = re.search(r'<meta name="description" content="([^"]*)">', page)
    assert open_graph(page)["description"] == html.unescape(described[1])


@pytest.mark.parametrize(
    ("day", "start"),
    [("2020-01-14", "2020-01-14T16:00:00+01:00"), ("2020-07-14", "2020-07-14T16:00:00+02:00")],
)
def test_a_meeting_is_an_event_at_local_time(body, day, start):
    file(told(date=day, location="Rådhuset"))
    event = data(body(f"/randers/beskaeftigelsesudvalget/{day}/"))
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


def test_what_is_not_printed_of_a_meeting_is_not_said(body):
    file(told(start_time=None))
    event = data(body(MEETING))
    assert event["startDate"] == "2020-01-14"
    assert "location" not in event


def test_a_committee_and_a_municipality_are_organizations(body):
    file(told())
    committee, municipality = data(body("/randers/beskaeftigelsesudvalget/")), data(body("/randers/"))
    assert committee["@type"] == municipality["@type"] == "GovernmentOrganization"
    assert committee["name"] == "Beskæftigelsesudvalget"
    assert committee["parentOrganization"]["url"] == municipality["url"] == "http://testserver/randers/"


def test_nothing_from_a_document_ends_the_data(body):
    meeting = file(told(committee=f"Udvalget {HOSTILE}", location=HOSTILE)).meeting
    for address in (meeting.get_absolute_url(), meeting.committee.get_absolute_url()):
        page = body(address)
        assert "<script>" not in page
        assert HOSTILE in json.dumps(data(page)).replace('\\"', '"')


def test_a_covered_number_is_told_as_such(body):
    file(told())
    Meeting.objects.update(location="Hos ███████████")
    assert data(body(MEETING))["location"]["name"] == "Hos [CPR-nummer fjernet]"
