"""Personal numbers (CPR) in a text: where they are, and masks over them. No Django.

A number is DDMMYY-NNNN with or without a separator, its date valid in the century that its seventh digit
names (source: CPR-kontoret, "Personnummeret i CPR"). The check digit (modulus 11) says nothing: since
2007 numbers are given out that fail it. Numbers are found inside longer runs of digits too: a mask too
many is better than one too few.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

MASK = "█"

# "010203-1234", "0102031234", "010203 – 1234", also from any digit of "99010203-12345"; a number can be
# broken by a line end after its hyphen.
_CANDIDATE = re.compile(
    r"(?=(?P<number>(?P<day>\d\d)(?P<month>\d\d)(?P<year>\d\d)"
    r"[\s\u00a0\u202f]{0,2}[-\u2010-\u2015\u2212\u00ad]?[\s\u00a0\u202f]{0,2}(?P<century>\d)\d{3}))",
    re.ASCII,
)


class Hit(NamedTuple):
    """A possible personal number: a half-open range of characters."""

    start: int
    end: int


def personal_numbers(text: str) -> Iterator[Hit]:
    """Every possible personal number in `text`, in order; those that overlap in a run of digits are one."""
    start = end = -1
    for match in _CANDIDATE.finditer(text):
        if not _is_date(int(match["day"]), int(match["month"]), int(match["year"]), int(match["century"])):
            continue
        if match.start("number") >= end:
            if end > 0:
                yield Hit(start, end)
            start = match.start("number")
        end = match.end("number")
    if end > 0:
        yield Hit(start, end)


def mask(text: str) -> str:
    """`text` with every possible personal number covered; as long as before, line ends kept."""
    covered: list[str] = []
    done = 0
    for hit in personal_numbers(text):
        covered.append(text[done : hit.start])
        covered.extend(character if character == "\n" else MASK for character in text[hit.start : hit.end])
        done = hit.end
    covered.append(text[done:])
    return "".join(covered)


def _is_date(day: int, month: int, year: int, century_digit: int) -> bool:
    try:
        date(_century(year, century_digit) + year, month, day)
    except ValueError:
        return False
    return True


def _century(year: int, digit: int) -> int:
    if digit <= 3:
        return 1900
    if digit in (4, 9):
        return 2000 if year <= 36 else 1900
    return 2000 if year <= 57 else 1800
