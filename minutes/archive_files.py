"""The bytes of documents and their files, by their SHA-256, in Django's storage `originals`.

That is the folder ARCHIVE_DATA/sources, or a bucket (`minutes/object_storage.py`).
"""

import os
import tempfile
import time
from io import BytesIO
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

# A file that is written for longer was left by a process that was killed.
_LONGEST_WRITE = 60 * 60


class Folder(FileSystemStorage):
    """The folder ARCHIVE_DATA/sources."""

    @property
    def location(self) -> str:
        return str(Path(settings.ARCHIVE_DATA) / "sources")

    def _save(self, name: str, content: "File[bytes]") -> str:
        """Write the bytes atomically: the file is complete or absent even if the process is killed."""
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
            try:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).replace(path)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
        return name

    def remove_unfinished(self) -> None:
        """Delete what processes that were killed left half written an hour ago or longer."""
        before = time.time() - _LONGEST_WRITE
        for path in Path(self.location).glob(".*"):
            if path.stat().st_mtime < before:
                path.unlink(missing_ok=True)


def store(sha256: str, data: bytes) -> None:
    """Write the bytes; nothing is done if they are stored already. Raises `OSError`."""
    storage = storages["originals"]
    if not storage.exists(sha256):
        storage.save(sha256, File(BytesIO(data)))


def read(sha256: str) -> bytes:
    """Return the bytes. Raises `FileNotFoundError` if they were deleted."""
    with open_file(sha256) as file:
        return file.read()


def open_file(sha256: str) -> IO[bytes]:
    """Open the bytes for reading. Raises `FileNotFoundError` if they were deleted, and `OSError`."""
    file = storages["originals"].open(sha256)
    assert file.file is not None
    return file.file


def exists(sha256: str) -> bool:
    return storages["originals"].exists(sha256)


def names() -> set[str]:
    """Return the SHA-256 of all stored files."""
    try:
        _folders, files = storages["originals"].listdir("")
    except FileNotFoundError:
        return set()
    # A file that is being written begins with a full stop.
    return {name for name in files if not name.startswith(".")}


def remove_unfinished() -> None:
    """Delete files that killed processes left half written; a bucket has none."""
    storage = storages["originals"]
    if isinstance(storage, Folder):
        storage.remove_unfinished()


def delete(sha256: str) -> None:
    storages["originals"].delete(sha256)


def download(request: HttpRequest, sha256: str, *, name: str, media_type: str) -> HttpResponseBase:
    """Respond with the bytes, to be saved as a file called `name`; 503 if they cannot be read now.

    No browser runs what is in a file: it is never shown on the site, and would be in a sandbox. Raises
    `Http404` if the bytes were deleted.
    """
    unchanged = get_conditional_response(request, etag=quote_etag(sha256))
    if unchanged is not None:
        return unchanged
    try:
        file = open_file(sha256)
    except FileNotFoundError:
        raise Http404 from None
    except OSError:
        return HttpResponse(status=503, headers={"Retry-After": "10"})
    response = FileResponse(file, as_attachment=True, filename=name, content_type=media_type)
    response["ETag"] = quote_etag(sha256)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    # A file can be withdrawn at any time.
    response["Cache-Control"] = "no-cache"
    return response
