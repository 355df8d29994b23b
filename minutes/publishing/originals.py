"""Erases original files for good. A note stays, which also prevents that the same bytes are stored again.

What was read from a file stays, and so do the files that came along with it.
"""

from collections.abc import Iterable

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _

from minutes import archive_files
from minutes.models import Change, ErasedOriginal, Meeting, Reading, Redaction, Source, Takedown
from minutes.publishing import ledger, ledger_rows
from minutes.publishing.audit_log import By, record
from minutes.publishing.enclosed_files import delete_bytes_on_commit, remove_files_with
from minutes.publishing.errors import PublishingError, require_reason
from minutes.publishing.identity import locked
from minutes.publishing.locks import lock_sources
from minutes.publishing.projection import project
from minutes.publishing.readings import meeting_keys
from minutes.publishing.removed_items import is_stub_title
from minutes.reader import read_text
from minutes.reader.records import Document, SourceInfo


@transaction.atomic
def erase_original(reading: Reading, *, by: By, reason: str) -> None:
    """Erase the file that `reading` was read from, at a person's request.

    Attachments with the same bytes are removed too, and their meetings projected. The bytes are deleted on
    commit. Raises `PublishingError` when the file was erased before, and when another municipality has it.
    """
    require_reason(reason)
    source = reading.source
    lock_sources(source.sha256)
    if note_of(source.sha256):
        raise PublishingError(_("Den originale fil er allerede slettet."))
    copies = meetings_with_copies(source.sha256)
    if any(copy.committee.municipality != reading.meeting.committee.municipality for copy in copies):
        raise PublishingError(
            _("Samme fil er også et bilag i en anden kommunes møde. Skriv til arkivets drift.")
        )
    # Sorted, to avoid deadlocks.
    meetings = {row.pk: locked(row) for row in sorted({reading.meeting, *copies}, key=lambda row: row.pk)}
    meeting = meetings[reading.meeting_id]
    entry = ledger_rows.new_entry(meeting, ledger_rows.ORIGINAL, by, reason)
    entry |= {"sources": [source.sha256], "size": source.size}
    ledger_rows.store(entry)
    remove_files_with(source.sha256)
    for copy in copies:
        project(meetings[copy.pk])
    record(meeting, Change.Kind.ORIGINAL_ERASED, by, reason)
    delete_bytes_on_commit([source.sha256])
    ledger.append(entry)


def notes_of(hashes: Iterable[str]) -> dict[str, ErasedOriginal]:
    """Return the notes about originals that were erased, by their SHA-256. One query."""
    return {note.sha256: note for note in ErasedOriginal.objects.filter(sha256__in=hashes)}


def note_of(sha256: str) -> ErasedOriginal | None:
    """Return the note about an original that was erased. One query."""
    return ErasedOriginal.objects.filter(sha256=sha256).first()


def erase_again(sha256: str) -> None:
    """Delete the bytes and the attachments with these bytes, which a restored copy may have brought back."""
    lock_sources(sha256)
    for meeting in meetings_with_copies(sha256):
        remove_files_with(sha256)
        project(locked(meeting))
    delete_bytes_on_commit([sha256])


def has_masked_text(meeting: Meeting) -> bool:
    """Return True if the texts of the meeting have possible CPR numbers, redactions or takedowns.

    Needs `with_places`. At most four queries.
    """
    if meeting.readings.exclude(unresolved_cpr_matches=[]).exists():
        return True
    keys = meeting_keys(meeting)
    return any(rows.objects.of(keys, []).exists() for rows in (Redaction, Takedown))


def read_stored_text(source: Source) -> Document | None:
    """Read the stored text of a document with the current reader, as it was read from the original.

    Return None if that needs the original: the text was converted from another format, whose structure is
    not stored, or an item was taken down. One query.
    """
    reading = source.readings.order_by("-id").first()
    if reading is None or any(is_stub_title(item["title"]) for item in reading.facts["items"]):
        return None
    info = msgspec.convert(reading.facts["source"], SourceInfo)
    return read_text(reading.text, info, are_minutes=True) if info.format == "text" else None


def delete_leftover_bytes() -> int:
    """Delete stored bytes of erased originals, as a restored copy of the files has them; return their number.

    One query, and a look into the folder per erased original.
    """
    hashes: Iterable[str] = ErasedOriginal.objects.order_by("id").values_list("sha256", flat=True)
    leftover = [sha256 for sha256 in hashes if archive_files.exists(sha256)]
    for sha256 in leftover:
        archive_files.delete(sha256)
    return len(leftover)


def meetings_with_copies(sha256: str) -> list[Meeting]:
    """Return the meetings that have an attachment with these bytes. One query."""
    sources = Source.objects.filter(enclosed_files__sha256=sha256)
    meetings = Meeting.objects.with_places().filter(readings__source__in=sources)
    return list(meetings.order_by("id").distinct())
