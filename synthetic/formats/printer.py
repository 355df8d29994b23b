"""Appends text page by page and resolves the positions of facts in it."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from minutes.reader.records import Ballot, Record, Reference

_FIRST_PAGE = 3


class Printer:
    """The text of the items, divided into pages of about `page_length` characters."""

    def __init__(self, page_length: int) -> None:
        self._page_length = page_length
        self._pieces: list[str] = []
        # Number and start of the last page that was started explicitly.
        self._page_start = (_FIRST_PAGE, 0)
        self.length = 0

    @property
    def page(self) -> int:
        """The page on which the next text is printed."""
        page, start = self._page_start
        return page + (self.length - start) // self._page_length

    @property
    def page_full(self) -> bool:
        """True if the page that was started last is full."""
        return self.page > self._page_start[0]

    @property
    def next_page(self) -> int:
        return self.page if self.page_full else self.page + 1

    def start_page(self) -> None:
        self._page_start = (self.next_page, self.length)

    def write(self, text: str) -> int:
        """Append text and return its start."""
        start = self.length
        self._pieces.append(text)
        self.length += len(text)
        return start

    def text(self) -> str:
        return "".join(self._pieces)


class PendingRecord(NamedTuple):
    """A record that lacks its text; the half-open span is relative to the text of the items."""

    record: type[Record]
    fields: dict[str, Any]
    start: int
    end: int

    def resolve(self, text: str, offset: int) -> Any:
        """Return the record, given the whole text and the offset of the items in it."""
        start, end = self.start + offset, self.end + offset
        text_field = "evidence" if self.record in (Ballot, Reference) else "text"
        return self.record(**self.fields, **{text_field: text[start:end]}, start=start, end=end)


def resolve_all(records: Sequence[PendingRecord], text: str, offset: int) -> tuple[Any, ...]:
    return tuple(record.resolve(text, offset) for record in records)
