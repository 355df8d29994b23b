"""Labels and headings of the vocabulary wherever they are in a text, and the rows they are in."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from minutes.reader.words import WORDS
from minutes.vocabulary import SectionKind

HEADINGS = frozenset(phrase for phrases in WORDS.headings.values() for phrase in phrases)
WEAK = frozenset(phrase for phrases in WORDS.weak_headings.values() for phrase in phrases)
# Headings that are also names of departments or plain nouns of a sentence.
AMBIGUOUS = WEAK | frozenset(WORDS.pages.ambiguous_headings)
# Headings that have their list on the same line.
LISTS = frozenset((*WORDS.headings[SectionKind.ABSENT], *WORDS.headings[SectionKind.CONTACTS]))
LABELS = frozenset(phrase for phrases in WORDS.header.labels.values() for phrase in phrases)
# Labels that count only with a colon.
WANT_COLON = frozenset((*WORDS.header.want_colon, *WORDS.pages.flat_labels))
TITLES = frozenset({"referat", "dagsorden", "beslutningsprotokol", "indholdsfortegnelse", "mødereferat"})
_CAPITALISED = re.compile("[A-ZÆØÅ](?:[a-zæøåé]+|[A-ZÆØÅÉ]+(?![a-zæøåé]))")
_FIRST_WORD = re.compile("[a-zæøåé]+")
_WORD_GOES_ON = frozenset("abcdefghijklmnopqrstuvwxyzæøåé-/_")


class Row(NamedTuple):
    """A line as printed: text[start:end]. `gap` when an empty line was probably above it.

    `listed` when it is an entry of a contents list whose titles come again. `cell`: it begins an "item" or
    a "decision" in a table. `separator` replaces the bars within the row of a table.
    """

    start: int
    end: int
    gap: bool = False
    furniture: bool = False
    listed: bool = False
    cell: str = ""
    separator: str = ""


class Phrase(NamedTuple):
    """A label or heading in a text, and its words in lower case."""

    start: int
    end: int
    words: str


def _by_first_word(phrases: Iterable[str]) -> dict[str, list[str]]:
    """Return the phrases by their first word, the longest first."""
    by_word: dict[str, list[str]] = {}
    for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)):
        if first := _FIRST_WORD.match(phrase):
            by_word.setdefault(first[0], []).append(phrase)
    return by_word


_PHRASES = _by_first_word(HEADINGS | WEAK | LABELS | WANT_COLON | TITLES)


def phrases_by_row(text: str, rows: Sequence[Row]) -> dict[int, list[Phrase]]:
    """Return the capitalised labels and headings in `text` by the number of their row, in order."""
    by_row: dict[int, list[Phrase]] = {}
    number = done = 0
    for match in _CAPITALISED.finditer(text):
        start = match.start()
        candidates = _PHRASES.get(match[0].lower())
        if candidates is None or start < done or (start and text[start - 1] in "-/"):
            continue
        for words in candidates:
            end = start + len(words)
            after = text[end : end + 1]
            if text[start:end].lower() != words or after in _WORD_GOES_ON:
                continue
            if match[0].isupper() and after.isupper() and not text[end + 1 : end + 2].islower():
                continue
            while rows[number].end < end:
                number += 1
            if rows[number].start <= start:
                by_row.setdefault(number, []).append(Phrase(start, end, words))
                done = end
            break
    return by_row
