"""CPR numbers in a text: where they are, and masks over them.

The check digit (modulus 11) says nothing: since 2007 numbers are given out that fail it. See `unlabelled` and
`labelled` for what counts as a number.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from minutes.privacy.folding import FoldedText, fold
from minutes.privacy.labelled import labelled_numbers
from minutes.privacy.masks import CPR_MASK, Span, mask_spans
from minutes.privacy.spellings import digit_chains, spelled_numbers
from minutes.privacy.unlabelled import SEPARATOR, unlabelled_numbers

# One more than needed by all but unusual texts
_PASSES = 3
# "990203-1234", also from any digit of a longer run, whether it begins with a date or not
_SIX_AND_FOUR = re.compile(rf"\d(?=\d{{5}}{SEPARATOR}(?P<last>\d{{4}}))", re.ASCII)

# Fewest digits of a part of a number that continues on the next page
_FEWEST_OF_PART = 4


class CprMatch(NamedTuple):
    """A possible CPR number: a half-open range of characters."""

    start: int
    end: int


def find_cpr_numbers(text: str) -> Iterator[CprMatch]:
    """Yield every possible CPR number in `text`, in order, none over another.

    What is left when they are masked is searched again, since it may now look otherwise; in anything but a
    chain of many numbers there is then none left. Linear time.
    """
    matches: list[Span] = []
    for _pass in range(_PASSES):
        count = len(matches)
        for find in (_labelled, _unlabelled):
            spans = _merged(find(text))
            matches += spans
            text = mask_spans(text, spans, CPR_MASK) if spans else text
        if len(matches) == count:
            break
    yield from (CprMatch(*span) for span in sorted(matches))


def mask_cpr_numbers(text: str) -> str:
    """Return `text` with every possible CPR number masked; of the same length, line ends unchanged."""
    return mask_spans(text, find_cpr_numbers(text), CPR_MASK)


def find_split_number(text: str, number: str) -> Iterator[CprMatch]:
    """Yield where `number` is in `text` in two parts, with the foot of a page between them, say.

    `number` is a number as `find_cpr_numbers` finds it where the parts were joined. Each part has at least
    four digits; there are at most 400 characters between them.
    """
    folded = fold(number) or FoldedText(number, None)
    groups = [group for chain in digit_chains(folded.text, fewest=1) for group in chain.groups]
    words = [number[slice(*folded.original_span((group.start, group.end)))] for group in groups]
    if len(words) == 1:
        words = [number[:6], number[6:]]
    for count in range(1, len(words)):
        parts = (words[:count], words[count:])
        if all(sum(map(len, part)) >= _FEWEST_OF_PART for part in parts):
            first, last = (r"[\W_]{0,80}".join(map(re.escape, part)) for part in parts)
            for match in re.finditer(rf"{first}.{{0,400}}?{last}", text, re.DOTALL):
                yield CprMatch(*match.span())


def written_like_cpr_numbers(text: str) -> Iterator[CprMatch]:
    """Yield every place in `text` that is written as a CPR number can be; they may overlap."""
    yield from (CprMatch(*span) for span in _in_text_and_folded(text, _six_and_four))
    yield from (CprMatch(*span) for span in _in_text_and_folded(text, spelled_numbers))


def _six_and_four(text: str) -> Iterator[Span]:
    return ((match.start(), match.end("last")) for match in _SIX_AND_FOUR.finditer(text))


def _labelled(text: str) -> Iterator[Span]:
    folded = fold(text)
    return map(folded.original_span, labelled_numbers(folded.text)) if folded else labelled_numbers(text)


def _unlabelled(text: str) -> Iterator[Span]:
    return _in_text_and_folded(text, unlabelled_numbers)


def _in_text_and_folded(text: str, find: Callable[[str], Iterable[Span]]) -> Iterator[Span]:
    """Yield what `find` finds in the text as it is, and in the folded text where folding changes it."""
    yield from find(text)
    folded = fold(text)
    if folded:
        yield from map(folded.original_span, find(folded.text))


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Return the spans in order, those that overlap as one."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
