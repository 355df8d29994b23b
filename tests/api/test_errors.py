"""Errors of the API are problems as in RFC 9457."""

from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import OperationalError

from tests.api.samples import API, MEETING, publish, publish_meetings

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "query",
    [
        "?municipalty=randers",
        "?municipality=randers&municipality=odder",
        "?municipality=findes-ikke",
        "?municipality=",
        "?committee=findes-ikke",
        "?from=14-01-2020",
        "?from=1577836800",
        "?from=2020-02-30",
        "?term=2018",
        "?term=1814-1817",
        "?limit=0",
        "?limit=101",
        "?limit=99999999999999999999",
        "?limit=mange",
        "?cursor=x",
        "?cursor=WzFd:x",
        "?cursor=%F0%9F%92%A9:%ED%A0%80",
        "?municipality=%00",
        "?x=" + "y" * 9000,
    ],
)
def test_an_invalid_parameter_is_refused(problem, query):
    publish()
    assert problem(f"{API}/meetings{query}", 400)["detail"]


def test_a_misspelt_parameter_is_refused_with_the_known_names(problem):
    body = problem(f"{API}/meetings?kommune=randers", 400)
    assert body["errors"] == [{"parameter": "kommune", "message": "Unknown here."}]
    assert "“municipality”" in body["detail"]
    assert problem(f"{API}/meetings?limit=0", 400)["errors"][0]["parameter"] == "limit"
    assert problem(f"{API}/search?year=1066", 400)["errors"][0]["parameter"] == "year"
    assert problem(f"{API}/search?municipality=odder", 400)["errors"][0]["parameter"] == "municipality"
    assert problem(f"{API}/items?contested=maaske", 400)["errors"][0]["message"] == "Neither true nor false."
    publish()
    problem(f"{API}/meetings/{MEETING}?municipality=randers", 400)
    problem(f"{API}/search?q={'x' * 1001}", 400)


def test_a_cursor_of_another_list_is_refused(get_json, problem):
    publish_meetings(2)
    cursor = urlsplit(get_json(f"{API}/meetings", limit=1)["links"]["next"]).query.split("cursor=")[1]
    problem(f"{API}/items?cursor={cursor}", 400)
    problem(f"{API}/meetings?cursor={cursor[:-1]}", 400)


@pytest.mark.parametrize(
    "address",
    [
        "/api/",
        "/api/v1",
        "/api/v2/meetings",
        "/api/v1/meetings/",
        "/api/v1/nothing",
        "/api/v1/municipalities/findes-ikke",
        "/api/v1/municipalities/RANDERS!",
        "/api/v1/municipalities/" + "a" * 300,
        "/api/v1/meetings/randers/byraadet/i-gaar",
        "/api/v1/meetings/randers/byraadet/2020-13-45",
        "/api/v1/meetings/randers/byraadet/2020-01-14-999",
        "/api/v1/items/randers/byraadet/2020-01-14/1",
        "/api/v1/ballots/randers/byraadet/2020-01-14/1/99999999999999999999",
        "/api/v1/ballots/randers/byraadet/2020-01-14/1/x",
        "/api/v1/people/randers/ingen",
        "/api/v1/cases/randers/ingen",
    ],
)
def test_an_unknown_address_is_not_found(problem, address):
    problem(address, 404)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("address", ["/api/v1/meetings", "/api/v1/", "/api/nothing"])
def test_only_get_and_head_are_allowed(client, problem, method, address):
    problem(address, 405, method)
    assert getattr(client, method)(address)["Allow"] == "GET, HEAD, OPTIONS"


def test_a_database_timeout_answers_503_with_retry_after(client, problem, monkeypatch):
    def give_up(*arguments, **options):
        raise OperationalError from psycopg.errors.QueryCanceled("for længe")

    monkeypatch.setattr("minutes.api.search.run_search", give_up)
    assert "try again" in problem(f"{API}/search?q=x", 503)["detail"].lower()
    assert client.get(f"{API}/search?q=x")["Retry-After"] == "10"


def test_an_exception_answers_500_without_details(client, monkeypatch):
    def fail(*arguments, **options):
        raise RuntimeError("en fejl")

    monkeypatch.setattr("minutes.api.search.run_search", fail)
    client.raise_request_exception = False
    response = client.get(f"{API}/search?q=x", headers={"Origin": "https://avisen.dk"})
    assert (response.status_code, response["Content-Type"]) == (500, "application/problem+json")
    assert "en fejl" not in response.content.decode()
    assert response["Access-Control-Allow-Origin"] == "*"


def test_an_error_outside_the_api_is_a_page(client):
    assert b"<h1>" in client.get("/findes/ikke/").content
