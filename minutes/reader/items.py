"""The agenda: where each item begins, its number, title, case number, and whether it is closed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from minutes.reader.layout import Line, contents_title
from minutes.reader.names import squash
from minutes.reader.sections import heading_kind

# "Punkt 1: Orientering om projektet", "Punkt 82: Helhed", "Pkt. 42. Budget", "Punkt 7 - Lukket"
_NAMED = re.compile(
    r"(?:Punkt|Pkt\.?|PUNKT)\s*(?P<number>\d{1,4}[a-zA-Z]?)\s*(?P<mark>[:.]|[-–](?=\s))\s*(?P<title>.*)"
)
# Forms that numbered lists have too; an item is told by what stands under it.
_NUMBERED = (
    # "Nr.178 - Budget", "Nr. 20 Budget"
    re.compile(r"Nr\.?\s*(?P<number>\d{1,4})\s*(?:[-–.:]\s*)?(?P<title>[A-ZÆØÅÉ\d\"”«].*)"),
    # "Punkt 571 Budget", "Sag 12 Budget"
    re.compile(r"(?:Punkt|Pkt\.?|Sag(?: nr\.)?)\s*(?P<number>\d{1,4})\s+(?P<title>[A-ZÆØÅÉ\d\"”«].*)"),
    # "1. Godkendelse af dagsorden", "92. Budget", "1.Budget (B)", "4 : Budget", "4) Budget"
    re.compile(r"(?P<number>\d{1,4})\s*[.:)]\s*(?P<title>[A-ZÆØÅÉ\d\"”«].*)"),
    # "• 1" or "12" alone, the title under it
    re.compile(r"(?:[•·]\s*)?(?P<number>\d{1,4})\.?(?P<title>)"),
)
# "15.20.00-Ø34-1-19", "00.01.00P35-0098", "S2018-2162", "19/2484", "330-2019-2104"
_NUMBER_OF_CASE = (
    r"\d{2}\.\d{2}\.\d{2}-?[A-ZÆØÅ]\d{2}-\d{1,5}(?:-\d{2})?|S\d{4}-\d{1,7}|\d{2,4}/\d{1,7}"
    r"|\d{3}-\d{4}-\d{1,7}|\d{5,7}"
)
_CASE_NUMBER = re.compile(rf"(?:(?:J\.nr|Journalnr)\.?\s*:?\s*)?(?P<number>{_NUMBER_OF_CASE})")
# "Sagsnr.: 330-2019-2911   Dok.nr.: 330-2019-380021   Åbent", "J.nr.: 00.22.04G01. Sagsnr.: 14/1021"
_CASE_LINE = re.compile(
    r"(?:(?:J\.nr|Journalnr)\.?\s*:\s*\S+\s+)?(?:Sagsnr|Sagsid|Sagsnummer|Sag nr)\.?\s*:?\s*"
    rf"(?P<number>{_NUMBER_OF_CASE})(?!\d)(?P<rest>.*)"
)
# "(LUKKET)", "(Lukket punkt)" after a title; "(B)" tells beslutning, orientering or drøftelse
_SUFFIX = re.compile(r"\s*\((?:LUKKET|Lukket(?: punkt| sag)?|[BOD])\)\s*$")
# "Lukket", "Lukket punkt", "Lukket: Køb af ejendom", "Lukket sag"
_CLOSED = re.compile(r"lukket(?:\s+(?:punkt|sag|dagsordenspunkt))?\b(?:\s*[-–:].*)?", re.IGNORECASE)


# "Lukket - Erhvervelse af ejendom", "(LUKKET) Køb af ejendom", "Lukket punkt: Salg": before the title itself
_CLOSED_MARK = re.compile(
    r"(?:\(lukket(?: punkt| sag)?\)|lukket(?: punkt| sag| dagsordenspunkt)?\s*[-–:])\s*(?=\S)", re.IGNORECASE
)


@dataclass
class ItemLines:
    """An item and the lines under its title and case number."""

    number: str
    title: str
    case_number: str | None
    closed: bool
    heading: Line
    body: list[Line]


class Start(NamedTuple):
    """Where an item begins, where its heading stands, and what of it was matched."""

    begin: int
    heading: int
    match: re.Match[str]


def split(lines: Sequence[Line]) -> tuple[list[Line], list[ItemLines]]:
    """The lines before the first item, and the items in the order they stand."""
    starts = _named(lines) or max((_numbered(lines, form) for form in _NUMBERED), key=len)
    before = list(lines[: starts[0].begin] if starts else lines)
    ends = [start.begin for start in starts[1:]] + [len(lines)]
    return before, [
        _item(lines[start.heading], start.match, lines[start.heading + 1 : end])
        for start, end in zip(starts, ends[: len(starts)], strict=True)
    ]


def _named(lines: Sequence[Line]) -> list[Start]:
    """Where items begin that are called items."""
    return [
        Start(index, index, match)
        for index, line in enumerate(lines)
        if (match := _NAMED.match(line.text)) and (index == 0 or lines[index - 1].blank)
    ]


def _numbered(lines: Sequence[Line], form: re.Pattern[str]) -> list[Start]:
    """Where items begin whose headings have this form.

    A case number under it tells an item from a point of a list. So does standing apart, when its number
    follows that of the item before. The same number again, with nothing between, is the title printed twice.
    """
    candidates = [
        (index, match)
        for index, line in enumerate(lines)
        if (match := form.fullmatch(line.text)) and not contents_title(line.text)
    ]
    following = [index for index, _ in candidates[1:]] + [len(lines)]
    kept: list[Start] = []
    told = 0
    for (index, match), end in zip(candidates, following[: len(candidates)], strict=True):
        number, titled = int(match["number"]), bool(match["title"])
        under = [line.text for line in lines[index + 1 : min(end, index + 14)] if not line.blank]
        under = under[int(not titled) :][:3]
        has_case = any(_CASE_LINE.match(text) or _CASE_NUMBER.fullmatch(text) for text in under)
        has_section = any(map(heading_kind, under))
        last = int(kept[-1].match["number"]) if kept else 0
        again = bool(kept) and number == last and _all_blank(lines, kept[-1].heading + 1, index)
        in_turn = again or number == last + 1 or not kept
        apart = index == 0 or lines[index - 1].blank
        alone = apart and (index + 1 == len(lines) or lines[index + 1].blank)
        if not has_case and not (in_turn and ((apart and has_section) or (titled and alone))):
            continue
        told += has_case or has_section
        begin = kept.pop().begin if again else index
        kept.append(Start(begin, index, match))
    return kept if 2 * told >= len(kept) else []


def _all_blank(lines: Sequence[Line], start: int, end: int) -> bool:
    return all(lines[index].blank for index in range(start, end))


def _item(heading: Line, match: re.Match[str], below: Sequence[Line]) -> ItemLines:
    printed = squash(match["title"])
    body = list(below)
    if not printed:
        printed, body = _title_below(body)
    case_number, is_closed, body = _case_number(body)
    mark = _CLOSED_MARK.match(printed)
    closed = is_closed or bool(mark) or bool(_CLOSED.fullmatch(printed)) or "(lukket" in printed.lower()
    title = _SUFFIX.sub("", printed[mark.end() :] if mark else printed)
    return ItemLines(match["number"], title, case_number, closed, heading, body)


def _title_below(body: Sequence[Line]) -> tuple[str, list[Line]]:
    """The title where it stands under the number."""
    for index, line in enumerate(body):
        if not line.blank:
            return squash(line.text), list(body[index + 1 :])
    return "", list(body)


def _case_number(body: Sequence[Line]) -> tuple[str | None, bool, list[Line]]:
    """The case number, when it is the first thing under the title; whether it says closed; what follows."""
    for index, line in enumerate(body):
        if not line.blank:
            match = _CASE_LINE.match(line.text)
            if match:
                return match["number"], match["rest"].strip().endswith("Lukket"), list(body[index + 1 :])
            match = _CASE_NUMBER.fullmatch(line.text)
            if match:
                return match["number"], False, list(body[index + 1 :])
            break
    return None, False, list(body)
