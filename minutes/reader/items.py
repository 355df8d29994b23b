"""The agenda: where each item begins, its number, title, case number, and whether it is closed."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from minutes.reader.layout import Line
from minutes.reader.names import squash

# "Punkt 1: Orientering om projektet", "Punkt 82: Helhed", "Pkt. 42. Budget", "Punkt 7 - Lukket"
_ITEM = re.compile(
    r"(?:Punkt|Pkt\.?|PUNKT)\s*(?P<number>\d{1,4}[a-zA-Z]?)\s*(?P<mark>[:.]|[-–](?=\s))\s*(?P<title>.*)"
)
# "15.20.00-Ø34-1-19", "00.01.00P35-0098", "S2018-2162", "19/2484", "330-2019-2104", with or without a label
_CASE_NUMBER = re.compile(
    r"(?:(?:Sagsnr|Sagsid|Sagsnummer|Sag nr|J\.nr|Journalnr)\.?\s*:?\s*)?"
    r"(?P<number>\d{2}\.\d{2}\.\d{2}-?[A-ZÆØÅ]\d{2}-\d{1,5}(?:-\d{2})?|S\d{4}-\d{1,7}|\d{2,4}/\d{2,7}"
    r"|\d{3}-\d{4}-\d{1,7})",
)
# "(LUKKET)", "(Lukket punkt)" after a title; "(B)" tells beslutning, orientering or drøftelse
_SUFFIX = re.compile(r"\s*\((?:LUKKET|Lukket(?: punkt| sag)?|[BOD])\)\s*$")
# "Lukket", "Lukket punkt", "Lukket: Køb af ejendom", "Lukket sag"
_CLOSED = re.compile(r"lukket(?:\s+(?:punkt|sag|dagsordenspunkt))?\b(?:\s*[-–:].*)?", re.IGNORECASE)


@dataclass
class ItemLines:
    """An item and the lines under its title and case number."""

    number: str
    title: str
    case_number: str | None
    closed: bool
    heading: Line
    body: list[Line]


def split(lines: Sequence[Line]) -> tuple[list[Line], list[ItemLines]]:
    """The lines before the first item, and the items in the order they stand."""
    starts = [
        index
        for index, line in enumerate(lines)
        if _ITEM.match(line.text) and (index == 0 or lines[index - 1].blank)
    ]
    before = list(lines[: starts[0]] if starts else lines)
    ends = [*starts[1:], len(lines)][: len(starts)]
    return before, [
        _item(lines[start], lines[start + 1 : end]) for start, end in zip(starts, ends, strict=True)
    ]


def _item(heading: Line, below: Sequence[Line]) -> ItemLines:
    match = _ITEM.match(heading.text)
    assert match  # split() chose it so
    printed = squash(match["title"])
    body = list(below)
    if not printed:
        printed, body = _title_below(body)
    case_number, body = _case_number(body)
    closed = bool(_CLOSED.fullmatch(printed)) or bool(re.search(r"\(lukket", printed, re.IGNORECASE))
    return ItemLines(match["number"], _SUFFIX.sub("", printed), case_number, closed, heading, body)


def _title_below(body: Sequence[Line]) -> tuple[str, list[Line]]:
    """The title where it stands under the number."""
    for index, line in enumerate(body):
        if not line.blank:
            return squash(line.text), list(body[index + 1 :])
    return "", list(body)


def _case_number(body: Sequence[Line]) -> tuple[str | None, list[Line]]:
    """The case number, when it is the first thing under the title, and what follows it."""
    for index, line in enumerate(body):
        if not line.blank:
            match = _CASE_NUMBER.fullmatch(line.text)
            return (match["number"], list(body[index + 1 :])) if match else (None, list(body))
    return None, list(body)
