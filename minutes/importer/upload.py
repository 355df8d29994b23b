"""Imports the files or pasted text that staff upload as drafts, and discards documents."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minutes import publishing
from minutes.importer.document import import_file
from minutes.importer.queue import delete_copies, record_sent, start_upload
from minutes.importer.results import Handling, ImportResult, Overrides
from minutes.models import ImportRun, Meeting, Reading, UnplacedDocument
from minutes.publishing import ImportStatus


def import_upload(
    files: Iterable[tuple[str, bytes]], overrides: Overrides, user: Any
) -> tuple[ImportRun, list[ImportResult]]:
    """Import (name, bytes) pairs, one transaction each: new meetings as drafts, new versions as pending."""
    run = start_upload(overrides, user)
    handling = Handling(publish=False, run=run.pk, hold=True, by=user)
    results = [result for name, data in files for result in import_file(data, name, overrides, handling)]
    counts = Counter(result.status for result in results)
    for status in ImportStatus:
        setattr(run, status.value, counts[status])
    run.paths = [result.file for result in results]
    run.report = [result.as_json() for result in results]
    run.finished_at = timezone.now()
    run.save()
    if any(result.status == ImportStatus.UNPLACED for result in results):
        # Others are recorded with their meeting.
        record_sent(run, user, _("uden møde"))
    return run, results


def discard_document(reading: Reading, *, by: Any, reason: str) -> Meeting | None:
    """Delete the reading's document and its bytes; return the meeting if it has other documents.

    Raises `publishing.PublishingError` as `publishing.discard` does.
    """
    with transaction.atomic():
        hashes = publishing.hashes_of(reading.source)
        meeting = publishing.discard(reading, by=by, reason=reason)
        publishing.delete_bytes_on_commit(hashes)
    return meeting


def discard_unplaced_document(unplaced: UnplacedDocument, *, by: Any, reason: str) -> None:
    """Delete a document without a meeting and its bytes. Raises `PublishingError` without a reason."""
    with transaction.atomic():
        hashes = publishing.hashes_of(unplaced.source)
        publishing.discard_unplaced(unplaced, by=by, reason=reason)
        publishing.delete_bytes_on_commit(hashes)


def erase_original(reading: Reading, *, by: Any, reason: str) -> None:
    """Erase the file that a document was read from, also where an upload still has it.

    Raises `publishing.PublishingError` as `publishing.erase_original` does.
    """
    publishing.erase_original(reading, by=by, reason=reason)
    delete_copies(reading.source.sha256, reading.source.size)
