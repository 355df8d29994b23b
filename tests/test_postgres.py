"""The embedded server: started at the first connection, shared by processes, stopped with the last."""

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

pytestmark = pytest.mark.skipif(
    bool(os.environ.get("DATABASE_URL")), reason="the embedded server is not in use"
)

COUNT = (
    "import django; django.setup()\n"
    "from django.db import connection\n"
    "cursor = connection.cursor()\n"
    "cursor.execute('SELECT pg_postmaster_start_time(), count(*) FROM pg_class GROUP BY 1')\n"
    "print(cursor.fetchone()[0].isoformat(), flush=True)\n"
)
SHARED_BUFFERS = (
    "import django; django.setup()\n"
    "from django.db import connection\n"
    "cursor = connection.cursor()\n"
    "cursor.execute(\"SELECT pg_size_bytes(current_setting('shared_buffers'))\")\n"
    "print(cursor.fetchone()[0])\n"
)
WAIT = COUNT + "import sys; sys.stdin.readline()\n"


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    """Yield a data folder with its own cluster, outside folders that the server's user cannot enter."""
    folder = Path(tempfile.mkdtemp(prefix="referatarkivet-"))
    folder.chmod(0o755)
    yield folder
    wait_until(lambda: not running(folder))
    shutil.rmtree(folder)


def environment(data: Path) -> dict[str, str]:
    return {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "archive.settings",
        "DEBUG": "1",
        "ARCHIVE_DATA": str(data),
    }


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
    """Return the process id of the folder's server, or 0."""
    try:
        pid = int((data / "postgres" / "cluster" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, 0)
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return pid


def wait_until(condition: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "timed out"
        time.sleep(0.02)


@pytest.mark.parametrize(
    "arguments", [("manage.py", "check"), ("manage.py", "help"), ("manage.py", "parse_minutes", __file__)]
)
def test_commands_without_queries_do_not_start_the_server(data, arguments):
    run(data, *arguments)
    assert not (data / "postgres").exists()


def test_the_server_starts_at_the_first_connection_and_stops_with_the_last_process(data):
    using = start(data, WAIT)
    assert using.stdout.readline()
    assert running(data)
    using.communicate("\n")
    assert using.returncode == 0
    wait_until(lambda: not running(data))


def test_processes_that_start_at_the_same_time_share_one_server(data):
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


def test_the_server_stops_when_its_last_process_is_killed(data):
    using = start(data, WAIT)
    assert using.stdout.readline()
    using.kill()
    using.communicate()
    wait_until(lambda: not running(data))


def test_a_server_that_has_died_is_restarted_with_its_data(data):
    create = "import django; django.setup()\nfrom django.db import connection\n"
    create += "connection.cursor().execute('CREATE TABLE stored AS SELECT 7 AS number')\n"
    assert run(data, "-c", create).returncode == 0
    using = start(
        data,
        WAIT
        + "connection.close()\ncursor = connection.cursor()\ncursor.execute('SELECT number FROM stored')\n"
        "print(cursor.fetchone()[0])\n",
    )
    assert using.stdout.readline()
    os.kill(running(data), signal.SIGKILL)
    printed, _ = using.communicate("\n", timeout=60)
    assert (using.returncode, printed) == (0, "7\n")
    wait_until(lambda: not running(data))


def test_a_folder_works_after_the_server_and_its_process_were_killed(data):
    using = start(data, WAIT)
    assert using.stdout.readline()
    server = running(data)
    os.kill(server, signal.SIGKILL)
    using.kill()
    using.communicate()
    assert run(data, "-c", COUNT).returncode == 0


def test_the_server_listens_on_a_private_unix_socket_alone(data):
    using = start(data, WAIT)
    assert using.stdout.readline()
    lines = (data / "postgres" / "cluster" / "postmaster.pid").read_text().splitlines()
    sockets = Path(lines[4])
    assert sockets.stat().st_mode & 0o777 == 0o700
    # The line after the socket folder has the listen address.
    assert lines[5] == ""
    using.communicate("\n")


def test_a_cluster_of_another_version_is_refused_and_unchanged(data):
    assert run(data, "-c", COUNT).returncode == 0
    wait_until(lambda: not running(data))
    version = data / "postgres" / "cluster" / "PG_VERSION"
    original = version.read_text()
    version.write_text("12\n")
    try:
        ran = run(data, "-c", COUNT)
    finally:
        version.write_text(original)
    assert ran.returncode != 0
    assert "was created by PostgreSQL 12" in ran.stderr
    assert "ARCHIVE_DATA" in ran.stderr


@pytest.mark.skipif(os.geteuid() != 0, reason="only root's server runs as another user")
def test_as_root_a_private_folder_is_refused_and_unchanged(tmp_path):
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    ran = run(private / "data", "-c", COUNT)
    assert ran.returncode != 0
    assert "cannot enter" in ran.stderr
    assert private.stat().st_mode & 0o777 == 0o700


def test_the_socket_is_in_tmp_if_the_data_folder_has_a_long_path(data):
    deep = data / ("lang" * 20) / ("sti" * 20)
    ran = run(deep, "-c", COUNT)
    assert ran.returncode == 0, ran.stderr
    wait_until(lambda: not running(deep))


def test_shared_buffers_are_a_quarter_of_the_memory_at_most(data):
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    least, most = 128 * 1024**2, 8 * 1024**3
    buffers = int(run(data, "-c", SHARED_BUFFERS).stdout)
    assert least <= buffers <= min(max(memory // 4, least), most)
