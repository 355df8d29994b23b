"""CPR numbers with a label, such as "CPR-nr.", in a folded text.

Beside a label ten digits are a number however they are written: a false alarm costs a look, a miss shows a
person's number to everyone. Three places count as beside it:

- right behind it (after at most 20 characters of its line, or first on the next line, or after nothing but
  blanks and signs): any ten digits, whatever another label or a currency says;
- in its reach (the rest of its line and the next one, or up to five lines that can be table cells): unless
  another label or a currency is right at the number. A number that is there has the same reach again, so that
  a list or a table column has one label;
- right before it: "0102031234 (cpr)", by the same rule.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from minutes.privacy.dates import has_birth_date
from minutes.privacy.labels import CPR_LABEL, LONGEST_LABEL, is_amount, is_labelled_otherwise
from minutes.privacy.masks import CPR_MASK, PASSAGE_MASK, Span
from minutes.privacy.spellings import DigitChain, Form, Spelling, digit_chains

# The reach of a label in characters: of the rest of its line, and of the lines after it
_LONGEST_LINE = 1000
_LONGEST_NEXT_LINE = 300
# A line of at most so many characters that does not end a sentence can be a cell of a table.
_CELL = 40
# "Vi afventer svar.", but not "Postnr."
_SENTENCE_END = re.compile(r"\w\s+\w+\s+\w+[.!?]\s*\Z")
_MOST_CELLS = 5
# Longest text between a label and the number right behind it
_BESIDE = 20
_DIGIT = re.compile(r"[0-9]")
_BESIDE_LABEL = re.compile(rf"[\W_]{{0,60}}|[^\n]{{0,{_BESIDE}}}(?:\n[\W_]{{0,60}})?")
# Up to the label in "0102031234 (cpr)", "0102031234 er CPR", "0102031234: CPR"; a number has more digits.
_BEFORE_LABEL = re.compile(
    r"(?:[0-9OoQIlZSB][\W_]{0,3}){3}[0-9OoQIlZSB](?P<gap>[^\S\n]{0,2}[([,:=/–—-]?[^\S\n]{0,2}(?:er |som )?)\Z"
)
# The digits and signs from there back to the word before them
_BACK_TO_WORD = re.compile(r"[0-9OoQIlZSB\W_]*")
# So much is read before a label: a number written in pairs with blanks has at most so many characters.
_BEFORE = 64
# "EMN-" before "2016-280114-0310"
_CODE_BEFORE = re.compile(r"(?<![^\W\d_])[A-ZÆØÅ]{1,5}[-/.]\Z")
# More groups of digits without a word between them than any minutes have: all of them are masked, unread.
_MOST_GROUPS = 3000
# More digits than a number and a postal code have are a table, say, unless there is a date in them.
_MOST_DIGITS = 14


def labelled_numbers(text: str) -> Iterator[Span]:
    """Yield where the numbers with a label are, none over another from one label. Linear time."""
    labels = [label.span() for label in CPR_LABEL.finditer(text)]
    done = 0
    for (start, end), (next_start, _next_end) in pairwise([*labels, (len(text), 0)]):
        yield from _number_before(text, start, done)
        for span in _numbers_behind(text, end, next_start):
            yield span
            done = span[1]


def _numbers_behind(text: str, label_end: int, end: int) -> Iterator[Span]:
    """Yield the numbers in reach of the label that ends at `label_end`, up to the next label at `end`."""
    if not _DIGIT.search(text, label_end, min(label_end + _LONGEST_LINE + _LONGEST_NEXT_LINE, end)):
        return
    reach = _reach(text, label_end)
    is_first = True
    for chain in digit_chains(text, label_end, end):
        if chain.start >= reach:
            return
        beside = is_first and _is_beside(text[label_end : chain.start])
        for span in _numbers_in(text, chain, beside):
            is_first = False
            reach = max(reach, _reach(text, span[1]))
            yield span


def _numbers_in(text: str, chain: DigitChain, beside: bool) -> Iterator[Span]:
    if len(chain.groups) > _MOST_GROUPS:
        return iter([(chain.start, chain.end)])
    return _beside(text, chain) if beside else _in_reach(text, chain)


def _reach(text: str, start: int) -> int:
    """Return where the reach of a label or a number that ends at `start` ends."""
    line_end = text.find("\n", start, start + _LONGEST_LINE)
    if line_end < 0:
        return min(start + _LONGEST_LINE, len(text))
    reach = line_end + 1
    cells = 0
    for line in text[reach : reach + _LONGEST_NEXT_LINE].split("\n"):
        reach += len(line) + 1
        cells += bool(line.strip())
        if cells == _MOST_CELLS or len(line) > _CELL or _SENTENCE_END.search(line):
            break
    return reach


def _is_beside(between: str) -> bool:
    if CPR_MASK in between or PASSAGE_MASK in between:
        return False
    return bool(_BESIDE_LABEL.fullmatch(between))


def _beside(text: str, chain: DigitChain) -> Iterator[Span]:
    """Yield the numbers of a chain right behind a label: if none is whole, any ten digits of it."""
    spellings = chain.best_spellings(
        lambda spelling: spelling.form != Form.NO_DATE or not spelling.first or chain.is_usual(spelling)
    )
    if spellings:
        yield from map(chain.span, spellings)
    else:
        yield from _ten_digits_in(text, chain)


def _ten_digits_in(text: str, chain: DigitChain) -> Iterator[Span]:
    """Yield the runs of digits in which every ten begin with a date; if there are none, the whole chain."""
    digit_offsets = [
        offset
        for group in chain.groups
        for offset in range(group.start, group.end)
        if group.end - group.start == len(group.digits)
    ]
    digits = "".join(group.digits for group in chain.groups if group.end - group.start == len(group.digits))
    start = end = -1
    for first in range(len(digits) - 9):
        if not has_birth_date(digits[first : first + 10]):
            continue
        if first > end:
            if end >= 0:
                yield digit_offsets[start], digit_offsets[end] + 1
            start = first
        end = first + 9
    if end >= 0:
        yield digit_offsets[start], digit_offsets[end] + 1
    elif 10 <= len(digits) <= _MOST_DIGITS and not is_labelled_otherwise(
        text[max(chain.start - LONGEST_LABEL, 0) : chain.start]
    ):
        yield chain.start, chain.end


def _in_reach(text: str, chain: DigitChain) -> Iterator[Span]:
    """Yield the numbers of a chain in reach of a label."""
    for spelling in chain.best_spellings(lambda spelling: _is_likely(text, chain, spelling)):
        yield chain.span(spelling)


def _number_before(text: str, label_start: int, start: int) -> Iterator[Span]:
    """Yield the number right before the label, if there is one in `text[start:label_start]`."""
    match = _BEFORE_LABEL.search(text, max(label_start - _BESIDE, start), label_start)
    if not match:
        return
    end = match.start("gap")
    back = _BACK_TO_WORD.match(text[max(end - _BEFORE, 0) : end][::-1])
    assert back is not None  # It matches nothing at all, too.
    chains = list(digit_chains(text, end - back.end(), end))
    if not chains or chains[-1].end != end:
        return
    chain = chains[-1]
    for first in range(len(chain.groups)):
        for spelling in chain.spellings_at(first):
            if spelling.last == len(chain.groups) and _is_likely(text, chain, spelling):
                yield chain.span(spelling)
                return


def _is_likely(text: str, chain: DigitChain, spelling: Spelling) -> bool:
    """Return whether nothing at a number in reach of a label says that it is another one."""
    start, end = chain.span(spelling)
    if not chain.is_usual(spelling):
        if spelling.form == Form.NO_DATE or (
            spelling.form == Form.STRADDLING and spelling.last > spelling.first + 2
        ):
            return False
        if any(sign in text[start:end] for sign in ",;") or _ends_with_time(text, chain, spelling):
            return False
    line = text[max(start - 48, 0) : start].rsplit("\n", 1)[-1]
    return not (
        is_labelled_otherwise(line)
        or is_amount(line, text[end : end + 16])
        or _is_part_of_code(text, chain, start)
    )


def _is_part_of_code(text: str, chain: DigitChain, start: int) -> bool:
    """Return whether the number at `start` is joined to a code, as in "EMN-2016-280114-0310"."""
    if start > chain.start and text[start - 1] not in "-/.":
        return False
    return bool(_CODE_BEFORE.search(text, max(chain.start - 8, 0), chain.start))


def _ends_with_time(text: str, chain: DigitChain, spelling: Spelling) -> bool:
    """Return whether a date and a time are written, as in "01.02.2019 12.30"."""
    if spelling.last - spelling.first < 3:
        return False
    year, hour, minute = chain.groups[spelling.last - 3 : spelling.last]
    separator = text[hour.end : minute.start]
    return (
        separator in {".", ":"}
        and separator != text[year.end : hour.start]
        and len(hour.digits) == len(minute.digits) == 2
        and int(hour.digits) < 24
        and int(minute.digits) < 60
    )
