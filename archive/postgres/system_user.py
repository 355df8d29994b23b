"""The system user that the server runs as when the application runs as root, which PostgreSQL refuses."""

import os
import pwd
import stat
import subprocess
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

SYSTEM_USER = "referatarkivet"


def server_uid() -> int:
    """Return the user id of the server: the system user's for root, else the current one."""
    return _system_user().pw_uid if os.geteuid() == 0 else os.geteuid()


def process_options() -> dict[str, Any]:
    """Return the options of `subprocess` that run a process as the server's user."""
    if os.geteuid() != 0:
        return {}
    user = _system_user()
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def give_to_server(path: Path) -> None:
    """Make the server's user the owner of `path`."""
    if os.geteuid() == 0:
        user = _system_user()
        os.chown(path, user.pw_uid, user.pw_gid)


def require_reachable(folder: Path) -> None:
    """Raise `ImproperlyConfigured` if the server's user cannot enter a parent of `folder`."""
    if os.geteuid() != 0:
        return
    private = private_parent(folder)
    if private:
        raise ImproperlyConfigured(
            f"As root, PostgreSQL runs as the user {SYSTEM_USER}, who cannot enter {private}. Set "
            "ARCHIVE_DATA to a folder outside of it (/var/lib/referatarkivet), or run as an ordinary user."
        )


def private_parent(folder: Path) -> Path | None:
    """Return the topmost parent of `folder` that other users cannot enter."""
    return next(
        (
            parent
            for parent in reversed(folder.parents)
            if parent.exists() and not parent.stat().st_mode & stat.S_IXOTH
        ),
        None,
    )


def _system_user() -> pwd.struct_passwd:
    """Return the system user, created at the first call."""
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent", SYSTEM_USER]
        process = subprocess.run(command, capture_output=True, text=True, check=False)
        try:
            # Created by this process, or by another one at the same time.
            return pwd.getpwnam(SYSTEM_USER)
        except KeyError:
            raise ImproperlyConfigured(
                f"PostgreSQL does not run as root, and the user {SYSTEM_USER} could not be created: "
                f"{process.stderr.strip()}"
            ) from None
