"""The site under gunicorn, as tests start it."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
# A page with a query and one without.
WITH_QUERIES, WITHOUT_QUERIES = "/kommuner/", "/om/"


class Answer(NamedTuple):
    status: int
    seconds: float
    text: str


class Site(NamedTuple):
    """A running site: its port, the file of its log, and the process of gunicorn."""

    port: int
    log: Path
    process: "subprocess.Popen[bytes]"

    def get(self, path: str, **headers: str) -> Answer:
        return self.send(urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers))

    def post(self, path: str, body: bytes) -> Answer:
        return self.send(urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", data=body))

    @staticmethod
    def send(request: urllib.request.Request) -> Answer:
        start = time.monotonic()
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                status, text = response.status, response.read().decode()
        except urllib.error.HTTPError as error:
            status, text = error.code, error.read().decode()
        return Answer(status, time.monotonic() - start, text)

    def requests(self) -> list[dict[str, Any]]:
        """Return the lines of the log about requests, oldest first."""
        lines = (json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{"))
        return [line for line in lines if line["event"] == "request"]

    def wait_until_ready(self, seconds: float = 60) -> None:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with contextlib.suppress(OSError):
                if self.get("/healthz").status == 200 and self.get(WITH_QUERIES).status == 200:
                    return
            time.sleep(0.1)
        pytest.fail(f"the site did not answer: {self.log.read_text()[-2000:]}")


def environment(database_url: str, data: Path, **settings: str) -> dict[str, str]:
    """Return the environment of a process that uses the database and the folder."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": database_url,
        "ARCHIVE_DATA": str(data),
        **settings,
    }


@contextlib.contextmanager
def running_site(database_url: str, folder: Path, **settings: str) -> Iterator[Site]:
    """Run gunicorn as in production, with two workers; its data and log are in the folder."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    data, log = folder / "data", folder / "log"
    web = {"WEB_BIND": f"127.0.0.1:{port}", "WEB_WORKERS": "2", "LOG_FORMAT": "json"}
    command = [sys.executable, "-m", "gunicorn", "-c", "python:archive.gunicorn", "archive.wsgi"]
    with (
        log.open("wb") as errors,
        subprocess.Popen(
            command, cwd=ROOT, env=environment(database_url, data, **web | settings), stderr=errors
        ) as gunicorn,
    ):
        try:
            yield Site(port, log, gunicorn)
        finally:
            gunicorn.terminate()
            gunicorn.wait(timeout=40)


def manage(database_url: str, data: Path, *arguments: str, **settings: str) -> str:
    """Run a command of manage.py and return what it printed."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment(database_url, data, **settings),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
