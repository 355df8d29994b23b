"""The files in which the tests store the bytes of documents."""

from pathlib import Path

from django.conf import settings


def path_of(sha256: str) -> Path:
    return Path(settings.ARCHIVE_DATA) / "sources" / sha256
