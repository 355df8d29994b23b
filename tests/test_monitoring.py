"""The log, the figures for Prometheus, and what is sent to an error tracker."""

import json
import logging
import re
import shutil
from collections import namedtuple
from datetime import timedelta
from logging.config import dictConfig
from pathlib import Path

import pytest
import structlog
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from archive.logs import logging_config, without_personal_data
from minutes.models import ImportRun, QueuedFile
from minutes.models.queue import FileStatus
from minutes.service_status import DESCRIPTIONS, Status
from tests.pages import text_of

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[1]
TOKEN = {"authorization": "Bearer et-token"}


@pytest.fixture
def lines(caplog):
    """The lines of the requests that a test makes."""
    caplog.set_level(logging.INFO, "archive.requests")
    return lambda: [record.msg for record in caplog.records if record.name == "archive.requests"]


def test_each_request_has_a_line_with_its_cost_and_no_search_words(client, lines):
    client.get("/soeg/?q=Ane+Lund")
    client.get("/randers/")
    search, municipality = lines()
    assert search["view"] == "search"
    assert (search["method"], search["path"], search["status"]) == ("GET", "/soeg/", 200)
    assert search["queries"] > 0
    assert search["ms"] > 0
    assert "Ane" not in str(search)
    assert municipality["municipality"] == "randers"
    assert municipality["user"] is None


def test_the_line_names_a_signed_in_user_by_number(client, lines):
    user = User.objects.create_superuser("karen.holm")
    client.force_login(user)
    client.get("/admin/")
    (line,) = lines()
    assert line["user"] == user.pk
    assert "karen" not in str(line)


def test_a_request_has_an_id_which_a_proxy_can_give(client, lines):
    given = client.get("/om/", headers={"x-request-id": "abc-12345678"})
    generated = client.get("/om/", headers={"x-request-id": "<script>"})
    assert given["X-Request-ID"] == "abc-12345678"
    assert re.fullmatch("[0-9a-f]{32}", generated["X-Request-ID"])
    assert [line["request_id"] for line in lines()] == [given["X-Request-ID"], generated["X-Request-ID"]]


def test_health_checks_have_no_line(client, lines):
    client.get("/healthz")
    assert lines() == []


def test_production_logs_json_also_of_other_libraries(settings, capsys):
    before = structlog.get_config()
    try:
        dictConfig(logging_config(as_json=True, level="INFO"))
        logging.getLogger("psycopg.pool").warning("error connecting in %r", "pool-1")
        try:
            raise ValueError("en fejl")
        except ValueError:
            logging.getLogger("minutes.publishing").exception("A planned publication failed")
    finally:
        dictConfig(settings.LOGGING)
        structlog.configure(**before)
    pool, failed = map(json.loads, capsys.readouterr().err.splitlines())
    assert pool["event"] == "error connecting in 'pool-1'"
    assert (pool["logger"], pool["level"]) == ("psycopg.pool", "warning")
    assert "ValueError: en fejl" in failed["exception"]


def test_the_figures_need_the_token(client, settings):
    assert client.get("/metrics", headers=TOKEN).status_code == 404
    settings.METRICS_TOKEN = "et-token"
    assert client.get("/metrics").status_code == 404
    assert client.get("/metrics", headers={"authorization": "Bearer et andet"}).status_code == 404
    assert client.get("/metrics", headers=TOKEN).status_code == 200


def test_the_figures_tell_of_requests_queue_and_disk(client, settings, django_assert_max_num_queries):
    settings.METRICS_TOKEN = "et-token"
    client.get("/om/")
    with django_assert_max_num_queries(12):
        text = client.get("/metrics", headers=TOKEN).content.decode()
    assert re.search(
        r'^referatarkivet_requests_total{method="GET",status="200",view="about"} [1-9]', text, re.M
    )
    assert 'referatarkivet_request_seconds_bucket{le="0.01",view="about"}' in text
    assert "\nreferatarkivet_workers 0.0" in text
    assert "\nreferatarkivet_disk_free_bytes " in text
    assert "backup_age" not in text


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("", "filters"),
        ("cykelsti", "word"),
        ("cykelsti skole", "words"),
        ('"ny cykelsti"', "phrase"),
        ("sagsbehandler:Holm", "field"),
    ],
)
def test_searches_are_counted_by_the_class_of_the_query_and_by_outcome(client, settings, text, query):
    settings.METRICS_TOKEN = "et-token"

    def count() -> float:
        figures = client.get("/metrics", headers=TOKEN).content.decode()
        name = rf'referatarkivet_searches_total{{outcome="none",query="{query}"}} (\S+)'
        match = re.search(name, figures)
        return float(match[1]) if match else 0.0

    before = count()
    client.get("/soeg/", {"q": text, "fra": "2020-01-01"})
    assert count() == before + 1


def test_alerts_and_dashboard_use_figures_that_exist():
    exist = {f"referatarkivet_{field}" for field in Status._fields}
    exist |= {f"referatarkivet_request{end}" for end in ("s_total", "_seconds_bucket", "_queries_bucket")}
    exist |= {"referatarkivet_replica_lost", "referatarkivet_replica_lag_seconds"}
    exist |= {"referatarkivet_searches_total", "referatarkivet_search_seconds_bucket"}
    exist.add("referatarkivet_pool_connections")
    files = (ROOT / "deploy" / "prometheus" / "alerts.yml", ROOT / "deploy" / "grafana" / "dashboard.json")
    for file in files:
        used = set(re.findall(r"referatarkivet_\w+", file.read_text()))
        assert used <= exist, file
        assert used


def test_every_figure_is_described():
    assert DESCRIPTIONS.keys() == set(Status._fields)


def test_readyz_reports_a_full_disk(client, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage(10**9, 10**9, 10**6))
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.content == b"the disk of ARCHIVE_DATA has less than 100 MB left\n"


def test_readyz_reports_a_queue_that_no_worker_empties_and_stays_ready(client, settings):
    settings.QUEUE_WARNING_MINUTES = 30
    run = ImportRun.objects.create()
    file = QueuedFile.objects.create(run=run, name="a.txt", size=1)
    assert client.get("/readyz").content == b"ok\nno worker is running\n"
    QueuedFile.objects.filter(pk=file.pk).update(queued_at=timezone.now() - timedelta(minutes=45))
    late = client.get("/readyz")
    assert late.status_code == 200
    assert late.content == b"ok\nno worker is running\nan uploaded file has waited for 45 minutes\n"
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    assert client.get("/readyz").content == b"ok\nan uploaded file has waited for 45 minutes\n"
    QueuedFile.objects.filter(pk=file.pk).update(status=FileStatus.REFUSED)
    assert client.get("/readyz").content == b"ok\n"


def test_an_error_tracker_gets_no_search_words_cookies_or_messages():
    event = {
        "request": {
            "url": "https://referatarkivet.dk/soeg/?q=Ane+Lund",
            "query_string": "q=Ane+Lund",
            "cookies": {"sessionid": "hemmelig"},
            "headers": {"Referer": "https://referatarkivet.dk/soeg/?q=Ane+Lund"},
        },
        "exception": {"values": [{"type": "IntegrityError", "value": "Key (name)=(Ane Lund) exists"}]},
        "breadcrumbs": {"values": [{"message": "SELECT 'Ane Lund'"}]},
    }
    sent = str(without_personal_data(event, {}))
    assert "IntegrityError" in sent
    assert "/soeg/" in sent
    assert "Lund" not in sent
    assert "hemmelig" not in sent


def test_superusers_see_the_state_of_the_service(client):
    client.force_login(User.objects.create_superuser("karen.holm"))
    text = text_of(client.get("/admin/drift/"))
    assert "Seneste sikkerhedskopi ingen Lav en med kommandoen backup." in text
    assert "Filer i kø 0" in text
    assert "PostgreSQL" in text


def test_others_do_not_see_the_state_of_the_service(client):
    client.force_login(User.objects.create_user("per.dahl", is_staff=True))
    assert client.get("/admin/drift/").status_code == 403
