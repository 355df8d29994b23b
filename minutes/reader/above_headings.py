"""Lines right above an item's heading that belong to no item: marks, links, group and running heads."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from minutes.reader.bodies import COMMITTEE_PATTERN, in_small_letters
from minutes.reader.cases import case_on
from minutes.reader.closed_lines import Access, access_of
from minutes.reader.dates import DATE
from minutes.reader.decision_headings import decision_heading
from minutes.reader.headings import heading_kind
from minutes.reader.layout import Line
from minutes.reader.names import squash
from minutes.reader.words import WORDS, pattern

_NAVIGATION = re.compile(rf"{pattern(WORDS.pages.navigation)}\.?", re.IGNORECASE)
# "Sager til afgørelse", "A. Orienteringssager", "II. Punkter til drøftelse - for åbne døre"
_GROUP = re.compile(
    rf"(?:(?:[A-ZÆØÅ]|[IVX]{{1,4}})[.)]\s+)?{pattern(WORDS.pages.group_headings)}(?:\s*[-–(:].{{0,40}}|\s+(?:i|af|for|fra|om|til|på)\s[^.]{{2,50}})?",
    re.IGNORECASE,
)
# "Den 27. marts 2012", "27-03-2012"
_DAY = re.compile(rf"(?:[a-zæøå]+dag\s+)?(?:den\s+|d\.\s*)?{DATE}\.?", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_MOST_LINES = 3
_HOW_FAR = 8
_LONGEST = 80
_LONGEST_REST = 16
_FEWEST_REPEATED = 2
_CLOSED_MARKS = (Access.CLOSED_ITEM, Access.CLOSED_GROUP)


class Start(NamedTuple):
    """The start of an item and of its heading, with its number and the title on that line."""

    begin: int
    heading: int
    number: str | None
    title: str
    closed: bool = False
    below: bool = False  # the number is on a line of its own under the title
    untitled: bool = False  # the line `heading` is the first section's heading
    links: int = 0  # how many lines from `begin` on are links of a web page

    @property
    def first(self) -> int:
        """Return the first line of the item itself."""
        return self.begin + self.links


class _Above(NamedTuple):
    """A line above a heading that is not of the item before it; `access` when it is a mark of access."""

    place: int
    access: Access | None


def with_lines_above(lines: Sequence[Line], starts: Sequence[Start]) -> list[Start]:
    """Return the starts moved up to the marks above each heading: "Til toppen", "A. Sager til afgørelse"."""
    running = _running_heads(lines, starts)
    moved: list[Start] = []
    before = -1
    for start in starts:
        above = _lines_above(lines, start, before, running)
        closed = any(line.access is Access.CLOSED_ITEM for line in above)
        whose = _whose_marks(lines, before, start, above)
        if above and whose != "before":
            start = start._replace(closed=start.closed or closed)
        if above and whose == "after":
            begin = above[-1].place
            first = next((line.place for line in reversed(above) if line.access), start.begin)
            start = start._replace(begin=begin, links=first - begin)
        moved.append(start)
        before = start.heading
    return moved


def _lines_above(lines: Sequence[Line], start: Start, before: int, running: Counter[str]) -> list[_Above]:
    """Return the lines right above a heading that are not of the item before it, the nearest first."""
    printed = [
        index
        for index in range(start.begin - 1, max(start.begin - _HOW_FAR, before), -1)
        if lines[index].text
    ]
    above: list[_Above] = []
    for index in printed[:_MOST_LINES]:
        if lines[index].listed:
            break
        text = squash(lines[index].text)
        goes_on = text[0].islower() and not lines[index - 1].blank
        access = None if goes_on else access_of(text)
        if not access and not _NAVIGATION.fullmatch(text):
            ends = next((lines[at].text for at in printed if at < index), "")
            is_group = _is_group(text, lines[index - 1].blank) and not _heads_decision(ends)
            if heading_kind(ends) or not (is_group or running[_shape(text)] >= _FEWEST_REPEATED):
                break
        above.append(_Above(index, access))
    return above


def _heads_decision(text: str) -> bool:
    """Return True if a line heads the decision below it: "Beslutning i Byrådet den 4. maj 2020"."""
    decided = decision_heading(text)
    return decided is not None and decided.decides and decided.rest == len(text)


def heads_group(text: str) -> bool:
    """Return True if the line has the words that head a group of items: "A. Sager til afgørelse"."""
    return len(text) <= _LONGEST and _GROUP.fullmatch(text) is not None


def _is_group(text: str, apart: bool) -> bool:
    """Return True if the line heads a group of items: the body that sent them, or what is to be done."""
    if len(text) > _LONGEST or text[-1] in ".,;":
        return False
    if _GROUP.fullmatch(text):
        return apart
    return apart and bool(COMMITTEE_PATTERN.fullmatch(in_small_letters(text)))


def _running_heads(lines: Sequence[Line], starts: Sequence[Start]) -> Counter[str]:
    """Count the short lines that are right above headings: bodies and days, with figures left out."""
    nearest: set[int] = set()
    for start in starts:
        above = range(max(0, start.begin - _HOW_FAR), start.begin)
        nearest.update([index for index in above if lines[index].text][-_MOST_LINES:])
    texts = (squash(lines[index].text) for index in nearest)
    return Counter(_shape(text) for text in texts if len(text) <= _LONGEST and _can_run(text))


@lru_cache(maxsize=4096)
def _can_run(text: str) -> bool:
    small = in_small_letters(text)
    if _DAY.fullmatch(text) or COMMITTEE_PATTERN.fullmatch(small):
        return True
    # "Byrådet   27-03-2014   Side 4", but not "963-2026-374502 Brugerrådets anbefaling"
    body = COMMITTEE_PATTERN.search(small)
    if body is None or small[body.end() : body.end() + 1].isalpha() or text[-1] == ".":
        return False
    rest = small[: body.start()] + small[body.end() :]
    return sum(map(str.isalpha, rest)) <= _LONGEST_REST and bool(_DIGITS.search(rest))


def _shape(text: str) -> str:
    return _DIGITS.sub("#", text.casefold())


def _whose_marks(lines: Sequence[Line], before: int, start: Start, above: Sequence[_Above]) -> str:
    """Return whose the marks right above a heading are: the item's "before" it, "after" them, or "both".

    They can only be of the item before when nothing but its case number is printed under its heading. Then
    the one that they are printed closer to has them.
    """
    if before < 0 or not any(line.access in _CLOSED_MARKS for line in above):
        return "after"
    first = above[-1].place
    if any(lines[index].text and not case_on(lines[index].text) for index in range(before + 1, first)):
        return "after"
    apart_from_before, apart_from_after = lines[first - 1].blank, lines[start.begin - 1].blank
    if apart_from_before and not apart_from_after:
        return "after"
    return "before" if apart_from_after and not apart_from_before else "both"
