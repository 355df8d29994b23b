"""`demo`: serve an archive of synthetic minutes on this machine. `make demo` runs it."""

import contextlib
import importlib.util
import io
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError, call_command

from minutes.models import Meeting

_SEED = 2026
_USER = "demo"
_START_TIMEOUT_SECONDS = 60
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Command(BaseCommand):
    help = "Create an archive of synthetic minutes, unless it exists, and serve it on 127.0.0.1 until Ctrl-C."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument(
            "--meetings", type=int, default=300, help="number of meetings to generate the first time"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        port = options["port"]
        if settings.DATABASE_URL:
            raise CommandError("The demo uses the embedded database. Unset DATABASE_URL to run it.")
        if not (settings.PLAIN_HTTP and settings.SECRET_KEY):
            raise CommandError("Run the demo with `make demo`, which sets the environment that it needs.")
        _require_synthetic()
        _require_free_port(port)
        self.stdout.write(f"Data folder: {settings.ARCHIVE_DATA}")
        self.stdout.write("Database …", ending="")
        self.stdout.flush()
        call_command("migrate", verbosity=0)
        self.stdout.write(" ready")
        password = self._password_after_import(options["meetings"])
        call_command("collectstatic", interactive=False, verbosity=0)
        self._serve(port, password)

    def _password_after_import(self, meetings: int) -> str:
        """Return the password of the staff user. Its file is written last and marks a complete import."""
        file = Path(settings.ARCHIVE_DATA) / "demo_password"
        if file.exists():
            return file.read_text()
        self._import(meetings)
        password = secrets.token_urlsafe(12)
        user, _created = get_user_model().objects.get_or_create(
            username=_USER, defaults={"is_staff": True, "is_superuser": True}
        )
        user.set_password(password)
        user.save()
        file.touch(mode=0o600)
        file.write_text(password)
        return password

    def _import(self, meetings: int) -> None:
        with tempfile.TemporaryDirectory() as folder:
            for name in import_synthetic(meetings, Path(folder)):
                count = Meeting.objects.filter(committee__municipality__name=name).count()
                self.stdout.write(f"Imported the minutes of {name} (invented): {count} meetings")
                import_places(name, Path(folder))

    def _serve(self, port: int, password: str) -> None:
        command = [sys.executable, "-m", "gunicorn", "-c", "python:archive.gunicorn", "archive.wsgi"]
        command += [f"--bind=127.0.0.1:{port}", "--workers=2"]
        # A trial should not need a second factor.
        environment = {"MFA_REQUIRED": "0", **os.environ, "DEMO": "1"}
        server = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment)
        worker = subprocess.Popen(
            [sys.executable, "manage.py", "procrastinate", "worker"], cwd=settings.BASE_DIR
        )
        address = f"http://127.0.0.1:{port}/"
        with _stopped_afterwards(server, worker):
            _wait_until_ready(server, f"{address}readyz")
            self.stdout.write(
                f"\nReferatarkivet:  {address}\n"
                f"Staff:           {address}admin/   user {_USER}, password {password}\n"
                "\nCtrl-C stops everything."
            )
            self.stdout.flush()
            server.wait()
        raise CommandError("The web server ended.")


def import_synthetic(meetings: int, folder: Path) -> Iterator[str]:
    """Import generated minutes by way of files in `folder`; yield the name of each imported municipality."""
    from synthetic import generate_minutes  # noqa: PLC0415  The image leaves the package out.

    folders: dict[str, Path] = {}
    for minutes in generate_minutes(meetings, _SEED):
        path = folder / minutes.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(minutes.text, encoding="utf-8")
        folders[minutes.municipality] = folder / minutes.municipality
    for name, texts in folders.items():
        call_command("import_minutes", str(texts), municipality=name, new=True, verbosity=0)
        yield name


def import_places(municipality: str, folder: Path) -> None:
    """Import the places that the generated minutes mention by way of a file in `folder`."""
    from synthetic import gazetteer  # noqa: PLC0415  The image leaves the package out.

    path = folder / "places.csv"
    path.write_text(gazetteer(), encoding="utf-8")
    with contextlib.redirect_stdout(io.StringIO()):
        call_command("import_places", str(path), municipality=municipality)


def _require_synthetic() -> None:
    if importlib.util.find_spec("synthetic") is None:
        raise CommandError("The demo needs the synthetic package, which the image leaves out.")


def _require_free_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise CommandError(
                f"Port {port} cannot be used ({error.strerror}). Try another: make demo PORT={port + 1}"
            ) from error
        except OverflowError as error:
            raise CommandError("--port takes a number from 1 to 65535.") from error


def _wait_until_ready(server: "subprocess.Popen[bytes]", address: str) -> None:
    deadline = time.monotonic() + _START_TIMEOUT_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise CommandError("The web server did not start; see its message above.")
        with contextlib.suppress(urllib.error.URLError, ConnectionError), urllib.request.urlopen(address):  # noqa: S310
            return
        time.sleep(0.05)
    raise CommandError(f"{address} did not answer within {_START_TIMEOUT_SECONDS} seconds.")


@contextlib.contextmanager
def _stopped_afterwards(*processes: "subprocess.Popen[bytes]") -> Iterator[None]:
    """Stop the processes when the block ends, also by Ctrl-C or a signal, which exits with status 0."""

    def interrupt(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    for number in _STOP_SIGNALS:
        signal.signal(number, interrupt)
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(0)
    finally:
        # A second Ctrl-C must not interrupt the cleanup.
        for number in _STOP_SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        for process in processes:
            if process.poll() is None:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process.pid, signal.SIGTERM)
        for process in processes:
            process.wait()
