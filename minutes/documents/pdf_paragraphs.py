"""Rows of PDF pages → paragraphs: lines that were only wrapped are joined, others are not."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from minutes.documents.heads import MONTHS
from minutes.documents.pdf_lines import Line, Row
from minutes.documents.pdf_measures import USUAL_SLACK, Measures, Slack, fills, is_near

# A wider gap is a tab's.
_TAB = 0.5
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
# "Pkt. 2: ", "Ad 1) ": the lines below are indented by at most so many sizes, wherever its text begins.
_NUMBERED_LABEL = re.compile(r"[A-ZÆØÅ][a-zæøå]{1,8}\.? (?:nr\. )?\d{1,3}[.:)]")
_HANGING = 3
# A numbered title may leave this part of the width empty before a long word.
_TITLE = 0.42
# "1. ", "a) ", "• ", "- ", "2.1 ": begins an entry of a list
_ENTRY = re.compile(
    r"(?:\(?\d{1,3}(?:\.\d{1,3}){0,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}|\(?[a-zæøå][.)]|[A-ZÆØÅ][.)]"
    r"|[-–•*\uf0b7\uf0a7▪●○■►])(?:\s|$)"
)
# "i alt / 4. Forslaget", "Jens / A. Holm": at the beginning of a line that goes on
_MAY_GO_ON = re.compile(r"(?:\d{1,3}|[A-ZÆØÅ])\.(?:\s|$)|\d{1,2}\.\d\d\b")
_LABEL = re.compile(r"[A-ZÆØÅ][^\s:,]{1,25}(?: [^\s:,]{1,20}){0,3}:(?:\s|$)")
# A line that ends with a colon is hardly ever wrapped.
_COLON = 0.1
# A word that is wider than this part of a cell leaves much space in the line above.
_LONG = 0.25
_STOPS = (",", ";", "-", "–", "&", "/", "(", "+")
_ENDS = (".", ":", "!", "?", ";")
# Words and abbreviations that hardly ever end a paragraph
_GOES_ON = re.compile(
    r"(?:,|[a-zæøå]-|\b(?:og|eller|samt|at|for|af|til|på|i|med|om|den|det|en|et|der|som|ved|fra|mellem|under|over"
    r"|efter|hos|uden|hvor|ikke|er|var|har|kan|skal|vil|blev|bliver|(?:nr|pkt|stk|kl|ca|jf|jfr|mio)\.))$"
)
# "Til stede: Eva Kirk, Aage", "(V) og Mads": a list that ends with the first word of a name
_HALF_NAME = re.compile(r"(?:[,):]|\bog|\bsamt) [A-ZÆØÅ][^\W\d]+(?:-[^\W\d]+)*$")
# "indstiller, at / 1. budgettet": the first entry of a list
_FIRST_ENTRY = re.compile(r"\(?(?:1|a)[.)](?:\s|$)")
_AT = re.compile(r"at\s")
_NUMBERS = re.compile(r"\d[\d.,]*")
_MONTH = re.compile("|".join(MONTHS))
# "2019-058812", "15/20844", "00.22.04-A21-1-19": the number of a case is a line of its own.
_CASE_NUMBER = re.compile(r"(?!20\d\d-20\d\d$)\d{2}(?:\d{2})?[-/]\d{3,7}|\d{2}\.\d{2}\.\d{2}[-.]\w{3}[-/\d]*")
# "stoejkort_2014.pdf"
_FILE = re.compile(r"\S{1,80}\.(?:pdf|docx?|xlsx?|pptx?|jpe?g|png|msg|txt)", re.IGNORECASE)
# "Godkendt. Susanne": behind the end of a sentence another one begins.
_SENTENCES = re.compile(r"[a-zæøå]{3}[.!?] [A-ZÆØÅ]")
_DIGITS = re.compile(r"\d+")
_PAGE_CELL = re.compile(r"\d{1,3}")
# "Budget 2021 / ....... 4"
_CONTENTS_LINE = re.compile(r"(?:\.\.|…|\. \.)\s*\d{1,3}$")
_NUMBER = re.compile(r"(?:[^\W\d]{1,12} )?(\d{1,5})(?![\d.,/-])")
_LEADER = ("..", "…", ". .")
_LEADERS = re.compile(r"\.{4}")
# "den 14-01- / 2016"
_HALF_DATE = re.compile(r"\b\d{1,2}-(?:\d{1,2}-)?$")


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
    first_pass = list(_paragraphs(rows, measures, frozenset()))
    single = Counter(_form(paragraph.rows[0]) for paragraph in first_pass if len(paragraph.rows) == 1)
    spaced = 2 * sum(paragraph.gap for paragraph in first_pass) > len(first_pass)
    yield from _paragraphs(rows, measures, frozenset(single), spaced=spaced)


def _form(row: Row) -> str:
    return _DIGITS.sub("#", row.last.text)


def _paragraphs(
    rows: Sequence[Row], measures: Measures, single: frozenset[str], *, spaced: bool = False
) -> Iterator[Paragraph]:
    paragraph: Paragraph | None = None
    for row in rows:
        if paragraph is None:
            paragraph = Paragraph([row])
        elif not _stands_alone(paragraph, row, single) and _is_wrapped(paragraph, row, measures):
            paragraph.rows.append(row)
        else:
            yield paragraph
            paragraph = Paragraph([row], gap=_has_gap(paragraph.rows[-1], row, measures, spaced=spaced))
    if paragraph is not None:
        yield paragraph


def _stands_alone(paragraph: Paragraph, row: Row, single: frozenset[str]) -> bool:
    """Return True if the paragraph's only line, or `row`, has the form of a whole paragraph."""
    if row.first.text.startswith(_LEADER):
        return False
    if len(paragraph.rows) == 1 and _form(paragraph.rows[0]) in single:
        return True
    return row.first.text[0].isupper() and _form(row) in single


def _has_gap(above: Row, row: Row, measures: Measures, *, spaced: bool) -> bool:
    """Return True if there is distance above a row, or would be; `spaced` if most paragraphs have it."""
    if (above.page, above.column) != (row.page, row.column):
        return _is_new_block(above, row, spaced=spaced)
    size = max(min(above.size, row.size), 0.8 * max(above.size, row.size))
    blank = _BLANK_IN_TABLE if _is_of_table(above) and _is_of_table(row) else _BLANK
    return row.top - above.bottom > blank * measures.leading * size


def _is_of_table(row: Row) -> bool:
    """Return True for cells, and for a label with its value so near that they are one cell."""
    return len(row.cells) > 1 or _LABEL.match(row.first.text) is not None


def _is_new_block(above: Row, row: Row, *, spaced: bool) -> bool:
    """Return True if a row at the head of a page begins something, rather than going on with a list."""
    if len(above.cells) > 1 and len(above.cells) == len(row.cells):
        return False
    both_entries = all(_ENTRY.match(one.first.text) for one in (above, row))
    ends = spaced or above.last.text.endswith(_ENDS)
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
    if _begins_something(paragraph, line, following, measures.width(above)) or not _has_edge(paragraph, row):
        return False
    edge, width = measures.edge(above), measures.width(above)
    if fills(line, following, edge) and _is_unfinished(paragraph, line, following, measures):
        return True
    return goes_on(line, following, edge, width, measures.slack)


def _is_unfinished(paragraph: Paragraph, line: Line, following: Line, measures: Measures) -> bool:
    """Return True for a heading's line, and for one with a sentence and the beginning of another."""
    if _begins_line(following.text) or line.text.endswith(_ENDS):
        return False
    if measures.stands_out(line) and measures.stands_out(following):
        return True
    first = paragraph.rows[0].first.text
    is_title = paragraph.gap and (_NUMBERED_LABEL.match(first) or _ENTRY.match(first)) is not None
    if is_title and measures.edge(paragraph.rows[-1]) - line.right < _TITLE * measures.width(
        paragraph.rows[-1]
    ):
        return True
    if following.text[0].isupper() and _HALF_NAME.search(line.text):
        return True
    return _SENTENCES.search(line.text) is not None


def _goes_on_whatever_fits(paragraph: Paragraph, text: str, following: str) -> bool:
    """Return True within a date, and within a line of a contents list."""
    if following.startswith(_LEADER) or (text.endswith(_LEADER) and _PAGE_CELL.fullmatch(following)):
        return True
    if _HALF_DATE.search(text) and following[0].isdigit():
        return True
    first = paragraph.rows[0].first.text
    return (
        _ENTRY.match(first) is not None
        and _LEADERS.search(following) is not None
        and not _LEADERS.search(text)
    )


def _begins_something(paragraph: Paragraph, line: Line, following: Line, width: float) -> bool:
    """Return True if a line is an entry, a heading, or behind a contents entry or a drawn line."""
    return (
        _begins_entry(paragraph, line, following)
        or _follows(paragraph.rows[0].first.text, following.text)
        or _is_parallel(line.text, following.text)
        or _is_heading(line, following, width)
        or _CONTENTS_LINE.search(line.text) is not None
        or any(not any(map(str.isalnum, one.text)) for one in (line, following))
    )


def _follows(text: str, other: str) -> bool:
    """Return True if two lines begin with numbers that run on: "579 Råstofplan", "åbent 4 Takster"."""
    numbers = [match[1] for match in map(_NUMBER.match, (text, other)) if match]
    return len(numbers) == 2 and int(numbers[1]) == int(numbers[0]) + 1


def _is_parallel(text: str, other: str) -> bool:
    """Return True if two lines are entries of a list: "Byrådet den 4. maj 2019", or both begin with "at"."""
    if _AT.match(text) and _AT.match(other):
        return True
    ends = [_NUMBERS.sub("#", _MONTH.sub("#", " ".join(line.split()[-2:]))) for line in (text, other)]
    return ends[0] == ends[1] and "#" in ends[0] and text[0].isupper() and other[0].isupper()


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


def is_label(text: str) -> bool:
    """Return True for a label without its value: "Dok.nr.:"."""
    return _LABEL.fullmatch(text) is not None


def _looks_alike(line: Line, following: Line) -> bool:
    if abs(line.size - following.size) > _SAME_SIZE * max(line.size, following.size):
        return False
    last, first = line.words[-1], following.words[0]
    if last.bold != first.bold and (line.bold or following.bold):
        return False
    return last.underlined == first.underlined or not (line.underlined or following.underlined)


def _begins_entry(paragraph: Paragraph, line: Line, following: Line) -> bool:
    """Return True if a line begins with a list's mark, not with a number or initial in a sentence."""
    if following.text[0] in "-–" and following.text[2:3].islower() and line.text[-1].isalnum():
        return following.left > paragraph.rows[0].left or paragraph.rows[0].first.text[0] in "-–•"
    in_list = _ENTRY.match(paragraph.rows[0].first.text) is not None
    if _FIRST_ENTRY.match(following.text) and line.text.endswith((" at", " om", ":", ",")):
        return True
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
    if _NUMBERED_LABEL.match(first.text) and following.left <= first.left + _HANGING * following.size:
        return True
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


def _begins_line(text: str) -> bool:
    """Return True for text that is on a line of its own: a label, a case number, the name of a file."""
    return any(pattern.fullmatch(text) for pattern in (_CASE_NUMBER, _FILE)) or _LABEL.match(text) is not None


def goes_on(line: Line, following: Line, edge: float, width: float, usual: Slack = USUAL_SLACK) -> bool:
    """Return True if text goes on in the next line, by the space left in the first and by its words.

    `usual` is the slack of wrapped lines in the document.
    """
    empty = (edge - line.right) / width
    if fills(line, following, edge):
        return _goes_on_from_full(line.text, following.text, empty, usual)
    is_centred = abs(line.left - following.left) > _SAME_EDGE * line.size and not entry_mark(line.text)
    if line.text.endswith(_ENDS) or is_centred:
        return False
    is_open = _GOES_ON.search(line.text) is not None
    begins_small = following.text[0].islower()
    if is_open and not line.text.endswith(",") and (begins_small or following.text[0].isdigit()):
        return True
    return empty < 1 - _SHORTEST_WRAPPED and (begins_small or is_open)


def _goes_on_from_full(text: str, following: str, empty: float, usual: Slack) -> bool:
    """Return True if the text of a line goes on whose `empty` part is too narrow for the next word."""
    if _GOES_ON.search(text):
        return True
    if _begins_line(following):
        return False
    if following[0].islower() or not following[0].isalnum() or text.endswith(_STOPS):
        return True
    # A capital or number that no stop precedes is a name's, or begins a line of its own.
    if text.endswith(":"):
        return empty < min(usual.stop, _COLON)
    return empty < (usual.stop if text.endswith(_ENDS) else usual.name)
