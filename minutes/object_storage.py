"""Stores files in a bucket of an S3-compatible service instead of a folder: `ORIGINALS_BUCKET`.

Needs the extra dependency: `pip install '.[s3]'`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage


class ObjectStorage(S3Storage):
    """django-storages' S3 storage, whose errors are `OSError`s, as those of a folder."""

    def save(self, name: str | None, content: IO[bytes], max_length: int | None = None) -> str:
        with _os_errors():
            return str(super().save(name, content, max_length))

    def open(self, name: str, mode: str = "rb") -> Any:
        with _os_errors():
            return super().open(name, mode)

    def exists(self, name: str) -> bool:
        with _os_errors():
            return bool(super().exists(name))

    def delete(self, name: str) -> None:
        with _os_errors():
            super().delete(name)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        with _os_errors():
            return super().listdir(path)  # type: ignore[no-any-return]


@contextmanager
def _os_errors() -> Iterator[None]:
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise OSError(f"the object storage failed: {type(error).__name__}") from error
