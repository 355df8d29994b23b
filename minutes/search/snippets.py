"""The passage of a hit that shows why it is one: marked, and safe to print."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import islice
from typing import NamedTuple

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from minutes.privacy import replace_masks
from minutes.search.inflections import compound_parts, lemmas, normal
from minutes.search.parsed_query import HighlightTerm, ParsedQuery
from minutes.search.tokenizer import CLOCK, lowered, tokenize

# Characters of a text that a passage is looked for in.
_LONGEST = 60_000
# Words of a passage, and of the two of which the second shows what the first does not.
_WORDS, _WORDS_OF_TWO = 30, 18
_BEFORE = 6  # of them before the first hit
_START, _STOP = "\ue000", "\ue001"
_NO_MARKS = str.maketrans("", "", _START + _STOP)
# Characters that are searched for hits at a time, as most are in the first; and those of the longest passage.
_STRETCH, _LONGEST_PASSAGE = 2_000, 500

# Words up to this long have their last letter in all forms.
_SHORT = 4
_BLANK = re.compile(r"[ \n]")
_SINGLE = re.compile(r"[^\W\d_]+")
# With what stands around a hyphen, as in "børne- og ungeudvalget".
_HYPHENED = re.compile(r"(?<!\S)[^\s-]*-\S*(?: \w+ \w+)?")

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


class Texts(NamedTuple):
    """What an item, by its id, says: the words of its ballots, its decision, and the rest."""

    item: int
    ballots: str
    decision: str
    body: str


class _Hit(NamedTuple):
    """A word of a text that was asked for: from where to where it stands, how many blanks stand before it,
    which term of the query it answers, and whether as a whole."""

    start: int
    end: int
    blanks: int
    term: int
    whole: bool


# As it is found: from, to, term and whether as a whole.
_Found = tuple[int, int, int, bool]


class _Blanks:
    """Counts the blanks before places of a text, which are asked for in their order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._number = self._counted = 0

    def before(self, at: int) -> int:
        self._number += self._text.count(" ", self._counted, at) + self._text.count("\n", self._counted, at)
        self._counted = max(self._counted, at)
        return self._number


class _Terms:
    """What is asked for: each written word is compared with it once."""

    def __init__(self, terms: Sequence[HighlightTerm]) -> None:
        self.number = len(terms)
        self._by_form = {form: place for place, term in enumerate(terms) for form in term.forms}
        self._forms = frozenset(self._by_form)
        self._prefixes = [(term.prefix, place) for place, term in enumerate(terms) if term.prefix]
        # "KL" must be told from the "kl." of a time, which takes a closer look.
        self._letters_alone = CLOCK not in self._by_form and all(
            each.isalpha() for each in (*self._by_form, *dict(self._prefixes))
        )
        # What most words that answer have in them: a verb's e is gone in some of its forms.
        stems = {each.removesuffix("e") if len(each) > _SHORT else each for each in self._by_form}
        stems |= dict(self._prefixes).keys()
        at_a_glance = self._letters_alone and stems and all(stems)
        self._stem = re.compile("|".join(map(re.escape, sorted(stems)))) if at_a_glance else None
        # The words compared so far, each with the term it answers, if any, and whether as a whole.
        self._answers: dict[str, tuple[int, bool] | None] = {}
        # What stood between blanks so far, and of it that in which words answer, with these.
        self._seen: set[str] = set()
        self._answering: dict[str, list[str]] = {}

    def at_a_glance(self, text: str) -> list[_Hit]:
        """The words of the text that answer a term and show it: "bøger" is none for "bog"."""
        hits: list[_Hit] = []
        if not self._stem:
            return hits
        written, blanks = lowered(text), _Blanks(text)
        found = self._stem.search(written)
        while found:
            start, end = found.span()
            while start and written[start - 1].isalpha():
                start -= 1
            while end < len(written) and written[end].isalpha():
                end += 1
            if (answer := self._answer(written[start:end])) and _alone(written, start, end):
                hits.append(_Hit(start, end, blanks.before(start), *answer))
            found = self._stem.search(written, end)
        return hits

    def hits(self, text: str, missing: Set[int]) -> Iterator[tuple[int, list[_Hit]]]:
        """The words of the text that answer a term, stretch by stretch, each with the place where it ends.

        What is joined by a hyphen is taken apart only while a term is `missing` otherwise.
        """
        blanks = _Blanks(text)
        for start, stop in _stretches(text):
            hits = []
            for first, last, term, whole in sorted(self._in(text[start:stop], missing)):
                at = start + first
                hits.append(_Hit(at, start + last, blanks.before(at), term, whole))
            yield stop, hits

    def answers(self, text: str) -> Iterable[_Found]:
        """All words of a short text that answer a term."""
        return self._in(text, set(range(self.number)))

    def _in(self, text: str, missing: Set[int]) -> Iterable[_Found]:
        if not self._letters_alone:
            return self._of_any_kind(text, 0, len(text))
        written = lowered(text)
        found = set(self._standing(written))
        if not missing <= {term for _start, _end, term, _whole in found}:
            for joined in _HYPHENED.finditer(written):
                found.update(self._of_any_kind(written, *joined.span()))
        return found

    def _standing(self, written: str) -> Iterator[_Found]:
        """The words that stand by themselves."""
        # Taken apart at blanks first, as much of it was seen before, perhaps in another text.
        said = set(written.split())
        apart, by_form_alone = self._forms.isdisjoint, not self._prefixes
        for each in said - self._seen:
            # Most words answer nothing: two thousand of them are asked for a page.
            if by_form_alone and each.isalpha() and apart(lemmas(each)) and apart(compound_parts(each)):
                continue
            if answering := [word for word in _SINGLE.findall(each) if self._answer(word)]:
                self._answering[each] = answering
        self._seen |= said
        for word in {word for each in said & self._answering.keys() for word in self._answering[each]}:
            answer = self._answer(word)
            at = written.find(word)
            while answer and at >= 0:
                end = at + len(word)
                if _alone(written, at, end):
                    yield at, end, *answer
                at = written.find(word, end)

    def _of_any_kind(self, text: str, start: int, end: int) -> Iterator[_Found]:
        for word in tokenize(text[start:end]):
            if answer := self._answer(word.text):
                yield start + word.start, start + word.end, *answer

    def _answer(self, written: str) -> tuple[int, bool] | None:
        """The term that a word answers, and whether as a whole."""
        if written not in self._answers:
            self._answers[written] = self._compared(written)
        return self._answers[written]

    def _compared(self, written: str) -> tuple[int, bool] | None:
        for form in lemmas(written):
            if form in self._by_form:
                return self._by_form[form], True
        for prefix, place in self._prefixes:
            if written.startswith(prefix):
                return place, False
        for part in compound_parts(written):
            if part in self._by_form:
                return self._by_form[part], False
        return None


def texts(items: Iterable[int]) -> list[Texts]:
    """What passages are taken from. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_TEXTS, [list(items)])
        return [Texts(*row) for row in cursor.fetchall()]


def snippets(found: Iterable[Texts], asked: ParsedQuery) -> dict[int, SafeString]:
    """For each item, by its id, the passage that best shows what was asked: HTML with <mark>. No query.

    From the decision before the rest; for somebody's votes, from the words of the ballot before that.
    """
    terms = _Terms(asked.terms)
    return {
        each.item: _passage([each.ballots] * asked.of_people + [each.decision, each.body], terms)
        for each in found
    }


def _alone(written: str, start: int, end: int) -> bool:
    """Whether a word is no part of what is of letters and digits."""
    return not (written[start - 1 : start].isalnum() or written[end : end + 1].isalnum())


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    """The text in parts that end at a line end or a blank, where there is one."""
    start = 0
    while start < len(text):
        stop = start + _STRETCH
        if stop < len(text):
            stop = max(text.rfind("\n", start, stop), text.rfind(" ", start, stop)) + 1 or stop
        yield start, min(stop, len(text))
        start = stop


def _clean(text: str) -> str:
    text = normal(text[:_LONGEST])
    return text.translate(_NO_MARKS) if _START in text or _STOP in text else text


def _passage(texts: Sequence[str], terms: _Terms) -> SafeString:
    missing = set(range(terms.number))
    found: list[tuple[str, int]] = []
    for text in map(_clean, texts):
        if not missing or len(found) == 2:
            break
        if best := _best(text, terms, missing):
            found.append((text, best[0].start))
            missing -= {hit.term for hit in best}
    if not found:
        text = next(filter(None, (_clean(text).strip() for text in texts)), "")
        return _html([(text, 0)], terms, _WORDS)
    return _html(found, terms, _WORDS if len(found) == 1 else _WORDS_OF_TWO)


def _best(text: str, terms: _Terms, missing: Set[int]) -> list[_Hit]:
    """The hits of the first few words of the text that answer most of what is `missing`.

    Whole words come before parts. The text is read no further than the passage of what answers all.
    """
    glanced = terms.at_a_glance(text)
    if missing <= {hit.term for hit in glanced if hit.whole}:
        return _nearest([(len(text), glanced)], missing)
    return _nearest(terms.hits(text, missing), missing)


def _nearest(read: Iterable[tuple[int, list[_Hit]]], missing: Set[int]) -> list[_Hit]:
    """Of hits in their order, each few with the place to which the text is read, the best that are near."""
    hits: list[_Hit] = []
    best: list[_Hit] = []
    most, all_of_it = (0, 0), (len(missing), len(missing))
    first = 0
    for stop, coming in read:
        for last in coming:
            hits.append(last)
            while last.blanks - hits[first].blanks > _WORDS_OF_TWO - _BEFORE:
                first += 1
            near = hits[first:]
            answered = {hit.term for hit in near} & missing
            score = (len(answered), len({hit.term for hit in near if hit.whole} & missing))
            if score > most:
                best, most = near, score
        if most == all_of_it and stop > best[0].start + _LONGEST_PASSAGE:
            break
    return best


def _html(found: Sequence[tuple[str, int]], terms: _Terms, length: int) -> SafeString:
    """The passages, each a few words before its first place, with what answers in them marked."""
    pieces = []
    for text, first in found:
        start = _words_back(text, first, _BEFORE)
        stop = _words_on(text, start, length)
        piece = text[start:stop]
        behind = len(piece)
        for at, to, *_answer in sorted(terms.answers(piece), reverse=True):
            # Of words that share their letters, as "bo-støtte" and "støtte", the last alone is marked.
            if to <= behind:
                behind = at
                piece = piece[:at] + _START + piece[at:to] + _STOP + piece[to:]
        escaped = escape(replace_masks(" ".join(piece.split())))
        told = escaped.replace(_START, "<mark>").replace(_STOP, "</mark>")
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
    blanks = list(islice(_BLANK.finditer(text, at), number))
    return blanks[-1].start() if len(blanks) == number else len(text)
