"""Sets pieces of text one after the other, and remembers where each fact stands."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from minutes.reader.records import Ballot, Record, Reference

_FIRST_PAGE = 3


class Press:
    """The text of the items, as it grows."""

    def __init__(self, page: int) -> None:
        """Pages of about `page` characters."""
        self._characters = page
        self._pieces: list[str] = []
        self._turned = (_FIRST_PAGE, 0)  # the last page that was begun on purpose, and where
        self.length = 0

    @property
    def page(self) -> int:
        """The number of the page that the next piece comes on."""
        page, start = self._turned
        return page + (self.length - start) // self._characters

    @property
    def full(self) -> bool:
        """Whether the page that was begun last is."""
        return self.page > self._turned[0]

    @property
    def next_page(self) -> int:
        return self.page if self.full else self.page + 1

    def turn(self) -> None:
        """Begin a new page."""
        self._turned = (self.next_page, self.length)

    def set(self, piece: str) -> int:
        start = self.length
        self._pieces.append(piece)
        self.length += len(piece)
        return start

    def text(self) -> str:
        return "".join(self._pieces)


class Quote(NamedTuple):
    """A record that waits for the whole text: half-open, counted from where the items begin."""

    record: type[Record]
    fields: dict[str, Any]
    start: int
    end: int

    def of(self, text: str, moved: int) -> Any:
        """The record, when the items begin `moved` characters into `text`."""
        start, end = self.start + moved, self.end + moved
        words = "evidence" if self.record in (Ballot, Reference) else "text"
        return self.record(**self.fields, **{words: text[start:end]}, start=start, end=end)


def quoted(quotes: Sequence[Quote], text: str, moved: int) -> tuple[Any, ...]:
    return tuple(quote.of(text, moved) for quote in quotes)
