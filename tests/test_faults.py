"""The site under gunicorn, with slow clients and a database that freezes, disconnects and returns."""

import re
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.forwarder import Forwarder
from tests.running_site import WITH_QUERIES, WITHOUT_QUERIES, Site, running_site
from tests.slow_clients import slow_clients

# Marked, since the database is created only if a marked test needs it.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def database(django_db_setup: None, django_db_blocker) -> Iterator[tuple[Forwarder, str]]:
    """The tests' database behind a port that can be frozen, and its address."""
    with django_db_blocker.unblock():
        parameters = connection.get_connection_params()
    forwarder = Forwarder(parameters.get("host") or "127.0.0.1", int(parameters.get("port") or 5432))
    credentials = ":".join(filter(None, (parameters.get("user"), parameters.get("password"))))
    name = parameters["dbname"]
    yield forwarder, f"postgresql://{credentials}@127.0.0.1:{forwarder.port}/{name}?sslmode=disable"
    forwarder.close()


@pytest.fixture(scope="module")
def site(database, tmp_path_factory) -> Iterator[Site]:
    """Two workers of gunicorn with the configuration of production, on the tests' database."""
    forwarder, address = database
    with running_site(
        address, tmp_path_factory.mktemp("site"), REQUEST_DEADLINE_SECONDS="2", METRICS_TOKEN="et-token"
    ) as site:
        try:
            site.wait_until_ready()
            yield site
        finally:
            forwarder.resume()


def test_fifty_slow_clients_do_not_stop_the_pages(site):
    alone = max(site.get(WITH_QUERIES).seconds for _number in range(5))
    with slow_clients(site.port, 50):
        answers = [site.get(WITH_QUERIES) for _number in range(20)]
    assert {answer.status for answer in answers} == {200}
    assert sorted(answer.seconds for answer in answers)[-2] < max(1, 5 * alone)


def test_a_frozen_database_is_answered_with_503_in_time_and_pages_without_queries_go_on(site, database):
    database[0].freeze()
    try:
        with ThreadPoolExecutor(12) as pool:
            answers = list(pool.map(site.get, [WITH_QUERIES] * 12))
        other = site.get(WITHOUT_QUERIES)
        health = site.get("/healthz"), site.get("/readyz")
    finally:
        database[0].resume()
    assert {answer.status for answer in answers} == {503}
    # The deadline of two seconds, and a busy machine.
    assert max(answer.seconds for answer in answers) < 5
    assert (other.status, health[0].status, health[1].status) == (200, 200, 503)
    _assert_it_recovers(site)


def test_a_database_that_was_away_is_used_again_without_a_restart(site, database):
    database[0].disconnect()
    answer = site.get(WITH_QUERIES)
    assert answer.status == 503
    assert answer.seconds < 5
    assert "Arkivet er overbelastet" in answer.text
    database[0].resume()
    _assert_it_recovers(site)


def _assert_it_recovers(site: Site) -> None:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        if all(site.get(WITH_QUERIES).status == 200 for _number in range(4)):
            return
    pytest.fail("pages were not answered ten seconds after the database was back")


def test_a_large_request_to_a_public_page_is_refused(site):
    answer = site.post("/om/fejl/", b"x" * 100_000)
    assert answer.status == 413
    assert "for stor" in answer.text


def test_the_figures_have_the_connections_to_the_database(site):
    site.get(WITH_QUERIES)
    text = site.get("/metrics", Authorization="Bearer et-token").text
    values = dict(
        re.findall(r'^referatarkivet_pool_connections{database="default",state="(\w+)"} (\S+)$', text, re.M)
    )
    # Two workers with eight at most.
    assert 1 <= float(values["open"]) <= 16
    assert float(values["waiting"]) == 0


def test_the_figures_are_those_of_all_workers(site):
    def count() -> float:
        headers = {"Authorization": "Bearer et-token"}
        request = urllib.request.Request(f"http://127.0.0.1:{site.port}/metrics", headers=headers)
        text = site.send(request).text
        name = 'referatarkivet_requests_total{method="GET",status="200",view="about"}'
        return sum(float(line.rpartition(" ")[2]) for line in text.splitlines() if line.startswith(name))

    before = count()
    for _number in range(10):
        site.get(WITHOUT_QUERIES)
    assert {count() for _number in range(6)} == {before + 10}
