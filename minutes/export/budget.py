"""The budget of files of lists: a few at a time in each process, each within a minute.

While a file is sent, its query occupies one of the process's connections to the database, and a client that
reads slowly would occupy it for long.
"""

import threading
import time
import weakref
from collections.abc import Iterator

from archive.deadlines import deadline_in

# Of the eight connections of a process (archive/databases.py).
AT_A_TIME = 3
_SECONDS = 60.0
# How long a request waits for its turn.
_WAIT_SECONDS = 1.0

_turns = threading.BoundedSemaphore(AT_A_TIME)


class TooManyFilesError(Exception):
    """As many files are being sent as a process may send at a time."""


class FileTooSlowError(Exception):
    """The file was not sent in time: the connection ends in the middle, so nobody takes it for whole."""


class Turn:
    """The right to send a file, from now on. Raises `TooManyFilesError` if there is none for a second."""

    def __init__(self) -> None:
        if not _turns.acquire(timeout=_WAIT_SECONDS):
            raise TooManyFilesError
        self._until = time.monotonic() + _SECONDS
        # Ended once: by the last piece, the end of the response, or at last with this object.
        self.end = weakref.finalize(self, _turns.release)

    def remaining(self) -> float:
        """Return the seconds that are left; at most 0 when the time is over."""
        return self._until - time.monotonic()


class Pieces:
    """The pieces of a file, whose turn ends with them."""

    def __init__(self, pieces: Iterator[bytes], turn: Turn) -> None:
        self._pieces, self._turn = pieces, turn

    def __iter__(self) -> "Pieces":
        return self

    def __next__(self) -> bytes:
        remaining = self._turn.remaining()
        if remaining <= 0:
            self.close()
            raise FileTooSlowError
        with deadline_in(remaining):
            piece = next(self._pieces, None)
        if piece is None:
            self.close()
            raise StopIteration
        return piece

    def close(self) -> None:
        self._turn.end()
