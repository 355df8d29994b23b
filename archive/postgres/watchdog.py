"""Stop the server of a folder when no process uses it. Started by `server`; standard library only.

Waits for an exclusive lock on `users.lock`, which the kernel grants when the last user has ended. A process
that wants to use the server waits while the watchdog stops it. `watchdog.lock`, inherited as an open file,
is locked until the watchdog ends.
"""

import fcntl
import os
import signal
import sys
import time

_STOP_TIMEOUT_SECONDS = 60


def main() -> None:
    folder = sys.argv[1]  # The second argument is the descriptor of watchdog.lock.
    with open(os.path.join(folder, "users.lock"), "rb") as users:  # noqa: PTH118, PTH123
        fcntl.flock(users, fcntl.LOCK_EX)
        stop(os.path.join(folder, "cluster", "postmaster.pid"))  # noqa: PTH118


def stop(pid_file: str) -> None:
    """Shut the server down, rolling back open transactions, and wait until it has ended."""
    try:
        with open(pid_file) as file:  # noqa: PTH123
            pid = int(file.readline())
        os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + _STOP_TIMEOUT_SECONDS
        while os.path.exists(pid_file) and time.monotonic() < deadline:  # noqa: PTH110
            os.kill(pid, 0)
            time.sleep(0.01)
    except (FileNotFoundError, ProcessLookupError, ValueError):
        return  # It does not run.


if __name__ == "__main__":
    main()
