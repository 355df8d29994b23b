"""Split Danish compounds: "kommuneplan" into "kommune" and "plan".

A part must be a word that can occur in that place. Linking letters (s and e) are known, and `lexicon.toml`
lists what looks like a part but is none.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from minutes.search.dictionary import listed_lemma
from minutes.search.lexicon import (
    AFTER_S,
    LINKED,
    LINKING_S,
    NEVER_FIRST,
    NEVER_LAST,
    NO_COMPOUNDS,
    PREFIXES,
    SHORT_PARTS,
    STOP_WORDS,
)

# Letters of a part, unless it is one of SHORT_PARTS.
MIN_PART_LENGTH = 4
_MIN_LENGTH_AFTER_PREFIX = 6
# Words up to this length are not split any further when they are parts themselves.
_MAX_UNSPLIT_PART_LENGTH = 6
_VOWELS = frozenset("aeiouyæøå")


class LastPart(NamedTuple):
    """A compound split before its longest known last part: "kommuneplaner" is "kommune" and "planer"."""

    head: str
    tail: str
    tail_lemma: str

    @property
    def lemma(self) -> str:
        """The lemma of the whole compound."""
        return self.head + self.tail_lemma


class PartialSplit(NamedTuple):
    """A word split in two of which only one half is known, the first if `head_known`."""

    head: str
    tail: str
    head_known: bool

    @property
    def known_length(self) -> int:
        return len(self.head if self.head_known else self.tail)


def can_be_compound(head: str, tail: str) -> bool:
    """Return whether the two words can form a compound."""
    return bool(last_part(tail) and first_part(head))


def split_last_part(word: str) -> LastPart | None:
    """Split a word before its longest known last part; the rest need not be known, but has a vowel."""
    for at in range(3, len(word) - 3):
        tail_lemma = last_part(word[at:])
        if tail_lemma and not _VOWELS.isdisjoint(word[:at]):
            return LastPart(word[:at], word[at:], tail_lemma)
    return None


def relinked(word: str) -> Iterator[str]:
    """Yield a compound with a linking s added at its joint, or removed: "kvalitetsstandard"."""
    for at in range(3, len(word) - 3):
        head, tail = word[:at], word[at:]
        if can_be_compound(head, tail):
            yield head[:-1] + tail if head.endswith("s") else f"{head}s{tail}"


def partial_splits(word: str, min_length: int) -> list[PartialSplit]:
    """Return the splits of which one half is known and the other has more than `min_length` letters.

    The longest known halves come first.
    """
    splits = []
    for at in range(3, len(word) - 2):
        head, tail = word[:at], word[at:]
        head_known = bool(first_part(head))
        if head_known != bool(last_part(tail)) and len(tail if head_known else head) > min_length:
            splits.append(PartialSplit(head, tail, head_known))
    return sorted(splits, key=lambda split: -split.known_length)


def part_lemmas(word: str, *, unknown: bool = False) -> set[str]:
    """Return the lemmas of all parts of a compound, at every depth.

    An `unknown` word without known parts is split into a name and a word, as "Limbakkeskolen" is.
    """
    lemmas: set[str] = set()
    if word in NO_COMPOUNDS:
        return lemmas
    name_and_word: tuple[str, str] | None = None
    for at in range(2, len(word) - 2):
        head, tail = word[:at], word[at:]
        last = tail if tail in AFTER_S and head.endswith("s") else last_part(tail)
        if not last or (tail[0] == "s" and head.endswith(LINKING_S)):
            continue
        first = first_part(head)
        if first:
            lemmas |= {first, last} | _nested_part_lemmas(head) | _nested_part_lemmas(tail)
        elif head in PREFIXES and len(tail) >= _MIN_LENGTH_AFTER_PREFIX:
            lemmas |= {last} | _nested_part_lemmas(tail)
        elif name_and_word is None and at >= MIN_PART_LENGTH and len(tail) > MIN_PART_LENGTH:
            name_and_word = (head, last)
    return lemmas or set(name_and_word or ()) if unknown else lemmas


@lru_cache(maxsize=200_000)
def _nested_part_lemmas(part: str) -> frozenset[str]:
    return frozenset(part_lemmas(part)) if len(part) > _MAX_UNSPLIT_PART_LENGTH else frozenset()


@lru_cache(maxsize=200_000)
def last_part(tail: str) -> str | None:
    """Return the lemma of `tail` if it can be the last part of a compound."""
    if tail in NEVER_LAST or tail in STOP_WORDS or not _VOWELS.intersection(tail):
        return None
    lemma = listed_lemma(tail)
    if lemma is None and tail.endswith("s"):
        lemma = listed_lemma(tail[:-1])
    return lemma if lemma and lemma not in NEVER_LAST and _is_long_enough(lemma) else None


@lru_cache(maxsize=200_000)
def first_part(head: str) -> str | None:
    """Return the lemma of `head` if it can be a compound's first part, with or without a linking s or e."""
    if head in NEVER_FIRST or not _VOWELS.intersection(head):
        return None
    if head in LINKED:
        return LINKED[head]
    if head.endswith("s") and head[:-1] in LINKED and listed_lemma(head) is None:
        return LINKED[head[:-1]]
    lemma = _first_part_lemma(head)
    return lemma if lemma and lemma not in NEVER_FIRST and _is_long_enough(lemma) else None


def _first_part_lemma(head: str) -> str | None:
    lemma = listed_lemma(head)
    if lemma is not None:
        return lemma
    if head.endswith("s"):
        unlinked = head[:-1]
        lemma = listed_lemma(unlinked)
        return _compound_lemma(unlinked) if lemma is None and unlinked not in NEVER_FIRST else lemma
    if head.endswith("e") and len(head) > MIN_PART_LENGTH:
        lemma = listed_lemma(head[:-1])
    return _compound_lemma(head) if lemma is None else lemma


def _compound_lemma(word: str) -> str | None:
    """Return the lemma of an unlisted compound that is the first part of a longer one."""
    for at in range(4, len(word) - 3):
        last = last_part(word[at:])
        if last and first_part(word[:at]):
            return word[:at] + last
    return None


def _is_long_enough(lemma: str) -> bool:
    return len(lemma) >= MIN_PART_LENGTH or lemma in SHORT_PARTS
