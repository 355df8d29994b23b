"""Personal numbers (CPR) in a text: where they are, and masks over them.

A number is DDMMYY-NNNN with or without a separator, its date valid in the century that its seventh digit
names (source: CPR-kontoret, "Personnummeret i CPR"); in a replacement number (erstatnings-CPR) the day is
sixty higher. The check digit (modulus 11) says nothing: since 2007 numbers are given out that fail it.
Numbers are found inside longer runs of digits too: a mask too many is better than one too few. But what its
label, its currency or its neighbours say is another number is none, unless it is labelled a personal number.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from minutes.privacy.labels import (
    CURRENCY_BEFORE,
    IDENTIFIER_LABEL,
    LONGEST_LABEL,
    PERSONAL_LABEL,
    PHONE_LABEL,
)
from minutes.privacy.masks import CPR_MASK, mask_spans

# How often a text is looked through: once more than it takes to find nothing new in any but odd ones.
_PASSES = 3
# How far around a number is read, in characters: that bounds the work of each.
_REACH = 48
# A covered digit is still a neighbour, so that covering a number never makes a number of what is beside it.
_DIGITS = f"0123456789{CPR_MASK}"

_BLANK = r"[\s\u00a0\u202f]{0,2}"
# After a hyphen the rest can stand on the next line, however far in, or on the next page.
_SEPARATOR = (
    rf"(?:{_BLANK}[-\u2010-\u2015\u2212\u00ad]\s{{0,60}}|{_BLANK}[-\u2010-\u2015\u2212\u00ad]?{_BLANK})"
)
# "010203-1234", "0102031234", "010203 – 1234", "610203-1234", also from any digit of "99010203-12345"; a
# number can be broken by a line end after its hyphen.
_CANDIDATE = re.compile(
    rf"(?=(?P<number>(?P<day>[0-36-9]\d)(?P<month>0[1-9]|1[0-2])(?P<year>\d\d)"
    rf"(?P<separator>{_SEPARATOR})(?P<century>\d)\d{{3}}))",
    re.ASCII,
)
# The same whether its date is valid or not: "990203-1234"
_TEN_DIGITS = re.compile(rf"(?=(?P<number>\d{{6}}{_SEPARATOR}\d{{4}}))", re.ASCII)

# "1011121234 kr.", "1011121234 mio.", "1011121234,-", but not "1011121234 kr. 500": that is of the next one
_CURRENCY_AFTER = re.compile(
    r",-|\s?(?:kr\b|kroner|DKK\b|t\.?\s?kr\b|mio\b|mia\b)(?!\.?\s?\d)", re.IGNORECASE
)
# "EMN-2016-" before "280114-0310", "2019/" before "010203-1234", "SAG-" before "0102031234"
_JOINED_BEFORE = re.compile(r"(?:\d|(?<![^\W\d_])[A-ZÆØÅ]{1,5})[-\u2010-\u2015\u2212/.]\Z", re.ASCII)
# "-5" after "010203-1234", "/P19" after "0102031234"
_JOINED_AFTER = re.compile(r"[-\u2010-\u2015\u2212/.](?:[0-9]|[A-ZÆØÅ]{1,5}(?![^\W\d_]))")
# "12," before "0102031234" and ",50" after it: a decimal number has no hyphen
_DECIMAL_BEFORE = re.compile(r"\d,\Z", re.ASCII)
_DECIMAL_AFTER = re.compile(r",\d", re.ASCII)
# "20101012 20123013": two phone numbers; "20190101-20191231": two days; "1012345678 1012345679": a list
_PAIR = re.compile(
    rf"[{_DIGITS}]{{8}}{_SEPARATOR}[{_DIGITS}]{{8}}|[{_DIGITS}]{{10}}{_SEPARATOR}[{_DIGITS}]{{10}}", re.ASCII
)


class CprMatch(NamedTuple):
    """A possible personal number: a half-open range of characters."""

    start: int
    end: int


class _Candidate(NamedTuple):
    """Ten digits with a valid date; `replacement` when its day is sixty too high."""

    start: int
    end: int
    separator: str
    replacement: bool

    @property
    def hyphenated(self) -> bool:
        return bool(self.separator) and not self.separator.isspace()


class _Places(NamedTuple):
    """Where the candidates of a text begin and end."""

    starts: set[int]
    ends: set[int]


class _Around(NamedTuple):
    """The run of digits that a candidate stands in, and what is read before and after it."""

    start: int
    end: int
    before: str
    after: str


def find_cpr_numbers(text: str) -> Iterator[CprMatch]:
    """Every possible personal number in `text`, in order; those that overlap in a run of digits are one.

    What is left when they are covered is looked through again, since it may now look otherwise; in anything
    but a chain of many numbers there is then none left. The time is linear in the text.
    """
    found: list[CprMatch] = []
    for _pass in range(_PASSES):
        hits = list(_hits(text))
        if not hits:
            break
        found += hits
        text = mask_spans(text, hits, CPR_MASK)
    yield from sorted(found)


def mask_cpr_numbers(text: str) -> str:
    """`text` with every possible personal number covered; as long as before, line ends kept."""
    return mask_spans(text, find_cpr_numbers(text), CPR_MASK)


def ten_digits(text: str) -> Iterator[CprMatch]:
    """Every place that is written as a personal number, whatever it is; they overlap in runs of digits."""
    return (CprMatch(*match.span("number")) for match in _TEN_DIGITS.finditer(text))


def _candidates(text: str) -> Iterator[_Candidate]:
    for match in _CANDIDATE.finditer(text):
        day = int(match["day"])
        replacement = day > 60
        day -= 60 if replacement else 0
        if _is_date(day, int(match["month"]), int(match["year"]), int(match["century"])):
            yield _Candidate(*match.span("number"), match["separator"], replacement)


def _hits(text: str) -> Iterator[CprMatch]:
    candidates = list(_candidates(text))
    places = _Places({each.start for each in candidates}, {each.end for each in candidates})
    start = end = -1
    for each in candidates:
        if not _is_personal(text, each, places):
            continue
        if each.start >= end:
            if end > 0:
                yield CprMatch(start, end)
            start = each.start
        end = each.end
    if end > 0:
        yield CprMatch(start, end)


def _is_personal(text: str, candidate: _Candidate, candidates: _Places) -> bool:
    """Whether nothing says that the candidate is another number."""
    before = text[max(candidate.start - _REACH, 0) : candidate.start]
    if _has_letters(before) and PERSONAL_LABEL.search(before):
        return True
    around = _around(text, candidate)
    return not (
        _is_unlikely(candidate, around)
        or _is_whole_other_number(text[around.start : around.end])
        or _is_labelled_otherwise(around.before)
        or (not candidate.hyphenated and _is_amount(around))
        or _is_part_of_identifier(candidate, around, candidates)
    )


def _around(text: str, candidate: _Candidate) -> _Around:
    before = text[max(candidate.start - _REACH, 0) : candidate.start]
    after = text[candidate.end : candidate.end + _REACH]
    outside_before, outside_after = before.rstrip(_DIGITS), after.lstrip(_DIGITS)
    return _Around(
        candidate.start - len(before) + len(outside_before),
        candidate.end + len(after) - len(outside_after),
        outside_before,
        outside_after,
    )


def _is_unlikely(candidate: _Candidate, around: _Around) -> bool:
    """Whether the candidate is written as no personal number is, if it has no label."""
    if candidate.hyphenated:
        return False
    if candidate.replacement:
        return bool(candidate.separator) or around.end - around.start > 10
    # A blank line between the two halves: they are of two paragraphs or columns.
    return candidate.separator.count("\n") > 1


def _is_whole_other_number(run: str) -> bool:
    if _PAIR.fullmatch(run):
        return True
    return len(run) == 13 and run.isascii() and run.isdigit() and _has_gs1_check_digit(run)


def _has_gs1_check_digit(digits: str) -> bool:
    """Whether a GLN or EAN of thirteen digits is valid (source: GS1 General Specifications, 7.9)."""
    return sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10 == 0


def _is_labelled_otherwise(before: str) -> bool:
    before = before[-LONGEST_LABEL:]
    return _has_letters(before) and bool(IDENTIFIER_LABEL.search(before) or PHONE_LABEL.search(before))


def _has_letters(text: str) -> bool:
    """Whether `text` can hold a label; much faster than to look for one."""
    return text.lower() != text.upper()


def _is_amount(around: _Around) -> bool:
    return bool(CURRENCY_BEFORE.search(around.before[-8:]) or _CURRENCY_AFTER.match(around.after))


def _is_part_of_identifier(candidate: _Candidate, around: _Around, candidates: _Places) -> bool:
    """Whether the candidate is joined to more digits or to a code, as in "EMN-2016-280114-0310".

    Two candidates joined to each other, as in "010203-1234/040506-1234", are two personal numbers.
    """
    joined_before = _JOINED_BEFORE.search(around.before[-8:]) or (
        not candidate.hyphenated and _DECIMAL_BEFORE.search(around.before[-2:])
    )
    joined_after = _JOINED_AFTER.match(around.after) or (
        not candidate.hyphenated and _DECIMAL_AFTER.match(around.after)
    )
    return bool(
        (joined_before and around.start - 1 not in candidates.ends)
        or (joined_after and around.end + 1 not in candidates.starts)
    )


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
