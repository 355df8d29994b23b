"""An item as search has it: a vector of all that can be asked of it, and a small one to rank it by.

The vectors are made here rather than by PostgreSQL's text search configurations, because Danish wants more
than these know: lemmas, the parts of compounds, numbers kept whole.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from minutes.search import fields
from minutes.search.fields import lexeme
from minutes.search.inflections import compound_parts, lemmas, normal
from minutes.search.tokenizer import Token, dates, number, tokenize

# Characters of a part that are indexed: PostgreSQL refuses a vector past a megabyte.
_LONGEST_PART = 50_000
_LONGEST_BODY = 250_000
# PostgreSQL does not tell positions past this apart: they are left out, and the words are found without.
_LAST_POSITION = 16_000
# Between the title, the decision and so on, and between people, so that no phrase runs over.
_APART = 20
# Words of the decision and of the resume that ranking looks at, and of the body: those it says often.
_RANKED_WORDS = 150
_OFTEN = 3
_MOST_OFTEN = 25


@dataclass(frozen=True)
class Indexed:
    """A published item, as read from the archive."""

    item_id: int
    committee_id: int
    municipality_id: int
    committee: str
    municipality: str
    date: date
    outcome: str
    contested: bool
    title: str
    decision: str
    resume: str
    body: str
    case_numbers: list[str]
    people: list[str]
    in_favour: list[str]
    against: list[str]
    facts: Sequence[str] = ()  # the values of `fields.FACTS`, "" where not printed


class Entry(NamedTuple):
    """What is kept of an item: the text of two tsvectors, and its words that can be suggested, each with
    the form it is indexed under."""

    vector: str
    ranks: str
    words: dict[str, str]


class _Part(NamedTuple):
    """A part of an item's text, parted into words once for all that is made of them."""

    words: list[Token]
    days: list[str]


def entry(item: Indexed) -> Entry:
    title, cases, decision, resume = (
        _part(text[:_LONGEST_PART])
        for text in (item.title, " ".join(item.case_numbers), item.decision, item.resume)
    )
    body = _part(item.body[:_LONGEST_BODY])
    said = {
        written: _lexemes(written)[0][0]
        for written in dict.fromkeys(
            word.text for part in (title, decision, resume, body) for word in part.words
        )
        if written.isalpha() and _lexemes(written)[0]
    }
    return Entry(
        _vector(item, title, cases, decision, resume, body),
        _ranks(item, title, cases, decision, resume, body),
        # A dictionary form is what a slip of it was meant to be, whichever form the text has.
        {form: form for form in said.values()} | said,
    )


def _part(text: str) -> _Part:
    text = normal(text)
    return _Part(list(tokenize(text)), [day for _start, _end, day in dates(text)])


def _vector(item: Indexed, title: _Part, cases: _Part, decision: _Part, resume: _Part, body: _Part) -> str:
    """Everything that can be asked of the item, as the text of a tsvector.

    Weights: A a word of the title, B of the decision and the resume, C of the body; D, without a place,
    what is only a part of a compound. In the fields of title and decision parts weigh less than words.
    """
    found = _Vector()
    at = found.text(title, 0, "A", fields.TITLE, "AB")
    at = found.text(cases, at, "A")
    at = found.text(decision, at, "B", fields.DECISION, "BC")
    at = found.text(resume, at, "B")
    found.text(body, at, "C")
    for each in item.case_numbers:
        found.add(fields.CASE + number(each))
    for prefix, name in ((fields.COMMITTEE, item.committee), (fields.MUNICIPALITY, item.municipality)):
        for written in {word.text for word in tokenize(normal(name))}:
            for form in (*lemmas(written), *(compound_parts(written) if prefix == fields.COMMITTEE else ())):
                found.add(prefix + form)
    found.people(fields.PERSON, item.people)
    found.people(fields.FOR, item.in_favour)
    found.people(fields.AGAINST, item.against)
    for prefix, value in zip(fields.FACTS.values(), item.facts, strict=False):
        found.people(prefix, [value])
    found.add(f"{fields.DAY}{item.date.isoformat()}")
    found.add(f"{fields.YEAR}{item.date.year}")
    found.add(fields.month(item.date))
    found.add(f"{fields.IN_COMMITTEE}{item.committee_id}")
    found.add(f"{fields.IN_MUNICIPALITY}{item.municipality_id}")
    found.add(f"{fields.OUTCOME}{item.outcome}")
    if item.contested:
        found.add(fields.CONTESTED)
    for one_of in fields.SAMPLES[1:]:
        if item.item_id % one_of == 0:
            found.add(f"{fields.SAMPLE}{one_of}")
    found.add(fields.ANY)
    return str(found)


def _ranks(item: Indexed, title: _Part, cases: _Part, decision: _Part, resume: _Part, body: _Part) -> str:
    """What ranks the item, as the text of a small tsvector.

    Weights: A a whole word of the title or the case number, B of the decision, C of the resume, or a part
    of a compound in the title, D a part of one in the decision, and what the body says often.
    """
    found = _Vector()
    at = found.ranked(title, 0, "A", "C", apart=0)
    at = found.ranked(cases, at, "A", "C")
    for each in item.case_numbers:
        found.add(fields.CASE + number(each), 1, "A")
    at = found.ranked(decision, at, "B", "D")
    at = found.ranked(resume, at, "C", "D")
    often: Counter[str] = Counter()
    for written, times in Counter([word.text for word in body.words]).items():
        for form in _lexemes(written)[0]:
            often[form] += times
    for form, times in often.most_common(_MOST_OFTEN):
        if times >= _OFTEN:
            found.add(form, at, "D")
    found.add(f"{fields.DAY}{item.date.isoformat()}", at, "B")
    return str(found)


@lru_cache(maxsize=400_000)
def _lexemes(written: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a written word is indexed under: as a whole, and in its parts."""
    return lemmas(written), tuple(compound_parts(written))


_quoted = lru_cache(maxsize=400_000)(lexeme)


class _Vector:
    """A tsvector that is being filled."""

    def __init__(self) -> None:
        self._places: defaultdict[str, list[str]] = defaultdict(list)

    def add(self, form: str, position: int = 0, weight: str = "") -> None:
        places = self._places[form]
        if 0 < position <= _LAST_POSITION:
            places.append(f"{position}{weight}")

    def text(self, part: _Part, at: int, weight: str, prefix: str = "", within: str = "") -> int:
        """Add the words of `part` from position `at`; returns where the next begins.

        Under `prefix` too, where the first weight of `within` is a word's and the second a part's.
        """
        places = self._places
        position = at
        for _start, _end, place, written in part.words:
            whole, pieces = _lexemes(written)
            position = at + place
            if position <= _LAST_POSITION:
                stood = f"{position}{weight}"
                for form in whole:
                    places[form].append(stood)
                    if prefix:
                        places[prefix + form].append(f"{position}{within[0]}")
            else:
                for form in whole:
                    places[form]
            for form in pieces:
                places[form]
                if prefix:
                    # Far from the words, so that no phrase takes a part for one.
                    places[prefix + form].append(f"{_LAST_POSITION - position % 1000}{within[1]}")
        for day in part.days:
            places[fields.DAY + day]
        return position + _APART

    def ranked(self, part: _Part, at: int, whole: str, piece: str, apart: int = _APART) -> int:
        """Add the first words of `part` with these weights from `at` on; returns where the next begins."""
        position = at
        for _start, _end, place, written in part.words:
            if place > _RANKED_WORDS:
                break
            position = at + place
            forms_, pieces = _lexemes(written)
            for form in forms_:
                self._places[form].append(f"{position}{whole}")
            for form in pieces:
                self._places[form].append(f"{position}{piece}")
        return position + apart

    def people(self, prefix: str, names: Iterable[str]) -> None:
        """Add the words of people's names, each person's one after another."""
        position = 0
        for name in names:
            for word in tokenize(normal(name)):
                position += 1
                self.add(prefix + fields.name_form(word.text), position)
            position += _APART

    def __str__(self) -> str:
        return " ".join(
            f"{_quoted(form)}:{','.join(places[:255])}" if places else _quoted(form)
            for form, places in self._places.items()
        )
