"""Keyed fingerprints of redacted numbers and passages, to find them again without storing them.

Without the key nobody can try all CPR numbers against them.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Container, Iterable
from typing import NamedTuple

from minutes.privacy.cpr import find_cpr_numbers, written_like_cpr_numbers
from minutes.privacy.letters import Letters, end_of_whole_words, letters_of, spelling_of
from minutes.privacy.masks import PASSAGE_MASK, Span, mask_spans
from minutes.privacy.spellings import canonical_digits

# BLAKE2b takes no longer key.
_KEY_BYTES = range(16, 65)
# Letters on either side of a place that identify it among others with the same words.
_SURROUNDING_LETTERS = 24


class Surroundings(NamedTuple):
    """Words and the letters around them: the number before, the number in all, and the fingerprint of all."""

    before: int
    letters: int
    fingerprint: str


class Passage(NamedTuple):
    """A redacted passage: its number of letters and the fingerprint of them.

    With `whole_words`, it is not found as a part of longer words, nor in the surroundings of `exceptions`.
    """

    letters: int
    fingerprint: str
    whole_words: bool = False
    exceptions: frozenset[Surroundings] = frozenset()


class WordMatch(NamedTuple):
    """A place of words in a text: their span, and the fingerprint of their surroundings."""

    start: int
    end: int
    surroundings: Surroundings


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
        letters = letters_of(text).letters
        if not letters:
            raise ValueError("The passage has no letters.")
        return Passage(len(letters), self._digest(letters, b"passage"))

    def find_passages(self, text: str, passages: Iterable[Passage]) -> list[Span]:
        """Return where one of the `passages` is in `text`, however it is broken, in order.

        A span goes from the passage's first letter, which begins a word, to its last; spans may overlap.
        Costs the text's words times the distinct numbers of letters, a digest of so many letters each.
        """
        wanted: defaultdict[int, defaultdict[str, list[Passage]]] = defaultdict(lambda: defaultdict(list))
        for passage in passages:
            wanted[passage.letters][passage.fingerprint].append(passage)
        letters = letters_of(text)
        counts = sorted(count for count in wanted if count > 0)
        spans = []
        for start in letters.word_starts:
            for count in counts:
                if count <= len(letters.letters) - start:
                    digest = self._digest(letters.letters[start : start + count], b"passage")
                    # Without an entry for each digest of the text.
                    for passage in wanted[count].get(digest, ()):
                        spans += self._span_of(text, letters, start, passage)
        return spans

    def find_words(self, text: str, words: str) -> list[WordMatch]:
        """Return where `words` are in `text` as whole words, also in the genitive and however broken."""
        wanted = letters_of(words).letters
        if not wanted or not spelling_of(words).search(text):
            return []
        matches: list[WordMatch] = []
        letters = letters_of(text)
        starts = set(letters.word_starts)
        start = letters.letters.find(wanted)
        while start >= 0:
            span = _span_of_words(text, letters, start, len(wanted)) if start in starts else None
            if span:
                matches.append(WordMatch(*span, self._surroundings(letters, start, len(wanted))))
            start = letters.letters.find(wanted, start + 1)
        return matches

    def exceptions_after_masking(
        self, text: str, words: str, exceptions: Collection[Surroundings]
    ) -> frozenset[Surroundings]:
        """Return the surroundings of the `exceptions` in `text` when the other places are masked."""
        matches = self.find_words(text, words)
        masked = [match for match in matches if match.surroundings not in exceptions]
        if not masked or len(masked) == len(matches):
            return frozenset()
        text = mask_spans(text, [(match.start, match.end) for match in masked], PASSAGE_MASK)
        return frozenset(match.surroundings for match in self.find_words(text, words))

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

    def _span_of(self, text: str, letters: Letters, start: int, passage: Passage) -> list[Span]:
        """Return the span of a passage whose letters begin at index `start`, unless it is not meant."""
        if not passage.whole_words:
            return [(letters.offsets[start], letters.offsets[start + passage.letters - 1] + 1)]
        span = _span_of_words(text, letters, start, passage.letters)
        if span is None:
            return []
        is_exception = passage.exceptions and (
            self._surroundings(letters, start, passage.letters) in passage.exceptions
        )
        return [] if is_exception else [span]

    def _surroundings(self, letters: Letters, start: int, count: int) -> Surroundings:
        before = min(start, _SURROUNDING_LETTERS)
        around = letters.letters[start - before : start + count + _SURROUNDING_LETTERS]
        return Surroundings(before, len(around), self._digest(around, b"surroundings"))

    def _digest(self, letters: str, person: bytes) -> str:
        content = letters.encode("utf-8", "surrogatepass")
        return hashlib.blake2b(content, key=self._key, digest_size=16, person=person).hexdigest()


def _span_of_words(text: str, letters: Letters, start: int, count: int) -> Span | None:
    first, last = letters.offsets[start], letters.offsets[start + count - 1]
    end = end_of_whole_words(text, first, last)
    return None if end is None else (first, end)
