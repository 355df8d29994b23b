"""Writes everything published to a folder of JSON Lines, and verifies and reads such a folder.

`docs/export.md` describes the format.
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

from minutes import archive_files
from minutes.export.kinds import KINDS, RecordType
from minutes.export.upgrades import VERSION, upgrade
from minutes.models import PublicFile
from minutes.publishing.restore import RestoreError, last_ids

FORMAT = "referatarkivet"
MANIFEST = "manifest.json"
# The folder of the files that belong to items and meetings, by their SHA-256.
FILES = "files"

# Bytes read at a time, and records between two calls of `Progress`.
_CHUNK, _RECORDS_PER_CALL = 1 << 20, 500

Progress = Callable[[str, int], None]
"""Called with the name of a kind and the number of its records done so far, and at the end of each kind."""


class File(msgspec.Struct):
    records: int
    bytes: int
    sha256: str


class Manifest(msgspec.Struct):
    """`last` is the result of `restore.last_ids`."""

    format: str
    version: int
    files: dict[str, File] = {}
    last: dict[str, int] = {}


def write_export(out: Path, progress: Progress) -> dict[str, int]:
    """Write the archive as it is at this moment to `out`, a new or empty folder; return records by kind.

    The folder is renamed to `out` when it is complete. Memory use does not grow with the archive. Raises
    `FileExistsError` when `out` is not empty.
    """
    if out.exists() and any(out.iterdir()):
        raise FileExistsError(out)
    partial = out.with_name(f".{out.name}.{secrets.token_hex(4)}")
    partial.mkdir(parents=True)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            # One snapshot for all files, whatever is imported meanwhile; a test is in a transaction already.
            if not connection.savepoint_ids:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            files = {kind.name: _write_kind(partial, kind, progress) for kind in KINDS}
            _copy_files(partial / FILES)
            manifest = msgspec.json.encode(Manifest(FORMAT, VERSION, files, last_ids()))
        _write_synced(partial / MANIFEST, msgspec.json.format(manifest) + b"\n")
        partial.replace(out)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    return {name: file.records for name, file in files.items()}


def _write_kind(folder: Path, kind: RecordType, progress: Progress) -> File:
    digest, number, size = hashlib.sha256(), 0, 0
    with (folder / f"{kind.name}.jsonl").open("wb") as file:
        for row in kind.rows().iterator(chunk_size=kind.chunk_size):
            line = msgspec.json.encode(kind.record(row)) + b"\n"
            file.write(line)
            digest.update(line)
            size += len(line)
            number += 1
            if number % _RECORDS_PER_CALL == 0:
                progress(kind.name, number)
        file.flush()
        os.fsync(file.fileno())
    progress(kind.name, number)
    return File(number, size, digest.hexdigest())


def _copy_files(folder: Path) -> None:
    """Copy the bytes of all published files that the archive has to `folder`, created if there are any."""
    hashes = PublicFile.objects.published().order_by("sha256").values_list("sha256", flat=True).distinct()
    for sha256 in hashes.iterator():
        try:
            stored = archive_files.open_file(sha256)
        except FileNotFoundError:
            continue
        folder.mkdir(exist_ok=True)
        with stored, (folder / sha256).open("wb") as file:
            shutil.copyfileobj(stored, file)


def _write_synced(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


@dataclass(frozen=True)
class StoredExport:
    """A complete export in a folder. `counts` are records by kind, `last` is as in the manifest."""

    folder: Path
    version: int
    counts: dict[str, int]
    last: dict[str, int]

    @classmethod
    def verified(cls, folder: Path) -> "StoredExport":
        """Open the export in `folder`. Raises `RestoreError` when a file is missing or was changed."""
        manifest = _manifest(folder)
        counts = {}
        for kind in KINDS:
            file = manifest.files.get(kind.name)
            if file is not None or not kind.optional:
                _verify(folder / f"{kind.name}.jsonl", file)
            counts[kind.name] = file.records if file else 0
        for path in _files_in(folder):
            if _sha256_of(path) != path.name:
                raise RestoreError(f"{path}: is not as it was written (its SHA-256 is another).")
        return cls(folder, manifest.version, counts, manifest.last)

    @property
    def shows_closed_texts(self) -> bool:
        """Return True when the text of a source includes everything that was read of closed items."""
        return self.version == 1

    def lines(self, kind: str) -> Iterator[bytes]:
        """Yield the records of a kind as JSON, upgraded to the present version."""
        if not self.counts[kind]:
            return
        with (self.folder / f"{kind}.jsonl").open("rb") as file:
            yield from upgrade(kind, file, self.version)

    def store_files(self) -> None:
        """Store the bytes of the files. Call it before the restore, which deletes those taken down since."""
        for path in _files_in(self.folder):
            archive_files.store(path.name, path.read_bytes())


def _files_in(folder: Path) -> list[Path]:
    return sorted((folder / FILES).iterdir()) if (folder / FILES).is_dir() else []


def _sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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
    if not 1 <= manifest.version <= VERSION:
        raise RestoreError(
            f"{path}: is of version {manifest.version}; this program imports versions 1 to {VERSION}. "
            "Import it with the program that wrote it, or a newer one."
        )
    return manifest


def _verify(path: Path, expected: File | None) -> None:
    digest, records = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                records += chunk.count(b"\n")
    except OSError as error:
        raise RestoreError(f"{path}: {error.strerror}.") from error
    if expected is None or digest.hexdigest() != expected.sha256:
        raise RestoreError(f"{path}: is not as it was written (its SHA-256 is another).")
    if records != expected.records:
        raise RestoreError(f"{path}: has {records} records, and the manifest says {expected.records}.")
