"""The parts of a contents list in flat text: its entries, and what is printed between them."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from minutes.reader.flat_titles import COLUMNS, LAST_NUMBER, Listed
from minutes.reader.glued_contents import Entry, entries_of
from minutes.reader.phrases import Row

_NUMBER_OF_ENTRY = re.compile(
    r"(?:(?:Punkt|Pkt\.|Sag nr\.|Sag|SAG NR\.) (?P<named>\d{1,4})[.:]?"
    r"|(?<!\S)(?P<number>\d{1,4})\.)(?= [A-ZÆØÅ\"”])"
)
# "Åbne dagsordenspunkter 1 Budget": over the first entry
_OPEN_GROUP = re.compile(r"Åbne? (?:[a-zæøå]{0,10}punkter|sager|dagsorden|møde)\b:?\s+")
_FEWEST_ENTRIES = 2
_LONGEST_STEP = 20
# "…ii 90. ", " 90. ": what is between two entries
_BETWEEN_ENTRIES = re.compile(r"\.{2,} ?(?:\d{1,3}|[ivxl]{1,6})(?=\s)|(?<=\s)(?=\d{1,4}\. [A-ZÆØÅ])")
_WORDS_OF_CLOSED = ("ukke", "UKKE", "ortrolig", "ORTROLIG")
# "2 Pkt. Tekst Side": the number of a page
_LEADING_PAGE = re.compile(r"\d{1,3} (?=[A-ZÆØÅ\d])")


class Part(NamedTuple):
    """A part of a contents list, text[start:end]: an entry, if it `is_shown`; `is_sure` when it is whole."""

    start: int
    end: int
    is_shown: bool
    is_sure: bool


def parts_of_list(text: str, rows: Sequence[Row], listed: Listed) -> Iterator[Part]:
    """Yield the parts of a list: its titles, and what is between them.

    What is between them has lost its numbers, and is shown only where it says that something is closed. A
    list whose numbers follow each other is cut at them and shown. Where nothing but the list is printed, its
    entries are found by their words.
    """
    ranges = [
        (start, end)
        for row in rows
        for start, end in ((max(row.start, listed.behind), min(row.end, listed.end)),)
        if start < end
    ]
    numbered = list(_consecutive(text, listed.behind, listed.end))
    if listed.alone and not numbered:
        entries = entries_of(text, [(_behind_head(text, start, listed), end) for start, end in ranges])
        if any(entry.is_sure for entry in entries):
            yield from _parts_of_entries(text, entries, ranges)
            return
    for start, end in ranges:
        if numbered or not listed.titles:
            yield from _numbered_parts(text, start, end, numbered, is_sure=bool(listed.titles))
        else:
            yield from _parts_around(text, start, end, listed)


def _behind_head(text: str, start: int, listed: Listed) -> int:
    """Return where a page of the list begins behind its number and the heads of the columns."""
    end = start
    if start > listed.behind:
        leading = _LEADING_PAGE.match(text, start)
        at = leading.end() if leading else start
        columns = COLUMNS.match(text, at)
        end = columns.end() if columns else at
        number = LAST_NUMBER.search(text, at, end)
        end = number.start() if number else end
    group = _OPEN_GROUP.match(text, end)
    return group.end() if group else end


def _parts_of_entries(
    text: str, entries: Sequence[Entry], ranges: Sequence[tuple[int, int]]
) -> Iterator[Part]:
    """Yield the entries, and what is printed around them: numbers, pages, the heads of columns."""
    begins = [entry.start for entry in entries]
    for start, end in ranges:
        leading = _LEADING_PAGE.match(text, start) if start > begins[0] else None
        at = leading.end() if leading else start
        for entry in entries[bisect_left(begins, at) : bisect_left(begins, end)]:
            if text[at : entry.start].strip():
                yield Part(at, entry.start, False, False)
            is_shown = entry.is_sure or _says_closed(text[entry.start : entry.end])
            yield Part(entry.start, entry.end, is_shown, entry.is_sure)
            at = entry.end
        if text[at:end].strip():
            yield Part(at, end, False, False)


def _numbered_parts(
    text: str, at: int, end: int, numbered: Sequence[int], *, is_sure: bool
) -> Iterator[Part]:
    begins = [begin for begin in numbered if at < begin < end]
    for begin, stop in pairwise([at, *begins, end]):
        if text[begin:stop].strip():
            yield Part(begin, stop, True, is_sure)


def _parts_around(text: str, at: int, end: int, listed: Listed) -> Iterator[Part]:
    """Yield the listed titles in text[at:end], and what is left over between them."""
    for begin, stop in sorted(title.listed for title in listed.titles):
        if not at <= begin < end:
            continue
        yield from _left_over(text, at, begin)
        yield Part(begin, stop, True, True)
        at = stop
    yield from _left_over(text, at, end)


def _left_over(text: str, at: int, end: int) -> Iterator[Part]:
    """Yield the entries of text[at:end]; those that say that something is closed are shown."""
    begins = [at, *(match.end() for match in _BETWEEN_ENTRIES.finditer(text, at, end)), end]
    for begin, stop in pairwise(begins):
        if text[begin:stop].strip():
            yield Part(begin, stop, _says_closed(text[begin:stop]), True)


def _says_closed(words: str) -> bool:
    return any(word in words for word in _WORDS_OF_CLOSED)


def _consecutive(text: str, at: int, end: int) -> Iterator[int]:
    """Yield where the entries of a list begin, if it has several numbers, which follow each other."""
    matches = list(_NUMBER_OF_ENTRY.finditer(text, at, end))
    numbers = [int(match["named"] or match["number"]) for match in matches]
    # "Sag nr. 9 … Sag nr. 14 …" may have lost some; "9. … 14. …" may be something else.
    longest_step = _LONGEST_STEP if all(match["named"] for match in matches) else 1
    if len(numbers) >= _FEWEST_ENTRIES and all(
        0 < after - before <= longest_step for before, after in pairwise(numbers)
    ):
        yield from (match.start() for match in matches)
