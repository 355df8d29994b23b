"""robots.txt and the sitemaps, as a crawler reads them."""

import xml.etree.ElementTree as ET
from datetime import date, datetime, timedelta
from urllib.robotparser import RobotFileParser

import pytest

from minutes import publishing
from minutes.feeds import sitemaps
from minutes.models import Meeting, Municipality
from minutes.models.places import RESERVED_SLUGS
from minutes.vocabulary import MeetingKind
from tests.documents import ballot, document, file, herning, item

pytestmark = pytest.mark.django_db

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HOST = "http://testserver"


def told(*items, **fields):
    ballots = (ballot(6, 1, against_names=("Ane Lund",)),)
    voted = item("1", "Cykelsti", case_number="05.01.00-P20-1-19", ballots=ballots)
    return document(*(items or (voted, item("2", "Eventuelt"))), **fields)


@pytest.fixture
def places(client):
    """The addresses in a sitemap, each with when it last changed; they may be read in any order."""

    def places(address: str) -> dict[str, datetime | None]:
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        assert response["Content-Type"] == "application/xml; charset=utf-8"
        root = ET.fromstring(response.getvalue())
        assert root.tag in (f"{NAMESPACE}urlset", f"{NAMESPACE}sitemapindex")
        found = {}
        for each in root:
            last = each.find(f"{NAMESPACE}lastmod")
            found[each.find(f"{NAMESPACE}loc").text] = (
                datetime.fromisoformat(last.text) if last is not None else None
            )
        assert len(found) == len(root)
        return found

    return places


def test_robots_find_the_sitemap_and_leave_searches_and_staff_alone(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    robots = RobotFileParser()
    robots.parse(response.content.decode().splitlines())
    assert robots.site_maps() == [f"{HOST}/sitemap.xml"]
    for allowed in ("/", "/randers/", "/soeg/", "/moeder/?kommune=randers", "/randers/byraadet/feed/"):
        assert robots.can_fetch("*", allowed), allowed
    for refused in ("/admin/", "/admin/login/", "/soeg/forslag/?q=a"):
        assert not robots.can_fetch("*", refused), refused
    for facet in ("kommune", "udvalg", "aar", "udfald", "omstridt", "sorter", "side"):
        assert f"Disallow: /soeg/?*{facet}=\n" in response.content.decode()
    assert "Disallow: /*format=\n" in response.content.decode()


def test_the_index_leads_to_a_sitemap_of_each_municipality(places):
    file(told())
    file(told(municipality=None), given_municipality=herning())
    index = places("/sitemap.xml")
    assert list(index) == [f"{HOST}/sitemap-herning.xml", f"{HOST}/sitemap-randers.xml"]
    assert all(index.values())


def test_a_sitemap_has_every_page_of_its_municipality_and_no_other(places, client, settings):
    settings.PEOPLE_NOINDEX = False
    file(told())
    file(told(committee="Byrådet", date="2020-02-03"))
    extra = {"kind": MeetingKind.EXTRAORDINARY, "start_time": "20:00"}
    file(told(item("9", "Ekstra"), committee="Byrådet", date="2020-02-03", **extra))
    file(told(municipality=None), given_municipality=herning())
    found = places("/sitemap-randers.xml")
    assert sorted(address.removeprefix(HOST) for address in found) == [
        "/randers/",
        "/randers/beskaeftigelsesudvalget/",
        "/randers/beskaeftigelsesudvalget/2020-01-14/",
        "/randers/beskaeftigelsesudvalget/2020-01-14/1/",
        "/randers/beskaeftigelsesudvalget/2020-01-14/2/",
        "/randers/byraadet/",
        "/randers/byraadet/2020-02-03-2/",
        "/randers/byraadet/2020-02-03-2/9/",
        "/randers/byraadet/2020-02-03/",
        "/randers/byraadet/2020-02-03/1/",
        "/randers/byraadet/2020-02-03/2/",
        "/randers/personer/ane-lund/",
        "/randers/sager/05-01-00-p20-1-19/",
    ]
    for address in found:
        assert client.get(address.removeprefix(HOST)).status_code == 200, address


def test_people_are_in_no_sitemap_unless_the_setting_lets_them(places, settings):
    settings.PEOPLE_NOINDEX = True
    file(told())
    assert not [each for each in places("/sitemap-randers.xml") if "/personer/" in each]


def test_what_is_hidden_is_in_no_sitemap(places, client):
    file(told())
    withdrawn = file(told(item("9", "Skjult", case_number="19/1"), committee="Byrådet")).meeting
    down = file(told(date="2020-05-05")).meeting
    file(told(municipality=None), given_municipality=herning(), publish=False)
    publishing.withdraw(withdrawn)
    publishing.take_down_meeting(down, by=None, reason="Efter anmodning")
    assert len(places("/sitemap-randers.xml")) == 6
    assert list(places("/sitemap.xml")) == [f"{HOST}/sitemap-randers.xml"]
    assert client.get("/sitemap-herning.xml").status_code == 404


def test_each_address_tells_when_it_last_changed(places):
    old = file(told()).meeting
    new = file(told(committee="Byrådet")).meeting
    long_ago = datetime.fromisoformat("2020-02-02T12:00:00+01:00")
    Meeting.objects.filter(pk=old.pk).update(indexed_at=long_ago)
    new.refresh_from_db()
    just_now = new.indexed_at.replace(microsecond=0)
    found = places("/sitemap-randers.xml")
    for address, when in {
        "beskaeftigelsesudvalget/": long_ago,
        "beskaeftigelsesudvalget/2020-01-14/1/": long_ago,
        "": just_now,
        "byraadet/": just_now,
        "sager/05-01-00-p20-1-19/": just_now,
    }.items():
        assert found[f"{HOST}/randers/{address}"] == when, address
    assert places("/sitemap.xml")[f"{HOST}/sitemap-randers.xml"] == just_now


def test_many_addresses_are_parted_and_none_is_lost(places, client, monkeypatch):
    for number in range(5):
        file(told(date=str(date(2020, 1, 1) + timedelta(days=number))))
    whole = places("/sitemap-randers.xml")
    monkeypatch.setattr(sitemaps, "MAX_URLS", 4)
    files = list(places("/sitemap.xml"))
    assert files == [
        f"{HOST}/sitemap-randers.xml",
        *(f"{HOST}/sitemap-randers.{page}.xml" for page in range(2, 6)),
    ]
    parts = [places(each.removeprefix(HOST)) for each in files]
    assert [len(each) for each in parts] == [4, 4, 4, 4, 2]
    assert {address: when for each in parts for address, when in each.items()} == whole
    for page in (0, 1, 6, 1001, 10**30):
        assert client.get(f"/sitemap-randers.{page}.xml").status_code == 404, page


def test_a_municipality_cannot_take_the_address_of_a_sitemap():
    """No slug has a full stop, and the sitemaps' own names are reserved."""
    assert {"robots.txt", "sitemap.xml"} <= RESERVED_SLUGS
    with pytest.raises(Exception, match="slug"):
        Municipality(name="x", slug="sitemap-randers.xml").full_clean()


@pytest.mark.parametrize(("address", "queries"), [("/sitemap.xml", 7), ("/sitemap-randers.xml", 13)])
def test_a_sitemap_makes_as_many_queries_for_twenty_rows_as_for_one(
    client, address, queries, settings, django_assert_max_num_queries
):
    settings.PEOPLE_NOINDEX = False
    file(told())
    with django_assert_max_num_queries(queries) as made:
        client.get(address).getvalue()
    few = len(made.captured_queries)
    for number in range(20):
        file(told(committee=f"Udvalg {number}"))
        file(told(date=str(date(2021, 1, 1) + timedelta(days=number))))
    with django_assert_max_num_queries(few):
        client.get(address).getvalue()
