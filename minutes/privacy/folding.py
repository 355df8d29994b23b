"""A text with its Unicode digits as ASCII digits and without its invisible characters."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from minutes.privacy.masks import Span

# Everything but the letters, spaces, punctuation and symbols that folding never changes.
_FOLDABLE = re.compile(
    r"[^\t-\r\x20-\x7e\u00a0-\u00ac\u00ae-\u017f\u2000-\u200a\u2010-\u2029\u202f-\u205f\u20a0-\u20bf\u2190-\u25ff]"
)
# Combining marks, and format characters: zero-width spaces, soft hyphens, direction marks.
_INVISIBLE = frozenset({"Mn", "Me", "Cf"})


class FoldedText(NamedTuple):
    """A folded text; `offsets` are those of its characters in the original, None if they are the same."""

    text: str
    offsets: list[int] | None

    def original_span(self, span: Span) -> Span:
        """Return the span of the original text that a non-empty `span` of the folded text came from."""
        if self.offsets is None:
            return span
        start, end = span
        return self.offsets[start], self.offsets[end - 1] + 1


def fold(text: str) -> FoldedText | None:
    """Return `text` folded, or None if folding changes nothing. Linear time."""
    if not _FOLDABLE.search(text):
        return None
    folded = {character: _fold_character(character) for character in set(text)}
    changed = {ord(character): new for character, new in folded.items() if new != character}
    if not changed:
        return None
    offsets = None
    if "" in changed.values():
        offsets = [offset for offset, character in enumerate(text) if folded[character]]
    return FoldedText(text.translate(changed), offsets)


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    category = unicodedata.category(character)
    if category in _INVISIBLE or (category == "Cc" and not character.isspace()):
        return ""
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    # "Ｃ" to "C"; what becomes several characters, as "½", stays.
    compatible = unicodedata.normalize("NFKC", character)
    return compatible if len(compatible) == 1 else character
