"""Rows of PDF pages → paragraphs: lines that were only wrapped are joined, others are not."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from minutes.documents.pdf_lines import Line, Row
from minutes.documents.pdf_measures import Measures, fills

# A wider gap is a tab's.
_TAB = 0.5
# Lines of a paragraph are at most so much further apart than lines usually are.
_SLACK = 1.12
# A gap this much larger than between lines is an empty line.
_BLANK = 1.3
_BLANK_IN_TABLE = 2.2
# Sizes of one paragraph
_SAME_SIZE = 0.06
# A line that ends before this part of its column's width was not wrapped.
_SHORTEST_WRAPPED = 0.6
# A heading is shorter than this part of the width.
_SHORT = 0.5
# Left edges of one paragraph are this near, in parts of the size.
_SAME_EDGE = 0.5
# "1. ", "a) ", "• ", "- ", "2.1 ": begins an entry of a list
_ENTRY = re.compile(
    r"(?:\(?\d{1,3}(?:\.\d{1,3}){0,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}|\(?[a-zæøå][.)]|[A-ZÆØÅ][.)]"
    r"|[-–•*\uf0b7\uf0a7▪●○■►])(?:\s|$)"
)
# "i alt / 4. Forslaget", "Jens / A. Holm": at the beginning of a line that goes on
_MAY_GO_ON = re.compile(r"(?:\d{1,3}|[A-ZÆØÅ])\.(?:\s|$)|\d{1,2}\.\d\d\b")
_LABEL = re.compile(r"[A-ZÆØÅ][^\s:,]{1,25}(?: [^\s:,]{1,20}){0,3}:(?:\s|$)")
# The part of the width that a word of a name needs at most
_NAME = 0.2
# A word that is wider than this part of a cell leaves much space in the line above.
_LONG = 0.25
_STOPS = (".", ",", ":", ";", "!", "?", ")", "-", "–", "&", "/")
_ENDS = (".", ":", "!", "?", ";")
_GOES_ON = re.compile(r"(?:,|[a-zæøå]-|\b(?:og|eller|samt|at|for|af|til|på|i|med|om|den|det|en|et|der|som))$")
_DIGITS = re.compile(r"\d+")
_PAGE_CELL = re.compile(r"\d{1,3}")
# "Budget 2021 / ....... 4"
_CONTENTS_LINE = re.compile(r"(?:\.\.|…|\. \.)\s*\d{1,3}$")
_NUMBER = re.compile(r"\d{1,5}(?![\d.,/-])")
_LEADER = ("..", "…", ". .")


def entry_mark(text: str) -> str:
    """Return the number or bullet that begins an entry of a list, else ""."""
    match = _ENTRY.match(text)
    return match[0].strip() if match else ""


@dataclass(slots=True)
class Paragraph:
    """Rows of one paragraph, or one row of a table. `gap` is True where the page shows distance above it."""

    rows: list[Row]
    gap: bool = False

    @property
    def lines(self) -> list[Line]:
        return [line for row in self.rows for cell in row.cells for line in cell]


def paragraphs(rows: Sequence[Row], measures: Measures) -> Iterator[Paragraph]:
    """Yield the paragraphs of a document, over columns and pages.

    A line that has the form of a whole paragraph elsewhere, as headings over decisions do, is not wrapped.
    """
    single = Counter(
        _form(paragraph.rows[0])
        for paragraph in _paragraphs(rows, measures, frozenset())
        if len(paragraph.rows) == 1
    )
    yield from _paragraphs(rows, measures, frozenset(single))


def _form(row: Row) -> str:
    return _DIGITS.sub("#", row.last.text)


def _paragraphs(rows: Sequence[Row], measures: Measures, single: frozenset[str]) -> Iterator[Paragraph]:
    paragraph: Paragraph | None = None
    for row in rows:
        if paragraph is None:
            paragraph = Paragraph([row])
        elif not _stands_alone(paragraph, row, single) and _is_wrapped(paragraph, row, measures):
            paragraph.rows.append(row)
        else:
            yield paragraph
            paragraph = Paragraph([row], gap=_has_gap(paragraph.rows[-1], row, measures))
    if paragraph is not None:
        yield paragraph


def _stands_alone(paragraph: Paragraph, row: Row, single: frozenset[str]) -> bool:
    """Return True if the paragraph's only line, or `row`, has the form of a whole paragraph."""
    if row.first.text.startswith(_LEADER):
        return False
    if len(paragraph.rows) == 1 and _form(paragraph.rows[0]) in single:
        return True
    return row.first.text[0].isupper() and _form(row) in single


def _has_gap(above: Row, row: Row, measures: Measures) -> bool:
    if (above.page, above.column) != (row.page, row.column):
        return _is_new_block(above, row)
    size = max(min(above.size, row.size), 0.8 * max(above.size, row.size))
    blank = _BLANK_IN_TABLE if _is_of_table(above) and _is_of_table(row) else _BLANK
    return row.top - above.bottom > blank * measures.leading * size


def _is_of_table(row: Row) -> bool:
    """Return True for cells, and for a label with its value so near that they are one cell."""
    return len(row.cells) > 1 or _LABEL.match(row.first.text) is not None


def _is_new_block(above: Row, row: Row) -> bool:
    """Return True if a row at the head of a page begins something, rather than going on with a list."""
    if len(above.cells) > 1 and len(above.cells) == len(row.cells):
        return False
    both_entries = all(_ENTRY.match(one.first.text) for one in (above, row))
    return not both_entries and (above.last.text.endswith(_ENDS) or row.first.bold or above.last.bold)


def _is_wrapped(paragraph: Paragraph, row: Row, measures: Measures) -> bool:
    """Return True if a row goes on with the paragraph's last line, which was only too long."""
    above = paragraph.rows[-1]
    if len(above.cells) > 1 or not is_text(row):
        return False
    line, following = above.last, row.first
    if not _looks_alike(line, following) or not _is_near(above, row, measures):
        return False
    if line.words[-1].divided or following.text.startswith(_LEADER):
        return True
    if _begins_something(paragraph, line, following, measures.width(above)) or not _has_edge(paragraph, row):
        return False
    return goes_on(line, following, measures.edge(above), measures.width(above))


def _begins_something(paragraph: Paragraph, line: Line, following: Line, width: float) -> bool:
    """Return True if a line is an entry, a heading, or behind a contents entry or a drawn line."""
    return (
        _begins_entry(paragraph, line, following)
        or _follows(paragraph.rows[0].first.text, following.text)
        or _is_heading(line, following, width)
        or _CONTENTS_LINE.search(line.text) is not None
        or any(not any(map(str.isalnum, one.text)) for one in (line, following))
    )


def _follows(text: str, other: str) -> bool:
    """Return True if two lines begin with numbers that run on: "579 Råstofplan", "580 Gebyrer"."""
    numbers = [match[0] for match in map(_NUMBER.match, (text, other)) if match]
    return len(numbers) == 2 and int(numbers[1]) == int(numbers[0]) + 1


def _is_heading(line: Line, following: Line, width: float) -> bool:
    """Return True for a short line without a full stop behind a sentence that ended."""
    return (
        line.text.endswith(".")
        and not following.text.endswith(_ENDS)
        and following.text[0].isupper()
        and following.right - following.left < _SHORT * width
    )


def is_text(row: Row) -> bool:
    """Return True for one cell, or text with the number of a page behind it as in a contents list."""
    if len(row.cells) == 1:
        return True
    lines = [len(cell) for cell in row.cells]
    return lines == [1, 1] and _PAGE_CELL.fullmatch(row.last.text) is not None


def _looks_alike(line: Line, following: Line) -> bool:
    if abs(line.size - following.size) > _SAME_SIZE * max(line.size, following.size):
        return False
    last, first = line.words[-1], following.words[0]
    if last.bold != first.bold and (line.bold or following.bold):
        return False
    return last.underlined == first.underlined or not (line.underlined or following.underlined)


def _is_near(above: Row, row: Row, measures: Measures) -> bool:
    if (above.page, above.column) != (row.page, row.column):
        return True
    return 0 < row.top - above.bottom <= _SLACK * measures.leading * max(above.size, 1) + 0.5


def _begins_entry(paragraph: Paragraph, line: Line, following: Line) -> bool:
    """Return True if a line begins with a list's mark, not with a number or initial in a sentence."""
    if following.text[0] in "-–" and following.text[2:3].islower() and line.text[-1].isalnum():
        return (
            following.left > paragraph.rows[0].left or _ENTRY.match(paragraph.rows[0].first.text) is not None
        )
    in_list = _ENTRY.match(paragraph.rows[0].first.text) is not None
    if (
        _MAY_GO_ON.match(following.text)
        and not in_list
        and (line.text[-1].isalpha() or line.text.endswith("kl."))
    ):
        return False
    return _ENTRY.match(following.text) is not None


def _has_edge(paragraph: Paragraph, row: Row) -> bool:
    """Return True if a row begins where the paragraph does, or the text behind its list mark."""
    first, last, following = paragraph.rows[0].first, paragraph.rows[-1], row.first
    if (last.page, last.column) != (row.page, row.column):
        return True
    slack = _SAME_EDGE * following.size
    if len(paragraph.rows) > 1:
        begins_column = (last.page, last.column) != (paragraph.rows[-2].page, paragraph.rows[-2].column)
        return begins_column or abs(following.left - last.first.left) <= slack
    if following.left <= first.left + slack:
        return first.left - following.left <= 5 * following.size
    return any(abs(following.left - left) <= slack for left in _text_edges(first))


def _text_edges(line: Line) -> Iterator[float]:
    """Yield the left edges of the text behind a list mark or a label."""
    if _ENTRY.match(line.text) and len(line.words) > 1:
        yield line.words[1].left
    for before, word in pairwise(line.words):
        if word.left - before.right > _TAB * line.size:
            yield word.left


def goes_on_in_cell(line: Line, following: Line, edge: float, width: float) -> bool:
    """Return True if text goes on in the next line of a cell, whose right edge may be further left."""
    if entry_mark(following.text):
        return False
    word = following.words[0]
    begins_small = following.text[0].islower() and not line.text.endswith(_ENDS)
    is_long = word.right - word.left > _LONG * width and fills(line, following, edge)
    return begins_small or is_long or goes_on(line, following, edge, width)


def goes_on(line: Line, following: Line, edge: float, width: float) -> bool:
    """Return True if text goes on in the next line, by the space left in the first and by its words."""
    text = following.text
    room = edge - line.right
    begins_small = text[0].islower()
    if fills(line, following, edge):
        # A capital or number that no stop precedes is a name's, or begins a line of its own.
        is_likely = not (text[0].isupper() or text[0].isdigit()) or line.text.endswith(_STOPS)
        is_likely = (is_likely or room < _NAME * width) and not _LABEL.match(text)
        return begins_small or is_likely or _GOES_ON.search(line.text) is not None
    is_centred = abs(line.left - following.left) > _SAME_EDGE * line.size and not entry_mark(line.text)
    if line.text.endswith(_ENDS) or is_centred:
        return False
    return room < (1 - _SHORTEST_WRAPPED) * width and (begins_small or _GOES_ON.search(line.text) is not None)
