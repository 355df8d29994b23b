"""Settings, headers and health checks; in a new process where a test needs other settings."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

ROOT = Path(__file__).parents[1]

PRODUCTION = {
    "SECRET_KEY": "x" * 20 + "qwertyuiopasdfghjklzxcvbnm1234567890",
    "ALLOWED_HOSTS": "referatarkivet.dk",
    "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
}


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
def production(tmp_path_factory) -> dict[str, str]:
    """The environment of a production site, after collectstatic."""
    environment = {**PRODUCTION, "STATIC_ROOT": str(tmp_path_factory.mktemp("static"))}
    process = run("manage.py", "collectstatic", "--noinput", **environment)
    assert process.returncode == 0, process.stderr
    return environment


def first_response(url: str, **environment: str) -> str:
    """Status, headers and cookies of the first response over HTTPS, a line each."""
    program = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        f"r = Client(headers={{'host': 'referatarkivet.dk'}}).get({url!r}, secure=True)\n"
        "print(r.status_code); print('\\n'.join(f'{k}: {v}' for k, v in r.headers.items()))\n"
        "print('\\n'.join(f'cookie {c.key}: {c.OutputString()}' for c in r.cookies.values()))"
    )
    process = run("-c", program, **environment)
    assert process.returncode == 0, process.stderr
    return process.stdout


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


def test_production_pages_have_security_headers(production):
    response = first_response("/om/", **production)
    assert response.startswith("200\n")
    for header in (
        "Strict-Transport-Security: max-age=31536000; includeSubDomains; preload",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: same-origin",
        "Cross-Origin-Opener-Policy: same-origin",
        "X-Frame-Options: DENY",
    ):
        assert header in response, header
    policy = next(line for line in response.splitlines() if line.startswith("Content-Security-Policy: "))
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "cookie" not in response


def test_production_cookies_have_the_host_prefix_and_are_secure(production):
    response = first_response("/admin/login/", **production)
    assert "cookie __Host-csrftoken:" in response
    for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert word in response


def test_production_redirects_http_to_https_except_health_checks(production):
    program = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "print(Client(headers={'host': 'referatarkivet.dk'}).get('/')['Location'])\n"
        "c = Client(headers={'host': '10.0.0.7'})\n"
        "print(c.get('/').status_code, c.get('/healthz').status_code, c.get('/readyz').status_code)"
    )
    assert run("-c", program, **production).stdout.split() == [
        "https://referatarkivet.dk/",
        "400",
        "200",
        "503",
    ]


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
    program = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "r = Client(headers={'host': 'referatarkivet.dk'}).get('/', secure=True)\n"
        "print(r.status_code, r['Retry-After'], '<h1>' in r.content.decode())"
    )
    process = run("-c", program, **production)
    assert process.stdout.split() == ["503", "10", "True"], process.stderr


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
