"""Masks over places of a text, as long as what they cover, and what a reader sees instead of them."""

import re
from collections.abc import Iterable

Span = tuple[int, int]
"""A half-open range of characters."""

CPR_MASK = "█"
"""Stands for each character of a personal number."""

PASSAGE_MASK = "▓"
"""Stands for each character of any other covered passage."""

# "███████████", also "███████\n████" and "███████████ ███████████"
_NUMBERS = re.compile(rf"{CPR_MASK}(?: *(?:\n *)?{CPR_MASK})*")
# "▓▓▓▓▓▓▓\n▓▓▓▓\n\n▓▓▓▓"
_PASSAGES = re.compile(rf"{PASSAGE_MASK}(?:\s*{PASSAGE_MASK})*")


def mask_spans(text: str, spans: Iterable[Span], character: str) -> str:
    """`text` with `character` over the `spans`: of the same length, every line end ("\\n") kept.

    The spans may overlap, stand in any order and reach out of the text; an empty one covers nothing.
    ValueError unless `character` is a single one.
    """
    if len(character) != 1:
        raise ValueError("A mask is a single character.")
    pieces: list[str] = []
    done = 0
    for start, end in sorted(spans):
        start, end = max(start, done), min(end, len(text))
        if start < end:
            pieces.append(text[done:start])
            pieces.append("\n".join(character * len(line) for line in text[start:end].split("\n")))
            done = end
    return "".join((*pieces, text[done:]))


def replace_masks(text: str) -> str:
    """`text` as a reader sees it: words in brackets for each run of masks, all else untouched.

    A run of `CPR_MASK` goes on over spaces and a single line end, one of `PASSAGE_MASK` over any white space.
    """
    if CPR_MASK in text:
        text = _NUMBERS.sub("[CPR-nummer fjernet]", text)
    if PASSAGE_MASK in text:
        text = _PASSAGES.sub("[Fjernet]", text)
    return text
