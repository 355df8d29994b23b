"""Words of a page → lines, and rows of cells where lines are side by side, in reading order.

The order of the page's content is followed, since programs write columns and cells one after the other.
Only where it jumps to and fro the words are ordered by their places.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from minutes.documents.pdf_words import Word

# A wider gap, in parts of the size, divides cells.
_CELL_GAP = 1.7
# How far words of one line can be from its baseline (superscripts), in parts of the size
_SAME_LINE = 0.45
# Lines of a cell are not further apart, in parts of the size.
_CELL_LEADING = 1.9
# Bounds, so that a page takes time by its length
_MOST_LINES = 80
_MOST_CELLS = 100
# How many lines of a cell are looked at, back from a cell beside it
_TALLEST_CELL = 5
# A column ends the page, so many sizes below what is left of it; a cell that does is read as one.
_BELOW = 3
# Content that goes up and to the left more often than this is not in reading order.
_FEWEST_JUMPS = 3
_MOST_JUMPS = 0.12
# "1.", "a)", "•", "12.3": its text is behind a tab
_MARK = re.compile(
    r"(?:\(?\d{1,3}(?:\.\d{1,3}){0,3}[.):]?|\(?[A-Za-zÆØÅæøå][.)]|[-–•*o§\uf0b7\uf0a7▪●○■►]|[ivx]{1,4}[.)])"
)


@dataclass(slots=True)
class Line:
    """Words side by side on one baseline. Its text and size are remembered until it gets more words."""

    words: list[Word]
    _count: int = field(default=0, repr=False, compare=False)
    _text: str = field(default="", repr=False, compare=False)
    _size: float = field(default=0.0, repr=False, compare=False)

    @property
    def text(self) -> str:
        self._measure()
        return self._text

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return self.words[-1].right

    @property
    def baseline(self) -> float:
        return self.words[0].baseline

    @property
    def size(self) -> float:
        self._measure()
        return self._size

    def _measure(self) -> None:
        if self._count != len(self.words):
            self._count = len(self.words)
            self._text = " ".join([word.text for word in self.words])
            self._size = max([word.size for word in self.words])

    @property
    def bold(self) -> bool:
        return all(word.bold for word in self.words)

    @property
    def underlined(self) -> bool:
        return all(word.underlined for word in self.words)

    @property
    def is_mark(self) -> bool:
        """Return True for the number or bullet of a list item, whose text follows behind a tab."""
        return len(self.words) == 1 and _MARK.fullmatch(self.words[0].text) is not None


@dataclass(slots=True)
class Row:
    """Cells side by side, each with its lines from top to bottom. Text that is in no table is one cell.

    `column` counts from 0 on each page, and grows where the text goes on further up. `block` counts runs of
    rows without distance between them; a row `flows` if it is of text without the lines of its paragraphs.
    """

    cells: list[list[Line]]
    page: int = 0
    column: int = 0
    block: int = 0
    flows: bool = False

    @property
    def top(self) -> float:
        return min(cell[0].baseline for cell in self.cells)

    @property
    def bottom(self) -> float:
        return max(cell[-1].baseline for cell in self.cells)

    @property
    def left(self) -> float:
        return min(line.left for line in self.cells[0])

    @property
    def right(self) -> float:
        return max(line.right for cell in self.cells for line in cell)

    @property
    def size(self) -> float:
        return self.cells[0][0].size

    @property
    def first(self) -> Line:
        return self.cells[0][0]

    @property
    def last(self) -> Line:
        return self.cells[-1][-1]


@dataclass(slots=True)
class Paragraph:
    """Rows of one paragraph, or one row of a table. `gap` is True where the page shows distance above it."""

    rows: list[Row]
    gap: bool = False

    @property
    def lines(self) -> list[Line]:
        return [line for row in self.rows for cell in row.cells for line in cell]

    @property
    def texts(self) -> list[str]:
        """Return the text of the last line of each row."""
        return [row.last.text for row in self.rows]


def read_lines(words: Sequence[Word]) -> list[Line]:
    """Return the lines of a page in the order of its content, or from top to bottom where that is none."""
    lines = list(_lines(words))
    jumps = sum(
        after.baseline < before.baseline - after.size and after.left < before.right
        for before, after in pairwise(lines)
    )
    if jumps > max(_FEWEST_JUMPS, _MOST_JUMPS * len(lines)):
        lines = list(_lines(_by_place(words)))
    return _with_edges_in_place(lines)


def _with_edges_in_place(lines: list[Line]) -> list[Line]:
    """Move a head that is written behind the text to the top, and a foot before it to the end."""
    heads, rest = _split_off(lines[::-1], above=True)
    feet, body = _split_off(rest[::-1], above=False)
    return heads[::-1] + body + feet


def _split_off(lines: list[Line], *, above: bool) -> tuple[list[Line], list[Line]]:
    """Return the first lines that are above, or below, all others, and the others."""
    sign = 1 if above else -1
    places = [sign * line.baseline for line in lines]
    nearest = list(accumulate(reversed(places), min))[::-1]
    furthest = list(accumulate(reversed(places), max))[::-1]
    moved: list[Line] = []
    passed: list[Line] = []
    for index, line in enumerate(lines[:-1]):
        if places[index] < nearest[index + 1] - line.size / 2:
            moved.append(line)
        elif places[index] > furthest[index + 1]:
            passed.append(line)
        else:
            break
    return moved, passed + lines[len(moved) + len(passed) :]


def _by_place(words: Sequence[Word]) -> list[Word]:
    """Return the words line by line, from top to bottom."""
    ordered: list[Word] = []
    line: list[Word] = []
    for word in sorted(words, key=lambda word: (word.baseline, word.left)):
        if line and word.baseline - line[0].baseline > _SAME_LINE * max(word.size, line[0].size):
            ordered += sorted(line, key=lambda word: word.left)
            line = []
        line.append(word)
    return ordered + sorted(line, key=lambda word: word.left)


def _lines(words: Sequence[Word]) -> Iterator[Line]:
    line: list[Word] = []
    for word in words:
        if line and not _goes_on(line[-1], word):
            yield Line(line)
            line = []
        line.append(word)
    if line:
        yield Line(line)


def _goes_on(before: Word, word: Word) -> bool:
    size = max(before.size, word.size)
    return (
        not before.divided
        and abs(word.baseline - before.baseline) <= _SAME_LINE * size
        and -0.4 * size <= word.left - before.right <= _CELL_GAP * size
    )


def build_rows(lines: Sequence[Line], page: int = 0) -> list[Row]:
    """Return the lines of a page as rows of cells."""
    rows: list[Row] = []
    column, left = 0, 0.0
    furthest_left = list(accumulate((line.left for line in reversed(lines)), min))[::-1]
    for index, line in enumerate(lines):
        is_last_column = (
            len(lines) - index > _TALLEST_CELL
            and furthest_left[index] >= line.left - line.size
            and lines[-1].baseline > lines[index - 1].baseline + _BELOW * line.size
        )
        if rows and not (is_last_column and _is_above(rows[-1], line)) and _joins(rows, line):
            continue
        if rows and _begins_column(rows[-1], line, left if column else 0.0):
            column, left = column + 1, line.left
        rows.append(Row([[line]], page, column))
        left = min(left, line.left)
    return rows


def _begins_column(row: Row, line: Line, left: float) -> bool:
    """Return True if a line is above the last row, or left of the column that began at `left`."""
    return _is_above(row, line) or line.left < left - 2 * line.size


def _is_above(row: Row, line: Line) -> bool:
    return line.baseline < row.last.baseline - line.size


def _joins(rows: list[Row], line: Line) -> bool:
    """Put a line into the last row, or into one that joins several; return False for a line below them."""
    row = rows[-1]
    last = row.last
    size = max(last.size, line.size)
    below = line.baseline - last.baseline
    if abs(below) <= _SAME_LINE * size and line.left >= last.right - 0.4 * size:
        return _join_beside(row, line)
    if below > 0:
        return _join_below(row, line, below)
    return _join_above(rows, line)


def _join_beside(row: Row, line: Line) -> bool:
    """Add a line right of the last one: text behind a list mark, or another cell."""
    cell = row.cells[-1]
    if (cell[-1].is_mark and len(row.cells) == 1) or len(cell) > 1:
        cell[-1].words.extend(line.words)
    else:
        row.cells.append([line])
    return True


def _join_below(row: Row, line: Line, below: float) -> bool:
    """Add a line under the last one to its cell, if other cells are left of it."""
    if not 1 < len(row.cells) <= _MOST_CELLS or len(row.cells[-1]) > _MOST_LINES:
        return False
    if below > _CELL_LEADING * max(line.size, row.last.size):
        return False
    beside = max(cell_line.right for cell_line in row.cells[-2])
    cell = row.cells[-1]
    overlaps = line.left < max(one.right for one in cell) and line.right > min(one.left for one in cell)
    if line.left >= beside and overlaps:
        cell.append(line)
        return True
    return False


def _join_above(rows: list[Row], line: Line) -> bool:
    """Add a line that is further up and right of the last rows as a cell beside them."""
    count = 0
    for row in reversed(rows[-_TALLEST_CELL:]):
        if (
            len(row.cells) > _MOST_CELLS
            or (count and rows[-count].top - row.bottom > _CELL_LEADING * row.size)
            or row.right > line.left
            or row.column != rows[-1].column
            or (count and len(row.cells) > 1)
        ):
            break
        count += 1
        if row.top <= line.baseline + _SAME_LINE * line.size:
            break
    if not count:
        return False
    merged = rows[-count:]
    slack = 4 * line.size if count == 1 else line.size
    if not merged[0].top - slack <= line.baseline <= merged[-1].bottom + _SAME_LINE * line.size:
        return False
    if count > 1:
        merged[0].cells = [[one for row in merged for one in row.cells[0]]]
        del rows[1 - count :]
    rows[-1].cells.append([line])
    return True
