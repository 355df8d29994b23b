"""Decides which files of a document the public may download, and with which item."""

import re
from collections.abc import Sequence
from enum import StrEnum

from minutes.models import AgendaItem, Attachment, EnclosedFile, Meeting, PublicFile, Reading
from minutes.models.danish import slug
from minutes.privacy import replace_masks
from minutes.publishing.removed_items import is_taken_down
from minutes.reader.records import Item

# Characters of a file's text that the search reads.
MOST_TEXT = 100_000
# Letters of a title that is certainly no other attachment's: more than "bilag-1".
_FEWEST_LETTERS = 10
# "Bilag 1: ", "Bilag nr. 2 - "
_PRINTED_NUMBER = re.compile(r"bilag(?:-nr)?-\d+[a-z]?-")


class FileState(StrEnum):
    """The reason why the public may not download a file of a published meeting; `PUBLIC` if it may."""

    PUBLIC = "public"
    CLOSED = "closed"  # its item is closed or was taken down
    NO_ITEM = "no_item"  # it belongs to an item that the document does not certainly have
    WITHHELD = "withheld"
    CPR = "cpr"  # it has a possible CPR number
    WAITS = "waits"  # a person must release it


def state_of(file: EnclosedFile, items: Sequence[Item]) -> FileState:
    """Return the state of a file of a document with these items, as corrected."""
    at = index_of_item(file, items)
    if at is not None and (items[at].closed or is_taken_down(items[at])):
        return FileState.CLOSED
    if at is None and file.item_number is not None:
        return FileState.NO_ITEM
    if file.decision == EnclosedFile.Decision.WITHHELD:
        return FileState.WITHHELD
    if file.cpr_matches:
        return FileState.CPR
    is_released = file.decision == EnclosedFile.Decision.RELEASED
    # What is of no item may be of a closed one.
    if not is_released and (file.waits_for or at is None):
        return FileState.WAITS
    return FileState.PUBLIC


def index_of_item(file: EnclosedFile, items: Sequence[Item]) -> int | None:
    """Return which of the document's items the file belongs to; None if that is not certain.

    That is the only item with its number, or of a file without one the only item that prints its title.
    """
    if file.item_number is not None:
        matches = [
            at for at, item in enumerate(items) if file.item_number and item.number == file.item_number
        ]
    else:
        title = _title(file.caption)
        matches = [
            at
            for at, item in enumerate(items)
            if len(title) >= _FEWEST_LETTERS and title in map(_title, item.attachments)
        ]
    return matches[0] if len(matches) == 1 else None


def create_public_files(
    meeting: Meeting, documents: Sequence[tuple[Reading, Sequence[tuple[Item, AgendaItem | None]]]]
) -> None:
    """Create the rows of a published meeting's files. At most three queries, none without documents.

    `documents` are its current readings with their items, as corrected, and the row of each.
    """
    if not documents:
        return
    by_source = {reading.source_id: items for reading, items in documents}
    files = EnclosedFile.objects.filter(source__in=by_source).order_by("source", "position")
    rows: list[PublicFile] = []
    for file in files:
        items = by_source[file.source_id]
        facts = [item for item, _row in items]
        if state_of(file, facts) != FileState.PUBLIC:
            continue
        at = index_of_item(file, facts)
        item = None if at is None else items[at][1]
        if at is None or item is not None:
            rows.append(_row(meeting, len(rows) + 1, file, item))
    if any(row.item for row in rows):
        _attach(rows)
    PublicFile.objects.bulk_create(rows)


def _row(meeting: Meeting, position: int, file: EnclosedFile, item: AgendaItem | None) -> PublicFile:
    return PublicFile(
        meeting=meeting,
        item=item,
        file=file,
        position=position,
        title=replace_masks(file.caption),
        name=replace_masks(file.name)[:255],
        media_type=file.media_type,
        sha256=file.sha256,
        size=file.size,
        text=replace_masks(file.text[:MOST_TEXT]),
    )


def _attach(rows: Sequence[PublicFile]) -> None:
    """Connect files with the attachments printed in their items that have the same title. One query."""
    items = {row.item for row in rows if row.item}
    attachments: dict[tuple[int, str], list[Attachment]] = {}
    for attachment in Attachment.objects.filter(item__in=items):
        attachments.setdefault((attachment.item_id, _title(attachment.title)), []).append(attachment)
    files: dict[tuple[int, str], list[PublicFile]] = {}
    for row in rows:
        if row.item:
            files.setdefault((row.item.pk, _title(row.title)), []).append(row)
    for key, of_title in files.items():
        printed = attachments.get(key, [])
        if len(of_title) == len(printed) == 1:
            of_title[0].attachment, of_title[0].title = printed[0], printed[0].title


def _title(text: str) -> str:
    """Return what is compared of a title: without ending, and number if words follow it."""
    folded = slug(re.sub(r"\.[A-Za-z]{3,4}$", "", text.strip()))
    rest = _PRINTED_NUMBER.sub("", folded, count=1)
    return rest if len(rest) >= _FEWEST_LETTERS else folded
