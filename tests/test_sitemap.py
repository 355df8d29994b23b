"""robots.txt and sitemaps."""

import xml.etree.ElementTree as ET
from datetime import date, datetime, timedelta
from typing import Any
from urllib.robotparser import RobotFileParser

import pytest

from minutes import publishing
from minutes.feeds import sitemaps
from minutes.models import Meeting, Municipality
from minutes.models.places import RESERVED_SLUGS
from minutes.reader.records import Document, Item
from minutes.vocabulary import MeetingKind
from tests.documents import ballot, document, file, herning, item

pytestmark = pytest.mark.django_db

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HOST = "http://testserver"


def minutes_document(*items: Item, **fields: Any) -> Document:
    """Minutes with a contested item of a case and "Eventuelt", or with `items`."""
    ballots = (ballot(6, 1, against_names=("Ane Lund",)),)
    contested = item("1", "Cykelsti", case_number="05.01.00-P20-1-19", ballots=ballots)
    return document(*(items or (contested, item("2", "Eventuelt"))), **fields)


@pytest.fixture
def read_sitemap(client):
    """A function that returns each URL of a sitemap with its `lastmod`."""

    def read_sitemap(url: str) -> dict[str, datetime | None]:
        response = client.get(url)
        assert response.status_code == 200, (url, response.status_code)
        assert response["Content-Type"] == "application/xml; charset=utf-8"
        root = ET.fromstring(response.getvalue())
        assert root.tag in (f"{NAMESPACE}urlset", f"{NAMESPACE}sitemapindex")
        lastmods = {}
        for element in root:
            lastmod = element.findtext(f"{NAMESPACE}lastmod")
            lastmods[element.findtext(f"{NAMESPACE}loc")] = lastmod and datetime.fromisoformat(lastmod)
        assert len(lastmods) == len(root)
        return lastmods

    return read_sitemap


def test_robots_txt_names_the_sitemap_and_excludes_searches_and_staff(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    robots = RobotFileParser()
    robots.parse(response.content.decode().splitlines())
    assert robots.site_maps() == [f"{HOST}/sitemap.xml"]
    for url in ("/", "/randers/", "/soeg/", "/moeder/?kommune=randers", "/randers/byraadet/feed/"):
        assert robots.can_fetch("*", url), url
    for url in ("/admin/", "/admin/login/", "/soeg/forslag/?q=a"):
        assert not robots.can_fetch("*", url), url
    for facet in ("kommune", "udvalg", "aar", "udfald", "omstridt", "sorter", "side"):
        assert f"Disallow: /soeg/?*{facet}=\n" in response.content.decode()
    assert "Disallow: /*format=\n" in response.content.decode()


def test_the_index_lists_a_sitemap_for_each_municipality(read_sitemap):
    file(minutes_document())
    file(minutes_document(municipality=None), given_municipality=herning())
    index = read_sitemap("/sitemap.xml")
    assert list(index) == [
        f"{HOST}{language}/sitemap-{municipality}.xml"
        for municipality in ("herning", "randers")
        for language in ("", "/en")
    ]
    assert all(index.values())


def test_a_sitemap_lists_every_page_of_its_municipality_and_no_other(read_sitemap, client, settings):
    settings.PEOPLE_NOINDEX = False
    file(minutes_document())
    file(minutes_document(committee="Byrådet", date="2020-02-03"))
    evening = {"kind": MeetingKind.EXTRAORDINARY, "start_time": "20:00"}
    file(minutes_document(item("9", "Ekstra"), committee="Byrådet", date="2020-02-03", **evening))
    file(minutes_document(municipality=None), given_municipality=herning())
    urls = read_sitemap("/sitemap-randers.xml")
    assert sorted(url.removeprefix(HOST) for url in urls) == [
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
    for url in urls:
        assert client.get(url.removeprefix(HOST)).status_code == 200, url


def test_people_are_listed_only_without_people_noindex(read_sitemap, settings):
    settings.PEOPLE_NOINDEX = True
    file(minutes_document())
    assert not [url for url in read_sitemap("/sitemap-randers.xml") if "/personer/" in url]


def test_unpublished_meetings_are_in_no_sitemap(read_sitemap, client):
    file(minutes_document())
    withdrawn = file(minutes_document(item("9", "Skjult", case_number="19/1"), committee="Byrådet")).meeting
    taken_down = file(minutes_document(date="2020-05-05")).meeting
    file(minutes_document(municipality=None), given_municipality=herning(), publish=False)
    publishing.withdraw(withdrawn)
    publishing.take_down_meeting(taken_down, by=None, reason="Efter anmodning")
    assert len(read_sitemap("/sitemap-randers.xml")) == 6
    assert list(read_sitemap("/sitemap.xml")) == [
        f"{HOST}{language}/sitemap-randers.xml" for language in ("", "/en")
    ]
    assert client.get("/sitemap-herning.xml").status_code == 404


def test_lastmod_is_when_the_page_last_changed(read_sitemap):
    old = file(minutes_document()).meeting
    new = file(minutes_document(committee="Byrådet")).meeting
    long_ago = datetime.fromisoformat("2020-02-02T12:00:00+01:00")
    Meeting.objects.filter(pk=old.pk).update(indexed_at=long_ago)
    new.refresh_from_db()
    just_now = new.indexed_at.replace(microsecond=0)
    lastmods = read_sitemap("/sitemap-randers.xml")
    for url, lastmod in {
        "beskaeftigelsesudvalget/": long_ago,
        "beskaeftigelsesudvalget/2020-01-14/1/": long_ago,
        "": just_now,
        "byraadet/": just_now,
        "sager/05-01-00-p20-1-19/": just_now,
    }.items():
        assert lastmods[f"{HOST}/randers/{url}"] == lastmod, url
    assert read_sitemap("/sitemap.xml")[f"{HOST}/sitemap-randers.xml"] == just_now


def test_many_urls_are_split_into_files_without_loss(read_sitemap, client, monkeypatch):
    for number in range(5):
        file(minutes_document(date=str(date(2020, 1, 1) + timedelta(days=number))))
    whole = read_sitemap("/sitemap-randers.xml")
    monkeypatch.setattr(sitemaps, "MAX_URLS", 4)
    files = [url for url in read_sitemap("/sitemap.xml") if "/en/" not in url]
    assert files == [
        f"{HOST}/sitemap-randers.xml",
        *(f"{HOST}/sitemap-randers.{page}.xml" for page in range(2, 6)),
    ]
    parts = [read_sitemap(url.removeprefix(HOST)) for url in files]
    assert [len(part) for part in parts] == [4, 4, 4, 4, 2]
    assert {url: lastmod for part in parts for url, lastmod in part.items()} == whole
    for page in (0, 1, 6, 1001, 10**30):
        assert client.get(f"/sitemap-randers.{page}.xml").status_code == 404, page


def test_a_municipality_cannot_take_the_url_of_a_sitemap():
    assert {"robots.txt", "sitemap.xml"} <= RESERVED_SLUGS
    with pytest.raises(Exception, match="slug"):
        Municipality(name="x", slug="sitemap-randers.xml").full_clean()


@pytest.mark.parametrize(("url", "queries"), [("/sitemap.xml", 7), ("/sitemap-randers.xml", 17)])
def test_a_sitemap_makes_as_many_queries_for_twenty_rows_as_for_one(
    client, url, queries, settings, django_assert_max_num_queries
):
    settings.PEOPLE_NOINDEX = False
    file(minutes_document())
    with django_assert_max_num_queries(queries) as captured:
        client.get(url).getvalue()
    queries_for_one = len(captured.captured_queries)
    file(minutes_document(municipality=None), given_municipality=herning())
    for number in range(20):
        file(minutes_document(committee=f"Udvalg {number}"))
        file(minutes_document(date=str(date(2021, 1, 1) + timedelta(days=number))))
    with django_assert_max_num_queries(queries_for_one):
        client.get(url).getvalue()
