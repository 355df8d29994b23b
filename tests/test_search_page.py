"""The page of the search, and what is suggested while somebody types."""

import re

import pytest
from django.db import OperationalError, connection
from psycopg.errors import QueryCanceled

from minutes import publishing
from minutes.search import facets, searcher
from minutes.search.filters import Order
from minutes.vocabulary import Outcome
from tests.documents import ballot, item, store

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(client):
    """The titles that the search page shows, in its order."""

    def found(**query: object) -> list[str]:
        response = client.get("/soeg/", query)
        assert response.status_code == 200
        return re.findall(r'<h2><a href="/[^"]+">([^<]+)</a></h2>', response.content.decode())

    return found


def store_three() -> None:
    store(
        item("1", "Varmeværk ét", outcome=Outcome.APPROVED, ballots=(ballot(4, 3),)),
        item("2", "Varmeværk to", outcome=Outcome.REJECTED),
    )
    store(item("1", "Varmeværk tre"), date="2010-01-01", committee="Byrådet")


def test_the_page_filters_by_place_time_outcome_and_dissent(found):
    store_three()
    assert len(found(q="varmeværk")) == 3
    assert found(q="varmeværk", udvalg="byraadet") == ["Varmeværk tre"]
    assert len(found(q="varmeværk", udvalg=["byraadet", "beskaeftigelsesudvalget"])) == 3
    assert found(q="varmeværk", udvalg="byraadet", kommune="randers") == ["Varmeværk tre"]
    assert found(q="varmeværk", til="2015-01-01") == ["Varmeværk tre"]
    assert found(q="varmeværk", aar="2010") == ["Varmeværk tre"]
    assert found(q="varmeværk", udfald="rejected") == ["Varmeværk to"]
    assert found(q="varmeværk", omstridt="on") == ["Varmeværk ét"]
    assert found(omstridt="on") == ["Varmeværk ét"]
    assert found(q="varmeværk", sorter="dato")[-1] == "Varmeværk tre"
    assert found(q="varmeværk", sorter="aeldste")[0] == "Varmeværk tre"


def test_facets_count_what_each_would_give_and_keep_the_query(client):
    store_three()
    page = client.get("/soeg/", {"q": "varmeværk", "udvalg": "byraadet"}).content.decode()
    told = re.findall(r'href="(\?[^"]+)"[^>]*>(?:<span[^>]*>✓ </span>)?([^<]+)<.*?number">([\d.]+)<', page)
    counts = {label: int(number) for _href, label, number in told}
    assert counts["Byrådet"] == 1
    assert counts["Beskæftigelsesudvalget"] == 2  # as if the facet were not narrowed to itself
    assert counts["2010"] == 1
    assert "2020" not in counts
    assert all("q=varmev%C3%A6rk" in href for href, _label, _number in told)


def test_the_page_keeps_its_questions_from_page_to_page(client):
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
def test_a_question_that_cannot_be_is_refused(client, query):
    assert client.get("/soeg/", query).status_code == 400


def test_a_search_without_hits_gives_advice(client):
    store(item("1", "Budget"))
    assert "Prøv færre eller andre ord" in client.get("/soeg/", {"q": "elefant"}).content.decode()


def test_counts_from_the_sample_are_said_to_be_guesses(client, monkeypatch):
    monkeypatch.setattr(facets, "_MAX_COUNTED_ROWS", -1)
    monkeypatch.setattr(searcher, "_MAX_CANDIDATES", 20)
    store(*(item(str(number), f"Varmeværk {number}") for number in range(1, 40)))
    page = client.get("/soeg/", {"q": "varmeværk"}).content.decode()
    number = re.search(r'role="status">ca\. (\d+) punkter', page)
    assert number
    assert int(number[1]) >= 20


def test_a_facet_that_is_narrowed_to_says_by_itself_whether_it_is_guessed(client, monkeypatch):
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


def test_the_number_found_is_the_same_whatever_the_order(client, monkeypatch):
    monkeypatch.setattr(facets, "_MAX_COUNTED_ROWS", -1)
    store(*(item(str(number), f"Varmeværk {number}") for number in range(1, 40)))
    for order in Order:
        page = client.get("/soeg/", {"q": "varmeværk", "sorter": order.value}).content.decode()
        assert 'role="status">39 punkter fundet' in page


def test_a_query_that_names_a_committee_shows_it_on_top(client):
    store(item("1", "Budget"))
    page = client.get("/soeg/", {"q": "Beskæftigelsesudvalget"}).content.decode()
    assert '<a href="/randers/beskaeftigelsesudvalget/">Beskæftigelsesudvalget</a>' in page


def test_a_search_that_takes_too_long_asks_for_a_narrower_one(client, monkeypatch):
    def gives_up(*_arguments: object) -> None:
        raise OperationalError from QueryCanceled()

    monkeypatch.setattr("minutes.views.search.run_search", gives_up)
    response = client.get("/soeg/", {"q": "skole"})
    assert response.status_code == 503
    assert "Gør den snævrere" in response.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("municipalities")
def test_a_count_that_takes_too_long_says_so_too_and_the_next_search_is_answered(client, monkeypatch):
    store(item("1", "Skole"))
    with monkeypatch.context() as slow, connection.cursor() as cursor:
        slow.setattr(facets, "_FACETS_SQL", "SELECT pg_sleep(20) FROM minutes_searchentry WHERE {where}")
        cursor.execute("SET statement_timeout = 300")
        response = client.get("/soeg/", {"q": "skole"})
        cursor.execute("RESET statement_timeout")
    assert response.status_code == 503
    assert "Gør den snævrere" in response.content.decode()
    assert "1 punkt fundet" in client.get("/soeg/", {"q": "skole"}).content.decode()


def test_the_help_shows_examples_that_work(client):
    page = client.get("/soeg/hjaelp/").content.decode()
    examples = re.findall(r'href="(/soeg/\?q=[^"]+)"', page)
    assert len(examples) > 12
    for example in examples:
        assert client.get(example).status_code == 200


@pytest.mark.parametrize("number", [1, 20])
def test_a_page_of_hits_makes_a_constant_number_of_queries(client, django_assert_max_num_queries, number):
    store(*(item(str(each), f"Varmeværk {each}") for each in range(1, number + 1)))
    client.get("/soeg/", {"q": "varmeværk"})
    with django_assert_max_num_queries(20):
        client.get("/soeg/", {"q": "varmeværk budgets"})
    with django_assert_max_num_queries(13):
        client.get("/soeg/", {"q": "varmeværk"})
    assert connection.connection


# Suggestions


def suggested(client, text: str) -> list[tuple[str, str]]:
    found = client.get("/soeg/forslag/", {"q": text}).json()["suggestions"]
    return [(each["kind"], each["text"]) for each in found]


def test_committees_cases_and_titles_are_suggested(client):
    store(item("1", "Cykelsti ved skolen", case_number="05.01.00-P20-1-19"))
    assert ("Udvalg", "Beskæftigelsesudvalget") in suggested(client, "besk")
    assert ("Kommune", "Randers") in suggested(client, "rand")
    assert ("Punkt", "Cykelsti ved skolen") in suggested(client, "cyk")
    assert ("Punkt", "Cykelsti ved skolen") in suggested(client, "cykelsti skol")
    assert ("Sag", "05.01.00-P20-1-19") in suggested(client, "05.01")
    assert suggested(client, "x") == suggested(client, "") == []


def test_a_member_is_suggested_and_leads_to_their_page(client):
    store(item("1", "Cykelsti", ballots=(ballot(5, 1, against_names=("Hanne Holm",)),)))
    (told,) = client.get("/soeg/forslag/", {"q": "hann"}).json()["suggestions"]
    assert (told["kind"], told["text"], told["place"]) == ("Person", "Hanne Holm", "Randers")
    assert told["href"] == "/randers/personer/hanne-holm/"
    assert client.get(told["href"]).status_code == 200


def test_nothing_unpublished_is_suggested(client):
    meeting = store(item("1", "Cykelsti", case_number="05.01.00-P20-1-19"))
    publishing.withdraw(meeting, by=None, reason="Fejl")
    for text in ("besk", "rand", "cyk", "05.01"):
        assert suggested(client, text) == []
