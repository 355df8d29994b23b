"""Pages with one item: its title is under the header, above it or nowhere."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from minutes.reader.closed_lines import Access
from minutes.reader.contents import Contents, is_label
from minutes.reader.header_lines import (
    is_column_head,
    is_header_label,
    is_header_line,
    is_title_of_meeting,
)
from minutes.reader.item_clues import Candidate, begins_like_title
from minutes.reader.item_evidence import LONGEST_TITLE, Evidence
from minutes.reader.labels import PEOPLE, is_person, label_of
from minutes.reader.names import is_name, names_in
from minutes.reader.places import is_place
from minutes.reader.title_lines import is_rest_of_title
from minutes.vocabulary import SectionKind

# How far down the first section is looked for, and how many lines of a summary can be above it.
_LONGEST_TOP = 60
_MOST_LINES = 12
# A title that is above the header has this many words or more.
_FEWEST_WORDS = 3
# A line that is longer is a page of which the lines are lost.
_LONGEST_LINE = 600
_LONGEST_LABEL = 20
# Lines of a web page above the header: its name, its menu.
_MOST_ABOVE = 4
_CONTENTS = ("Indholdsfortegnelse", "INDHOLDSFORTEGNELSE", "Sagsoversigt", "SAGSOVERSIGT")
_CLOSED = frozenset({Access.CLOSED_ITEM, Access.CLOSED_GROUP})
_LETTER = re.compile(r"[^\W\d_]")
# "TMU", "x": cells of a table of the bodies that read the case
_CELL = re.compile(r"[A-ZÆØÅ&]{1,5}|[xX✓]")
# "Puljeudvalgets indstilling:", "Udvalgets beslutning": of others, or of a part of the case
_OWNED = re.compile(r"[A-ZÆØÅ][\wæøåÆØÅ-]+s [a-zæøå]+:?")
# Sections that an item has once.
_ONCE = frozenset({SectionKind.RESUME, SectionKind.RECOMMENDATION, SectionKind.PRESENTATION})


@dataclass(slots=True)
class OneItem:
    """The start of the only item, and True if nothing but it can be read of the page."""

    candidate: Candidate
    is_sure: bool


@dataclass(slots=True)
class _Top:
    """The printed lines above the first section: those of the header, and the others by their place."""

    header: list[int] = field(default_factory=list)
    above: list[int] = field(default_factory=list)  # above the header's last line
    below: list[int] = field(default_factory=list)  # between the header's last line and the first section


def one_item(evidence: Evidence, contents: Contents) -> OneItem | None:
    """Return the start of the only item of a page, or None where there may be several or none."""
    first = _first_section(evidence)
    if first is None or contents.lines or not _can_be_one(evidence):
        return None
    top = _read_top(evidence, first)
    if top is None or (first in evidence.deciders and not top.header):
        return None
    item = _titled(evidence, top, first) if top.below else _untitled(evidence, top, first)
    if item is None or item.is_sure or evidence.decisions or item.candidate.begin < first:
        return item
    # A text without a decision may be anything, unless there is nothing but the meeting's names above it.
    names_meeting = any(is_title_of_meeting(evidence.lines[index].text) for index in top.header)
    return item if names_meeting and not top.above and not top.below else None


def _can_be_one(evidence: Evidence) -> bool:
    """Return True if no section comes again, one decision at most is the meeting's, and nothing is listed.

    An agenda in a table has heads of columns, "Beslutning" among them.
    """
    lines = evidence.lines
    times = Counter(
        kind for index, kind in evidence.sections.items() if not _OWNED.fullmatch(lines[index].text)
    )
    # "Udvalget besluttede," under the heading of the decision is its first line.
    decisions = [index for index in evidence.decisions if not _is_under_decision(evidence, index)]
    top = [evidence.lines[index].text for index in evidence.printed[:_LONGEST_TOP]]
    if any(text.startswith(_CONTENTS) for text in top) or sum(map(is_column_head, top)) > 1:
        return False
    return len(decisions) <= 1 and all(times[kind] <= 1 for kind in _ONCE)


def _is_under_decision(evidence: Evidence, index: int) -> bool:
    """Return True for the line right below a heading of a decision that is none itself."""
    above = evidence.printed_above(index)
    return above in evidence.decisions and evidence.lines[index].text[-1] in ",:"


def _first_section(evidence: Evidence) -> int | None:
    """Return the first line that heads a section, if it is on the first page."""
    top = islice(evidence.printed, _LONGEST_TOP)
    return next((index for index in top if evidence.is_section(index) and evidence.opens(index)), None)


def _read_top(evidence: Evidence, first: int) -> _Top | None:
    """Return the lines above the first section, sorted into the header's and others.

    None where a line is longer than a title or a header's, or says that items are closed, and where several
    titles are below the label of a contents list.
    """
    top = _Top()
    others: list[int] = []
    use, is_empty = "", False
    listed = -1
    for index, text in _lines_above(evidence, first):
        if not _is_possible(evidence, index, text):
            return None
        if is_label(text) and evidence.printed_below(index) != first:
            listed = index
        label = label_of(text, bare=True)
        is_value = is_empty or (use in PEOPLE and is_person(text))
        if is_value or _is_of_header(text):
            top.header.append(index)
            use = label.use if label else use
            is_empty = label is not None and not label.rest and not is_label(text)
        elif index not in evidence.cases:
            others.append(index)
            use, is_empty = "", False
    return _with_others(top, others, listed)


def _with_others(top: _Top, others: list[int], listed: int) -> _Top | None:
    """Return the top with the lines that are none of the header's; None where several titles are `listed`."""
    last = top.header[-1] if top.header else -1
    top.above = [index for index in others if index < last]
    top.below = [index for index in others if index > last]
    is_list = listed >= 0 and (len(top.below) != 1 or sum(index > listed for index in others) != 1)
    return None if is_list else top


def _lines_above(evidence: Evidence, first: int) -> Iterator[tuple[int, str]]:
    """Yield the lines above the first section that have words, without the bars and cells of tables."""
    for index in evidence.printed[: evidence.place(first)]:
        text = evidence.lines[index].text.rstrip(" |")
        if _LETTER.search(text) and not _CELL.fullmatch(text):
            yield index, text


def _is_possible(evidence: Evidence, index: int, text: str) -> bool:
    """Return False for a line above the only item that is a page, or that says that items are closed."""
    is_long = len(text) > _LONGEST_LINE and not is_header_label(text)
    return not is_long and evidence.access(index) not in _CLOSED


def _is_of_header(text: str) -> bool:
    """Return True if a line names the meeting or the contents list, or is a label without its value."""
    is_empty_label = text[-1] == ":" and len(text) <= _LONGEST_LABEL
    return is_header_line(text) or is_label(text) or is_empty_label


def _titled(evidence: Evidence, top: _Top, first: int) -> OneItem | None:
    """Return the item whose title is the first line under the header; None where that is no title."""
    lines = evidence.lines
    begin, *rest = _without_page_title(evidence, top.below)
    if is_place(lines[begin].text, strict=True) and top.header:
        # The place of the meeting, or a title that names a house.
        if not rest:
            return _untitled(evidence, _Top(), first)
        if _is_title(evidence, rest[0]):
            begin, *rest = rest
    if rest and rest[0] == begin + 1 and is_rest_of_title(lines[begin].text, lines[rest[0]].text):
        rest = rest[1:]
    alone = evidence.blank_above(begin) and evidence.blank_below(begin)
    is_over_text = rest and lines[rest[0]].text.endswith(".") and not evidence.spaced
    if not _is_title(evidence, begin) or len(rest) > _MOST_LINES or (rest and not alone and not is_over_text):
        return None
    return OneItem(_under_title(evidence, begin), is_sure=bool(top.header) and (not rest or alone))


def _without_page_title(evidence: Evidence, below: list[int]) -> list[int]:
    """Return the lines below the header without the page's title, if the item's is the same: "3. Puljen"."""
    if len(below) > 1 and below[1] in evidence.numbered:
        return below[evidence.keys.get(below[0]) == evidence.keys.get(below[1]) :]
    return below


def _under_title(evidence: Evidence, index: int) -> Candidate:
    """Return the candidate with its title on line `index`."""
    begin = _with_case_above(evidence, index)
    parts = evidence.numbered.get(index)
    if parts:
        return Candidate(begin, index, parts.number, parts.value, parts.letter, parts.title, parts.form)
    return Candidate(begin, index, title=evidence.squashed(index), form="title")


def _untitled(evidence: Evidence, top: _Top, first: int) -> OneItem | None:
    """Return the item that begins with its first section or the case number above it."""
    title = _title_above(evidence, top)
    if not title and len(top.above) > _MOST_ABOVE:
        return None
    begin = _with_case_above(evidence, first)
    return OneItem(Candidate(begin, first - 1, title=title, form="untitled"), is_sure=False)


def _with_case_above(evidence: Evidence, index: int) -> int:
    """Return the line of the case number right above line `index`, or that line."""
    above = evidence.printed_above(index)
    return above if above is not None and above in evidence.cases else index


def _title_above(evidence: Evidence, top: _Top) -> str:
    """Return the title above the header, if only one line there can be one."""
    titles = [
        index
        for index in top.above
        if _is_title(evidence, index)
        and index not in evidence.numbered
        and len(evidence.lines[index].text.split()) >= _FEWEST_WORDS
    ]
    return evidence.squashed(titles[0]) if len(titles) == 1 else ""


def _is_title(evidence: Evidence, index: int) -> bool:
    text = evidence.lines[index].text
    return (
        len(text) <= LONGEST_TITLE
        and (text[0].isupper() or index in evidence.numbered or text[0] in "\"”“»'(")
        and text[-1] not in ".:;,|"
        and "\t" not in text
        and " = " not in text
        and (" " in text or begins_like_title(text))
        and not is_name(text)
        and not ("," in text and names_in(text))
        and not is_label(text)
    )
