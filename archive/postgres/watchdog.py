"""Stops the server of a folder when no process uses it any more. Run by `server`, with the standard library.

Waits for `users.lock` alone, which it gets when the last user is gone, however that ended. While it holds
it, a newcomer waits. It holds `watchdog.lock`, handed over as an open file, for as long as it lives.
"""

import fcntl
import os
import signal
import sys
import time

_SECONDS_TO_STOP = 60


def main() -> None:
    folder, _duty = sys.argv[1], int(sys.argv[2])
    with open(os.path.join(folder, "users.lock"), "rb") as users:  # noqa: PTH118, PTH123
        fcntl.flock(users, fcntl.LOCK_EX)
        stop(os.path.join(folder, "cluster", "postmaster.pid"))  # noqa: PTH118


def stop(pid_file: str) -> None:
    """Ask the server to shut down, rolling back what is under way, and wait until it has."""
    try:
        with open(pid_file) as file:  # noqa: PTH123
            pid = int(file.readline())
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + _SECONDS_TO_STOP
        while os.path.exists(pid_file) and time.monotonic() < deadline:  # noqa: PTH110
            os.kill(pid, 0)
            time.sleep(0.01)
    except (FileNotFoundError, ProcessLookupError, ValueError):
        return  # It is not up, or has just gone.


if __name__ == "__main__":
    main()
