"""CPR numbers without a label: ten digits with a birth date that nothing beside them says are another number.

A number is DDMMYY-NNNN with or without a separator. It is found inside longer runs of digits too. What its
label, its currency or its neighbours say is another number is left alone.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from minutes.privacy.dates import has_birth_date
from minutes.privacy.labels import is_amount, is_labelled_otherwise
from minutes.privacy.masks import CPR_MASK, Span

# How far around a number is read, in characters, which bounds the work for each.
_CONTEXT = 48
# A masked digit is still a neighbour, so that masking a number never makes a number of what is beside it.
_DIGITS = f"0123456789{CPR_MASK}"

_BLANK = r"[\s\u00a0\u202f]{0,2}"
# After a hyphen the rest can be on the next line, with any indentation, or on the next page.
SEPARATOR = (
    rf"(?:{_BLANK}[-\u2010-\u2015\u2212\u00ad]\s{{0,60}}|{_BLANK}[-\u2010-\u2015\u2212\u00ad]?{_BLANK})"
)
# "010203-1234", "0102031234", "010203 – 1234", "610203-1234", also from any digit of "99010203-12345". Only
# the first digit is consumed, so that matches can overlap.
_CANDIDATE = re.compile(
    rf"[0-36-9](?=\d(?:0[1-9]|1[0-2])(?P<year>\d\d)(?P<separator>{SEPARATOR})(?P<serial>\d{{4}}))", re.ASCII
)

_RUN = re.compile(r"[0-9]+")

# "EMN-2016-" before "280114-0310", "2019/" before "010203-1234", "SAG-" before "0102031234"
_JOINED_BEFORE = re.compile(r"(?:\d|(?<![^\W\d_])[A-ZÆØÅ]{1,5})[-\u2010-\u2015\u2212/.]\Z", re.ASCII)
# "-5" after "010203-1234", "/P19" after "0102031234"
_JOINED_AFTER = re.compile(r"[-\u2010-\u2015\u2212/.](?:[0-9]|[A-ZÆØÅ]{1,5}(?![^\W\d_]))")
# "12," before "0102031234" and ",50" after it: a decimal number has no hyphen
_DECIMAL_BEFORE = re.compile(r"\d,\Z", re.ASCII)
_DECIMAL_AFTER = re.compile(r",\d", re.ASCII)
# "20101012 20123013": two phone numbers; "20190101-20191231": two days; "1012345678 1012345679": a list
_PAIR = re.compile(
    rf"[{_DIGITS}]{{8}}{SEPARATOR}[{_DIGITS}]{{8}}|[{_DIGITS}]{{10}}{SEPARATOR}[{_DIGITS}]{{10}}", re.ASCII
)


class _Candidate(NamedTuple):
    """Ten digits with a birth date."""

    start: int
    end: int
    separator: str
    is_replacement: bool

    @property
    def is_hyphenated(self) -> bool:
        return bool(self.separator) and not self.separator.isspace()


class _Ends(NamedTuple):
    """The offsets where the candidates of a text begin and end."""

    starts: set[int]
    ends: set[int]


class _Context(NamedTuple):
    """The run of digits that a candidate is in, and the text before and after it."""

    start: int
    end: int
    before: str
    after: str


def unlabelled_numbers(text: str) -> Iterator[Span]:
    """Yield where the numbers are, in order; those that overlap in a run of digits are one. Linear time."""
    candidates = list(_candidates(text))
    ends = _Ends({candidate.start for candidate in candidates}, {candidate.end for candidate in candidates})
    start = end = -1
    for candidate in candidates:
        if _is_other_number(text, candidate, ends):
            continue
        if candidate.start >= end:
            if end > 0:
                yield start, end
            start = candidate.start
        end = candidate.end
    if end > 0:
        yield start, end


def _candidates(text: str) -> Iterator[_Candidate]:
    position = 0
    while match := _CANDIDATE.search(text, position):
        start, end = match.start(), match.end("serial")
        position = start + 1
        if not has_birth_date(text[start : start + 6] + match["serial"]):
            continue
        candidate = _Candidate(start, end, match["separator"], text[start : start + 2] > "60")
        if _is_deep_in_digits(text, candidate) and not candidate.is_replacement:
            # Nothing beside it to read: the rest of the run is masked without looking at each ten digits.
            run = _RUN.match(text, start)
            position = run.end() if run else end
            candidate = candidate._replace(end=position)
        yield candidate


def _is_other_number(text: str, candidate: _Candidate, ends: _Ends) -> bool:
    """Return whether anything says that the candidate is another number."""
    context = _context(text, candidate)
    return (
        _is_unlikely(candidate, context)
        or _is_whole_other_number(text[context.start : context.end])
        or is_labelled_otherwise(context.before)
        or (not candidate.is_hyphenated and is_amount(context.before, context.after))
        or _is_part_of_identifier(candidate, context, ends)
    )


def _is_deep_in_digits(text: str, candidate: _Candidate) -> bool:
    """Return whether all of the context is digits, so that there is nothing to read in it."""
    around = text[max(candidate.start - _CONTEXT, 0) : candidate.end + _CONTEXT]
    return len(around) == 2 * _CONTEXT + 10 and around.isascii() and around.isdigit()


def _context(text: str, candidate: _Candidate) -> _Context:
    before = text[max(candidate.start - _CONTEXT, 0) : candidate.start]
    after = text[candidate.end : candidate.end + _CONTEXT]
    outside_before, outside_after = before.rstrip(_DIGITS), after.lstrip(_DIGITS)
    return _Context(
        candidate.start - len(before) + len(outside_before),
        candidate.end + len(after) - len(outside_after),
        outside_before,
        outside_after,
    )


def _is_unlikely(candidate: _Candidate, context: _Context) -> bool:
    """Return whether the candidate is written as CPR numbers without a label are not."""
    if candidate.is_hyphenated:
        return False
    if candidate.is_replacement:
        return bool(candidate.separator) or context.end - context.start > 10
    # A blank line between the two halves: they are of two paragraphs or columns.
    return candidate.separator.count("\n") > 1


def _is_whole_other_number(run: str) -> bool:
    if _PAIR.fullmatch(run):
        return True
    return len(run) == 13 and run.isascii() and run.isdigit() and _has_gs1_check_digit(run)


def _has_gs1_check_digit(digits: str) -> bool:
    """Return whether a GLN or EAN of thirteen digits is valid (source: GS1 General Specifications, 7.9)."""
    return sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(digits)) % 10 == 0


def _is_part_of_identifier(candidate: _Candidate, context: _Context, ends: _Ends) -> bool:
    """Return whether the candidate is joined to more digits or to a code, as in "EMN-2016-280114-0310".

    Two candidates joined to each other, as in "010203-1234/040506-1234", are two CPR numbers.
    """
    joined_before = _JOINED_BEFORE.search(context.before[-8:]) or (
        not candidate.is_hyphenated and _DECIMAL_BEFORE.search(context.before[-2:])
    )
    joined_after = _JOINED_AFTER.match(context.after) or (
        not candidate.is_hyphenated and _DECIMAL_AFTER.match(context.after)
    )
    return bool(
        (joined_before and context.start - 1 not in ends.ends)
        or (joined_after and context.end + 1 not in ends.starts)
    )
