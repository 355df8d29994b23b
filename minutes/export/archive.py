"""Everything published as a folder of JSON Lines: written, verified, read.

`docs/export.md` is the contract.
"""

import hashlib
import os
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec
from django.db import connection, transaction

from minutes.export.kinds import KINDS, Kind
from minutes.publishing.restore import RestoreError, last_ids

FORMAT, VERSION = "referatarkivet", 1
MANIFEST = "manifest.json"

# Bytes read at a time, and records after which it is told how far one is.
_READ, _TOLD = 1 << 20, 500

Progress = Callable[[str, int], None]
"""Called with a kind's name and how many of its records are done, now and then and at the end."""


class File(msgspec.Struct):
    records: int
    bytes: int
    sha256: str


class Manifest(msgspec.Struct):
    """`last` is the highest number that a row of each kind was given (`restoring.last_ids`)."""

    format: str
    version: int
    files: dict[str, File] = {}
    last: dict[str, int] = {}


def write(out: Path, told: Progress) -> dict[str, int]:
    """Write the archive as it is at this moment to `out`, a new or an empty folder; records by kind.

    The folder takes its name when it is whole. Memory does not grow with the archive. Raises
    `FileExistsError` when there is something in `out`.
    """
    if out.exists() and any(out.iterdir()):
        raise FileExistsError(out)
    made = out.with_name(f".{out.name}.{secrets.token_hex(4)}")
    made.mkdir(parents=True)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            # Every file of one moment, whatever is imported meanwhile; a test is in a transaction already.
            if not connection.savepoint_ids:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            files = {kind.name: _write_kind(made, kind, told) for kind in KINDS}
            manifest = msgspec.json.encode(Manifest(FORMAT, VERSION, files, last_ids()))
        _write_whole(made / MANIFEST, msgspec.json.format(manifest) + b"\n")
        made.replace(out)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise
    return {name: file.records for name, file in files.items()}


def _write_kind(folder: Path, kind: Kind, told: Progress) -> File:
    digest, number, size = hashlib.sha256(), 0, 0
    with (folder / f"{kind.name}.jsonl").open("wb") as file:
        for row in kind.rows().iterator(chunk_size=kind.at_once):
            line = msgspec.json.encode(kind.record(row)) + b"\n"
            file.write(line)
            digest.update(line)
            size += len(line)
            number += 1
            if number % _TOLD == 0:
                told(kind.name, number)
        file.flush()
        os.fsync(file.fileno())
    told(kind.name, number)
    return File(number, size, digest.hexdigest())


def _write_whole(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@dataclass(frozen=True)
class Archive:
    """A folder that an export wrote and that is whole: `counts` are of records, `last` as `last_ids`."""

    folder: Path
    counts: dict[str, int]
    last: dict[str, int]

    @classmethod
    def verified(cls, folder: Path) -> "Archive":
        """Raises `RestoreError` when a file is missing or is another than was written."""
        manifest = _manifest(folder)
        for kind in KINDS:
            _verify(folder / f"{kind.name}.jsonl", manifest.files.get(kind.name))
        counts = {kind.name: manifest.files[kind.name].records for kind in KINDS}
        return cls(folder, counts, manifest.last)

    def lines(self, kind: str) -> Iterator[bytes]:
        with (self.folder / f"{kind}.jsonl").open("rb") as file:
            yield from file


def _manifest(folder: Path) -> Manifest:
    path = folder / MANIFEST
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
    except OSError as error:
        raise RestoreError(f"{path}: {error.strerror}.") from error
    except msgspec.DecodeError as error:
        raise RestoreError(f"{path}: is no manifest ({error}).") from error
    if manifest.format != FORMAT:
        raise RestoreError(f"{path}: is not of an export of this archive's.")
    if manifest.version != VERSION:
        raise RestoreError(f"{path}: is of version {manifest.version}; this program reads {VERSION}.")
    return manifest


def _verify(path: Path, told: File | None) -> None:
    digest, number = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while piece := file.read(_READ):
                digest.update(piece)
                number += piece.count(b"\n")
    except OSError as error:
        raise RestoreError(f"{path}: {error.strerror}.") from error
    if told is None or digest.hexdigest() != told.sha256:
        raise RestoreError(f"{path}: is not as it was written (its SHA-256 is another).")
    if number != told.records:
        raise RestoreError(f"{path}: has {number} records, and the manifest says {told.records}.")
