"""Rows of tables → where they are cut into the lines that minutes without tables have.

"| Beslutning | Godkendt. |" is a heading over its text, "| 86 | Ny sti |" an item's number and title. Under a
head such as "Nr. <tab> Emne <tab> Beslutning" each row is an item, and its last cell the item's decision.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from minutes.reader.cases import NO_CASE
from minutes.reader.headings import heading_kind
from minutes.reader.joints import Cut
from minutes.reader.labels import label_of
from minutes.reader.phrases import HEADINGS, WEAK, Row
from minutes.reader.words import WORDS
from minutes.vocabulary import SectionKind

# "| 86 | Ny sti |"
_BAR_ROW = re.compile(r"\s*\|.*\|\s*")
_RULE = re.compile(r"[\s|:+-]+")
_FEWEST_ROWS = 3
# "86", "39a", "4."
_NUMBER = re.compile(r"\d{1,4}[a-z]?[.:]?")
_TITLE = re.compile(r"[A-ZÆØÅ\"”»(].*[a-zæøå]{2}")
_LONGEST_KEY = 40
# "1,4 MB", "(52 kB)"
_SIZE = re.compile(r"\(?\d+(?:[.,]\d+)? ?[kKMG]B\)?")
# "31 <tab> Ny sti", "4. Ny sti <tab> Godkendt"
_ITEM_ROW = re.compile(r"(?:\d{1,4}[a-z]?[.:]?\t|\d{1,3}[.:] )\s*(?=\S)")
_NUMBER_NAMES = frozenset({"nr", "nr.", "pkt", "pkt.", "punkt", "punkt nr.", "sag", "sag nr.", "sagsnr.", ""})
_TITLE_NAMES = frozenset(WORDS.pages.title_columns)
_MOST_COLUMNS = 6
# "Side 1", "Side 2 af 4": the foot of a page above the head of the table's next page
_PAGE = re.compile(r"\s*Side \d{1,3}(?: af \d{1,3})?\s*")
_LONGEST_PAGE_HEAD = 3


class Tables(NamedTuple):
    """The cuts of rows of tables, by row, and what replaces the bars and tabs within their lines."""

    cuts: dict[int, list[Cut]]
    separators: dict[int, str]


class _Span(NamedTuple):
    column: int
    start: int
    end: int
    words: str


def tables_in(text: str, rows: Sequence[Row]) -> Tables:
    """Return where the rows of the tables in `text` are cut."""
    cuts: dict[int, list[Cut]] = {}
    separators: dict[int, str] = {}
    barred = [number for number, row in enumerate(rows) if _has_bars(text, row)]
    if len(barred) >= _FEWEST_ROWS:
        table = {number: _cells(text, rows[number]) for number in barred}
        last_rows = {cells[0].words: number for number, cells in table.items() if _is_item(cells)}
        for block in _runs(barred):
            for number, separator, row_cuts in _cuts_of_block(
                rows, {at: table[at] for at in block}, last_rows
            ):
                cuts[number], separators[number] = row_cuts, separator
    cuts |= _rows_of_items(text, rows, separators)
    return Tables(cuts, separators)


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Yield the numbers that follow each other."""
    for _, run in groupby(enumerate(numbers), key=lambda entry: entry[1] - entry[0]):
        yield [number for _, number in run]


def _has_bars(text: str, row: Row) -> bool:
    start = row.start
    return text[start : row.end].lstrip()[:1] == "|" and bool(_BAR_ROW.fullmatch(text, start, row.end))


def _cells(text: str, row: Row) -> list[_Span]:
    """Return the cells of a row between bars that are not empty."""
    spans: list[_Span] = []
    first = text.index("|", row.start) + 1
    column = 0
    start = first
    while start <= row.end:
        end = text.find("|", start, row.end)
        if end < 0:
            break
        words = text[start:end].strip()
        if words:
            begin = start + len(text[start:end]) - len(text[start:end].lstrip())
            spans.append(_Span(column, begin, begin + len(words), words))
        column, start = column + 1, end + 1
    return spans


def _cuts_of_block(
    rows: Sequence[Row], table: Mapping[int, list[_Span]], last_rows: Mapping[str, int]
) -> Iterator[tuple[int, str, list[Cut]]]:
    """Yield the number, the separator and the cuts of rows that follow each other.

    `last_rows` are the last rows of items, by their numbers: those before are entries of a contents list.
    """
    has_sections = any(
        len(cells) > 1 and cells[0].column == 0 and _key(cells[0]) in HEADINGS | WEAK
        for cells in table.values()
    )
    for number, cells in table.items():
        row = rows[number]
        if not cells or all(_RULE.fullmatch(cell.words) for cell in cells):
            yield number, "\t", [Cut(row.start, furniture=True)]
        elif _is_item(cells):
            cuts = _apart(row, cells, joined=2)
            yield number, " ", [cut._replace(listed=last_rows[cells[0].words] > number) for cut in cuts]
        elif has_sections and _heads_text(cells):
            yield number, "\t", [*_apart(row, cells[:1], joined=1), *_line(row, cells[1:])]
        else:
            yield number, "\t", list(_line(row, cells))


def _key(cell: _Span) -> str:
    return cell.words.lower().strip(" :.")


def _is_item(cells: Sequence[_Span]) -> bool:
    """Return True if a row begins with a number and a title."""
    if len(cells) < 2 or (cells[0].column, cells[1].column) != (0, 1):
        return False
    return bool(_NUMBER.fullmatch(cells[0].words) and _TITLE.match(cells[1].words))


def _heads_text(cells: Sequence[_Span]) -> bool:
    """Return True if the first cell heads the text of the second, and is no label of the header or a case."""
    first = cells[0]
    if len(cells) < 2 or first.column > 0 or len(first.words) > _LONGEST_KEY or not first.words[0].isupper():
        return False
    if _key(first) in HEADINGS | WEAK:
        return True
    label = label_of(f"{first.words.rstrip(':')}:")
    return not NO_CASE.fullmatch(first.words) and not (label and label.use)


def _line(row: Row, cells: Sequence[_Span]) -> Iterator[Cut]:
    """Yield the cuts of cells that are one line, without the bars around them; a file's size is apart."""
    yield from (Cut(row.start), Cut(cells[0].start), Cut(cells[-1].end))
    if len(cells) > 1 and _SIZE.fullmatch(cells[-1].words):
        yield from (Cut(cells[-2].end), Cut(cells[-1].start, furniture=True))


def _apart(row: Row, cells: Sequence[_Span], *, joined: int) -> Iterator[Cut]:
    """Yield the cuts of cells that are lines of their own, but the first `joined`, which are one."""
    yield from (Cut(row.start), Cut(cells[0].start, gap=True), Cut(cells[min(joined, len(cells)) - 1].end))
    for cell in cells[joined:]:
        yield from (Cut(cell.start), Cut(cell.end))


def _rows_of_items(text: str, rows: Sequence[Row], separators: dict[int, str]) -> Mapping[int, list[Cut]]:
    """Return the cuts of the tables whose rows are items, with a column for the decision."""
    cuts: dict[int, list[Cut]] = {}
    column = 0  # of the decision, in the table that goes on
    tabs = 0  # those since its row began
    for number, row in enumerate(rows):
        line = text[row.start : row.end]
        if "\t" in line and (of_head := _decision_column(line)):
            cuts[number] = [Cut(row.start, furniture=True)]
            if column:
                cuts |= {
                    above: [Cut(rows[above].start, furniture=True)] for above in _page(text, rows, number)
                }
            column, tabs = of_head, column and tabs
            continue
        if not column:
            continue
        item = _ITEM_ROW.match(line)
        tabs = 0 if item else tabs
        row_cuts = [Cut(row.start, gap=True, cell="item")] if item else []
        begin = item.end() if item and column > 1 else 0
        tabs += line.count("\t", 0, begin)
        for at, character in enumerate(line[begin:], row.start + begin):
            if character != "\t":
                continue
            tabs += 1
            if tabs == column and text[at + 1 : row.end].strip():
                row_cuts.append(Cut(at + 1, gap=True, cell="decision"))
            elif tabs > column:
                row_cuts.append(Cut(at + 1))
        if row_cuts:
            cuts[number] = row_cuts
        if item:
            separators[number] = " "
    return cuts


def _decision_column(line: str) -> int:
    """Return which column of a table of items the decision is in, by the names of the columns; else 0."""
    names = [name.strip(" :").casefold() for name in line.strip("\n").split("\t")]
    if not 2 <= len(names) <= _MOST_COLUMNS:
        return 0
    has_numbers = len(names) > 2 and names[0] in _NUMBER_NAMES
    if names[1 if has_numbers else 0] not in _TITLE_NAMES:
        return 0
    at = 2 if has_numbers else 1
    return at if names[at] and heading_kind(names[at].capitalize()) is SectionKind.DECISION else 0


def _page(text: str, rows: Sequence[Row], head: int) -> Sequence[int]:
    """Return the rows of a page's foot and head above the head of a table that goes on."""
    for above in range(head - 1, max(head - 1 - _LONGEST_PAGE_HEAD, 0), -1):
        if _PAGE.fullmatch(text, rows[above].start, rows[above].end):
            return range(above, head)
    return ()
