"""Spellings of CPR numbers: groups of digits, and the number that some of them make up.

The texts are folded ones (see `folding`): all digits are ASCII digits.
"""

import re
from collections.abc import Callable, Iterator
from enum import IntEnum
from itertools import accumulate
from typing import NamedTuple

from minutes.privacy.dates import has_birth_date, without_century
from minutes.privacy.folding import fold
from minutes.privacy.masks import CPR_MASK, PASSAGE_MASK

_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
# Letters that text recognition reads for digits.
_MISREAD = str.maketrans("OoQIlZSB", "00011258")
# "Ol0203": only as a word of its own and with a real digit in it
_MISREAD_WORD = (
    r"(?<=[0-9OoQIlZSB])(?<![^\W_].)(?:(?<=[0-9])|(?=[OoQIlZSB]{0,8}[0-9]))[0-9OoQIlZSB]*+(?![^\W_])"
)
# "010203", also in "f010203"
_DIGITS = r"(?<=[0-9])[0-9]*+"
# "februar", "feb.", "marts"
_MONTH = (
    r"(?<![^\W\d_].)(?:(?<=[Jj])(?i:an(?:uar)?|uni?|uli?)|(?<=[Ff])(?i:eb(?:ruar)?)"
    r"|(?<=[Mm])(?i:ar(?:ts)?|aj)|(?<=[Aa])(?i:pr(?:il)?|ug(?:ust)?)|(?<=[Ss])(?i:ept?(?:ember)?)"
    r"|(?<=[Oo])(?i:kt(?:ober)?)|(?<=[Nn])(?i:ov(?:ember)?)|(?<=[Dd])(?i:ec(?:ember)?))(?![^\W\d_])"
)
# Searching for one of a set of characters is fast, so the alternatives look behind at the first one.
_GROUP = re.compile(rf"[0-9OoQIlZSBJjFfMmAasNnDd](?:{_MISREAD_WORD}|{_DIGITS}|{_MONTH})")
_BETWEEN = rf"(?:[^\w{CPR_MASK}{PASSAGE_MASK}]|_)"
# "-", " . ", "-\n      ", " nr. ", ", løbenr. ", " og de sidste fire cifre er "
_WORDS = r"(?:lb\.?-?|løbe-?)?nr|(?:(?:og|med)\s)?(?:de\s)?sidste\sfire(?:\s(?:cifre|tal))?(?:\ser)?"
_GAP = re.compile(
    rf"{_BETWEEN}{{0,12}}+\s{{0,60}}+{_BETWEEN}{{0,12}}+(?:(?i:{_WORDS})\.?:?{_BETWEEN}{{0,4}}+)?"
)
_LONGEST_GAP = 120
# "1.2.03-1234"
FEWEST_DIGITS = 8
# "\n", "\t", ", ", "1. " before "010203"
_BREAK = re.compile(r"[\n\t,;|]|[.)]\s")
_WITHIN_NUMBER = frozenset(" -./")
_SIMPLE_GAPS = _WITHIN_NUMBER | frozenset("\n\t,;")


class DigitGroup(NamedTuple):
    """A run of digits in a text; the name of a month is a group of two digits.

    `after_break` is set if the gap before it separates cells, lines, or the number and text of a list item.
    """

    start: int
    end: int
    digits: str
    after_break: bool


# Subtracted from the form of a number with a break in it
_BREAK_PENALTY = 45


class Form(IntEnum):
    """Form of a number; its value is the likelihood of a CPR number."""

    NO_DATE = 40  # ten digits that do not begin with a date
    STRADDLING = 60  # a group of digits is of both the date and the last four digits
    LOST_ZERO = 80  # the first zero is missing, as a spreadsheet leaves it
    SHORT_DATE = 95  # with a day or a month of one digit
    DATE = 100
    CENTURY = 101  # with a year of four digits


class Spelling(NamedTuple):
    """A number made up of the groups `first` to before `last` of a chain, and its ten digits."""

    first: int
    last: int
    digits: str
    form: Form


class DigitChain:
    """Groups of digits with nothing but separators between them."""

    def __init__(self, groups: list[DigitGroup]) -> None:
        digits = [group.digits for group in groups]
        self.groups = groups
        self.digits = "".join(digits)
        # The offset in `digits` where each group begins, and its length
        self._offsets = [0, *accumulate(map(len, digits))]
        self._group_at = dict(zip(self._offsets, range(len(digits) + 1), strict=True))

    @property
    def start(self) -> int:
        return self.groups[0].start

    @property
    def end(self) -> int:
        return self.groups[-1].end

    def span(self, spelling: Spelling) -> tuple[int, int]:
        """Return where the spelling is in the text."""
        return self.groups[spelling.first].start, self.groups[spelling.last - 1].end

    def spellings_at(self, first: int) -> list[Spelling]:
        """Return the likely numbers that begin with the group `first` and end with a group."""
        offset = self._offsets[first]
        digits = self.digits[offset : offset + 12]
        ends = self._group_at
        spellings = []
        if last := ends.get(offset + 12):
            ten = without_century(digits)
            if ten:
                form = Form.CENTURY if last == first + 1 or offset + 8 in ends else Form.STRADDLING
                spellings.append(Spelling(first, last, ten, form))
        if last := ends.get(offset + 10):
            if not has_birth_date(digits):
                spellings.append(Spelling(first, last, digits[:10], Form.NO_DATE))
            elif last == first + 1 or offset + 6 in ends:
                spellings.append(Spelling(first, last, digits[:10], Form.DATE))
                return spellings
            else:
                spellings.append(Spelling(first, last, digits[:10], Form.STRADDLING))
        if self._ends_within(offset + 9, first) or self._ends_within(offset + 11, first):
            spellings += self._without_first_zero(first, digits)
        if first + 3 < len(self.groups) and len(self.groups[first + 2].digits) in (2, 4):
            spellings += self._single_digit_date(first)
        return spellings

    def _ends_within(self, offset: int, first: int) -> bool:
        """Return whether a group ends at `offset`, at most five from the group `first`."""
        return self._group_at.get(offset, first + 6) - first <= 5

    def _without_first_zero(self, first: int, digits: str) -> list[Spelling]:
        """Return the number whose first zero a spreadsheet left out, if there is one: nine or eleven digits.

        Eleven digits in one group are none: their first or last ten are as likely.
        """
        for length, serial, fewest in ((9, 5, 1), (11, 7, 2)):
            last = self._group_at.get(self._offsets[first] + length, 0)
            groups = last - first
            if fewest <= groups and (groups == 1 or self._offsets[first] + serial in self._group_at):
                ten = _ten_digits(f"0{digits[:length]}")
                if ten:
                    return [Spelling(first, last, ten, Form.LOST_ZERO)]
        return []

    def _single_digit_date(self, first: int) -> list[Spelling]:
        """Return the number that begins with a date such as "1.2.03" or "1/12 1903", if there is one."""
        offset = self._offsets[first + 3]
        last = self._group_at.get(offset + 4)
        day, month, year = (group.digits for group in self.groups[first : first + 3])
        if last is None or len(day + month) > 3:
            return []
        ten = _ten_digits(day.zfill(2) + month.zfill(2) + year + self.digits[offset : offset + 4])
        return [Spelling(first, last, ten, Form.SHORT_DATE)] if ten else []

    def is_usual(self, spelling: Spelling) -> bool:
        """Return whether the spelling has groups of ten, or of six and four digits."""
        first, last = spelling.first, spelling.last
        return len(self.groups[last - 1].digits) == {1: 10, 2: 4}.get(last - first)

    def best_spellings(self, accepts: Callable[[Spelling], bool]) -> list[Spelling]:
        """Return the accepted spellings, none over another, that together are the most likely."""
        count = len(self.groups)
        breaks = [0, *accumulate(group.after_break for group in self.groups)]
        score = [0] * (count + 1)
        choice: list[Spelling | None] = [None] * count
        for first in range(count - 1, -1, -1):
            score[first] = score[first + 1]
            for spelling in self.spellings_at(first):
                total = spelling.form + score[spelling.last]
                if breaks[first + 1] != breaks[spelling.last]:
                    total -= _BREAK_PENALTY
                if total >= score[first] and accepts(spelling):
                    score[first], choice[first] = total, spelling
        spellings = []
        first = 0
        while first < count:
            best = choice[first]
            if best:
                spellings.append(best)
            first = best.last if best else first + 1
        return spellings


def _ten_digits(digits: str) -> str | None:
    """Return the ten digits of a number whose year has two or four digits, or None if it has no date."""
    if len(digits) == 12:
        return without_century(digits)
    return digits if has_birth_date(digits) else None


def digit_chains(
    text: str, start: int = 0, end: int | None = None, fewest: int = FEWEST_DIGITS
) -> Iterator[DigitChain]:
    """Yield the chains of digit groups in `text[start:end]` with at least `fewest` digits. Linear time."""
    groups: list[DigitGroup] = []
    count = previous_end = 0
    after_month = False
    for match in _GROUP.finditer(text, start, len(text) if end is None else end):
        group_start, group_end = match.span()
        gap = text[previous_end : min(group_start, previous_end + _LONGEST_GAP + 1)]
        if groups and gap not in _SIMPLE_GAPS and not _GAP.fullmatch(gap):
            if count >= fewest:
                yield DigitChain(groups)
            groups = []
            count = 0
        digits = match[0]
        is_month = not digits.isdigit() and digits[:3].lower() in _MONTHS
        after_break = bool(groups) and not is_month and not after_month and _is_break(gap)
        if is_month:
            digits = f"{_MONTHS.index(digits[:3].lower()) + 1:02}"
        groups.append(DigitGroup(group_start, group_end, digits.translate(_MISREAD), after_break))
        count += len(digits)
        previous_end, after_month = group_end, is_month
    if count >= fewest:
        yield DigitChain(groups)


def _is_break(gap: str) -> bool:
    return gap not in _WITHIN_NUMBER and bool(_BREAK.search(gap))


def canonical_digits(text: str) -> str:
    """Return the ten digits of the one number that `text` spells, otherwise all its digits."""
    if len(text) == 10 and text.isascii() and text.isdigit():
        return text
    folded = fold(text)
    chains = list(digit_chains(folded.text if folded else text, fewest=1))
    if len(chains) == 1:
        chain = chains[0]
        spellings = [spelling for spelling in chain.spellings_at(0) if spelling.last == len(chain.groups)]
        if spellings:
            return max(spellings, key=lambda spelling: spelling.form).digits
    return "".join(chain.digits for chain in chains)


def spelled_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield every place of `text` where whole groups of digits spell a number, whatever it is."""
    for chain in digit_chains(text):
        for first in range(len(chain.groups)):
            for spelling in chain.spellings_at(first):
                yield chain.span(spelling)
