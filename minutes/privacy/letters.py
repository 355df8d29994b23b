"""The letters of a text without what is between them, and where whole words end."""

import re
from functools import lru_cache
from typing import NamedTuple

_HYPHENS = "-\u2010\u2011"
# Alphanumeric characters, as `str.isalnum` has them.
_WORD = re.compile(r"[^\W_]+")
_SOFT_HYPHEN = "\u00ad"
# "s", "'s", "’"
_GENITIVE = re.compile(r"(?:['’´`]?[sS]|['’´`])(?!\w)")


class Letters(NamedTuple):
    """The letters of a text, the offset of each in it, and the indexes of those that begin a word."""

    letters: str
    offsets: list[int]
    word_starts: list[int]


def letters_of(text: str) -> Letters:
    """Return the alphanumeric characters of `text`, casefolded."""
    letters: list[str] = []
    offsets: list[int] = []
    word_starts: list[int] = []
    for word in _WORD.finditer(text):
        word_starts.append(len(offsets))
        folded = word[0].casefold()
        if len(folded) == len(word[0]):
            letters.append(folded)
            offsets.extend(range(word.start(), word.end()))
            continue
        # One character can fold to several: "ß" to "ss".
        for offset, character in enumerate(word[0], start=word.start()):
            for letter in character.casefold():
                letters.append(letter)
                offsets.append(offset)
    return Letters("".join(letters), offsets, word_starts)


@lru_cache(maxsize=64)
def spelling_of(words: str) -> re.Pattern[str]:
    """Return a pattern of the letters of `words`, however broken; less strict than `letters_of`."""
    letters = (letter for letter in words if letter.isalnum())
    return re.compile(r"[\W_]*".join(map(re.escape, letters)), re.IGNORECASE)


def end_of_whole_words(text: str, start: int, last: int) -> int | None:
    """Return where the words end that begin at `start` and whose last letter is at `last`.

    A genitive ending belongs to them: "Hansens", "Hansen's". None if they are a part of a longer word or
    name: "Hansensvej", "Hansen-Jensen", "Hans-Peter" for "Peter".
    """
    if start and text[start - 1] in _HYPHENS + _SOFT_HYPHEN and text[max(start - 2, 0)].isalnum():
        return None
    genitive = _GENITIVE.match(text, last + 1)
    end = genitive.end() if genitive else last + 1
    following, after_it = text[end : end + 1], text[end + 1 : end + 2]
    if following.isalnum() or (following == _SOFT_HYPHEN and after_it.isalnum()):
        return None
    if following and following in _HYPHENS and after_it.isupper():
        return None
    return end
