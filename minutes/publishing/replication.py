"""Remembers the transactions that changed public rows, so that a replica without them is not read from.

`ARCHIVE_DATA/transactions` has the number of each such transaction in a line. It is appended before the
transaction commits, so no visitor sees on a lagging replica what was removed or corrected meanwhile.
"""

import os
from pathlib import Path

from django.conf import settings
from django.db import connection

# The last so many bytes are read at the start of a process: some thousand transactions.
_MOST_BYTES = 64 * 1024


def path() -> Path:
    return Path(settings.ARCHIVE_DATA) / "transactions"


def remember_transaction() -> None:
    """Append the number of the present transaction. One query; without a replica nothing is done."""
    if not settings.REPLICA_DATABASE_URL:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text")
        (number,) = cursor.fetchone()
    path().parent.mkdir(parents=True, exist_ok=True)
    # In one write to the end of the file, which no other process can divide.
    file = os.open(path(), os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(file, f"{number}\n".encode())
    finally:
        os.close(file)


class Transactions:
    """Reads the numbers that were appended since the last time. For one thread at a time."""

    def __init__(self) -> None:
        self._offset: int | None = None

    def added(self) -> list[int]:
        """Return the new numbers. Looks at the size of the file, and reads it only if that has changed."""
        try:
            size = path().stat().st_size
        except FileNotFoundError:
            size = 0
        start = self._offset
        if start is None or size < start:
            start = max(0, size - _MOST_BYTES)
        if size == start:
            self._offset = size
            return []
        with path().open("rb") as file:
            file.seek(start)
            lines = file.read(size - start).split(b"\n")
        self._offset = size
        # The first line may have lost its beginning; it is then a smaller number, of an old transaction.
        return [int(line) for line in lines if line]
