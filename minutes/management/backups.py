"""Backups of the archive: the database, the original files, the takedown ledger and its key.

The folder of the backups contains `sources/`, with each original file once, by its SHA-256, and a folder for
each backup with the database, the ledger and `manifest.json`. Files can be encrypted by age or gpg; their
names end in `.age` or `.gpg` then. Original files that were erased are removed from `sources/` too.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, NamedTuple

from django.conf import settings
from django.core.management import CommandError
from django.db import connection

from minutes import archive_files
from minutes.publishing import ledger
from minutes.service_status import last_backup_file

MANIFEST = "manifest.json"
_VERSION = 1
_NAME = re.compile(r"\d{8}T\d{12}Z")
# The database may belong to another user where it is restored.
_WITHOUT_OWNERS = ("--no-owner", "--no-privileges")
_DATABASE, _LEDGER, _KEY = "database.dump", "takedowns.jsonl", "takedowns.key"


class Encryption(NamedTuple):
    """A program that encrypts, and the suffix of encrypted files."""

    suffix: str = ""
    command: tuple[str, ...] = ()


def encryption_to(recipient: str) -> Encryption:
    """Return the encryption for a recipient: a public key of age or SSH, or a key of gpg; "" for none."""
    if not recipient:
        return Encryption()
    if recipient.startswith(("age1", "ssh-")):
        return Encryption(".age", ("age", "--encrypt", "--recipient", recipient))
    gpg = ("gpg", "--batch", "--yes", "--trust-model", "always", "--encrypt", "--recipient", recipient)
    return Encryption(".gpg", gpg)


class Backup(NamedTuple):
    folder: Path
    new_sources: int
    removed_sources: int
    with_key: bool


def create(folder: Path, encryption: Encryption) -> Backup:
    """Write a backup into a new folder of `folder`, which exists only when it is complete.

    The database comes first: what changes meanwhile is in the ledger and in `sources/` only, and a restore
    can deal with that. Raises `CommandError` if a program is missing or fails.
    """
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}"
    target, partial = folder / name, folder / f".{name}"
    partial.mkdir(parents=True, mode=0o700)
    try:
        with _database_program("pg_dump", "--format=custom", *_WITHOUT_OWNERS) as dump:
            _write(dump, partial / _DATABASE, encryption)
        data = Path(settings.ARCHIVE_DATA)
        # With the ledger and its key CPR numbers can be tried out.
        names = [_LEDGER, _KEY] if encryption.suffix else [_LEDGER]
        for source in (data / file for file in names if (data / file).exists()):
            with source.open("rb") as opened:
                _write(opened, partial / source.name, encryption)
        new, removed = _update_sources(folder / "sources", encryption)
        manifest: dict[str, Any] = {
            "version": _VERSION,
            "created": datetime.now(UTC).isoformat(timespec="seconds"),
            "postgresql": _server_version(),
            "files": {file.name: _sha256(file) for file in sorted(partial.iterdir())},
            "sources": sorted(_names(folder / "sources")),
        }
        (partial / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        partial.rename(target)
    except BaseException:
        shutil.rmtree(partial)
        raise
    last_backup_file().write_text(manifest["created"], encoding="utf-8")
    return Backup(target, new, removed, (target / f"{_KEY}{encryption.suffix}").exists())


def delete_old(folder: Path, keep: int) -> int:
    """Delete all backups but the newest `keep`; return how many. `sources/` stays."""
    complete = sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))
    for path in complete[:-keep]:
        shutil.rmtree(path)
    return len(complete[:-keep])


def restore(backup: Path, identity: str) -> None:
    """Restore a backup into an empty database and ARCHIVE_DATA; then run `migrate`.

    The backup is verified first. A ledger that is in ARCHIVE_DATA stays, with the lines of the backup's that
    it lacks. `identity` is the file of age's private key. Raises `CommandError` if the backup is damaged, the
    database is not empty, or the keys of the ledgers differ; nothing is changed then.
    """
    manifest = _verified_manifest(backup)
    _require_empty_database()
    stored = {_plain(name): backup / name for name in manifest["files"]}
    data = Path(settings.ARCHIVE_DATA)
    data.mkdir(parents=True, exist_ok=True)
    _restore_key(stored.get(_KEY), data / _KEY, identity)
    with (
        _read(stored[_DATABASE], identity) as dump,
        _database_program(
            "pg_restore",
            "--exit-on-error",
            "--single-transaction",
            "--no-owner",
            "--no-privileges",
            stdin=dump,
        ),
    ):
        pass
    if _LEDGER in stored:
        _merge_ledger(stored[_LEDGER], data / _LEDGER, identity)
    for sha256 in set(manifest["sources"]) - _erased():
        if not archive_files.exists(sha256):
            _restore_source(backup.parent / "sources", sha256, identity)


# Files


def _write(source: IO[bytes], target: Path, encryption: Encryption) -> None:
    """Write the bytes of `source`, encrypted, and flush them to disk."""
    target = target.with_name(target.name + encryption.suffix)
    with target.open("xb") as file:
        if encryption.command:
            _run(encryption.command, stdin=source, stdout=file)
        else:
            shutil.copyfileobj(source, file)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _read(file: Path, identity: str) -> Iterator[IO[bytes]]:
    """Open a file of a backup, decrypted."""
    commands = {
        ".age": ("age", "--decrypt", "--identity", identity, str(file)),
        ".gpg": ("gpg", "--batch", "--quiet", "--decrypt", str(file)),
    }
    if file.suffix == ".age" and not identity:
        raise CommandError(f"{file.name} is encrypted: give the file of the private key with --identity.")
    if file.suffix not in commands:
        with file.open("rb") as opened:
            yield opened
        return
    with _started(commands[file.suffix]) as process:
        assert process.stdout
        yield process.stdout


def _plain(name: str) -> str:
    """Return a file's name without what the encryption added."""
    return name.removesuffix(".age").removesuffix(".gpg")


def _names(folder: Path) -> set[str]:
    """Return the SHA-256s of the original files in a folder of backups."""
    return {_plain(file.name) for file in folder.iterdir() if not file.name.startswith(".")}


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


# Original files


def _update_sources(folder: Path, encryption: Encryption) -> tuple[int, int]:
    """Add the original files that are new, and remove the erased ones; return how many of each."""
    folder.mkdir(exist_ok=True, mode=0o700)
    present, erased = _names(folder), _erased()
    for sha256 in present & erased:
        for file in folder.glob(f"{sha256}*"):
            file.unlink()
    new = sorted(archive_files.names() - present - erased)
    added = 0
    for sha256 in new:
        try:
            opened = archive_files.open_file(sha256)
        except FileNotFoundError:
            # Erased or discarded in the meantime.
            continue
        with opened:
            _write(opened, folder / f".{sha256}", encryption)
        written = folder / f".{sha256}{encryption.suffix}"
        written.rename(folder / f"{sha256}{encryption.suffix}")
        added += 1
    return added, len(present & erased)


def _restore_source(folder: Path, sha256: str, identity: str) -> None:
    for file in folder.glob(f"{sha256}*"):
        with _read(file, identity) as opened:
            data = opened.read()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise CommandError(f"{file} is damaged: its content does not have this SHA-256.")
        archive_files.store(sha256, data)
        return
    raise CommandError(f"{folder / sha256} is missing.")


def _erased() -> set[str]:
    return {
        sha256
        for entry in ledger.read().entries
        if entry["kind"] == "original"
        for sha256 in entry["sources"]
    }


# The ledger


def _restore_key(stored: Path | None, target: Path, identity: str) -> None:
    if stored is None:
        return
    with _read(stored, identity) as opened:
        key = opened.read()
    if not target.exists():
        target.touch(mode=0o600)
        target.write_bytes(key)
    elif target.read_bytes() != key:
        raise CommandError(f"{target} is another key than the backup's. Restore into another ARCHIVE_DATA.")


def _merge_ledger(stored: Path, target: Path, identity: str) -> None:
    """Add the lines of a backup's ledger that the present one lacks, at its beginning."""
    with _read(stored, identity) as opened:
        older = opened.read().splitlines(keepends=True)
    present = target.read_bytes() if target.exists() else b""
    known = set(present.splitlines())
    missing = [line for line in older if line.rstrip(b"\n") not in known]
    written = target.with_name(f".{target.name}")
    written.write_bytes(b"".join(missing) + present)
    written.rename(target)


# The database


def _server_version() -> int:
    """Return the major version of the database server."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


def _require_empty_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'")
        (tables,) = cursor.fetchone()
    if tables:
        raise CommandError(
            f"The database has {tables} tables already. Restore into an empty one, so that nothing is lost."
        )


@contextmanager
def _database_program(name: str, *options: str, stdin: IO[bytes] | None = None) -> Iterator[IO[bytes]]:
    """Run a program of PostgreSQL on the site's database; yield its output."""
    client = connection.client
    arguments, environment = client.settings_to_cmd_args_env(connection.settings_dict, list(options))
    *arguments, database = arguments
    program = _program(name, Path(arguments[0]))
    command = [str(program), *arguments[1:], f"--dbname={database}"]
    with _started(command, stdin=stdin, environment=environment) as process:
        assert process.stdout
        yield process.stdout


def _program(name: str, psql: Path) -> Path:
    """Return the program of the server's major version, or the next newer one, that is on this machine.

    An older program than the server refuses to dump it.
    """
    if psql.is_absolute():
        # The embedded server's.
        return psql.with_name(name)
    server = _server_version()
    on_path = shutil.which(name)
    candidates = [*Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), *([Path(on_path)] if on_path else [])]
    versions = sorted((_major(path), path) for path in candidates)
    for version, path in versions:
        if version >= server:
            return path
    raise CommandError(
        f"{name} of PostgreSQL {server} or newer is not on this machine. "
        f"Debian: apt-get install postgresql-client-{server}"
    )


def _major(program: Path) -> int:
    text = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    match = re.search(r"(\d+)", text)
    return int(match[1]) if match else 0


# Programs


@contextmanager
def _started(
    command: Sequence[str], *, stdin: IO[bytes] | None = None, environment: dict[str, str] | None = None
) -> Iterator["subprocess.Popen[bytes]"]:
    """Start a program; raise `CommandError` with its message if it fails."""
    environment = {**os.environ, **(environment or {})}
    try:
        process = subprocess.Popen(
            command, stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
        )
    except FileNotFoundError as error:
        raise CommandError(f"{command[0]} is not installed on this machine.") from error
    with process:
        yield process
        _stdout, message = process.communicate()
    _require_success(command, process.returncode, message)


def _run(command: Sequence[str], *, stdin: IO[bytes], stdout: IO[bytes]) -> None:
    try:
        done = subprocess.run(command, stdin=stdin, stdout=stdout, stderr=subprocess.PIPE, check=False)
    except FileNotFoundError as error:
        raise CommandError(f"{command[0]} is not installed on this machine.") from error
    _require_success(command, done.returncode, done.stderr)


def _require_success(command: Sequence[str], status: int, message: bytes) -> None:
    if status:
        raise CommandError(f"{Path(command[0]).name} failed: {message.decode(errors='replace').strip()}")


def _verified_manifest(backup: Path) -> dict[str, Any]:
    """Return the manifest of a backup whose files are as they were written."""
    try:
        manifest: dict[str, Any] = json.loads((backup / MANIFEST).read_bytes())
    except FileNotFoundError as error:
        raise CommandError(f"{backup} is not a complete backup: it has no {MANIFEST}.") from error
    except ValueError as error:
        raise CommandError(f"{backup / MANIFEST} cannot be read: {error}") from error
    if manifest.get("version") != _VERSION:
        raise CommandError(f"{backup / MANIFEST} is of another version of this command.")
    for name, sha256 in manifest["files"].items():
        file = backup / name
        if not file.is_file() or _sha256(file) != sha256:
            raise CommandError(f"{file} is missing or damaged.")
    missing = set(manifest["sources"]) - _names(backup.parent / "sources") - _erased()
    if missing:
        raise CommandError(f"{len(missing)} original files are missing in {backup.parent / 'sources'}.")
    return manifest
