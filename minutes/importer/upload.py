"""Documents that a person brings in the admin: files or pasted text, looked at before they are public."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from minutes.importer.document import ImportStatus, Overrides, Result, import_bytes
from minutes.models import ImportRun

# What a document may be; the largest minutes known are under one megabyte.
MOST_BYTES = 10 * 1024 * 1024


def import_upload(
    files: Iterable[tuple[str, bytes]], given: Overrides, user: Any
) -> tuple[ImportRun, list[Result]]:
    """Import each (name, bytes), each whole or not at all; a new meeting is a draft, a new version waits."""
    run = ImportRun.objects.create(
        user=user, municipality=given.municipality, options={"upload": True, "publish": False}
    )
    results = [
        import_bytes(data, name, given, publish=False, run=run.pk, hold=True, by=user) for name, data in files
    ]
    counts = Counter(result.status for result in results)
    for status in ImportStatus:
        setattr(run, status.value, counts[status])
    run.paths = [result.file for result in results]
    run.report = [result.as_json() for result in results]
    run.finished_at = timezone.now()
    run.save()
    return run, results
