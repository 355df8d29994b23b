"""The embedded server: up at the first connection, shared by processes, gone with the last of them."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

pytestmark = [
    pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="the embedded server is not in use"),
    # The tests share a cluster, so one process of the suite runs them all.
    pytest.mark.xdist_group("postgres"),
]

COUNT = (
    "import django; django.setup()\n"
    "from django.db import connection\n"
    "cursor = connection.cursor()\n"
    "cursor.execute('SELECT pg_postmaster_start_time(), count(*) FROM pg_class GROUP BY 1')\n"
    "print(cursor.fetchone()[0].isoformat(), flush=True)\n"
)
KEPT = (
    "import django; django.setup()\n"
    "from django.db import connection\n"
    "cursor = connection.cursor()\n"
    "cursor.execute(\"SELECT pg_size_bytes(current_setting('shared_buffers'))\")\n"
    "print(cursor.fetchone()[0])\n"
)
WAIT = COUNT + "import sys; sys.stdin.readline()\n"


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """A data folder with a cluster of its own, which as root the server's user can enter."""
    folder = Path(tempfile.mkdtemp(prefix="referatarkivet-"))
    folder.chmod(0o755)
    yield folder
    wait_until(lambda: not running(folder))
    shutil.rmtree(folder)


def environment(data: Path) -> dict[str, str]:
    told = {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "archive.settings", "DEBUG": "1"}
    return {**told, "ARCHIVE_DATA": str(data)}


def run(data: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(data),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def start(data: Path, program: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment(data),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def running(data: Path) -> int:
    """The process id of the folder's server, or 0."""
    try:
        pid = int((data / "postgres" / "cluster" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, 0)
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return pid


def wait_until(true: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.02)


@pytest.mark.parametrize(
    "arguments", [("manage.py", "check"), ("manage.py", "help"), ("manage.py", "parse_minutes", __file__)]
)
def test_commands_that_need_no_database_start_none(data, arguments):
    run(data, *arguments)
    assert not (data / "postgres").exists()


def test_the_server_comes_with_the_first_connection_and_goes_with_the_last_process(data):
    using = start(data, WAIT)
    assert using.stdout.readline()
    assert running(data)
    using.communicate("\n")
    assert using.returncode == 0
    wait_until(lambda: not running(data))


def test_processes_that_come_at_once_share_one_server(data):
    together = [start(data, WAIT) for _ in range(4)]
    started = {process.stdout.readline() for process in together}
    assert len(started) == 1
    for process in together[:3]:
        process.communicate("\n")
    # One is left, and so is the server.
    time.sleep(0.3)
    assert running(data)
    together[3].communicate("\n")
    wait_until(lambda: not running(data))


def test_the_server_goes_when_its_last_process_is_killed(data):
    using = start(data, WAIT)
    assert using.stdout.readline()
    using.kill()
    using.communicate()
    wait_until(lambda: not running(data))


def test_a_server_that_died_is_started_again_with_its_data(data):
    make = "import django; django.setup()\nfrom django.db import connection\n"
    make += "connection.cursor().execute('CREATE TABLE kept AS SELECT 7 AS number')\n"
    assert run(data, "-c", make).returncode == 0
    using = start(
        data,
        WAIT + "connection.close()\ncursor = connection.cursor()\ncursor.execute('SELECT number FROM kept')\n"
        "print(cursor.fetchone()[0])\n",
    )
    assert using.stdout.readline()
    os.kill(running(data), signal.SIGKILL)
    printed, _ = using.communicate("\n", timeout=60)
    assert (using.returncode, printed) == (0, "7\n")
    wait_until(lambda: not running(data))


def test_a_server_that_was_killed_with_its_process_leaves_a_folder_that_works(data):
    using = start(data, WAIT)
    assert using.stdout.readline()
    server = running(data)
    os.kill(server, signal.SIGKILL)
    using.kill()
    using.communicate()
    assert run(data, "-c", COUNT).returncode == 0


def test_the_server_listens_to_nobody_but_this_machines_own_users(data):
    using = start(data, WAIT)
    assert using.stdout.readline()
    lines = (data / "postgres" / "cluster" / "postmaster.pid").read_text().splitlines()
    sockets = Path(lines[4])
    assert sockets.stat().st_mode & 0o777 == 0o700
    # The line after the sockets' folder names the address listened on.
    assert lines[5] == ""
    using.communicate("\n")


def test_a_cluster_of_another_version_is_left_alone_and_said_so(data):
    assert run(data, "-c", COUNT).returncode == 0
    wait_until(lambda: not running(data))
    version = data / "postgres" / "cluster" / "PG_VERSION"
    kept = version.read_text()
    version.write_text("12\n")
    try:
        ran = run(data, "-c", COUNT)
    finally:
        version.write_text(kept)
    assert ran.returncode != 0
    assert "was created by PostgreSQL 12" in ran.stderr
    assert "ARCHIVE_DATA" in ran.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's server runs as another user")
def test_as_root_a_private_folder_is_refused_and_left_as_it_is(tmp_path):
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    ran = run(private / "data", "-c", COUNT)
    assert ran.returncode != 0
    assert "cannot enter" in ran.stderr
    assert private.stat().st_mode & 0o777 == 0o700


def test_a_long_path_has_its_socket_elsewhere(data):
    deep = data / ("lang" * 20) / ("sti" * 20)
    ran = run(deep, "-c", COUNT)
    assert ran.returncode == 0, ran.stderr
    wait_until(lambda: not running(deep))


def test_the_server_keeps_no_more_of_the_tables_than_a_quarter_of_the_memory(data):
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    least, most = 128 * 1024**2, 8 * 1024**3
    kept = int(run(data, "-c", KEPT).stdout)
    assert least <= kept <= min(max(memory // 4, least), most)
