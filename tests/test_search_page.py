"""The search page: filters, facets, pages, counts and errors."""

import html
import re

import pytest
from django.db import OperationalError, connection
from psycopg.errors import QueryCanceled

from minutes.search import facets, searcher
from minutes.search.filters import Order
from minutes.vocabulary import Outcome
from tests.documents import ballot, file, item, store
from tests.pages import rich_document, rich_item

pytestmark = pytest.mark.django_db


@pytest.fixture
def search_titles(client):
    """Return a function that searches and returns the titles on the page, in order."""

    def titles(**query: object) -> list[str]:
        response = client.get("/soeg/", query)
        assert response.status_code == 200
        return re.findall(r'<h2><a href="/[^"]+">([^<]+)</a></h2>', response.content.decode())

    return titles


def store_three() -> None:
    store(
        item("1", "Varmeværk ét", outcome=Outcome.APPROVED, ballots=(ballot(4, 3),)),
        item("2", "Varmeværk to", outcome=Outcome.REJECTED),
    )
    store(item("1", "Varmeværk tre"), date="2010-01-01", committee="Byrådet")


def test_the_page_filters_by_place_time_outcome_and_dissent(search_titles):
    store_three()
    assert len(search_titles(q="varmeværk")) == 3
    assert search_titles(q="varmeværk", udvalg="byraadet") == ["Varmeværk tre"]
    assert len(search_titles(q="varmeværk", udvalg=["byraadet", "beskaeftigelsesudvalget"])) == 3
    assert search_titles(q="varmeværk", udvalg="byraadet", kommune="randers") == ["Varmeværk tre"]
    assert search_titles(q="varmeværk", til="2015-01-01") == ["Varmeværk tre"]
    assert search_titles(q="varmeværk", aar="2010") == ["Varmeværk tre"]
    assert search_titles(q="varmeværk", udfald="rejected") == ["Varmeværk to"]
    assert search_titles(q="varmeværk", omstridt="on") == ["Varmeværk ét"]
    assert search_titles(omstridt="on") == ["Varmeværk ét"]
    assert search_titles(q="varmeværk", sorter="dato")[-1] == "Varmeværk tre"
    assert search_titles(q="varmeværk", sorter="aeldste")[0] == "Varmeværk tre"


def test_a_facet_counts_the_items_of_each_value_and_its_links_retain_the_query(client):
    store_three()
    page = client.get("/soeg/", {"q": "varmeværk", "udvalg": "byraadet"}).content.decode()
    links = re.findall(r'href="(\?[^"]+)"[^>]*>(?:<span[^>]*>✓ </span>)?([^<]+)<.*?number">([\d.]+)<', page)
    counts = {label: int(number) for _href, label, number in links}
    assert counts["Byrådet"] == 1
    assert counts["Beskæftigelsesudvalget"] == 2  # without the filter of the facet itself
    assert counts["2010"] == 1
    assert "2020" not in counts
    assert all("q=varmev%C3%A6rk" in href for href, _label, _number in links)


def test_links_to_other_pages_retain_the_query(client):
    store(*(item(str(number), f"Varmeværk {number}") for number in range(1, 26)))
    body = client.get("/soeg/", {"q": "varmeværk", "sorter": "dato"}).content.decode()
    assert "25 punkter fundet" in body
    assert re.search(r'href="\?[^"]*q=varmev%C3%A6rk[^"]*side=2', body)
    assert client.get("/soeg/", {"q": "varmeværk", "side": "2"}).status_code == 200


@pytest.mark.parametrize("side", ["3", "0", "-1", "501", "x", "99999999999999999999"])
def test_pages_that_do_not_exist_are_not_found(client, side):
    store(*(item(str(number), f"Varmeværk {number}") for number in range(1, 26)))
    assert client.get("/soeg/", {"q": "varmeværk", "side": side}).status_code == 404


@pytest.mark.parametrize(
    "query", [{"q": "a" * 1001}, {"sorter": "navn"}, {"kommune": "atlantis"}, {"aar": "i fjor"}, {"fra": "x"}]
)
def test_an_invalid_query_is_a_bad_request(client, query):
    assert client.get("/soeg/", query).status_code == 400


def test_a_search_without_hits_gives_advice(client):
    store(item("1", "Budget"))
    assert "Prøv færre eller andre ord" in client.get("/soeg/", {"q": "elefant"}).content.decode()


def test_counts_from_a_sample_are_marked_as_estimates(client, monkeypatch):
    monkeypatch.setattr(facets, "_MAX_COUNTED_ROWS", -1)
    monkeypatch.setattr(searcher, "_MAX_CANDIDATES", 20)
    store(*(item(str(number), f"Varmeværk {number}") for number in range(1, 40)))
    page = client.get("/soeg/", {"q": "varmeværk"}).content.decode()
    number = re.search(r'role="status">ca\. (\d+) punkter', page)
    assert number
    assert int(number[1]) >= 20


def test_a_facet_that_is_filtered_by_is_marked_as_an_estimate_separately(client, monkeypatch):
    monkeypatch.setattr(facets, "_MAX_COUNTED_ROWS", -1)
    store(*(item(str(number), f"Varmeværk {number}") for number in range(1, 40)))
    store(item("1", "Varmeværk"), committee="Byrådet")
    page = client.get("/soeg/", {"q": "varmeværk", "udvalg": "byraadet"}).content.decode()
    town, committee = (
        re.search(rf"<h2>{label}</h2>(.*?)</section>", page, re.DOTALL)[1] for label in ("Kommune", "Udvalg")
    )
    assert "1 punkt fundet" in page
    assert "ca." not in town
    assert "ca." in committee


def test_the_total_is_the_same_in_every_order(client, monkeypatch):
    monkeypatch.setattr(facets, "_MAX_COUNTED_ROWS", -1)
    store(*(item(str(number), f"Varmeværk {number}") for number in range(1, 40)))
    for order in Order:
        page = client.get("/soeg/", {"q": "varmeværk", "sorter": order.value}).content.decode()
        assert 'role="status">39 punkter fundet' in page


def test_a_query_that_names_a_committee_links_to_it(client):
    store(item("1", "Budget"))
    page = client.get("/soeg/", {"q": "Beskæftigelsesudvalget"}).content.decode()
    assert '<a href="/randers/beskaeftigelsesudvalget/">Beskæftigelsesudvalget</a>' in page


def test_a_search_that_takes_too_long_advises_to_narrow_it(client, monkeypatch):
    def gives_up(*_arguments: object, **_options: object) -> None:
        raise OperationalError from QueryCanceled()

    monkeypatch.setattr("minutes.views.search.run_search", gives_up)
    response = client.get("/soeg/", {"q": "skole"})
    assert response.status_code == 503
    assert "Afgræns den med flere" in response.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("municipalities")
def test_a_count_that_takes_too_long_does_so_too_and_the_next_search_works(client, monkeypatch):
    store(item("1", "Skole"))
    with monkeypatch.context() as slow, connection.cursor() as cursor:
        slow.setattr(facets, "_FACETS_SQL", "SELECT pg_sleep(20) FROM minutes_searchentry WHERE {where}")
        cursor.execute("SET statement_timeout = 300")
        response = client.get("/soeg/", {"q": "skole"})
        cursor.execute("RESET statement_timeout")
    assert response.status_code == 503
    assert "Afgræns den med flere" in response.content.decode()
    assert "1 punkt fundet" in client.get("/soeg/", {"q": "skole"}).content.decode()


def test_the_examples_of_the_help_page_are_of_the_archive(client, django_assert_max_num_queries):
    file(
        rich_document(rich_item("1", "Renovering af svømmehallen i Pugeby"), item("2", "Renovering af skole"))
    )
    with django_assert_max_num_queries(4):
        page = html.unescape(client.get("/soeg/hjaelp/").content.decode())
    for example in ('person:"Ane Lund"', "imod:Lund", "kommune:randers", "sag:05.01.00*", "14-01-2020"):
        assert f">{example}</a>" in page, example
    examples = re.findall(r"<dt><a [^>]*>([^<]+)</a>", page)
    assert {"renovering skole", "renovering -skole", "svoemmehallen"} <= set(examples)
    assert "renovering år:2019..2020" in examples
    for example in examples:
        result = client.get("/soeg/", {"q": example}).context["result"]
        assert result.counts.total, example
        assert not result.relaxed, example
        assert not result.corrected, example
    assert '<meta name="robots" content="noindex">' in page


def test_the_examples_of_the_help_page_work(client):
    file(rich_document(rich_item("1", "Renovering af svømmehallen")))
    page = client.get("/soeg/hjaelp/").content.decode()
    examples = re.findall(r'href="(/soeg/\?q=[^"]+)"', page)
    assert len(examples) > 12
    for example in examples:
        assert client.get(example).status_code == 200


@pytest.mark.parametrize("number", [1, 20])
def test_a_page_of_hits_makes_a_constant_number_of_queries(client, django_assert_max_num_queries, number):
    store(*(item(str(index), f"Varmeværk {index}") for index in range(1, number + 1)))
    client.get("/soeg/", {"q": "varmeværk"})
    # Grouping by case and the words that are dropped take queries of their own.
    with django_assert_max_num_queries(21):
        client.get("/soeg/", {"q": "varmeværk budgets"})
    # Of few matches, partial ones are read too.
    with django_assert_max_num_queries(15 if number == 1 else 12):
        client.get("/soeg/", {"q": "varmeværk"})
    assert connection.connection
