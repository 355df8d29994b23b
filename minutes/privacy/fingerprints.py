"""Keyed fingerprints of redacted numbers and passages, to find them again without storing them.

Without the key nobody can try all CPR numbers against them.
"""

import hashlib
from collections import defaultdict
from collections.abc import Container, Iterable
from typing import NamedTuple

from minutes.privacy.cpr import find_cpr_numbers, written_like_cpr_numbers
from minutes.privacy.masks import Span
from minutes.privacy.spellings import canonical_digits

# BLAKE2b takes no longer key.
_KEY_BYTES = range(16, 65)


class Passage(NamedTuple):
    """A redacted passage: its number of letters and the fingerprint of them."""

    letters: int
    fingerprint: str


class _Letters(NamedTuple):
    """The letters of a text, the offset of each in it, and the indexes of those that begin a word."""

    letters: str
    offsets: list[int]
    word_starts: list[int]


class Fingerprints:
    """Computes fingerprints, 32 hexadecimal digits, with a secret key, and searches texts for them.

    ValueError for a key of less than 16 or more than 64 bytes.
    """

    def __init__(self, key: bytes) -> None:
        if len(key) not in _KEY_BYTES:
            raise ValueError("A key has 16 to 64 bytes.")
        self._key = key

    def of_number(self, text: str) -> str:
        """Return the fingerprint of a CPR number: the same for every spelling of it.

        That of several numbers in one run of digits is of all its digits. ValueError for less than ten.
        """
        digits = canonical_digits(text)
        if len(digits) < 10:
            raise ValueError("A CPR number has ten digits.")
        return self._digest(digits, b"number")

    def of_passage(self, text: str) -> Passage:
        """Return the fingerprint of a passage's letters: its alphanumeric characters, casefolded.

        Line breaks, hyphens, spaces and capitals do not matter. ValueError for a passage without letters.
        """
        letters = _letters(text).letters
        if not letters:
            raise ValueError("The passage has no letters.")
        return Passage(len(letters), self._digest(letters, b"passage"))

    def find_passages(self, text: str, passages: Iterable[Passage]) -> list[Span]:
        """Return where one of the `passages` is in `text`, however it is broken, in order.

        A span goes from the passage's first letter, which begins a word, to its last; spans may overlap.
        Costs the text's words times the distinct numbers of letters, a digest of so many letters each.
        """
        wanted: defaultdict[int, set[str]] = defaultdict(set)
        for passage in passages:
            wanted[passage.letters].add(passage.fingerprint)
        letters, offsets, word_starts = _letters(text)
        return [
            (offsets[start], offsets[start + count - 1] + 1)
            for start in word_starts
            for count in sorted(wanted)
            if 0 < count <= len(letters) - start
            and self._digest(letters[start : start + count], b"passage") in wanted[count]
        ]

    def find_numbers(self, text: str, fingerprints: Container[str]) -> list[Span]:
        """Return where a number with one of the `fingerprints` is in `text`, in order; spans may overlap.

        A number is found in all its spellings, whatever its label or its neighbours say; matches of several
        numbers in one run of digits are found as a whole.
        """
        is_wanted: dict[str, bool] = {}
        spans = sorted({*written_like_cpr_numbers(text), *find_cpr_numbers(text)})
        for start, end in spans:
            number = text[start:end]
            if number not in is_wanted:
                is_wanted[number] = self.of_number(number) in fingerprints
        return [(start, end) for start, end in spans if is_wanted[text[start:end]]]

    def _digest(self, letters: str, person: bytes) -> str:
        content = letters.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(content, key=self._key, digest_size=16, person=person).hexdigest()


def _letters(text: str) -> _Letters:
    letters: list[str] = []
    offsets: list[int] = []
    word_starts: list[int] = []
    in_word = False
    for offset, character in enumerate(text):
        if not character.isalnum():
            in_word = False
            continue
        if not in_word:
            word_starts.append(len(letters))
        in_word = True
        # One character can fold to several: "ß" to "ss".
        for letter in character.casefold():
            letters.append(letter)
            offsets.append(offset)
    return _Letters("".join(letters), offsets, word_starts)
