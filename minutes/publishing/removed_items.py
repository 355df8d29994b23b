"""Removes an item that was taken down from a text and its document, leaving a stub in its place."""

from collections.abc import Sequence

import msgspec

from minutes.privacy import PASSAGE_MASK, Fingerprints, Span, mask_spans
from minutes.reader.records import Document, Item

# Title of a stub. No redaction produces it: single mask characters with blanks between them.
_STUB_TITLE = " ".join(PASSAGE_MASK * 3)


def is_taken_down(item: Item) -> bool:
    """Return True for the stub of an item that was taken down; its case number is its address."""
    return is_stub_title(item.title)


def is_stub_title(title: str) -> bool:
    return title == _STUB_TITLE


def remove_item(
    text: str, document: Document, index: int, item_slug: str, fingerprints: Fingerprints
) -> tuple[str, Document]:
    """Mask an item in `text` and `document`: its whole span, and its title in the table of contents."""
    item = document.items[index]
    spans = [_span(document.items, index)]
    if any(map(str.isalnum, item.title)):
        contents = text[: document.items[0].start or spans[0][0]]
        spans += fingerprints.find_passages(contents, [fingerprints.of_passage(item.title)])
    start, end = spans[0]
    stub = Item(
        number=item.number, title=_STUB_TITLE, case_number=item_slug, closed=True, start=start, end=end
    )
    redacted = msgspec.structs.replace(
        document,
        text=mask_spans(document.text, spans, PASSAGE_MASK),
        items=(*document.items[:index], stub, *document.items[index + 1 :]),
        warnings=tuple(warning for warning in document.warnings if not start <= warning.start < end),
        doubts=tuple(doubt for doubt in document.doubts if not start <= doubt.start < end),
    )
    return mask_spans(text, spans, PASSAGE_MASK), redacted


def restore_stubs(document: Document, stubs: Sequence[Item]) -> Document:
    """Insert the stubs into a document that was read from a text in which their items are masked.

    The reader takes a masked item for a part of the item before it; that part is cut off again.
    """
    items = list(document.items)
    for stub in stubs:
        index = next((at for at, item in enumerate(items) if item.start > stub.start), len(items))
        if index and items[index - 1].end > stub.start:
            items[index - 1] = _cut_at(items[index - 1], stub.start)
        items.insert(index, stub)
    return msgspec.structs.replace(document, items=tuple(items))


def _span(items: Sequence[Item], index: int) -> Span:
    """Return the item's span; where the facts lack it, from the end of the item before to its own end."""
    item = items[index]
    if item.end:
        return item.start, item.end
    before = [section.end for previous in items[:index] for section in previous.sections]
    return max(before, default=0), max((section.end for section in item.sections), default=0)


def _cut_at(item: Item, end: int) -> Item:
    sections = []
    for section in item.sections:
        if section.end <= end:
            sections.append(section)
        elif section.start < end:
            text = section.text[: end - section.start].rstrip()
            clean = _without_trailing_mask(section.clean)
            sections.append(
                msgspec.structs.replace(section, end=section.start + len(text), text=text, clean=clean)
            )
    return msgspec.structs.replace(
        item,
        end=end,
        sections=tuple(sections),
        decision=_without_trailing_mask(item.decision or "") or None,
        attachments=tuple(filter(None, map(_without_trailing_mask, item.attachments))),
    )


def _without_trailing_mask(text: str) -> str:
    return text.rstrip(f"{PASSAGE_MASK} \n\t")
