"""The site's settings, headers and health, in processes of their own where settings differ."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
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
    """`arguments` in a Python process that has this environment and no other."""
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
    """The environment of a site whose static files are collected."""
    environment = {**PRODUCTION, "STATIC_ROOT": str(tmp_path_factory.mktemp("static"))}
    ran = run("manage.py", "collectstatic", "--noinput", **environment)
    assert ran.returncode == 0, ran.stderr
    return environment


def answer(address: str, **environment: str) -> str:
    """The status and headers that a site in `environment` gives to a first visit over HTTPS."""
    program = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        f"r = Client(headers={{'host': 'referatarkivet.dk'}}).get({address!r}, secure=True)\n"
        "print(r.status_code); print('\\n'.join(f'{k}: {v}' for k, v in r.headers.items()))\n"
        "print('\\n'.join(f'cookie {c.key}: {c.OutputString()}' for c in r.cookies.values()))"
    )
    ran = run("-c", program, **environment)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


# Keys


def test_a_site_without_a_secret_key_does_not_start():
    ran = run("-c", "import archive.wsgi", **{**PRODUCTION, "SECRET_KEY": ""})
    assert ran.returncode != 0
    assert "SECRET_KEY is not set" in ran.stderr


def test_an_embedded_site_without_a_secret_key_is_not_served_either(tmp_path):
    ran = run("-c", "import archive.wsgi", ARCHIVE_DATA=str(tmp_path))
    assert ran.returncode != 0
    assert "SECRET_KEY is not set" in ran.stderr


def test_commands_that_sign_nothing_need_no_key_and_leave_nothing_behind(tmp_path):
    minutes = sorted((ROOT / "tests" / "samples").glob("*.txt"))[0]
    ran = run("manage.py", "parse_minutes", str(minutes), ARCHIVE_DATA=str(tmp_path / "d"))
    assert ran.returncode == 0, ran.stderr
    assert not (tmp_path / "d").exists()


def test_the_demo_makes_a_key_of_its_own_and_keeps_it(tmp_path):
    show = ("-c", "from django.conf import settings; print(settings.SECRET_KEY)")
    environment = {"ARCHIVE_DATA": str(tmp_path), "KEEP_SECRET_KEY": "1"}
    first, second = run(*show, **environment).stdout, run(*show, **environment).stdout
    assert first == second
    assert len(first.strip()) > 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_kept_key_is_not_for_a_site_with_a_database_of_its_own(tmp_path):
    environment = {**PRODUCTION, "SECRET_KEY": "", "ARCHIVE_DATA": str(tmp_path), "KEEP_SECRET_KEY": "1"}
    assert "SECRET_KEY is not set" in run("-c", "import archive.wsgi", **environment).stderr


def test_a_database_that_is_not_postgresql_is_refused():
    ran = run("manage.py", "check", **{**PRODUCTION, "DATABASE_URL": "sqlite:///x"})
    assert "DATABASE_URL must begin with postgresql://" in ran.stderr


# Headers


def test_production_is_safe_by_default():
    ran = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert ran.returncode == 0, ran.stderr


def test_production_pages_carry_the_headers_of_a_safe_site(production):
    seen = answer("/om/", **production)
    assert seen.startswith("200\n")
    for header in (
        "Strict-Transport-Security: max-age=31536000; includeSubDomains; preload",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: same-origin",
        "Cross-Origin-Opener-Policy: same-origin",
        "X-Frame-Options: DENY",
    ):
        assert header in seen, header
    policy = next(line for line in seen.splitlines() if line.startswith("Content-Security-Policy: "))
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "cookie" not in seen


def test_production_cookies_are_bound_to_the_host(production):
    seen = answer("/admin/login/", **production)
    assert "cookie __Host-csrftoken:" in seen
    for word in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert word in seen


def test_production_leads_plain_http_to_https_but_for_health(production):
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


def test_plain_http_on_loopback_has_no_https_rules(tmp_path):
    show = (
        "from django.conf import settings as s;"
        "print(s.SECURE_SSL_REDIRECT, s.SECURE_HSTS_SECONDS, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_NAME)"
    )
    ran = run("-c", show, ARCHIVE_DATA=str(tmp_path), PLAIN_HTTP="1")
    assert ran.stdout.split() == ["False", "0", "False", "sessionid"]


# Health


def test_healthz_asks_no_database(client, django_assert_num_queries):
    assert client.get("/healthz").content == b"ok\n"


@pytest.mark.django_db
def test_readyz_is_ready_when_the_database_is(client):
    assert client.get("/readyz").status_code == 200


@pytest.mark.django_db
def test_readyz_says_when_migrations_are_missing(client):
    loader = MigrationLoader(connection)
    (latest,) = loader.graph.leaf_nodes("minutes")
    names = [latest[1], *(name for _app, name in loader.get_migration(*latest).replaces)]
    MigrationRecorder(connection).migration_qs.filter(app="minutes", name__in=names).delete()
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.content == b"1 migrations are not applied; run manage.py migrate\n"


def test_a_page_says_kindly_that_the_database_is_away(production):
    program = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "r = Client(headers={'host': 'referatarkivet.dk'}).get('/', secure=True)\n"
        "print(r.status_code, r['Retry-After'], '<h1>' in r.content.decode())"
    )
    ran = run("-c", program, **production)
    assert ran.stdout.split() == ["503", "10", "True"], ran.stderr


def test_a_page_that_fails_answers_with_a_page_of_its_own(monkeypatch):
    def fail(*arguments: object) -> None:
        raise RuntimeError("en fejl")

    monkeypatch.setattr("minutes.views.about.render", fail)
    response = Client(raise_request_exception=False).get("/om/")
    assert response.status_code == 500
    assert "<h1>" in response.content.decode()
    assert "en fejl" not in response.content.decode()


@pytest.mark.django_db
def test_migrations_are_all_written():
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
