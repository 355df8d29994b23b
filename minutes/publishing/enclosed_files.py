"""Stores the files that came along with documents, and masks their texts.

A file cannot be masked, only its text can. So one with a possible CPR number is never public, and one with a
redacted passage is withheld until a person has released it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from minutes import archive_files
from minutes.models import EnclosedFile, ErasedOriginal, Meeting, Reading, Source
from minutes.models.danish import slug
from minutes.privacy import CPR_MASK, PASSAGE_MASK, find_cpr_numbers, mask_spans
from minutes.publishing import ledger
from minutes.publishing.locks import lock_sources
from minutes.publishing.redactions import Redactions
from minutes.publishing.removed_items import is_stub_title

Reason = EnclosedFile.Reason
Decision = EnclosedFile.Decision

# What is compared to know whether reading a document again found other files or texts.
_COMPARED = ("name", "caption", "item_number", "media_type", "sha256", "size", "text", "note")


@dataclass(frozen=True)
class Enclosure:
    """A file that came along with a document. `item_number` is as in `documents.source.Part.item`.

    `unread` says that it has no text, `partly_read` that it has more than its text; `note` says why, in
    Danish for staff. `properties` are its title, author and comments, which are not stored.
    """

    name: str
    caption: str
    item_number: str | None
    media_type: str
    sha256: str
    data: bytes = field(repr=False)
    text: str = field(repr=False)
    properties: str = field(default="", repr=False)
    note: str = ""
    unread: bool = False
    partly_read: bool = False


def store_enclosures(
    source: Source, enclosures: Sequence[Enclosure], *, is_new: bool = False
) -> list[Enclosure]:
    """Replace the stored files of a document; return those whose bytes the caller stores in the transaction.

    They are all but those that were erased as an original. A decision about the same file of the same item
    stays. Nothing is written if nothing has changed. Public rows of the former files are deleted: project the
    meeting after it. `is_new` says that the document has no files yet: nothing is queried if it has none now.
    """
    if is_new and not enclosures:
        return []
    hashes = sorted({enclosure.sha256 for enclosure in enclosures})
    lock_sources(*hashes)
    notes = ErasedOriginal.objects.filter(sha256__in=hashes)
    erased = set(notes.values_list("sha256", flat=True)) if hashes else set()
    enclosures = [enclosure for enclosure in enclosures if enclosure.sha256 not in erased]
    _replace_files(source, enclosures)
    return enclosures


def _replace_files(source: Source, enclosures: Sequence[Enclosure]) -> None:
    known = list(source.enclosed_files.order_by("position"))
    files = [_row(source, position, enclosure) for position, enclosure in enumerate(enclosures, start=1)]
    if [_compared(file) for file in files] == [_compared(file) for file in known]:
        return
    decided = {(file.sha256, file.item_number): file for file in known}
    for file in files:
        before = decided.get((file.sha256, file.item_number))
        if before is not None:
            file.decision, file.approved_by_id = before.decision, before.approved_by_id
            file.waits_for = sorted({*file.waits_for, *before.waits_for} - _withdrawn_reasons(file))
    source.enclosed_files.all().delete()
    EnclosedFile.objects.bulk_create(files)
    delete_bytes_on_commit({file.sha256 for file in known} - {file.sha256 for file in files})


def files_of(meeting: Meeting) -> QuerySet[EnclosedFile]:
    """Return the files of all of the meeting's documents."""
    return EnclosedFile.objects.filter(source__in=meeting.readings.values("source"))


def redact_files(meeting: Meeting, redactions: Redactions, *, again: bool = False) -> bool:
    """Apply redactions and dismissed CPR matches to the files of the meeting; return True if one changed.

    A file in which something is redacted waits until a person decides about it. With `again`, the files were
    read again, and a decision since the redaction stays. One query if nothing changes, or none.
    """
    if not redactions.passages and not redactions.dismissed:
        return False
    changed = False
    for file in files_of(meeting):
        if _redact(file, meeting, redactions, again=again):
            file.save()
            changed = True
    return changed


def inherit_decisions(reading: Reading) -> None:
    """Withhold files of a new version that were withheld in an earlier one, or may be the same.

    Files with the same bytes get the decision about the earlier one. Two queries, and one for each change.
    """
    files = files_of(reading.meeting).exclude(decision=Decision.NONE)
    earlier = list(files.exclude(source=reading.source_id).order_by("-id"))
    if not earlier:
        return
    for file in reading.source.enclosed_files.filter(decision=Decision.NONE):
        same_bytes = [other for other in earlier if other.sha256 == file.sha256]
        same_title = [other for other in earlier if _title(other) == _title(file)]
        if any(other.decision == Decision.WITHHELD for other in same_bytes):
            file.decision = Decision.WITHHELD
        elif any(other.decision == Decision.WITHHELD for other in same_title):
            file.waits_for = sorted({*file.waits_for, Reason.WITHHELD_BEFORE})
        elif any(
            set(file.waits_for) <= set(other.waits_for)
            for other in same_bytes
            if _title(other) == _title(file)
        ):
            file.decision = Decision.RELEASED
        file.save(update_fields=["decision", "waits_for"])


def remove_files_taken_down(reading: Reading) -> bool:
    """Delete the files of the reading's items that were taken down; return True if it has such items.

    Files that are of no certain item wait until a person decides about them. The bytes are deleted on commit.
    """
    numbers = {item["number"] or "" for item in reading.facts["items"] if is_stub_title(item["title"])}
    if not numbers:
        return False
    files = EnclosedFile.objects.filter(source=reading.source_id)
    _delete(files.filter(item_number__in=numbers))
    for file in files.filter(item_number=None):
        if Reason.REDACTED not in file.waits_for:
            _let_wait(file, Reason.REDACTED)
            file.save()
    return True


def remove_files(meeting: Meeting) -> None:
    """Delete all files of the meeting's documents, their bytes on commit."""
    _delete(files_of(meeting))


def remove_files_with(sha256: str) -> None:
    """Delete every file with these bytes. Lock the meetings first, and project them after it."""
    EnclosedFile.objects.filter(sha256=sha256).delete()


def hashes_of(source: Source) -> set[str]:
    """Return the SHA-256 of a document and of its files."""
    return {source.sha256, *source.enclosed_files.values_list("sha256", flat=True)}


def delete_bytes_on_commit(hashes: Collection[str]) -> None:
    """Delete the bytes with these SHA-256 when the transaction commits, where no row needs them then.

    Those of an erased original are deleted in any case.
    """
    for sha256 in sorted(hashes):
        transaction.on_commit(partial(_delete_unused_bytes, sha256))


@transaction.atomic
def _delete_unused_bytes(sha256: str) -> None:
    # An import that stores these bytes waits for the lock, or is committed.
    lock_sources(sha256)
    in_use = Source.objects.filter(sha256=sha256), EnclosedFile.objects.filter(sha256=sha256)
    is_erased = ErasedOriginal.objects.filter(sha256=sha256).exists()
    if is_erased or not any(rows.exists() for rows in in_use):
        archive_files.delete(sha256)


def _delete(files: QuerySet[EnclosedFile]) -> None:
    hashes = set(files.values_list("sha256", flat=True))
    if hashes:
        files.delete()
        delete_bytes_on_commit(hashes)


def _row(source: Source, position: int, enclosure: Enclosure) -> EnclosedFile:
    matches, text = _masked(enclosure.text)
    reasons = {Reason.UNREAD: enclosure.unread, Reason.PARTLY_READ: enclosure.partly_read}
    in_name, name = _masked(enclosure.name)
    in_caption, caption = _masked(enclosure.caption)
    in_properties, _properties = _masked(enclosure.properties)
    besides = {match[2]: [None, None, match[2]] for match in (*in_name, *in_caption, *in_properties)}
    number = enclosure.item_number
    return EnclosedFile(
        source=source,
        position=position,
        item_number=None if number is None else number[:30],
        caption=caption[:300],
        name=name[:255],
        media_type=enclosure.media_type,
        sha256=enclosure.sha256,
        size=len(enclosure.data),
        text=text,
        note=enclosure.note,
        waits_for=sorted(reason for reason, applies in reasons.items() if applies),
        cpr_matches=[*besides.values(), *matches],
    )


def _masked(text: str) -> tuple[list[list[Any]], str]:
    """Return the possible CPR numbers with their fingerprints, and the text with them masked."""
    spans = [(match.start, match.end) for match in find_cpr_numbers(text)]
    fingerprints = ledger.fingerprints()
    matches: list[list[Any]] = [[start, end, fingerprints.of_number(text[start:end])] for start, end in spans]
    return matches, mask_spans(text, spans, CPR_MASK)


def _redact(file: EnclosedFile, meeting: Meeting, redactions: Redactions, *, again: bool) -> bool:
    """Apply the redactions to a file without saving it; return True if that changed it."""
    matches = [match for match in file.cpr_matches if match[2] not in redactions.dismissed]
    if settings.REQUIRE_SECOND_REVIEWER and file.cpr_matches and not matches:
        _let_wait(file, Reason.JUDGED)
    changed = matches != file.cpr_matches
    file.cpr_matches = matches
    numbers = {passage.fingerprint for passage in redactions.passages if not passage.letters}
    passages = [passage for passage in redactions.passages if passage.letters]
    if numbers:
        spans = redactions.fingerprints.find_numbers(file.text, numbers)
        file.cpr_matches += [
            [start, end, redactions.fingerprints.of_number(file.text[start:end])] for start, end in spans
        ]
        file.text = mask_spans(file.text, spans, CPR_MASK)
        changed = changed or bool(spans)
    is_redacted = False
    for name in ("text", "name", "caption"):
        value = getattr(file, name)
        spans = redactions.fingerprints.find_passages(value, passages) if passages else []
        if spans:
            setattr(file, name, mask_spans(value, spans, PASSAGE_MASK))
            is_redacted = True
    if is_redacted and not (again and Reason.REDACTED in file.waits_for):
        _let_wait(file, Reason.REDACTED)
    return changed or is_redacted


def _let_wait(file: EnclosedFile, reason: Reason) -> None:
    file.waits_for = sorted({*file.waits_for, reason.value})
    file.approved_by = None
    if file.decision == Decision.RELEASED:
        file.decision = Decision.NONE


def _withdrawn_reasons(file: EnclosedFile) -> set[str]:
    """Return the reasons that a new reading of a file does not have any more."""
    return {Reason.UNREAD.value, Reason.PARTLY_READ.value} - set(file.waits_for)


def _title(file: EnclosedFile) -> tuple[str | None, str]:
    return file.item_number, slug(file.caption)


def _compared(file: EnclosedFile) -> tuple[Any, ...]:
    return tuple(getattr(file, name) for name in _COMPARED)
