"""The passage of a hit that shows why it is one: marked, and safe to print."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from minutes.privacy import shown
from minutes.search.tree import Asked, Term
from minutes.search.words import Word, forms, lowered, normal, parts, words

# Characters of a text that a passage is looked for in.
_LONGEST = 60_000
# Words of a passage, and of the two of which the second shows what the first does not.
_WORDS, _WORDS_OF_TWO = 30, 18
_BEFORE = 6  # of them before the first hit
_START, _STOP = "\ue000", "\ue001"
_NO_MARKS = str.maketrans("", "", _START + _STOP)

_SINGLE = re.compile(r"[^\W\d_]+")

# The texts of an item in the order in which a passage is taken from them.
_TEXTS = """
SELECT item.id,
    coalesce((
        SELECT string_agg(evidence, E'\\n' ORDER BY position) FROM minutes_ballot WHERE item_id = item.id
    ), ''),
    item.decision,
    coalesce((
        SELECT string_agg(text, E'\\n' ORDER BY kind <> 'resume', kind = 'prior_decision', position)
        FROM minutes_section WHERE item_id = item.id AND NOT item.closed AND kind <> 'decision'
    ), '')
FROM minutes_agendaitem item
WHERE item.id = ANY(%s)
"""


@dataclass(frozen=True)
class _Hit:
    """A word of a text that was asked for: which term of the query it answers, and whether as a whole."""

    word: Word
    term: int
    whole: bool


class _Terms:
    """What is asked for: each written word is compared with it once."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self.number = len(terms)
        self._by_form = {form: place for place, term in enumerate(terms) for form in term.forms}
        self._prefixes = [(term.prefix, place) for place, term in enumerate(terms) if term.prefix]
        self._known: dict[str, tuple[int, bool] | None] = {}

    def hits(self, text: str) -> Iterator[_Hit]:
        """The words of the text that answer a term, from the first that stands by itself on, if one does."""
        written = lowered(text)
        single = [each for each in set(_SINGLE.findall(written)) if self._answered(each)]
        standing = re.search(rf"(?<![^\W_])({'|'.join(single)})(?![^\W_])", written) if single else None
        for word in words(text, standing.start() if standing else 0):
            answered = self._answered(word.written)
            if answered:
                yield _Hit(word, *answered)

    def _answered(self, written: str) -> tuple[int, bool] | None:
        """The term that the word answers, and whether as a whole."""
        if written not in self._known:
            self._known[written] = self._compared(written)
        return self._known[written]

    def _compared(self, written: str) -> tuple[int, bool] | None:
        for form in forms(written):
            if form in self._by_form:
                return self._by_form[form], True
        for prefix, place in self._prefixes:
            if written.startswith(prefix):
                return place, False
        for part in parts(written):
            if part in self._by_form:
                return self._by_form[part], False
        return None


def snippets(items: Iterable[int], asked: Asked) -> dict[int, SafeString]:
    """For each item, by its id, the passage that best shows what was asked: HTML with <mark>. One query.

    From the decision before the rest; for somebody's votes, from the words of the ballot before that.
    """
    terms = _Terms(asked.terms)
    with connection.cursor() as cursor:
        cursor.execute(_TEXTS, [list(items)])
        return {
            item: _passage(([ballots] if asked.of_people else []) + [decision, body], terms)
            for item, ballots, decision, body in cursor.fetchall()
        }


def _passage(texts: Sequence[str], terms: _Terms) -> SafeString:
    missing = set(range(terms.number))
    found: list[tuple[str, int, list[_Hit]]] = []
    clean = [normal(text[:_LONGEST]).translate(_NO_MARKS) for text in texts]
    for text in clean:
        hits, best = _best(terms.hits(text), missing) if missing else ([], [])
        if best:
            found.append((text, best[0].word.start, hits))
            missing -= {hit.term for hit in best}
        if len(found) == 2:
            break
    if not found:
        text = next(filter(None, map(str.strip, clean)), "")
        return _html([(text, 0, [])], _WORDS)
    return _html(found, _WORDS if len(found) == 1 else _WORDS_OF_TWO)


def _best(coming: Iterator[_Hit], missing: set[int]) -> tuple[list[_Hit], list[_Hit]]:
    """The hits of the text, and those of the first stretch that answers most of what is `missing`.

    Whole words come before parts. The text is read no further than the passage of a stretch that answers all.
    """
    hits: list[_Hit] = []
    best: list[_Hit] = []
    most, all_of_it = (0, 0), (len(missing), len(missing))
    start = 0
    for last in coming:
        if most == all_of_it and last.word.position - best[0].word.position > _WORDS:
            break
        hits.append(last)
        while last.word.position - hits[start].word.position > _WORDS_OF_TWO - _BEFORE:
            start += 1
        stretch = hits[start:]
        answered = {hit.term for hit in stretch} & missing
        score = (len(answered), len({hit.term for hit in stretch if hit.whole} & missing))
        if score > most:
            best, most = stretch, score
    return hits, best


def _html(found: Sequence[tuple[str, int, Sequence[_Hit]]], length: int) -> SafeString:
    """The passages, each a few words before its first place, with the hits in them marked."""
    pieces = []
    for text, first, hits in found:
        start = _words_back(text, first, _BEFORE)
        stop = _words_on(text, start, length)
        piece = text[start:stop]
        behind = stop
        for hit in sorted(hits, key=lambda each: each.word.start, reverse=True):
            # Of words that share their letters, as "bo-støtte" and "støtte", the last alone is marked.
            if start <= hit.word.start and hit.word.end <= behind:
                behind = hit.word.start
                at, to = hit.word.start - start, hit.word.end - start
                piece = piece[:at] + _START + piece[at:to] + _STOP + piece[to:]
        told = escape(shown(" ".join(piece.split()))).replace(_START, "<mark>").replace(_STOP, "</mark>")
        pieces.append(("… " if start else "") + told + (" …" if stop < len(text.rstrip()) else ""))
    return mark_safe(" ".join(pieces).replace("… …", "…"))  # noqa: S308  Escaped above; the marks are ours.


def _words_back(text: str, at: int, number: int) -> int:
    for _step in range(number + 1):
        before = max(text.rfind(" ", 0, at), text.rfind("\n", 0, at))
        if before < 0:
            return 0
        at = before
    return at + 1


def _words_on(text: str, at: int, number: int) -> int:
    for _step in range(number):
        after = min((place for place in (text.find(" ", at), text.find("\n", at)) if place >= 0), default=-1)
        if after < 0:
            return len(text)
        at = after + 1
    return at - 1
