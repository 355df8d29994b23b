"""The bytes of documents and their files, stored under ARCHIVE_DATA/sources by their SHA-256."""

import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag


def folder() -> Path:
    return Path(settings.ARCHIVE_DATA) / "sources"


def path_of(sha256: str) -> Path:
    return folder() / sha256


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


def download(request: HttpRequest, sha256: str, *, name: str, media_type: str) -> HttpResponseBase:
    """Respond with the bytes, to be saved as a file called `name`. Raises `Http404` if they were deleted.

    No browser runs what is in a file: it is never shown on the site, and would be in a sandbox.
    """
    unchanged = get_conditional_response(request, etag=quote_etag(sha256))
    if unchanged is not None:
        return unchanged
    try:
        file = path_of(sha256).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    response = FileResponse(file, as_attachment=True, filename=name, content_type=media_type)
    response["ETag"] = quote_etag(sha256)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    # A file can be withdrawn at any time.
    response["Cache-Control"] = "no-cache"
    return response
