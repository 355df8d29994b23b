"""The ledger of removals: `ARCHIVE_DATA/takedowns.jsonl`, outside the database, without text.

A line is a JSON object: `id`, `kind` ("meeting", "item", "personal_number", "passage", "original"), the
meeting's addresses `meeting` and the SHA-256 of its documents `sources`, or of the erased original alone with
its `size`, the `item`'s address, the `letters` and the `fingerprint` of a passage or of the item's title,
`whole_words` and `exceptions` of a name (`models.Redaction`), `at`, `by`, `reason`. Fingerprints are keyed by
`ARCHIVE_DATA/takedowns.key`, so that nobody can try all CPR numbers on a copy of the ledger alone.
"""

import errno
import fcntl
import json
import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings

from minutes.privacy import Fingerprints

Entry = dict[str, Any]

_NEEDED = frozenset({"id", "kind", "meeting", "sources", "at"})


class Ledger(NamedTuple):
    """The entries, oldest first, and the numbers of unreadable lines."""

    entries: list[Entry]
    unreadable: list[int]


def path() -> Path:
    return Path(settings.ARCHIVE_DATA) / "takedowns.jsonl"


def append(entry: Entry) -> None:
    """Append an entry and flush it to disk. Call it last in the transaction that applies the entry.

    Raises `OSError`, as for a full disk; the ledger is then as it was. If that transaction is not committed,
    `/readyz` reports the difference and a replay applies the entry.
    """
    path().parent.mkdir(parents=True, exist_ok=True)
    line = json.dumps(entry, ensure_ascii=False, sort_keys=True).encode() + b"\n"
    with path().open("a+b", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        size = file.seek(0, os.SEEK_END)
        if size:
            file.seek(size - 1)
            # End a line that a killed process left unfinished.
            if file.read(1) != b"\n":
                line = b"\n" + line
        try:
            if file.write(line) < len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path()))
            os.fsync(file.fileno())
        except OSError:
            file.truncate(size)
            raise


def read() -> Ledger:
    """Return all entries. The file is read again only after it changed."""
    try:
        stat = path().stat()
    except FileNotFoundError:
        return Ledger([], [])
    return _read(path(), stat.st_mtime_ns, stat.st_size)


def fingerprints() -> Fingerprints:
    """Return the fingerprint function, with a key that is created at its first use."""
    return Fingerprints(_key(Path(settings.ARCHIVE_DATA) / "takedowns.key"))


@lru_cache(maxsize=1)
def _read(file: Path, _changed: int, _size: int) -> Ledger:
    entries: list[Entry] = []
    unreadable: list[int] = []
    for number, line in enumerate(file.read_bytes().splitlines(), start=1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
        except ValueError:
            entry = None
        if isinstance(entry, dict) and entry.keys() >= _NEEDED:
            entries.append(entry)
        else:
            unreadable.append(number)
    return Ledger(entries, unreadable)


def _key(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except FileNotFoundError:
        file.parent.mkdir(parents=True, exist_ok=True)
    new_key = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    new_key.touch(mode=0o600)
    new_key.write_bytes(secrets.token_bytes(32))
    try:
        # Of several processes, only the first succeeds.
        os.link(new_key, file)
    except FileExistsError:
        pass
    finally:
        new_key.unlink()
    return file.read_bytes()
