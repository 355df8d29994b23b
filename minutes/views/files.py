"""Downloads of the files that belong to items and meetings."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from minutes import archive_files
from minutes.models import PublicFile


def file(request: HttpRequest, digest: str, name: str) -> HttpResponseBase:
    """Download a file by the beginning of its SHA-256; `name` is for people. One query."""
    row = PublicFile.objects.published().at(digest)
    if row is None:
        raise Http404
    return archive_files.download(request, row.sha256, name=row.name, media_type=row.media_type)
