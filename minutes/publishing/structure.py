"""Applies to the items of a reading that staff split, joined or added some.

The value of a correction says where by words of the text, so that it survives a new version:

- split: {"words", "number", "title", "from", "closed"}. A new item begins at `words`, within another one.
- join: {"words", "behind", "from", "closed"}. The item that begins at `words` belongs to the one that begins
  at `behind`, right before it.
- added: {"words", "until", "number", "title", "closed"}, an item of text that no item has; or one without
  text, if `words` is null: {"words", "behind", "number", "title", "closed"}, after the item at `behind`.

`words`, `until` and `behind` are anchors (`publishing.anchors`). The correction's `item_slug` is the address
of the new item, or of the one that another is joined to; `from` is the address of the item that was split, or
that was joined to another. `closed` says that one of them was closed: so are the parts, and so is the whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import msgspec

from minutes.models import Correction
from minutes.models.danish import slug
from minutes.publishing.anchors import find_anchor
from minutes.publishing.removed_items import is_taken_down
from minutes.reader.parts import read_part
from minutes.reader.records import Document, Item

Field = Correction.Field
# Characters between the beginning of an item and its words: "Punkt 12:", a bullet.
_MOST_MARKS = 24


class Result(StrEnum):
    APPLIED = "applied"
    AGREES = "agrees"  # the reader reads it so
    GONE = "gone"  # the words are not in the text, or not where they were


@dataclass
class Structured:
    """A document with its items as staff repaired them.

    `addresses` are those that a correction gives to an item, in the order of the items; `results` the result
    of each correction by its key.
    """

    document: Document
    addresses: list[str | None]
    results: dict[int, Result] = field(default_factory=dict)


@dataclass
class _Entry:
    item: Item
    address: str | None = None


def apply_structure(document: Document, corrections: Sequence[Correction]) -> Structured:
    """Return `document`, as read, with the corrections of its structure, in their order."""
    items = _Items(document)
    results = {correction.pk: items.apply(correction) for correction in corrections}
    return Structured(
        msgspec.structs.replace(document, items=tuple(entry.item for entry in items.entries)),
        [entry.address for entry in items.entries],
        results,
    )


class _Items:
    """The items of a document while corrections are applied to them."""

    def __init__(self, document: Document) -> None:
        self.document, self.text = document, document.text
        self.entries = [_Entry(item) for item in document.items]

    def apply(self, correction: Correction) -> Result:
        value = correction.value
        if correction.field == Field.SPLIT:
            return self._split(value, correction.item_slug)
        if correction.field == Field.JOIN:
            return self._join(value)
        if value["words"] is None:
            return self._add_without_text(value, correction.item_slug)
        return self._add(value, correction.item_slug)

    def _split(self, value: dict[str, Any], address: str) -> Result:
        start = self._find(value["words"])
        at = self._containing(start)
        if start is None or at is None or is_taken_down(self.entries[at].item):
            return Result.GONE
        entry = self.entries[at]
        if self._begins_at(entry.item, start):
            entry.address = entry.address or address
            return Result.AGREES
        whole = entry.item
        entry.item = msgspec.structs.replace(
            self._read(whole.start, start, whole.number, whole.title, closed=whole.closed),
            case_number=whole.case_number,
        )
        closed = whole.closed or value["closed"]
        part = self._read(start, whole.end, value["number"], value["title"], closed=closed)
        self.entries.insert(at + 1, _Entry(part, address))
        return Result.APPLIED

    def _join(self, value: dict[str, Any]) -> Result:
        start, behind = self._find(value["words"]), self._find(value["behind"])
        at, first = self._containing(start), self._containing(behind)
        if start is None or behind is None or at is None or first is None:
            return Result.GONE
        one, other = self.entries[first], self.entries[at]
        if is_taken_down(one.item) or is_taken_down(other.item) or not self._begins_at(one.item, behind):
            return Result.GONE
        if at == first:
            return Result.AGREES
        if at != first + 1 or not self._begins_at(other.item, start):
            return Result.GONE
        closed = one.item.closed or other.item.closed or value["closed"]
        one.item = msgspec.structs.replace(
            self._read(one.item.start, other.item.end, one.item.number, one.item.title, closed=closed),
            case_number=one.item.case_number,
        )
        del self.entries[at]
        return Result.APPLIED

    def _add(self, value: dict[str, Any], address: str) -> Result:
        start, until = self._find(value["words"]), find_anchor(value["until"], self.text)
        if start is None or until is None or until[0] < start:
            return Result.GONE
        at = self._containing(start)
        if at is not None:
            entry = self.entries[at]
            if not self._begins_at(entry.item, start):
                return Result.GONE
            entry.address = entry.address or address
            return Result.AGREES
        end = until[1]
        following = [place for place, entry in enumerate(self.entries) if entry.item.start >= start]
        place = following[0] if following else len(self.entries)
        if following:
            end = min(end, self.entries[place].item.start)
        item = self._read(start, end, value["number"], value["title"], closed=value["closed"])
        self.entries.insert(place, _Entry(item, address))
        return Result.APPLIED

    def _add_without_text(self, value: dict[str, Any], address: str) -> Result:
        for entry in self.entries:
            if entry.address is None and slug(entry.item.title) == slug(value["title"]):
                entry.address = address
                return Result.AGREES
        behind = self._find(value["behind"])
        before = self._containing(behind)
        place = 0 if not value["behind"] else len(self.entries) if before is None else before + 1
        # Not 0, which says that the place of an item is not known.
        offset = max(self.entries[place - 1].item.end if place else 0, 1)
        item = Item(
            number=value["number"], title=value["title"], closed=value["closed"], start=offset, end=offset
        )
        self.entries.insert(place, _Entry(item, address))
        return Result.APPLIED

    def _find(self, anchor: dict[str, Any] | None) -> int | None:
        place = find_anchor(anchor, self.text) if anchor else None
        return place[0] if place else None

    def _containing(self, offset: int | None) -> int | None:
        if offset is None:
            return None
        return next(
            (at for at, entry in enumerate(self.entries) if entry.item.start <= offset < entry.item.end), None
        )

    def _begins_at(self, item: Item, offset: int) -> bool:
        """Return True if the item begins with the words at `offset`, or with its number before them."""
        marks = self.text[item.start : offset].strip()
        return len(marks) <= _MOST_MARKS and "\n\n" not in marks

    def _read(self, start: int, end: int, number: str | None, title: str, *, closed: bool) -> Item:
        return read_part(self.document, start, end, number=number, title=title, closed=closed)
