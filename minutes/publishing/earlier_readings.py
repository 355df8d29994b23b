"""Makes a reading of masked text as strict as the reading of the text before it was masked.

A stored text is read without the structure of its file, which may say more than the text: that an item is
closed, that the minutes are a draft, that the text was recognised in pictures.
"""

import msgspec

from minutes.publishing.removed_items import is_taken_down
from minutes.reader.document import with_doubt
from minutes.reader.records import Document, Item

# Doubts that a file can give without any sign in its text.
_OF_FILES = frozenset({"draft", "recognised_text"})
_TITLE = "Lukket punkt"


def as_strict_as(document: Document, earlier: Document) -> Document:
    """Return `document` with nothing open that is closed in `earlier`, and with the doubts of its file.

    Both have the same length: masks replace each character by one.
    """
    items = list(document.items)
    for closed in earlier.items:
        if not closed.closed or is_taken_down(closed) or closed.start >= closed.end:
            continue
        places = [at for at, item in enumerate(items) if item.start < closed.end and closed.start < item.end]
        for at in places:
            items[at] = msgspec.structs.replace(items[at], closed=True)
        if not places:
            at = next((at for at, item in enumerate(items) if item.start > closed.start), len(items))
            items.insert(at, _without_content(closed))
    document = msgspec.structs.replace(document, items=tuple(items))
    codes = {doubt.code for doubt in document.doubts}
    for doubt in earlier.doubts:
        if doubt.code in _OF_FILES - codes:
            document = with_doubt(document, doubt)
    return document


def _without_content(item: Item) -> Item:
    return Item(number=item.number, title=_TITLE, closed=True, start=item.start, end=item.end)
