"""Damages texts as copying and conversion do, and moves the facts along."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from random import Random
from typing import Any

import msgspec

from minutes.reader.records import Ballot, Item, PriorDecision, Reference, Section, Statement
from synthetic.paragraphs import Edit

_LINE_ENDS = re.compile(r"\n+")
_GAP = re.compile(r"\n{2,}")
_BLANK = re.compile(r" ")
_PAGE_LENGTH = 1500
_NO_BREAK_SHARE = 0.05
_TITLE_WIDTH = 30
_LINKS = ("Til top", "Til toppen", "Tilbage til toppen", "( )")
_GROUPS = ("Sager til afgørelse", "A. SAGER TIL BESLUTNING", "Sager til orientering", "ØVRIGE SAGER")

Quotation = Section | Ballot | Statement | PriorDecision | Reference
Damage = Callable[[Random, str, Sequence[Item]], Iterator[Edit]]


def no_damage(_random: Random, _text: str, _items: Sequence[Item]) -> Iterator[Edit]:
    yield from ()


def without_blank_lines(_random: Random, text: str, _items: Sequence[Item]) -> Iterator[Edit]:
    """Remove all empty lines, as word processors do that save as text."""
    for match in _GAP.finditer(text):
        yield Edit(match.start(), match.end(), "\n")


def more_blank_lines(_random: Random, text: str, _items: Sequence[Item]) -> Iterator[Edit]:
    for match in _GAP.finditer(text):
        yield Edit(match.start(), match.end(), match[0] + "\n")


def page_as_paragraph(_random: Random, text: str, _items: Sequence[Item]) -> Iterator[Edit]:
    """Make one line of each page, as viewers of PDF files do."""
    page_start = 0
    for match in _LINE_ENDS.finditer(text):
        if match.end() == len(text):
            return
        ends_page = match.start() - page_start > _PAGE_LENGTH and len(match[0]) > 1
        yield Edit(match.start(), match.end(), "\n\n" if ends_page else " ")
        if ends_page:
            page_start = match.end()


def page_footers(random: Random, text: str, items: Sequence[Item]) -> Iterator[Edit]:
    """Insert "Side 3 af 9" between paragraphs, never between a heading and its text or in a vote."""
    bodies = {section.start for item in items for section in item.sections}
    whole = [(ballot.start, ballot.end) for item in items for ballot in item.ballots]
    whole += [(statement.start, statement.end) for item in items for statement in item.statements]
    form = random.choice(("Side {n}", "Side {n} af {all}", "- {n} -"))
    first, last = (items[0].start, items[-1].end) if items else (0, 0)
    page_start, page = first, 2
    for match in _GAP.finditer(text, first, last):
        place = match.end()
        if place - page_start < _PAGE_LENGTH or place in bodies or place >= last:
            continue
        if any(start < place < end for start, end in whole):
            continue
        yield Edit(place, place, form.format(n=page, all=len(text) // _PAGE_LENGTH + 2) + "\n\n")
        page_start, page = place, page + 1


def links_between_items(random: Random, _text: str, items: Sequence[Item]) -> Iterator[Edit]:
    """Insert a web page's link to its top before each item but the first."""
    link = random.choice(_LINKS)
    for item in items[1:]:
        yield Edit(item.start, item.start, f"{link}\n\n")


def group_headings(random: Random, _text: str, items: Sequence[Item]) -> Iterator[Edit]:
    """Insert a heading of a group before two items."""
    chosen = sorted(random.sample(range(len(items)), min(2, len(items))))
    for position, heading in zip(chosen, random.sample(_GROUPS, 2), strict=False):
        yield Edit(items[position].start, items[position].start, f"{heading}\n\n")


def contents_glued(_random: Random, _text: str, items: Sequence[Item]) -> Iterator[Edit]:
    """Put the heading of the contents directly before the first item, as some web pages do."""
    yield Edit(items[0].start, items[0].start, "Indholdsfortegnelse")


def headings_glued(random: Random, _text: str, items: Sequence[Item]) -> Iterator[Edit]:
    """Put an empty section's heading directly before each item but the first."""
    heading = random.choice(("Sagsfremstilling", "Bilag", "Referat"))
    for item in items[1:]:
        yield Edit(item.start, item.start, heading)


def titles_unfolded(_random: Random, text: str, items: Sequence[Item]) -> Iterator[Edit]:
    """Glue a web page's link to each title."""
    for item in filter(_is_titled, items):
        end = text.find(item.title, item.start) + len(item.title)
        yield Edit(end, end, f"Klik her for at folde ud og læse mere om {item.title}")


def titles_wrapped(_random: Random, text: str, items: Sequence[Item]) -> Iterator[Edit]:
    """Break long titles over two lines."""
    for item in filter(_is_titled, items):
        start = text.find(item.title, item.start)
        blank = text.find(" ", start + _TITLE_WIDTH, start + len(item.title))
        if blank >= 0:
            yield Edit(blank, blank + 1, "\n")


def _is_titled(item: Item) -> bool:
    return bool(item.title)


def indented(_random: Random, text: str, _items: Sequence[Item]) -> Iterator[Edit]:
    for match in _LINE_ENDS.finditer(text):
        if match.end() < len(text):
            yield Edit(match.end(), match.end(), "   ")


def trailing_blanks(_random: Random, text: str, _items: Sequence[Item]) -> Iterator[Edit]:
    for match in _LINE_ENDS.finditer(text):
        yield Edit(match.start(), match.start(), "  ")


def no_break_spaces(random: Random, text: str, _items: Sequence[Item]) -> Iterator[Edit]:
    for match in _BLANK.finditer(text):
        if random.random() < _NO_BREAK_SHARE:
            yield Edit(match.start(), match.end(), "\xa0")


DAMAGES: dict[str, Damage] = {
    "no blank lines": without_blank_lines,
    "more blank lines": more_blank_lines,
    "page as paragraph": page_as_paragraph,
    "page footers": page_footers,
    "links between items": links_between_items,
    "group headings": group_headings,
    "contents glued": contents_glued,
    "headings glued": headings_glued,
    "titles unfolded": titles_unfolded,
    "titles wrapped": titles_wrapped,
    "indented": indented,
    "trailing blanks": trailing_blanks,
    "no-break spaces": no_break_spaces,
    "none": no_damage,
}


def apply_damage(name: str, random: Random, text: str, fields: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the damaged text, and the fields of the document with the spans and words of that text."""
    edits = [*DAMAGES[name](random, text, fields["items"])]
    if not edits:
        return text, fields
    pieces: list[str] = []
    end = 0
    for edit in edits:
        pieces += (text[end : edit.start], edit.replacement)
        end = edit.end
    damaged = "".join((*pieces, text[end:]))
    mover = _Mover(edits, damaged)
    return damaged, fields | {"items": tuple(mover.item(item) for item in fields["items"])}


class _Mover:
    """Moves records from the text before `edits` to the one after them."""

    def __init__(self, edits: Sequence[Edit], text: str) -> None:
        self._text = text
        self._starts = [edit.start for edit in edits]
        self._ends = [edit.end for edit in edits]
        growth = (len(edit.replacement) - (edit.end - edit.start) for edit in edits)
        self._growth = [0, *accumulate(growth)]

    def item(self, item: Item) -> Item:
        moved = {
            name: tuple(map(self._record, getattr(item, name)))
            for name in ("sections", "ballots", "statements", "prior_decisions", "references")
        }
        return msgspec.structs.replace(item, **moved, start=self._start(item.start), end=self._end(item.end))

    def _record(self, record: Quotation) -> Quotation:
        start, end = self._start(record.start), self._end(record.end)
        words = "evidence" if hasattr(record, "evidence") else "text"
        changed: dict[str, Any] = {"start": start, "end": end, words: self._text[start:end]}
        return msgspec.structs.replace(record, **changed)

    def _start(self, position: int) -> int:
        """Return where a passage starts now: after what is inserted before it."""
        return position + self._growth[bisect_right(self._ends, position)]

    def _end(self, position: int) -> int:
        """Return where a passage ends now: before what is inserted behind it."""
        return position + self._growth[bisect_left(self._starts, position)]
