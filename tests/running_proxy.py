"""nginx with the configuration in deploy/nginx, as tests start it."""

import contextlib
import getpass
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

_CONFIGURATION = Path(__file__).parents[1] / "deploy" / "nginx"


@contextlib.contextmanager
def running_proxy(folder: Path, site: int, *, header_timeout: str = "10s") -> Iterator[int]:
    """Run nginx in front of a port with a site, with a certificate of its own; yield its port for HTTPS."""
    nginx = shutil.which("nginx", path="/usr/sbin:/usr/bin:/sbin")
    if not nginx:
        pytest.skip("nginx is not installed (Debian: apt-get install nginx-light).")
    folder.chmod(0o755)
    _create_certificate(folder)
    plain, encrypted = _free_port(), _free_port()
    server = re.sub(r"listen \[::\].*\n", "", (_CONFIGURATION / "referatarkivet.conf").read_text())
    for written, used in (
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ", f"listen 127.0.0.1:{encrypted} "),
        ("/etc/referatarkivet/tls", str(folder)),
        ("client_header_timeout 10s", f"client_header_timeout {header_timeout}"),
    ):
        assert written in server
        server = server.replace(written, used)
    upstream = (_CONFIGURATION / "upstream.conf").read_text().replace("127.0.0.1:8000", f"127.0.0.1:{site}")
    names = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    folders = " ".join(f"{name}_temp_path {folder}/{name};" for name in names)
    (folder / "nginx.conf").write_text(
        f"daemon off; user {getpass.getuser()}; worker_processes 1;\n"
        f"pid {folder}/pid; error_log {folder}/errors;\n"
        "events { worker_connections 2048; }\n"
        f"http {{ access_log off; {folders}\n{upstream}\n{server} }}\n"
    )
    command = [nginx, "-p", str(folder), "-c", "nginx.conf", "-e", f"{folder}/errors"]
    with subprocess.Popen(command) as process:
        try:
            _wait_for(encrypted, process)
            yield encrypted
        finally:
            process.terminate()
            process.wait(timeout=20)


def _create_certificate(folder: Path) -> None:
    options = ("-subj", "/CN=localhost", "-nodes", "-days", "2")
    key = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-keyout", str(folder / "privkey.pem"))
    command = ["openssl", "req", "-x509", *options, *key, "-out", str(folder / "fullchain.pem")]
    subprocess.run(command, check=True, capture_output=True)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("nginx did not start")
