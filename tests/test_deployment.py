"""The files in deploy/: nginx runs with its configuration, and systemd accepts the units."""

import re
import shutil
import socket
import ssl
import subprocess
import tomllib
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.running_proxy import running_proxy

DEPLOY = Path(__file__).parents[1] / "deploy"
UNITS = sorted(DEPLOY.glob("systemd/*"))


class Echo(BaseHTTPRequestHandler):
    """Answers with the headers of the request and the length of its body."""

    def do_GET(self) -> None:
        body = f"{self.headers}{len(self.rfile.read(int(self.headers.get('Content-Length', 0))))} bytes"
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        self.wfile.write(body.encode())

    do_POST = do_GET

    def log_message(self, format: str, *args: Any) -> None:
        """Log nothing."""


@pytest.fixture(scope="module")
def proxy(tmp_path_factory) -> Iterator[int]:
    """The HTTPS port of nginx with deploy/nginx in front of a server that echoes."""
    site = ThreadingHTTPServer(("127.0.0.1", 0), Echo)
    Thread(target=site.serve_forever, daemon=True).start()
    with running_proxy(tmp_path_factory.mktemp("nginx"), site.server_port, header_timeout="1s") as port:
        yield port
    site.shutdown()
    site.server_close()


def send(port: int, path: str, *, data: bytes | None = None, **headers: str) -> tuple[int, str]:
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    request = urllib.request.Request(f"https://127.0.0.1:{port}{path}", data=data, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30, context=context) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""


def test_the_proxy_tells_the_site_the_visitors_address_whatever_the_visitor_says(proxy):
    status, headers = send(proxy, "/", **{"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "http"})
    assert status == 200
    assert "X-Forwarded-For: 127.0.0.1" in headers
    assert "X-Forwarded-Proto: https" in headers
    assert "203.0.113.7" not in headers


def test_the_proxy_refuses_large_requests_except_uploads_of_staff(proxy):
    large = b"x" * 200_000
    assert send(proxy, "/om/fejl/", data=large)[0] == 413
    assert send(proxy, "/admin/login/", data=large)[0] == 413
    status, text = send(proxy, "/admin/upload/", data=large)
    assert status == 200
    assert "200000 bytes" in text


def test_the_proxy_ends_a_request_that_does_not_arrive(proxy):
    with socket.create_connection(("127.0.0.1", proxy), timeout=20) as client:
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        with context.wrap_socket(client) as encrypted:
            encrypted.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: a")
            # Nothing, or the status 408, and the end of the connection.
            try:
                answer = encrypted.recv(1000)
            except ConnectionError:
                answer = b""
    assert answer == b"" or b" 408 " in answer


def test_the_proxy_limits_logins(proxy):
    answers = [send(proxy, "/admin/login/", data=b"username=a")[0] for _number in range(15)]
    assert answers[0] == 200
    assert 429 in answers


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_accepts_a_unit(unit, tmp_path):
    analyze = shutil.which("systemd-analyze")
    if not analyze:
        pytest.skip("systemd-analyze is not installed.")
    for source in UNITS:
        # The programs are not on this machine.
        text = source.read_text().replace("/srv/referatarkivet/.venv/bin/python", "/usr/bin/env")
        text = text.replace("/srv/referatarkivet/.venv/bin/gunicorn", "/usr/bin/env")
        (tmp_path / source.name).write_text(text)
    name = unit.name.replace("@.", "@1.")
    (tmp_path / name).write_text((tmp_path / unit.name).read_text())
    done = subprocess.run(
        [analyze, "verify", "--man=no", tmp_path / name], capture_output=True, text=True, check=False
    )
    ours = [line for line in done.stderr.splitlines() if "referatarkivet" in line]
    assert (done.returncode, ours) == (0, []), done.stderr


def test_the_lock_file_has_a_version_with_hashes_of_every_dependency():
    project = tomllib.loads((DEPLOY.parent / "pyproject.toml").read_text())["project"]
    text = (DEPLOY.parent / "requirements.lock").read_text()
    entries = re.findall(
        r"^([\w.-]+)(?:\[[\w,-]+\])?==([^ ;\\]+)(.*?)(?=^[\w]|\Z)", text, re.MULTILINE | re.DOTALL
    )
    locked = {canonicalize_name(name): version for name, version, _rest in entries}
    assert all("--hash=sha256:" in rest for _name, _version, rest in entries)
    for requirement in map(Requirement, project["dependencies"]):
        version = locked.get(canonicalize_name(requirement.name), "")
        assert version, f"{requirement.name} is not in requirements.lock: run make lock"
        assert requirement.specifier.contains(version), f"{requirement}: run make lock"
