"""Where the items of an agenda begin: headings told from lists and from lines of contents."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from minutes.reader.cases import LONGEST_CASE_LINE, NO_CASE, case_on
from minutes.reader.closed_lines import Access, access_of
from minutes.reader.closed_titles import read_title, without_mark_at_number
from minutes.reader.headings import decided_by, heading_kind
from minutes.reader.layout import Line, contents_title
from minutes.reader.names import squash
from minutes.reader.words import WORDS, pattern

_TITLE = r"(?P<title>[A-ZÆØÅÉÖ\d\"”“»«'(].*)"
_NUMBER = r"(?P<number>\d{1,4}[a-zA-Z]?)"
# Headings that call themselves items.
_NAMED = (
    # "Punkt 1: Orientering om projektet", "Pkt. 42. Budget", "Punkt 7 - Lukket", "Punkt 3"
    re.compile(
        rf"(?:Punkt|Pkt\.?|PUNKT|PKT\.?|Dagsordenspunkt)\s*(?:nr\.?\s*)?{_NUMBER}\s*(?P<mark>[:.]|[-–](?=\s))\s*(?P<title>.*)"
    ),
    # "Punkt 571 Budget", "Pkt. 42 Budget"
    re.compile(rf"(?:Punkt|Pkt\.?|PUNKT)\s*{_NUMBER}\s+{_TITLE}"),
    # "Nr.178 - Budget", "Nr. 20 Budget", "Nr. 20  BR 366/07. Budget"
    re.compile(rf"(?:Nr\.?|NR\.?)\s*{_NUMBER}\s*(?:[-–.:]\s*)?{_TITLE}"),
    # "Sag 12 Budget", "Sag nr. 129: Budget"
    re.compile(rf"(?:Sag(?:\s+nr\.?)?|SAG(?:\s+NR\.?)?)\s*{_NUMBER}\s*[:.–-]?\s+{_TITLE}"),
    # "åbent 1 Budget", "Lukket 101 Køb af ejendom", "Åben sag 4: Budget"
    re.compile(rf"(?P<open>[ÅåLl](?:bent?|ukket))\s+(?:punkt\s+|sag\s+)?{_NUMBER}\s*[:.–-]?\s+{_TITLE}"),
    # "Punkt 3" or "Pkt. 42" alone, the title under it
    re.compile(rf"(?:Punkt|Pkt\.?|PUNKT|PKT\.?)\s*{_NUMBER}\.?(?P<title>)"),
)
# Forms that numbered lists have too; an item is told by what stands under it.
_NUMBERED = (
    # "1. Godkendelse af dagsorden", "92. Budget", "1.Budget (B)", "4 : Budget", "4) Budget"
    re.compile(rf"{_NUMBER}\s*[.:)]\s*{_TITLE}"),
    # "• 1" or "12" alone, the title under it
    re.compile(r"(?:[•·]\s*)?(?P<number>\d{1,4})\.?(?P<title>)"),
    # "114Budget", "12 Budget", "12 - Budget"
    re.compile(r"(?P<number>\d{1,4})(?P<title>[A-ZÆØÅ][a-zæøå].*)"),
    re.compile(rf"(?P<number>\d{{1,4}})\s*(?:[-–]\s*|\s){_TITLE}"),
)
# What all these forms begin with.
_CAN_START = re.compile(
    r"[\d•·(\[]|P(?:unkt|UNKT|kt|KT)|N[rR]|S(?:ag|AG)|Dagsordenspunkt|[ÅåLl](?:ben|ukket)|LUKKET|L[ \t]"
    r"|[Ff]ortrolig|FORTROLIG|[Ii]kke[- ]|IKKE[- ]"
)
# The title, and under it "Sag nr. 129" or "Punkt 12" alone.
_NUMBER_BELOW = re.compile(r"(?:Sag\s*nr\.?|Punkt|Pkt\.?)\s*(?P<number>\d{1,4})\.?", re.IGNORECASE)

_STANDING = re.compile(pattern(WORDS.pages.standing_items), re.IGNORECASE)
_DIGIT = re.compile(r"\d")
# The first line of a contents list: "114Spørgsmål fra borgerne", "1. Dagsorden", "Punkt 1: Dagsorden"
_GLUED_FIRST = re.compile(r"(?:Punkt |Pkt\. |Nr\. ?)?\d{1,4}[.:]?\s*[A-ZÆØÅ].{4,}")
_HOW_FAR_CONTENTS = 120
_NAVIGATION = re.compile(rf"{pattern(WORDS.pages.navigation)}\.?", re.IGNORECASE)
_MOST_MARKS = 3
_CLOSED_MARKS = (Access.CLOSED_ITEM, Access.CLOSED_GROUP)
HOW_FAR_UNDER = 14
_LONGEST_TITLE = 300


class Start(NamedTuple):
    """Where an item begins, where its heading stands, its number and the title on that line."""

    begin: int
    heading: int
    number: str | None
    title: str
    closed: bool = False
    below: bool = False  # the number stands in a line of its own under the title


def find_starts(lines: Sequence[Line]) -> list[Start]:
    """Where the items begin, in the order they stand: the form of heading under which most is found."""
    evidence = _Evidence(lines)
    can_start = [
        (index, line.text, without_mark_at_number(line.text))
        for index, line in enumerate(lines)
        if _CAN_START.match(line.text) and len(line.text) <= _LONGEST_TITLE
    ]
    forms = [_told(evidence, _candidates(lines, can_start, form), named=True) for form in _NAMED]
    if max(map(evidence.filled, forms)) < 2:
        forms += [_told(evidence, _candidates(lines, can_start, form), named=False) for form in _NUMBERED]
        forms += [_numbered_below(evidence), _unnumbered(evidence)]
    if not any(forms):
        forms += [_in_turn(lines, _candidates(lines, can_start, form)) for form in _NUMBERED[:1]]
    return _with_marks_above(lines, max(forms, key=lambda found: (evidence.filled(found), len(found))))


class _Evidence:
    """Which lines tell that an item stands above them: case numbers and headings of sections."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.cases: set[int] = set()
        self.headings: list[int] = []
        for index, line in enumerate(lines):
            text = line.text
            if not text or len(text) > LONGEST_CASE_LINE:
                continue
            if (_DIGIT.search(text) and case_on(text)) or NO_CASE.fullmatch(text):
                self.cases.add(index)
            elif heading_kind(text) or (text.lstrip("(")[:1].isupper() and decided_by(text)):
                self.headings.append(index)
        self._heading_set = set(self.headings)
        self._marks = sorted({*self.cases, *self.headings})

    def under(self, heading: int, end: int, *, titled: bool) -> tuple[bool, bool]:
        """Whether a case number, and a section's heading, are the first to stand under an item's heading."""
        seen = int(titled)
        case = section = False
        for index in range(heading + 1, min(end, heading + HOW_FAR_UNDER)):
            if self.lines[index].blank:
                continue
            case = case or index in self.cases
            section = section or index in self._heading_set
            seen += 1
            if seen > 3:
                break
        return case, section

    def within(self, begin: int, end: int) -> bool:
        """Whether a case number or a section's heading stands anywhere in the range."""
        at = bisect_left(self._marks, begin)
        return at < len(self._marks) and self._marks[at] < end

    def filled(self, starts: Sequence[Start]) -> int:
        """How many of the items have a case number or a section's heading under them."""
        ends = [start.begin for start in starts[1:]] + [len(self.lines)]
        return sum(
            self.within(start.heading + 1, end)
            for start, end in zip(starts, ends[: len(starts)], strict=True)
        )

    def case_above(self, index: int) -> int | None:
        """Where a case number stands right above a heading, with an empty line before it."""
        above = _line_above(self.lines, index, -1)
        if above is None or above not in self.cases or (above > 0 and self.lines[above - 1].text):
            return None
        return above


def _candidates(
    lines: Sequence[Line], can_start: Sequence[tuple[int, str, str | None]], form: re.Pattern[str]
) -> list[Start]:
    """Return the headings of one form; `can_start` are lines by index, with and without closed marks."""
    found = []
    for index, text, unmarked in can_start:
        match = (unmarked and form.fullmatch(unmarked)) or form.fullmatch(text)
        if match and not contents_title(text) and not case_on(unmarked or text):
            closed = bool(unmarked) or (match.groupdict().get("open") or "").lower() == "lukket"
            found.append(Start(index, index, match["number"], squash(match["title"]), closed))
    return found


def _told(evidence: _Evidence, candidates: Sequence[Start], *, named: bool) -> list[Start]:
    """Those of the candidates that are items.

    A case number or a section's heading under it tells an item from a point of a list or a line of the
    contents. So does standing apart, when its number follows that of the item before. The same number
    again, with nothing between, is the title printed twice.
    """
    lines = evidence.lines
    candidates = _with_cases_above(evidence, _without_listed(_once_each(lines, candidates)))
    ends = [each.begin for each in candidates[1:]] + [len(lines)]
    judged = []
    for start, end in zip(candidates, ends[: len(candidates)], strict=True):
        above = start.begin < start.heading and start.begin in evidence.cases
        case, section = evidence.under(start.heading, end, titled=bool(start.title))
        apart = start.begin == 0 or lines[start.begin - 1].blank
        case = case or above
        judged.append((start, case, section, apart, evidence.within(start.heading + 1, end)))
    with_case = sum(case for _start, case, *_rest in judged)
    mostly_cases = 5 * with_case >= 3 * sum(within for *_rest, within in judged) > 0
    kept: list[Start] = []
    told = last_open = 0
    for start, case, section, apart, within in judged:
        last = _number(kept[-1]) if kept else 0
        # Closed items can have numbers of their own, from 101 on.
        in_turn = not kept or _number(start) in {last + 1, last_open + 1}
        alone = apart and (start.heading + 1 == len(lines) or lines[start.heading + 1].blank)
        closed = start.closed or read_title(start.title).closed
        if named:
            accepted = apart and (case or section or within or in_turn or closed or last < _number(start))
        elif mostly_cases and not (case or closed):
            accepted = in_turn and alone and section and not start.title.endswith(".")
            accepted = accepted or (in_turn and apart and bool(_STANDING.fullmatch(start.title)))
        else:
            accepted = case or (
                in_turn and ((apart and section) or (bool(start.title) and alone and (within or closed)))
            )
            accepted = accepted or (
                in_turn and (closed or (apart and bool(_STANDING.fullmatch(start.title))))
            )
        if not accepted:
            continue
        told += case or section or (named and within)
        last_open = last_open if closed else _number(start)
        kept.append(start)
    kept = _without_contents(evidence, kept)
    return kept if 2 * told >= len(kept) or named else []


def _number(start: Start) -> int:
    digits = re.match(r"\d+", start.number or "")
    return int(digits[0]) if digits else 0


def _without_listed(candidates: list[Start]) -> list[Start]:
    """The candidates without those that come again, number and title: lines of a contents list."""
    last = {(start.number, start.title): place for place, start in enumerate(candidates)}
    return [
        start
        for place, start in enumerate(candidates)
        if not start.title or last[start.number, start.title] == place
    ]


def _with_cases_above(evidence: _Evidence, candidates: Sequence[Start]) -> list[Start]:
    """The candidates, from their case numbers on where those stand above the headings, as some print them."""
    above = [evidence.case_above(start.begin) for start in candidates]
    ends = [each.begin for each in candidates[1:]] + [len(evidence.lines)]
    under = sum(
        evidence.under(start.heading, end, titled=bool(start.title))[0]
        and (place + 1 == len(above) or above[place + 1] is None)
        for place, (start, end) in enumerate(zip(candidates, ends[: len(candidates)], strict=True))
    )
    if sum(each is not None for each in above) < max(2, under):
        return list(candidates)
    return [
        start if case is None else start._replace(begin=case)
        for start, case in zip(candidates, above, strict=True)
    ]


def _with_marks_above(lines: Sequence[Line], starts: list[Start]) -> list[Start]:
    """The starts, from what stands above every heading on: "Til indholdsfortegnelse", "Lukket punkt"."""
    found: list[Start] = []
    before = -1
    for start in starts:
        printed = [
            index for index in range(start.begin - 1, max(start.begin - 8, before), -1) if lines[index].text
        ][:_MOST_MARKS]
        marks: list[tuple[int, Access | None]] = []
        for index in printed:
            goes_on = lines[index].text[0].islower() and not lines[index - 1].blank
            access = None if goes_on else access_of(lines[index].text)
            if not access and not _NAVIGATION.fullmatch(squash(lines[index].text)):
                break
            marks.append((index, access))
        closed = any(access is Access.CLOSED_ITEM for _, access in marks)
        whose = _whose_marks(lines, before, start, marks)
        if marks and whose != "before":
            start = start._replace(closed=start.closed or closed)
        if marks and whose == "after":
            start = start._replace(begin=marks[-1][0])
        found.append(start)
        before = start.heading
    return found


def _whose_marks(
    lines: Sequence[Line], before: int, start: Start, marks: Sequence[tuple[int, Access | None]]
) -> str:
    """Whether marks right above a heading are of the item "before" it, "after" them, or perhaps of "both".

    They can only be of the item before when nothing else is printed under its heading. Then the one that
    they are printed closer to has them.
    """
    if before < 0 or not any(access in _CLOSED_MARKS for _, access in marks):
        return "after"
    first = marks[-1][0]
    if any(lines[index].text for index in range(before + 1, first)):
        return "after"
    apart_from_before, apart_from_after = lines[before + 1].blank, lines[start.begin - 1].blank
    if apart_from_before and not apart_from_after:
        return "after"
    return "before" if apart_from_after and not apart_from_before else "both"


def _in_turn(lines: Sequence[Line], candidates: Sequence[Start]) -> list[Start]:
    """Numbered titles with text under them and nothing that tells items from lists: those in turn from 1."""
    found: list[Start] = []
    for start in candidates:
        apart = start.heading == 0 or lines[start.heading - 1].blank
        after = start.heading + 1
        alone = after < len(lines) and lines[after].blank
        if apart and alone and _number(start) == len(found) + 1 and not start.title.endswith((".", ",", ";")):
            found.append(start)
    return found if len(found) >= 3 else []


def with_contents_apart(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines, with the first item apart from a contents list that is glued to it.

    "124Salg af grund114Spørgsmål fra borgerne": the list's first line stands again at the end of its last.
    """
    for index, line in enumerate(lines[:_HOW_FAR_CONTENTS]):
        if not _GLUED_FIRST.match(line.text):
            continue
        for later in range(index + 1, min(len(lines), index + _HOW_FAR_CONTENTS)):
            text = lines[later].text
            if (
                len(text) > len(line.text)
                and text.endswith(line.text)
                and not text[-len(line.text) - 1].isspace()
            ):
                at = len(text) - len(line.text)
                blank = Line("", lines[later].at(at), lines[later].at(at))
                return [
                    *lines[:later],
                    lines[later].part(0, at),
                    blank,
                    lines[later].part(at),
                    *lines[later + 1 :],
                ]
        return lines
    return lines


def _once_each(lines: Sequence[Line], candidates: Sequence[Start]) -> list[Start]:
    """The candidates, those one that print the same number twice with nothing between."""
    found: list[Start] = []
    for start in candidates:
        if (
            found
            and found[-1].number == start.number
            and all(lines[index].blank for index in range(found[-1].heading + 1, start.heading))
        ):
            start = start._replace(begin=found.pop().begin)
        found.append(start)
    return found


def _without_contents(evidence: _Evidence, starts: list[Start]) -> list[Start]:
    """The starts without the lines of a contents list: numbers that come again, with something under them."""
    numbers = Counter(start.number for start in starts)
    if max(numbers.values(), default=0) < 2:
        return starts
    ends = [start.begin for start in starts[1:]] + [len(evidence.lines)]
    full = {
        place: evidence.within(start.heading + 1, end)
        for place, (start, end) in enumerate(zip(starts, ends[: len(starts)], strict=True))
    }
    full_numbers = {starts[place].number for place, something in full.items() if something}
    last_of = {start.number: place for place, start in enumerate(starts)}
    return [
        start
        for place, start in enumerate(starts)
        if full[place]
        or numbers[start.number] == 1
        or (start.number not in full_numbers and last_of[start.number] == place)
    ]


def _numbered_below(evidence: _Evidence) -> list[Start]:
    """Items whose number stands under their title: "Budget 2020" / "Sag nr. 129"."""
    lines = evidence.lines
    found: list[Start] = []
    for index, line in enumerate(lines):
        match = _NUMBER_BELOW.fullmatch(line.text) if 0 < len(line.text) < 20 else None
        if not match:
            continue
        above = _line_above(lines, index, found[-1].heading if found else -1)
        if above is not None:
            found.append(Start(above, index, match["number"], squash(lines[above].text), below=True))
    return found if len(found) >= 2 else []


def _unnumbered(evidence: _Evidence) -> list[Start]:
    """Items without numbers: a title alone on its line, a case number above or under it."""
    lines = evidence.lines
    found: list[Start] = []
    for index in sorted(evidence.cases):
        if found and index <= found[-1].heading + 1:
            continue
        above = _line_above(lines, index, found[-1].heading if found else -1)
        if above is not None and _is_title(lines[above].text) and above not in evidence.headings:
            found.append(Start(above, above, None, squash(lines[above].text)))
    return found if len(found) >= 2 else []


def _line_above(lines: Sequence[Line], index: int, after: int) -> int | None:
    """The printed line nearest above `index`, at most two lines away and behind `after`."""
    for above in range(index - 1, max(index - 4, after), -1):
        if lines[above].text:
            return above
    return None


def _is_title(text: str) -> bool:
    return (
        len(text) <= _LONGEST_TITLE
        and text[0].isupper()
        and text[-1] not in ".:;,"
        and heading_kind(text) is None
    )
