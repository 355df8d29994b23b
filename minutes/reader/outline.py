"""Items and sections by the levels of a file's headings, where its text alone shows none."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from minutes.documents.source import Block
from minutes.documents.stated import StatedItem
from minutes.reader.header_lines import is_header_line
from minutes.reader.headings import decided_by, heading_kind, noun_kind, weak_kind
from minutes.reader.labeller import Heading, Headings
from minutes.reader.numbering import numbered
from minutes.reader.words import WORDS
from minutes.vocabulary import SectionKind

_FEWEST_ITEMS = 2
_LONGEST_TITLE = 300
# "Indholdsfortegnelse", "Underskrifter": headings around the items
_AROUND = frozenset(WORDS.header.title_words) | {
    "indholdsfortegnelse",
    "indhold",
    "punkter",
    "dagsordenspunkter",
    "deltagere",
    "mødedeltagere",
    "underskrifter",
    "underskriftsblad",
    "kontakt",
}


class Outline(NamedTuple):
    """Headings of a file by where they begin, and the entries of its numbered lists."""

    headings: Mapping[int, Block] = {}
    entries: Sequence[Block] = ()


NO_OUTLINE = Outline()


def outline_of(blocks: Sequence[Block]) -> Outline:
    """Return the headings of a file that have a level, and the entries of its outermost numbered lists."""
    return Outline(
        {block.start: block for block in blocks if block.kind == "heading" and block.level},
        [block for block in blocks if block.kind == "list" and not block.level and block.number],
    )


def outlined_items(outline: Outline, text: str) -> tuple[StatedItem, ...]:
    """Return an item for each title on the highest level of headings that has several.

    Titles of the meeting and labels of the header are no titles. A level with headings of sections ends the
    search: items are not below them, and among them cannot be distinguished. Without such headings, the items
    are the entries of a list with text below most of them.
    """
    headings = outline.headings.values()
    for level in sorted({block.level or 0 for block in headings}):
        on_level = [block for block in headings if block.level == level]
        if any(_heads_section(text[block.start : block.end]) for block in on_level):
            break
        titles = [block for block in on_level if _can_head_item(text[block.start : block.end])]
        if len(titles) >= _FEWEST_ITEMS:
            return tuple(_item(block, text) for block in titles)
    return tuple(_item(block, text) for block in _numbered_items(outline.entries, text))


def _numbered_items(entries: Sequence[Block], text: str) -> Sequence[Block]:
    """Return the entries of lists if their numbers run on through the document, and most have text below."""
    parts = [numbered(_title(block, text)) for block in entries]
    values = [part.value for part in parts if part and part.title[:1].isupper()]
    if len(entries) < _FEWEST_ITEMS or values != list(range(1, len(entries) + 1)):
        return ()
    ends = [*(block.start for block in entries[1:]), len(text)]
    with_text = sum(
        bool(text[block.start + len(_title(block, text)) : end].strip())
        for block, end in zip(entries, ends, strict=True)
    )
    return entries if 2 * with_text > len(entries) else ()


def _title(block: Block, text: str) -> str:
    """Return the first line of a heading or an entry."""
    return text[block.start : block.end].split("\n", 1)[0]


def _heads_section(heading: str) -> bool:
    return bool(heading_kind(heading)) or decided_by(heading) is not None


def _can_head_item(title: str) -> bool:
    return (
        len(title) <= _LONGEST_TITLE
        and "\n" not in title
        and title.casefold().strip(" :.") not in _AROUND
        and not heading_kind(title)
        and not is_header_line(title)
    )


def _item(block: Block, text: str) -> StatedItem:
    title = _title(block, text)
    parts = numbered(title)
    return StatedItem(block.start, parts.number if parts else None, parts.title if parts else title)


def with_outlined_headings(
    headings: Headings, outline: Outline, items: Sequence[tuple[int, int]], text: str
) -> Headings:
    """Return the headings of sections with those of the file below items' titles that are not among them.

    `items` are the beginnings of the lines with the items' titles, and their ends.
    """
    if not outline.headings:
        return headings
    starts = list(outline.headings)
    below: Headings = {}
    for start, end in items:
        title = outline.headings.get(start)
        if title is None:
            continue
        for at in starts[bisect_right(starts, start) : bisect_left(starts, end)]:
            block = outline.headings[at]
            if (block.level or 0) > (title.level or 0):
                below[at] = _heading(text[block.start : block.end])
    return below | headings


def _heading(printed: str) -> Heading:
    kind = heading_kind(printed) or weak_kind(printed) or noun_kind(printed) or SectionKind.OTHER
    return Heading(kind, len(printed), len(printed), sure=False)
