"""`demo` creates and serves an archive, and leaves nothing running."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.skipif(
    bool(os.environ.get("DATABASE_URL")), reason="the demo uses the embedded database"
)


@pytest.fixture
def data() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="referatarkivet-demo-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(data: Path, port: int) -> "subprocess.Popen[str]":
    environment = {
        "PATH": os.environ["PATH"],
        "ARCHIVE_DATA": str(data),
        "STATIC_ROOT": str(data / "static"),
        "PLAIN_HTTP": "1",
        "KEEP_SECRET_KEY": "1",
    }
    return subprocess.Popen(
        [sys.executable, "manage.py", "demo", "--port", str(port), "--meetings", "4"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def until_ready(process: "subprocess.Popen[str]") -> str:
    printed = ""
    for line in process.stdout or ():
        printed += line
        if "Ctrl-C" in line:
            return printed
    raise AssertionError(printed)


def end(process: "subprocess.Popen[str]", data: Path) -> None:
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=30)
    assert process.returncode == 0, rest
    deadline = time.monotonic() + 20
    while (data / "postgres" / "cluster" / "postmaster.pid").exists():
        assert time.monotonic() < deadline, "PostgreSQL is still running"
        time.sleep(0.05)


def get(address: str) -> str:
    with urllib.request.urlopen(address) as response:
        return str(response.read().decode())


def test_the_demo_serves_an_archive_and_leaves_nothing_running(data):
    port = free_port()
    process = start(data, port)
    printed = until_ready(process)
    address = f"http://127.0.0.1:{port}/"
    assert address in printed
    password = re.search(r"user demo, password (\S+)", printed)
    assert password
    home = get(address)
    assert "Hvad besluttede byrådet?" in home
    (meeting,) = re.findall(r'href="(/[a-z-]+/byraadet/[0-9-]+/)"', home)[:1]
    assert "Godkendt" in get(f"{address[:-1]}{meeting}")
    # Static files are served under hashed names.
    (sheet,) = re.findall(r'href="(/static/site\.[0-9a-f]+\.css)"', home)
    assert "--paper" in get(f"{address[:-1]}{sheet}")
    end(process, data)

    # A second run has the same data and login; a third is refused because the port is in use.
    process = start(data, port)
    assert until_ready(process).endswith(printed[printed.index("Referatarkivet:") :])
    refused = start(data, port)
    output, _ = refused.communicate(timeout=30)
    assert refused.returncode != 0
    assert f"Port {port} cannot be used" in output
    end(process, data)


def test_the_demo_refuses_to_use_the_database_of_database_url():
    ran = subprocess.run(
        [sys.executable, "manage.py", "demo"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
            "SECRET_KEY": "x",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode != 0
    assert "Unset DATABASE_URL" in ran.stderr


def test_the_demo_reports_a_missing_synthetic_package(monkeypatch, settings):
    settings.DATABASE_URL = ""
    settings.PLAIN_HTTP = True
    monkeypatch.setitem(sys.modules, "synthetic", None)
    with pytest.raises(CommandError, match=r"needs the synthetic package, which the image leaves out"):
        call_command("demo")
