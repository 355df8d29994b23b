"""The site behind PgBouncer, which gives each transaction another connection to the server."""

import os
import re
import shutil
import socket
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from archive.databases import databases
from tests.clusters import Cluster, cluster_folder, new_cluster, wait_until
from tests.running_site import Site, manage, running_site
from tests.texts import minutes

DEPLOY = Path(__file__).parents[1] / "deploy"
MEETING = "/randers/beskaeftigelsesudvalget/2020-01-14/"
# Fewer connections to the server than the site has threads with a request.
CONNECTIONS = 3
# Not in the address, where it would have to be quoted.
DATABASE_PASSWORD = "a\"b'c@:/%20 \\ $æ"
# The settings of a site behind PgBouncer.
POOLING = {"TRANSACTION_POOLING": "1", "PGPASSWORD": DATABASE_PASSWORD}
TAKE_DOWN = """
from minutes import publishing
from minutes.models import Meeting
publishing.take_down_meeting(Meeting.objects.get(date="2020-01-21"), by=None, reason="Efter anmodning")
"""
PASSWORD = "et-langt-kodeord-1"
CREATE_USER = f"""
from django.contrib.auth.models import User
User.objects.create_superuser("karen.holm", password="{PASSWORD}")
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Cluster]:
    with cluster_folder() as folder:
        cluster = new_cluster(folder)
        cluster.value("CREATE ROLE archive SUPERUSER LOGIN")
        yield cluster


@pytest.fixture(scope="module")
def pooled(server: Cluster) -> Iterator[str]:
    """The address of PgBouncer with deploy/pgbouncer in front of the server."""
    program = shutil.which("pgbouncer", path="/usr/sbin:/usr/bin")
    if not program:
        pytest.skip("PgBouncer is not installed (Debian: apt-get install pgbouncer).")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    folder = server.folder.parent
    text = (DEPLOY / "pgbouncer" / "pgbouncer.ini").read_text()
    for pattern, replacement in (
        ("host=primary port=5432 dbname=archive", f"host=127.0.0.1 port={server.port} dbname=postgres"),
        (r"listen_addr = \*", "listen_addr = 127.0.0.1"),
        ("listen_port = 6432", f"listen_port = {port}"),
        ("auth_file = .*", f"auth_file = {folder}/users"),
        ("default_pool_size = 20", f"default_pool_size = {CONNECTIONS}"),
    ):
        text, count = re.subn(pattern, replacement, text)
        assert count == 1, pattern
    (folder / "pgbouncer.ini").write_text(text)
    shutil.copy(DEPLOY / "pgbouncer" / "start.sh", folder)
    command = ["sh", str(folder / "start.sh")]
    if os.geteuid() == 0:
        command = ["runuser", "-u", "postgres", "--", *command]
    environment = {
        "PATH": str(Path(program).parent) + ":/usr/bin:/bin",
        "POSTGRES_PASSWORD": DATABASE_PASSWORD,
        "CONFIGURATION": str(folder / "pgbouncer.ini"),
        "USERS": str(folder / "users"),
    }
    log = (folder / "pgbouncer.log").open("wb")
    with log, subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, env=environment) as pgbouncer:
        url = f"postgresql://archive@127.0.0.1:{port}/archive"
        try:
            wait_until(lambda: answers(url))
            yield url
        finally:
            pgbouncer.terminate()
            pgbouncer.wait(timeout=20)


def answers(url: str) -> bool:
    try:
        with connect(url) as connection:
            connection.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True


def connect(url: str) -> "psycopg.Connection[tuple[str, ...]]":
    return psycopg.connect(url, password=DATABASE_PASSWORD, prepare_threshold=None, autocommit=True)


@pytest.fixture(scope="module")
def site(server: Cluster, pooled: str) -> Iterator[Site]:
    """A site behind PgBouncer with a published meeting, which was imported through it too."""
    folder = server.folder.parent / "site"
    files = folder / "files"
    files.mkdir(parents=True)
    for day in ("07-01-2020", "14-01-2020", "21-01-2020"):
        (files / f"{day}.txt").write_text(minutes("Budget", "Cykelsti", day=day), encoding="utf-8")
    manage(server.url, folder / "data", "migrate", "--verbosity=0")
    manage(pooled, folder / "data", "import_minutes", str(files), "--jobs=2", "--verbosity=0", **POOLING)
    with running_site(pooled, folder, REQUEST_DEADLINE_SECONDS="10", **POOLING) as site:
        site.wait_until_ready()
        yield site


PAGES = (
    *("/", MEETING, "/soeg/?q=cykelstien", "/soeg/?q=budgt"),
    *("/moeder/", "/moeder/?format=csv", "/api/v1/meetings"),
)


def test_pages_searches_and_files_work_together_on_few_connections(site, server):
    with ThreadPoolExecutor(8) as pool:
        responses = list(zip(PAGES * 10, pool.map(site.get, PAGES * 10), strict=True))
    # Where more visitors want files than there are turns, some get 503 and a time to try again.
    files = {response.status for path, response in responses if path.endswith("format=csv")}
    assert {200} <= files <= {200, 503}
    assert {response.status for path, response in responses if not path.endswith("format=csv")} == {200}
    search = site.get("/soeg/?q=cykelsti").text
    assert MEETING in search
    assert "Cykelsti" in site.get("/soeg/?q=cykelsti&format=csv").text
    connections = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
    # PgBouncer's and this one's own.
    assert server.value(connections) <= CONNECTIONS + 1


def test_a_takedown_works_and_the_search_is_rebuilt(site, server, pooled):
    data = site.log.parent / "data"
    manage(pooled, data, "shell", "--verbosity=0", "-c", TAKE_DOWN, **POOLING)
    assert site.get(MEETING.replace("14", "21")).status in {404, 410}
    manage(pooled, data, "rebuild_search", "--verbosity=0", **POOLING)
    manage(pooled, data, "check_search", "--verbosity=0", **POOLING)
    assert "2020-01-21" not in site.get("/soeg/?q=cykelsti").text
    # Nothing of a session is left for the next one that gets the connection.
    with connect(pooled) as connection:
        memory = connection.execute("SHOW maintenance_work_mem").fetchone()
        locks = connection.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'").fetchone()
    assert (memory[0], locks[0]) == (server.value("SHOW maintenance_work_mem"), 0)


def test_staff_sign_in(site, server):
    manage(server.url, site.log.parent / "data", "shell", "--verbosity=0", "-c", CREATE_USER)
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    address = f"http://127.0.0.1:{site.port}/admin/login/"
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', browser.open(address).read().decode())
    form = {"login": "karen.holm", "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
    answer = browser.open(address, urllib.parse.urlencode(form).encode())
    assert answer.url.endswith("/admin/")
    assert "karen.holm" in answer.read().decode()
    assert site.requests()[-1]["user"]


def test_a_statement_ends_after_its_time(site, pooled):
    start = time.monotonic()
    with connect(pooled) as connection, pytest.raises(psycopg.errors.QueryCanceled):
        connection.execute("SELECT pg_sleep(20)")
    assert time.monotonic() - start < 8


def test_a_wrong_password_is_refused(pooled):
    with pytest.raises(psycopg.OperationalError, match="authentication failed"):
        psycopg.connect(pooled, password="et-andet")


def test_a_server_that_restarts_is_used_again(site, server):
    server.stop("immediate")
    assert site.get(MEETING).status == 503
    server.start()
    wait_until(lambda: site.get(MEETING).status == 200, seconds=10)


def test_what_a_pooler_does_not_pass_on_is_not_sent():
    url = "postgresql://archive@pooler:6432/archive"
    pooled = databases(url, "", statement_timeout=5000, pooled=True)["default"]
    direct = databases(url, "", statement_timeout=5000)["default"]
    assert "options" not in pooled["OPTIONS"]
    assert pooled["DISABLE_SERVER_SIDE_CURSORS"]
    assert "statement_timeout=5000" in direct["OPTIONS"]["options"]
    assert not direct.get("DISABLE_SERVER_SIDE_CURSORS")
