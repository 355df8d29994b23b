"""The bytes of sources, stored under ARCHIVE_DATA/sources by their SHA-256."""

import os
import tempfile
from pathlib import Path

from django.conf import settings


def path_of(sha256: str) -> Path:
    return Path(settings.ARCHIVE_DATA) / "sources" / sha256


def store(sha256: str, data: bytes) -> None:
    """Write the bytes atomically: the file is complete or absent even if the process is killed."""
    path = path_of(sha256)
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def read(sha256: str) -> bytes:
    """Return the bytes. Raises `FileNotFoundError` if they were deleted."""
    return path_of(sha256).read_bytes()


def delete(sha256: str) -> None:
    path_of(sha256).unlink(missing_ok=True)
