"""Masks: characters of equal number that replace parts of a text."""

import re
from collections.abc import Iterable

Span = tuple[int, int]
"""A half-open range of characters."""

CPR_MASK = "█"
"""Replaces each character of a CPR number."""

PASSAGE_MASK = "▓"
"""Replaces each character of any other redacted passage."""

# "███████████", also "███████\n████" and "███████████ ███████████"
_CPR_MASKS = re.compile(rf"{CPR_MASK}(?: *(?:\n *)?{CPR_MASK})*")
# "▓▓▓▓▓▓▓\n▓▓▓▓\n\n▓▓▓▓"
_PASSAGE_MASKS = re.compile(rf"{PASSAGE_MASK}(?:\s*{PASSAGE_MASK})*")


def mask_spans(text: str, spans: Iterable[Span], mask: str) -> str:
    """Return `text` with the character `mask` over the `spans`: of the same length, line ends unchanged.

    The spans may overlap, come in any order and exceed the text; an empty one masks nothing.
    ValueError unless `mask` is a single character.
    """
    if len(mask) != 1:
        raise ValueError("A mask is a single character.")
    pieces: list[str] = []
    position = 0
    for span_start, span_end in sorted(spans):
        start, end = max(span_start, position), min(span_end, len(text))
        if start < end:
            pieces.append(text[position:start])
            pieces.append("\n".join(mask * len(line) for line in text[start:end].split("\n")))
            position = end
    return "".join((*pieces, text[position:]))


def replace_masks(text: str) -> str:
    """Return `text` as a reader sees it: words in brackets for each run of masks.

    A run of `CPR_MASK` continues over spaces and one line end, one of `PASSAGE_MASK` over any white space.
    """
    if CPR_MASK in text:
        text = _CPR_MASKS.sub("[CPR-nummer fjernet]", text)
    if PASSAGE_MASK in text:
        text = _PASSAGE_MASKS.sub("[Fjernet]", text)
    return text
