"""Settings, headers and health checks; in a new process where a test needs other settings."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

ROOT = Path(__file__).parents[1]

PRODUCTION = {
    "SECRET_KEY": "x" * 20 + "qwertyuiopasdfghjklzxcvbnm1234567890",
    "ALLOWED_HOSTS": "referatarkivet.dk",
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    "PUBLISHER_NAME": "Eksempel Kommune",
    "PUBLISHER_ADDRESS": "Rådhuspladsen 1, 9999 Eksempel",
    "PUBLISHER_EMAIL": "arkiv@eksempel.dk",
    "PUBLISHER_PHONE": "12 34 56 78",
    "PUBLISHER_DPO": "dpo@eksempel.dk",
}

# Addresses that are requested from a production site.
SITE, PROBE = "https://referatarkivet.dk", "http://10.0.0.7"
ADDRESSES = [
    *(f"{SITE}{path}" for path in ("/", "/om/", "/admin/login/")),
    "http://referatarkivet.dk/",
    *(f"{PROBE}{path}" for path in ("/", "/healthz", "/readyz")),
]


def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run Python with `arguments` and only this environment."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "archive.settings", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture(scope="module")
def production(tmp_path_factory) -> dict[str, dict[str, Any]]:
    """The responses of a production site without a database, after collectstatic, by address.

    One process answers all requests.
    """
    environment = {**PRODUCTION, "STATIC_ROOT": str(tmp_path_factory.mktemp("static"))}
    program = (
        "import django, json; django.setup()\n"
        "from django.core.management import call_command\n"
        "from django.test import Client\n"
        "call_command('collectstatic', interactive=False, verbosity=0)\n"
        "def answer(address):\n"
        "    scheme, _, rest = address.partition('://')\n"
        "    host, slash, path = rest.partition('/')\n"
        "    r = Client(headers={'host': host}).get(slash + path, secure=scheme == 'https')\n"
        "    cookies = [c.OutputString() for c in r.cookies.values()]\n"
        "    text = '' if r.streaming else r.content.decode()\n"
        "    return {'status': r.status_code, 'headers': dict(r.headers), 'cookies': cookies, 'text': text}\n"
        f"print(json.dumps({{address: answer(address) for address in {ADDRESSES!r}}}))"
    )
    process = run("-c", program, **environment)
    assert process.returncode == 0, process.stderr
    answers: dict[str, dict[str, Any]] = json.loads(process.stdout)
    return answers


# Keys


def test_a_site_without_a_secret_key_does_not_start():
    process = run("-c", "import archive.wsgi", **{**PRODUCTION, "SECRET_KEY": ""})
    assert process.returncode != 0
    assert "SECRET_KEY is not set" in process.stderr


def test_a_site_with_the_embedded_database_does_not_start_without_a_secret_key(tmp_path):
    process = run("-c", "import archive.wsgi", ARCHIVE_DATA=str(tmp_path))
    assert process.returncode != 0
    assert "SECRET_KEY is not set" in process.stderr


def test_commands_that_sign_nothing_need_no_secret_key_and_write_none(tmp_path):
    minutes = sorted((ROOT / "tests" / "samples").glob("*.txt"))[0]
    process = run("manage.py", "parse_minutes", str(minutes), ARCHIVE_DATA=str(tmp_path / "d"))
    assert process.returncode == 0, process.stderr
    assert not (tmp_path / "d").exists()


def test_the_demo_generates_a_secret_key_and_stores_it(tmp_path):
    show = ("-c", "from django.conf import settings; print(settings.SECRET_KEY)")
    environment = {"ARCHIVE_DATA": str(tmp_path), "KEEP_SECRET_KEY": "1"}
    first, second = run(*show, **environment).stdout, run(*show, **environment).stdout
    assert first == second
    assert len(first.strip()) > 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_stored_secret_key_is_not_used_with_database_url(tmp_path):
    environment = {**PRODUCTION, "SECRET_KEY": "", "ARCHIVE_DATA": str(tmp_path), "KEEP_SECRET_KEY": "1"}
    assert "SECRET_KEY is not set" in run("-c", "import archive.wsgi", **environment).stderr


def test_a_database_other_than_postgresql_is_rejected():
    process = run("manage.py", "check", **{**PRODUCTION, "DATABASE_URL": "sqlite:///x"})
    assert "DATABASE_URL must begin with postgresql://" in process.stderr


# Headers


def test_production_passes_the_deployment_checks():
    process = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert process.returncode == 0, process.stderr


def test_the_deployment_checks_name_what_is_missing_about_the_publisher():
    settings = PRODUCTION | {"PUBLISHER_EMAIL": "", "PUBLISHER_DPO": " "}
    process = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **settings)
    assert process.returncode != 0
    assert "PUBLISHER_EMAIL, PUBLISHER_DPO not set" in process.stderr


def test_production_pages_have_security_headers(production):
    response = production[f"{SITE}/om/"]
    assert response["status"] == 200
    headers = response["headers"]
    for name, value in (
        ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("X-Frame-Options", "DENY"),
    ):
        assert headers[name] == value, name
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert response["cookies"] == []
    assert "cookie" not in str(headers).lower()


def test_production_cookies_have_the_host_prefix_and_are_secure(production):
    (cookie,) = production[f"{SITE}/admin/login/"]["cookies"]
    assert cookie.startswith("__Host-csrftoken=")
    for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert word in cookie


def test_production_redirects_http_to_https_except_health_checks(production):
    assert production["http://referatarkivet.dk/"]["headers"]["Location"] == f"{SITE}/"
    statuses = [production[f"{PROBE}{path}"]["status"] for path in ("/", "/healthz", "/readyz")]
    assert statuses == [400, 200, 503]


def test_plain_http_turns_off_https_rules(tmp_path):
    show = (
        "from django.conf import settings as s;"
        "print(s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_NAME)"
    )
    process = run("-c", show, ARCHIVE_DATA=str(tmp_path), PLAIN_HTTP="1")
    assert process.stdout.split() == ["False", "0", "False", "sessionid"]


# Health


def test_healthz_makes_no_query(client, django_assert_num_queries):
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_readyz_is_200_with_a_migrated_database(client):
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_readyz_reports_missing_migrations(client):
    loader = MigrationLoader(connection)
    (latest,) = loader.graph.leaf_nodes("minutes")
    names = [latest[1], *(name for _app, name in loader.get_migration(*latest).replaces)]
    MigrationRecorder(connection).migration_qs.filter(app="minutes", name__in=names).delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.content == b"1 migrations are not applied; run manage.py migrate\n"


def test_a_page_without_a_database_is_503_with_a_page(production):
    response = production[f"{SITE}/"]
    assert response["status"] == 503
    assert response["headers"]["Retry-After"] == "10"
    assert "<h1>" in response["text"]


def test_without_a_database_nothing_is_public_before_the_ledger_was_compared(settings, monkeypatch):
    def fail() -> None:
        raise OperationalError("no connection")

    settings.REQUIRE_REPLAYED_LEDGER = True
    monkeypatch.setattr("archive.health.differences", fail)
    client = Client()
    assert client.get("/om/").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_an_exception_is_500_with_a_page_and_no_details(monkeypatch):
    def fail(*arguments: object) -> None:
        raise RuntimeError("en fejl")

    monkeypatch.setattr("minutes.views.about.render", fail)
    response = Client(raise_request_exception=False).get("/om/")
    assert response.status_code == 500
    assert "<h1>" in response.content.decode()
    assert "en fejl" not in response.content.decode()


@pytest.mark.django_db
def test_models_have_no_missing_migrations():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


# Reports of vulnerabilities


def test_security_txt_says_where_to_report_a_vulnerability(client, settings):
    assert client.get("/.well-known/security.txt").status_code == 404
    settings.SECURITY_CONTACT = "sikkerhed@eksempel.dk"
    response = client.get("/.well-known/security.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert lines["Contact"] == "mailto:sikkerhed@eksempel.dk"
    assert lines["Canonical"] == "http://testserver/.well-known/security.txt"
    assert datetime.fromisoformat(lines["Expires"]) > datetime.now(UTC)
