"""A bound on the passwords that a process hashes for anonymous visitors at once.

A hash takes about half a second of a processor. Without a bound, a few visitors who post passwords would
occupy every processor and every thread.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

# One attempt is hashed and one waits; the others of the process are refused at once.
_places = threading.BoundedSemaphore(2)
_turn = threading.Lock()
_MOST_SECONDS_TO_WAIT = 2.0


class Busy(Exception):
    """Other attempts are being hashed."""


@contextmanager
def hashing() -> Iterator[None]:
    """Wait for a turn to hash a password; raise `Busy` if one waits already, or after two seconds."""
    if not _places.acquire(blocking=False):
        raise Busy
    try:
        if not _turn.acquire(timeout=_MOST_SECONDS_TO_WAIT):
            raise Busy
        try:
            yield
        finally:
            _turn.release()
    finally:
        _places.release()
