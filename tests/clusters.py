"""PostgreSQL servers that tests start, replicate, stop and promote, of Debian's package."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
# Root cannot run PostgreSQL.
AS_POSTGRES = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


@dataclass(frozen=True)
class Cluster:
    """A server with the database `postgres`, on a port of 127.0.0.1, without durable commits."""

    folder: Path
    port: int

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        options = (
            f"-c listen_addresses=127.0.0.1 -c port={self.port}"
            f" -c unix_socket_directories={self.folder.parent}"
            " -c fsync=off -c max_connections=100 -c shared_buffers=64MB"
        )
        run("pg_ctl", "start", "-D", self.folder, "-w", "-l", f"{self.folder}.log", "-o", options)

    def stop(self, mode: str = "fast") -> None:
        """Stop the server: "fast" as an administrator does, "immediate" as if it was killed."""
        run("pg_ctl", "stop", "-D", self.folder, "-w", "-m", mode)

    def promote(self) -> None:
        run("pg_ctl", "promote", "-D", self.folder, "-w")

    def value(self, statement: str) -> Any:
        """Return the first value of the statement's result, None if it has none."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            cursor = connection.execute(statement)
            row = cursor.fetchone() if cursor.description else None
        return row[0] if row else None

    def has(self, table: str) -> bool:
        """Return True if the server answers and has the table."""
        try:
            return self.value(f"SELECT to_regclass('{table}')") is not None
        except psycopg.OperationalError:
            return False


def run(program: str, *arguments: str | Path) -> None:
    # Written to a file, since the server inherits a pipe and never closes it.
    with tempfile.TemporaryFile() as output:
        command = [*AS_POSTGRES, PROGRAMS / program, *arguments]
        done = subprocess.run(command, stdout=output, stderr=output, cwd="/tmp", check=False)
        output.seek(0)
        assert done.returncode == 0, output.read().decode()


@contextlib.contextmanager
def cluster_folder() -> Iterator[Path]:
    """Yield a folder that the servers' user can enter; stop the servers in it at the end."""
    if not (PROGRAMS / "initdb").exists():
        pytest.skip("PostgreSQL 15 is not installed (Debian: apt-get install postgresql-15).")
    folder = Path(tempfile.mkdtemp(prefix="referatarkivet-clusters-"))
    if AS_POSTGRES:
        shutil.chown(folder, "postgres")
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        for pid in folder.glob("*/postmaster.pid"):
            with contextlib.suppress(AssertionError):
                run("pg_ctl", "stop", "-D", pid.parent, "-w", "-m", "immediate")
        shutil.rmtree(folder)


def new_cluster(folder: Path) -> Cluster:
    """Create and start a server that can be replicated."""
    cluster = Cluster(folder / "primary", _free_port())
    run(
        "initdb",
        "-D",
        cluster.folder,
        "-U",
        "postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
    )
    cluster.start()
    return cluster


def replica_of(primary: Cluster) -> Cluster:
    """Create and start a server that follows the primary."""
    replica = Cluster(primary.folder.with_name("replica"), _free_port())
    source = ("-h", "127.0.0.1", "-p", str(primary.port), "-U", "postgres")
    run("pg_basebackup", "-D", replica.folder, "-R", "-X", "stream", "-c", "fast", *source)
    replica.start()
    return replica


def wait_until(condition: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "timed out"
        time.sleep(0.05)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])
