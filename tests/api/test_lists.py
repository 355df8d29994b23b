"""Lists are filtered and paginated, with a constant number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.samples import API, full_item, publish, publish_meetings
from tests.documents import item

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["committees", "meetings", "items", "ballots", "people", "cases"])
def test_a_list_is_read_to_its_end_and_back(get_json, kind):
    publish_meetings(7)
    everything = [row["id"] for row in get_json(f"{API}/{kind}", limit=100)["data"]]
    assert len(everything) >= 7
    page = get_json(f"{API}/{kind}", limit=3)
    pages = [page]
    assert page["links"]["previous"] is None
    while page["links"]["next"]:
        page = get_json(page["links"]["next"])
        pages.append(page)
    assert [row["id"] for page in pages for row in page["data"]] == everything
    assert all(len(page["data"]) == 3 for page in pages[:-1])
    for before in reversed(pages[:-1]):
        page = get_json(page["links"]["previous"])
        assert page["data"] == before["data"]
    assert page["links"]["previous"] is None


def test_a_row_imported_meanwhile_neither_repeats_nor_hides_another(get_json):
    publish_meetings(4)
    first = get_json(f"{API}/meetings", limit=2)
    publish(item("1", "Ny"), date="2021-01-01", text="ny")
    second = get_json(first["links"]["next"])
    assert not {row["id"] for row in first["data"]} & {row["id"] for row in second["data"]}
    assert len(second["data"]) == 2
    assert second["links"]["next"] is None
    assert get_json(second["links"]["previous"])["data"] == first["data"]


def test_the_links_have_the_parameters_of_the_request(get_json):
    publish_meetings(3)
    page = get_json(f"{API}/meetings", **{"municipality": "randers", "from": "2020-01-01", "limit": 1})
    for address in (page["links"]["next"], page["links"]["self"]):
        for part in ("municipality=randers", "from=2020-01-01", "limit=1"):
            assert part in address


@pytest.mark.parametrize(
    ("kind", "parameters", "count"),
    [
        ("meetings", {"municipality": "randers"}, 2),
        ("meetings", {"committee": "byraadet"}, 1),
        ("meetings", {"from": "2020-01-15"}, 1),
        ("meetings", {"to": "2020-01-14"}, 1),
        ("meetings", {"term": "2018-2021"}, 1),
        ("items", {"outcome": "approved"}, 1),
        ("items", {"contested": "false"}, 1),
        ("items", {"case": "05-01-00-p20-1-19", "municipality": "randers"}, 1),
        ("votes", {}, 1),
        ("votes", {"voter": "ane-lund", "option": "no", "known": "printed"}, 1),
        ("votes", {"voter": "ane-lund", "known": "deduced"}, 0),
        ("votes", {"municipality": "randers", "from": "2020-01-15"}, 0),
        ("ballots", {"contested": "true"}, 1),
        ("ballots", {"result": "fail"}, 0),
        ("ballots", {"voter": "ane-lund", "option": "no"}, 1),
        ("ballots", {"voter": "ane-lund", "option": "yes"}, 0),
        ("ballots", {"term": "2018-2021", "committee": "beskaeftigelsesudvalget"}, 0),
        ("people", {"municipality": "randers"}, 3),
        ("cases", {"municipality": "randers", "standing": "false"}, 1),
        ("committees", {"municipality": "randers"}, 2),
        ("search", {"q": "havnen imod:Lund"}, 1),
        ("search", {"municipality": "randers", "year": "2020", "outcome": "approved"}, 1),
        ("search", {"contested": "true", "from": "2020-01-01", "to": "2020-12-31"}, 1),
    ],
)
def test_lists_are_filtered(get_json, kind, parameters, count):
    publish()
    publish(item("1", "Budget"), committee="Byrådet", date="2020-02-04", text="senere", term="2018-2021")
    assert len(get_json(f"{API}/{kind}", **parameters)["data"]) == count


def test_the_search_says_how_it_interpreted_the_query(get_json):
    publish()
    page = get_json(f"{API}/search", q="cykelstii")
    assert page["query"]["q"] == "cykelstii"
    assert page["query"]["searched"] == "cykelsti"
    assert (page["total"], page["total_is_exact"]) == (1, True)
    assert page["data"][0]["title"] == "Cykelsti ved havnen"
    [hit] = get_json(f"{API}/search", q="stemmer")["data"]
    assert "<mark>stemmer</mark>" in hit["snippet_html"]


def test_the_search_is_paginated(get_json, monkeypatch):
    publish(*(full_item(str(number), f"Cykelsti {number}") for number in range(1, 26)))
    first = get_json(f"{API}/search", q="cykelsti", sort="oldest")
    second = get_json(first["links"]["next"])
    assert (len(first["data"]), len(second["data"])) == (20, 5)
    assert second["links"]["next"] is None
    assert get_json(second["links"]["previous"])["data"] == first["data"]


QUERIES = {
    "municipalities": 1,
    "committees": 2,
    "meetings": 3,
    "items": 3,
    "ballots": 3,
    "votes": 1,
    "people": 1,
    "cases": 1,
    "meetings?municipality=randers&from=2019-01-01&limit=100": 4,
    "search?q=godkendt": 9,
    "meetings/randers/udvalg-a/2020-01-01": 10,
    "items/randers/udvalg-a/2020-01-01/1": 16,
    "ballots/randers/udvalg-a/2020-01-01/1/1": 4,
    "people/randers/medlem-nra": 4,
    "cases/randers/05-01-00-p20-0-19": 2,
}


def test_many_rows_take_as_many_queries_as_few(get_json):
    for meetings in (4, 20):
        publish_meetings(meetings)
        for address, queries in QUERIES.items():
            get_json(f"{API}/{address}")
            with CaptureQueriesContext(connection) as captured:
                get_json(f"{API}/{address}")
            assert len(captured) == queries, (address, [query["sql"][:200] for query in captured])
