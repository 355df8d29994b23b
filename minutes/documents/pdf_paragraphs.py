"""Rows of PDF pages → paragraphs: lines that were only wrapped are joined, others are not."""

import re
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise, zip_longest

from minutes.documents.pdf_entries import (
    ENTRY,
    ENTRY_NUMBER,
    ITEM,
    LABEL,
    begins_line,
    begins_something,
    entry_mark,
    follows,
)
from minutes.documents.pdf_lines import Line, Paragraph, Row
from minutes.documents.pdf_measures import USUAL_SLACK, Measures, Slack, fills, is_near
from minutes.documents.pdf_sentences import (
    ENDS,
    divides_day,
    is_heading,
    is_open,
    is_unfinished,
)

# A wider gap is a tab's.
_TAB = 0.5
# A gap this much larger than between lines is an empty line.
_BLANK = 1.3
_BLANK_IN_TABLE = 2.2
# Sizes of one paragraph
_SAME_SIZE = 0.06
# A line that ends before this part of its column's width was not wrapped.
_SHORTEST_WRAPPED = 0.6
# Left edges of one paragraph are this near, in parts of the size.
_SAME_EDGE = 0.5
# "Pkt. 2: ", "Ad 1) ": the lines below are indented by at most so many sizes, wherever its text begins.
_NUMBERED_LABEL = re.compile(r"[A-ZÆØÅ][a-zæøå]{1,8}\.? (?:nr\. )?\d{1,3}[.:)]")
_HANGING = 3
# A numbered title may leave this part of the width empty before a long word.
_TITLE = 0.42
# A line that ends with a colon is hardly ever wrapped.
_COLON = 0.1
# A word that is wider than this part of a cell leaves much space in the line above.
_LONG = 0.25
_STOPS = (",", ";", "-", "–", "&", "/", "(", "+")
_DIGITS = re.compile(r"\d+")
_PAGE_CELL = re.compile(r"\d{1,3}")
# The shortest line that begins a paragraph wherever its words are
_SHORTEST_FORM = 12
_LEADER = ("..", "…", ". .")
_LEADERS = re.compile(r"\.{4}")


def paragraphs(rows: Sequence[Row], measures: Measures) -> Iterator[Paragraph]:
    """Yield the paragraphs of a document, over columns and pages.

    A line that has the form of a whole paragraph elsewhere, as headings over decisions do, is not wrapped.
    """
    first_pass = list(_paragraphs(rows, measures))
    single = {_form(paragraph.rows[0]) for paragraph in first_pass if len(paragraph.rows) == 1}
    beginnings = single.union(_certain_beginnings(first_pass, measures))
    spaced = 2 * sum(paragraph.gap for paragraph in first_pass) > len(first_pass)
    yield from _paragraphs(rows, measures, single, beginnings, spaced=spaced)


def _certain_beginnings(paragraphs: Sequence[Paragraph], measures: Measures) -> Iterator[str]:
    """Yield the forms of the first of several lines below a line with space for its first word."""
    for above, below in pairwise(paragraphs):
        row, text = above.rows[-1], below.rows[0].first.text
        if len(below.rows) == 1 or len(text) < _SHORTEST_FORM or not text[0].isupper():
            continue
        if below.gap or not fills(row.last, below.rows[0].first, measures.edge(row)):
            yield _form(below.rows[0])


def _form(row: Row) -> str:
    return _DIGITS.sub("#", row.last.text)


def _paragraphs(
    rows: Sequence[Row],
    measures: Measures,
    single: Set[str] = frozenset(),
    beginnings: Set[str] = frozenset(),
    *,
    spaced: bool = False,
) -> Iterator[Paragraph]:
    paragraph: Paragraph | None = None
    for row, after in zip_longest(rows, rows[1:]):
        if paragraph is None:
            paragraph = Paragraph([row])
        elif _is_within_entry(paragraph, row, after, measures) or (
            not _stands_alone(paragraph, row, single, beginnings) and _is_wrapped(paragraph, row, measures)
        ):
            paragraph.rows.append(row)
        else:
            yield paragraph
            paragraph = Paragraph([row], gap=_has_gap(paragraph.rows[-1], row, measures, spaced=spaced))
    if paragraph is not None:
        yield paragraph


def _is_within_entry(paragraph: Paragraph, row: Row, after: Row | None, measures: Measures) -> bool:
    """Return True for the end of an entry's title, above the entry with the next number."""
    if after is None or len(paragraph.rows) > 1 or not is_text(row):
        return False
    above = paragraph.rows[0]
    return (
        follows(above.first.text, after.first.text, ENTRY_NUMBER)
        and not row.last.text.endswith(".")
        and fills(above.last, row.first, measures.edge(above))
        and is_near(above, row, measures.leading)
        and is_near(row, after, measures.leading)
        and _looks_alike(above.last, row.first)
    )


def _stands_alone(paragraph: Paragraph, row: Row, single: Set[str], beginnings: Set[str]) -> bool:
    """Return True if the paragraph's line has the form of a whole one, or `row` that of a beginning."""
    if row.first.text.startswith(_LEADER):
        return False
    if len(paragraph.rows) == 1 and _form(paragraph.rows[0]) in single:
        return True
    return row.first.text[0].isupper() and _form(row) in beginnings


def _has_gap(above: Row, row: Row, measures: Measures, *, spaced: bool) -> bool:
    """Return True if there is distance above a row, or would be; `spaced` if most paragraphs have it."""
    if (above.page, above.column) != (row.page, row.column):
        return _is_new_block(above, row, spaced=spaced)
    size = max(min(above.size, row.size), 0.8 * max(above.size, row.size))
    blank = _BLANK_IN_TABLE if _is_of_table(above) and _is_of_table(row) else _BLANK
    return row.top - above.bottom > blank * measures.leading * size


def _is_of_table(row: Row) -> bool:
    """Return True for cells, and for a label with its value so near that they are one cell."""
    return len(row.cells) > 1 or LABEL.match(row.first.text) is not None


def _is_new_block(above: Row, row: Row, *, spaced: bool) -> bool:
    """Return True if a row at the head of a page begins something, rather than going on with a list."""
    if len(above.cells) > 1 and len(above.cells) == len(row.cells):
        return False
    both_entries = all(ENTRY.match(one.first.text) for one in (above, row))
    ends = spaced or above.last.text.endswith(ENDS)
    return not both_entries and (ends or row.first.bold or above.last.bold)


def _is_wrapped(paragraph: Paragraph, row: Row, measures: Measures) -> bool:
    """Return True if a row goes on with the paragraph's last line, which was only too long."""
    above = paragraph.rows[-1]
    if len(above.cells) > 1 or not is_text(row):
        return False
    line, following = above.last, row.first
    same_column = (above.page, above.column) == (row.page, row.column)
    if not _looks_alike(line, following) or (same_column and not is_near(above, row, measures.leading)):
        return False
    if line.words[-1].divided or _goes_on_whatever_fits(paragraph, line.text, following.text):
        return True
    return _has_edge(paragraph, row) and _text_goes_on(paragraph, line, following, measures)


def _text_goes_on(paragraph: Paragraph, line: Line, following: Line, measures: Measures) -> bool:
    """Return True if the words of the paragraph's last line go on, by the space behind it."""
    above = paragraph.rows[-1]
    edge, width = measures.edge(above), measures.width(above)
    is_full = fills(line, following, edge)
    if above.flows and is_full and not _are_entries(paragraph, following):
        return True
    if begins_something(paragraph, line, following, width):
        return False
    if is_full and _is_unfinished(paragraph, line, following, measures):
        return True
    if is_heading(paragraph.texts[-2:], following.text):
        return False
    return goes_on(line, following, edge, width, measures.slacks[above.block])


def _are_entries(paragraph: Paragraph, following: Line) -> bool:
    return all(ENTRY.match(line.text) for line in (paragraph.rows[0].first, following))


def _is_unfinished(paragraph: Paragraph, line: Line, following: Line, measures: Measures) -> bool:
    """Return True for a heading's line, and for one with a sentence and the beginning of another."""
    if begins_line(following.text, line.text):
        return False
    if is_unfinished(paragraph.texts[-2:], following.text):
        return True
    if line.text.endswith(ENDS):
        return False
    if measures.stands_out(line) and measures.stands_out(following):
        return True
    first = paragraph.rows[0].first.text
    is_title = paragraph.gap and any(form.match(first) for form in (_NUMBERED_LABEL, ENTRY, ITEM))
    above = paragraph.rows[-1]
    return is_title and measures.edge(above) - line.right < _TITLE * measures.width(above)


def _goes_on_whatever_fits(paragraph: Paragraph, text: str, following: str) -> bool:
    """Return True within a date, and within a line of a contents list."""
    if following.startswith(_LEADER) or (text.endswith(_LEADER) and _PAGE_CELL.fullmatch(following)):
        return True
    if divides_day(text, following):
        return True
    first = paragraph.rows[0].first.text
    return (
        ENTRY.match(first) is not None
        and _LEADERS.search(following) is not None
        and not _LEADERS.search(text)
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
    if _NUMBERED_LABEL.match(first.text) and following.left <= first.left + _HANGING * following.size:
        return True
    return any(abs(following.left - left) <= slack for left in _text_edges(first))


def _text_edges(line: Line) -> Iterator[float]:
    """Yield the left edges of the text behind a list mark or a label."""
    if ENTRY.match(line.text) and len(line.words) > 1:
        yield line.words[1].left
    for before, word in pairwise(line.words):
        if word.left - before.right > _TAB * line.size:
            yield word.left


def goes_on_in_cell(line: Line, following: Line, edge: float, width: float) -> bool:
    """Return True if text goes on in the next line of a cell, whose right edge may be further left."""
    if entry_mark(following.text):
        return False
    word = following.words[0]
    begins_small = following.text[0].islower() and not line.text.endswith(ENDS)
    is_long = word.right - word.left > _LONG * width and fills(line, following, edge)
    return begins_small or is_long or goes_on(line, following, edge, width)


def goes_on(line: Line, following: Line, edge: float, width: float, usual: Slack = USUAL_SLACK) -> bool:
    """Return True if text goes on in the next line, by the space left in the first and by its words.

    `usual` is the slack of wrapped lines in the document.
    """
    empty = (edge - line.right) / width
    if fills(line, following, edge):
        return _goes_on_from_full(line.text, following.text, empty, usual)
    is_centred = abs(line.left - following.left) > _SAME_EDGE * line.size and not entry_mark(line.text)
    if line.text.endswith(ENDS) or is_centred:
        return False
    leads_on = is_open(line.text)
    begins_small = following.text[0].islower()
    if leads_on and not line.text.endswith(",") and (begins_small or following.text[0].isdigit()):
        return True
    return empty < 1 - _SHORTEST_WRAPPED and (begins_small or leads_on)


def _goes_on_from_full(text: str, following: str, empty: float, usual: Slack) -> bool:
    """Return True if the text of a line goes on whose `empty` part is too narrow for the next word."""
    if is_open(text):
        return True
    if begins_line(following, text):
        return False
    if following[0].islower() or not following[0].isalnum() or text.endswith(_STOPS):
        return True
    # A capital or number that no stop precedes is a name's, or begins a line of its own.
    if text.endswith(":"):
        return empty < min(usual.stop, _COLON)
    return empty < (usual.stop if text.endswith(ENDS) else usual.name)
