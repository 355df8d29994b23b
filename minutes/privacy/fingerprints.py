"""Fingerprints of what was covered, by which it is known again when it comes in anew.

They are keyed, so that nobody can try all ten-digit numbers without the key.
"""

import hashlib
from collections import defaultdict
from collections.abc import Container, Iterable
from typing import NamedTuple

from minutes.privacy.cpr import find_cpr_numbers, ten_digits
from minutes.privacy.masks import Span

# BLAKE2b takes no longer key.
_KEY_BYTES = range(16, 65)


class Passage(NamedTuple):
    """A passage that is known again: how many letters it has, and the fingerprint of them."""

    letters: int
    fingerprint: str


class _Letters(NamedTuple):
    """The letters of a text, where each stands in it, and those that begin a word."""

    letters: str
    places: list[int]
    word_starts: list[int]


class Fingerprints:
    """Makes fingerprints, 32 hexadecimal digits, with a secret key, and finds what they are of.

    ValueError for a key of less than 16 or more than 64 bytes.
    """

    def __init__(self, key: bytes) -> None:
        if len(key) not in _KEY_BYTES:
            raise ValueError("A key has 16 to 64 bytes.")
        self._key = key

    def of_number(self, text: str) -> str:
        """The fingerprint of a personal number: of its digits alone, whatever separates them.

        A hit of several numbers in one run of digits has one of all its digits. ValueError for less than ten.
        """
        digits = "".join(each for each in text if each in "0123456789")
        if len(digits) < 10:
            raise ValueError("A personal number has ten digits.")
        return self._digest(digits, b"number")

    def of_passage(self, text: str) -> Passage:
        """The fingerprint of a passage's letters: its alphanumeric characters, casefolded.

        Line breaks, hyphens, spaces and capitals do not matter. ValueError for a passage without letters.
        """
        letters = _letters(text).letters
        if not letters:
            raise ValueError("The passage has no letters.")
        return Passage(len(letters), self._digest(letters, b"passage"))

    def find_passages(self, text: str, passages: Iterable[Passage]) -> list[Span]:
        """Every place in `text` where one of the `passages` stands, however it is broken, in order.

        A place goes from its first letter, which begins a word, to its last; places may overlap. Costs the
        text's words times the distinct numbers of letters, a digest of so many letters each.
        """
        wanted: defaultdict[int, set[str]] = defaultdict(set)
        for passage in passages:
            wanted[passage.letters].add(passage.fingerprint)
        letters, places, word_starts = _letters(text)
        return [
            (places[start], places[start + count - 1] + 1)
            for start in word_starts
            for count in sorted(wanted)
            if 0 < count <= len(letters) - start
            and self._digest(letters[start : start + count], b"passage") in wanted[count]
        ]

    def find_numbers(self, text: str, fingerprints: Container[str]) -> list[Span]:
        """Every place in `text` of a number with one of the `fingerprints`, in order; places may overlap.

        A number is found wherever ten digits are written as one, whatever its label or its neighbours say;
        hits of several numbers in one run of digits are found as a whole. At most two digests a digit.
        """
        places = {*ten_digits(text), *find_cpr_numbers(text)}
        return [
            (start, end) for start, end in sorted(places) if self.of_number(text[start:end]) in fingerprints
        ]

    def _digest(self, letters: str, person: bytes) -> str:
        content = letters.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(content, key=self._key, digest_size=16, person=person).hexdigest()


def _letters(text: str) -> _Letters:
    letters: list[str] = []
    places: list[int] = []
    word_starts: list[int] = []
    in_word = False
    for place, character in enumerate(text):
        if not character.isalnum():
            in_word = False
            continue
        if not in_word:
            word_starts.append(len(letters))
        in_word = True
        # One character can fold to several: "ß" to "ss".
        for letter in character.casefold():
            letters.append(letter)
            places.append(place)
    return _Letters("".join(letters), places, word_starts)
