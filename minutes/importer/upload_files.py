"""The bytes of uploaded files that wait for a worker, in ARCHIVE_DATA/uploads by run and file."""

import shutil
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from minutes.models import QueuedFile


def path_of(file: QueuedFile) -> Path:
    return _folder(file.run_id) / str(file.pk)


def store(file: QueuedFile, chunks: Iterable[bytes]) -> None:
    """Write the bytes of a file. Call it in the transaction that creates the row."""
    path = path_of(file)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as opened:
        opened.writelines(chunks)


def delete(file: QueuedFile) -> None:
    path_of(file).unlink(missing_ok=True)


def delete_all(run: int) -> None:
    """Delete the bytes of all files of a run."""
    shutil.rmtree(_folder(run), ignore_errors=True)


def _folder(run: int) -> Path:
    return Path(settings.ARCHIVE_DATA) / "uploads" / str(run)
