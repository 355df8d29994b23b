"""Find the words of a text that match the terms of a query.

Reading a text word by word is slow, so it is done in steps, each only as far as needed: a regular expression
for the letters that most matches have in common, then the words between blanks, then words with hyphens.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from typing import NamedTuple

from minutes.search.compound_parts import compound_parts
from minutes.search.inflections import lemmas
from minutes.search.parsed_query import HighlightTerm
from minutes.search.tokenizer import CLOCK, lower_keeping_offsets, tokenize

# Characters that are searched at a time: most texts have their matches at the beginning.
_CHUNK_LENGTH = 2_000
# Words up to this length have all their letters in all inflections; longer ones may lose a final e.
MAX_INVARIANT_LENGTH = 4
_WORD = re.compile(r"[^\W\d_]+")
# A word with a hyphen and what may follow an open one: "børne- og ungeudvalget"
_HYPHENATED = re.compile(r"(?<!\S)[^\s-]*-\S*(?: \w+ \w+)?")


class MatchedTerm(NamedTuple):
    """The index of the term a word matches, and whether as a whole word rather than as part of a compound."""

    term: int
    whole: bool


class Match(NamedTuple):
    """A word of a text that matches a term, with its character offsets."""

    start: int
    end: int
    term: int
    whole: bool


class Hit(NamedTuple):
    """A match with the number of blanks before it in the text, by which distances are measured."""

    start: int
    end: int
    blanks: int
    term: int
    whole: bool


class _BlankCounter:
    """Counts the blanks before offsets of a text, which must be passed in increasing order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._blanks = self._offset = 0

    def before(self, offset: int) -> int:
        self._blanks += self._text.count(" ", self._offset, offset)
        self._blanks += self._text.count("\n", self._offset, offset)
        self._offset = max(self._offset, offset)
        return self._blanks


class Highlighter:
    """Matches texts against the terms of a query; every distinct word is compared only once."""

    def __init__(self, terms: Sequence[HighlightTerm]) -> None:
        self.term_count = len(terms)
        self._term_by_lemma = {lemma: index for index, term in enumerate(terms) for lemma in term.lemmas}
        self._lemmas = frozenset(self._term_by_lemma)
        self._prefixes = [(term.prefix, index) for index, term in enumerate(terms) if term.prefix]
        # Numbers, and "KL" (which may be the "kl." of a time of day), need the tokenizer.
        self._letters_only = CLOCK not in self._term_by_lemma and all(
            text.isalpha() for text in (*self._term_by_lemma, *dict(self._prefixes))
        )
        self._stem = self._stem_pattern() if self._letters_only else None
        self._matched_terms: dict[str, MatchedTerm | None] = {}
        # Strings between blanks seen so far, and the matching words of those that have any.
        self._seen: set[str] = set()
        self._matching_words: dict[str, list[str]] = {}

    def _stem_pattern(self) -> re.Pattern[str] | None:
        """Return a pattern of the letters that most inflections of the terms contain."""
        stems = {
            lemma.removesuffix("e") if len(lemma) > MAX_INVARIANT_LENGTH else lemma
            for lemma in self._term_by_lemma
        }
        stems |= dict(self._prefixes).keys()
        return re.compile("|".join(map(re.escape, sorted(stems)))) if stems and all(stems) else None

    def quick_hits(self, text: str) -> list[Hit]:
        """Return the matching words with the letters of a stem: not "bøger" for "bog"."""
        hits: list[Hit] = []
        if not self._stem:
            return hits
        lowered, blanks = lower_keeping_offsets(text), _BlankCounter(text)
        match = self._stem.search(lowered)
        while match:
            start, end = match.span()
            while start and lowered[start - 1].isalpha():
                start -= 1
            while end < len(lowered) and lowered[end].isalpha():
                end += 1
            if (matched := self._matched_term(lowered[start:end])) and _is_word(lowered, start, end):
                hits.append(Hit(start, end, blanks.before(start), *matched))
            match = self._stem.search(lowered, end)
        return hits

    def hits(self, text: str, missing: Set[int]) -> Iterator[tuple[int, list[Hit]]]:
        """Yield the hits of each chunk of the text, in order, with the offset where the chunk ends.

        Words with hyphens are only read in chunks where a `missing` term has no other match.
        """
        blanks = _BlankCounter(text)
        for start, stop in _chunks(text):
            hits = []
            for match in sorted(self._matches(text[start:stop], missing)):
                offset = start + match.start
                hits.append(Hit(offset, start + match.end, blanks.before(offset), match.term, match.whole))
            yield stop, hits

    def matches(self, text: str) -> Iterable[Match]:
        """Return all matches of a short text, in no particular order."""
        return self._matches(text, set(range(self.term_count)))

    def _matches(self, text: str, missing: Set[int]) -> Iterable[Match]:
        if not self._letters_only:
            return self._token_matches(text, 0, len(text))
        lowered = lower_keeping_offsets(text)
        matches = set(self._word_matches(lowered))
        if not missing <= {match.term for match in matches}:
            for hyphenated in _HYPHENATED.finditer(lowered):
                matches.update(self._token_matches(lowered, *hyphenated.span()))
        return matches

    def _word_matches(self, lowered: str) -> Iterator[Match]:
        """Yield the matches of words of letters only, without hyphens."""
        # Strings between blanks are compared first, as most of them occur many times, also in other texts.
        strings = set(lowered.split())
        is_disjoint, has_prefixes = self._lemmas.isdisjoint, bool(self._prefixes)
        for string in strings - self._seen:
            # The shortcut for the two thousand or so words of a page that match nothing.
            if (
                not has_prefixes
                and string.isalpha()
                and is_disjoint(lemmas(string))
                and is_disjoint(compound_parts(string))
            ):
                continue
            if matching := [word for word in _WORD.findall(string) if self._matched_term(word)]:
                self._matching_words[string] = matching
        self._seen |= strings
        matching_strings = strings & self._matching_words.keys()
        for word in {word for string in matching_strings for word in self._matching_words[string]}:
            matched = self._matched_term(word)
            start = lowered.find(word)
            while matched and start >= 0:
                end = start + len(word)
                if _is_word(lowered, start, end):
                    yield Match(start, end, *matched)
                start = lowered.find(word, end)

    def _token_matches(self, text: str, start: int, end: int) -> Iterator[Match]:
        for token in tokenize(text[start:end]):
            if matched := self._matched_term(token.text):
                yield Match(start + token.start, start + token.end, *matched)

    def _matched_term(self, word: str) -> MatchedTerm | None:
        if word not in self._matched_terms:
            self._matched_terms[word] = self._compare(word)
        return self._matched_terms[word]

    def _compare(self, word: str) -> MatchedTerm | None:
        for lemma in lemmas(word):
            if lemma in self._term_by_lemma:
                return MatchedTerm(self._term_by_lemma[lemma], whole=True)
        for prefix, index in self._prefixes:
            if word.startswith(prefix):
                return MatchedTerm(index, whole=False)
        for part in compound_parts(word):
            if part in self._term_by_lemma:
                return MatchedTerm(self._term_by_lemma[part], whole=False)
        return None


def _is_word(text: str, start: int, end: int) -> bool:
    """Return whether no letter or digit is adjacent to the span."""
    return not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum())


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of consecutive chunks, which end after a blank where there is one."""
    start = 0
    while start < len(text):
        stop = start + _CHUNK_LENGTH
        if stop < len(text):
            stop = max(text.rfind("\n", start, stop), text.rfind(" ", start, stop)) + 1 or stop
        yield start, min(stop, len(text))
        start = stop
