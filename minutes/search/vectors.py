"""Build the search entry of an item: a vector of everything a query can ask, and a small one to rank by.

The vectors are built here rather than by PostgreSQL's text search configurations, because these have no
Danish lemmas, do not split compounds, and do split case numbers.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from string import ascii_lowercase
from typing import NamedTuple

from minutes.search import fields
from minutes.search.compound_parts import compound_parts
from minutes.search.fields import lexeme
from minutes.search.inflections import lemmas
from minutes.search.normalization import normalize
from minutes.search.tokenizer import Token, find_dates, normalize_number, tokenize

# Characters of a section that are indexed: PostgreSQL refuses a vector of more than a megabyte.
_MAX_SECTION_LENGTH = 50_000
_MAX_BODY_LENGTH = 250_000
# PostgreSQL stores no higher positions. Words past it are indexed without a position.
_MAX_POSITION = 16_000
# PostgreSQL stores no more positions of a lexeme.
_MAX_POSITIONS = 255
# Positions between sections, and between people, so that no phrase spans two.
_GAP = 20
# Parts of compounds in titles and decisions are at positions far from the words, which no phrase reaches.
_PART_POSITIONS = 1_000
# Words of the decision and of the resume that rank an item, and frequent lemmas of its body.
_MAX_RANKED_WORDS = 150
_MIN_FREQUENCY = 3
_MAX_FREQUENT_LEMMAS = 25


@dataclass(frozen=True)
class IndexableItem:
    """A published item, as `items` reads it."""

    item_id: int
    committee_id: int
    joint_committees: list[int] | None  # the ids of the other committees of a joint meeting
    municipality_id: int
    committee: str  # the names of all committees of the meeting
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
    attachments: str = ""  # the text of its files
    facts: Sequence[str] = ()  # the values of `fields.FACTS`, "" where not printed
    topic: str = ""
    case_id: int | None = None  # of the first case number that is of a single case


class Entry(NamedTuple):
    """The text of two tsvectors, and the item's words for spelling corrections, mapped to their lemmas.

    `attached` are the lemmas of words of its attachments, which correct nothing.
    """

    vector: str
    ranks: str
    words: dict[str, str]
    attached: set[str]


class _Section(NamedTuple):
    """A section of an item's text, tokenized once for both vectors."""

    tokens: list[Token]
    days: list[str]


class _Sections(NamedTuple):
    title: _Section
    cases: _Section
    decision: _Section
    resume: _Section
    body: _Section
    attachments: _Section


def build_entry(item: IndexableItem) -> Entry:
    """Return the search entry of an item."""
    sections = _Sections(
        title=_section(item.title, _MAX_SECTION_LENGTH),
        cases=_section(" ".join(item.case_numbers), _MAX_SECTION_LENGTH),
        decision=_section(item.decision, _MAX_SECTION_LENGTH),
        resume=_section(item.resume, _MAX_SECTION_LENGTH),
        body=_section(item.body, _MAX_BODY_LENGTH),
        # Both together have a limit, as the vector has one.
        attachments=_section(item.attachments, max(_MAX_BODY_LENGTH - len(item.body), 0)),
    )
    return Entry(
        _vector(item, sections),
        _ranks(item, sections),
        _suggestible_words(sections),
        _all_lemmas(sections.attachments),
    )


def _section(text: str, max_length: int) -> _Section:
    text = normalize(text[:max_length])
    return _Section(list(tokenize(text)), [match.day for match in find_dates(text)])


def _suggestible_words(sections: _Sections) -> dict[str, str]:
    """Return the words of an item that can correct a misspelt one, and their lemmas, mapped to lemmas."""
    texts = (sections.title, sections.decision, sections.resume, sections.body)
    words = {
        word: _lemmas_and_parts(word)[0][0]
        for word in dict.fromkeys(token.text for section in texts for token in section.tokens)
        if word.isalpha() and _lemmas_and_parts(word)[0]
    }
    return {lemma: lemma for lemma in words.values()} | words


def _all_lemmas(section: _Section) -> set[str]:
    words = {token.text for token in section.tokens}
    return {
        lemma for word in words for lemmas_or_parts in _lemmas_and_parts(word) for lemma in lemmas_or_parts
    }


def _vector(item: IndexableItem, sections: _Sections) -> str:
    """Return everything a query can ask of the item, as the text of a tsvector.

    Weights: A for words of the title, B of the decision and the resume, C of the body, none (D) of
    attachments. Parts of compounds
    have neither weight nor position, except in the fields of title and decision, where they weigh less than
    words.
    """
    vector = _VectorBuilder()
    position = vector.add_section(sections.title, 0, "A", fields.TITLE, "AB")
    position = vector.add_section(sections.cases, position, "A")
    position = vector.add_section(sections.decision, position, "B", fields.DECISION, "BC")
    position = vector.add_section(sections.resume, position, "B")
    position = vector.add_section(sections.body, position, "C")
    vector.add_section(sections.attachments, position, "")
    for case_number in item.case_numbers:
        number = normalize_number(case_number)
        vector.add(fields.CASE + number)
        for end in _ends(number):
            vector.add(fields.CASE_END + end)
    vector.add_place(fields.COMMITTEE, item.committee, with_parts=True)
    vector.add_place(fields.MUNICIPALITY, item.municipality, with_parts=False)
    vector.add_names(fields.PERSON, item.people)
    vector.add_names(fields.FOR, item.in_favour)
    vector.add_names(fields.AGAINST, item.against)
    for prefix, value in zip(fields.FACTS.values(), item.facts, strict=False):
        vector.add_names(prefix, [value])
    vector.add(f"{fields.DAY}{item.date.isoformat()}")
    vector.add(f"{fields.YEAR}{item.date.year}")
    vector.add(fields.month(item.date))
    for committee in (item.committee_id, *(item.joint_committees or ())):
        vector.add(f"{fields.IN_COMMITTEE}{committee}")
    vector.add(f"{fields.IN_MUNICIPALITY}{item.municipality_id}")
    vector.add(f"{fields.OUTCOME}{item.outcome}")
    if item.topic:
        vector.add(f"{fields.TOPIC}{item.topic}")
    if item.contested:
        vector.add(fields.CONTESTED)
    for sample in fields.SAMPLES[1:]:
        if item.item_id % sample == 0:
            vector.add(f"{fields.SAMPLE}{sample}")
    vector.add(fields.ANY)
    return str(vector)


def _ranks(item: IndexableItem, sections: _Sections) -> str:
    """Return what ranks the item, as the text of a small tsvector.

    Weights: A for words of the title and the case numbers, B of the decision, C of the resume and for parts
    of compounds in the title, D for other parts and for frequent words of the body.
    """
    vector = _VectorBuilder()
    position = vector.add_ranked(sections.title, 0, "A", "C", gap=0)
    position = vector.add_ranked(sections.cases, position, "A", "C")
    for case_number in item.case_numbers:
        vector.add(fields.CASE + normalize_number(case_number), 1, "A")
    position = vector.add_ranked(sections.decision, position, "B", "D")
    position = vector.add_ranked(sections.resume, position, "C", "D")
    frequencies: Counter[str] = Counter()
    for word, count in Counter([token.text for token in sections.body.tokens]).items():
        for lemma in _lemmas_and_parts(word)[0]:
            frequencies[lemma] += count
    for lemma, count in frequencies.most_common(_MAX_FREQUENT_LEMMAS):
        if count >= _MIN_FREQUENCY:
            vector.add(lemma, position, "D")
    vector.add(f"{fields.DAY}{item.date.isoformat()}", position, "B")
    return str(vector)


def _ends(case_number: str) -> Iterator[str]:
    """Yield the ends of a case number of two pieces and more: "1-19", and "2018-2162" of "s2018-2162"."""
    pieces = case_number.split("-")
    for first in range(1, len(pieces) - 1):
        yield "-".join(pieces[first:])
    without_letter = case_number.lstrip(ascii_lowercase)
    if len(pieces) > 1 and without_letter != case_number and without_letter[0] != "-":
        yield without_letter


@lru_cache(maxsize=400_000)
def _lemmas_and_parts(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return lemmas(word), tuple(compound_parts(word))


_quoted = lru_cache(maxsize=400_000)(lexeme)


class _VectorBuilder:
    """Collects lexemes with their positions and weights; its `str` is the text of a tsvector."""

    def __init__(self) -> None:
        self._positions: defaultdict[str, list[str]] = defaultdict(list)

    def add(self, text: str, position: int = 0, weight: str = "") -> None:
        """Add a lexeme; without a position if it is 0 or too high."""
        positions = self._positions[text]
        if 0 < position <= _MAX_POSITION:
            positions.append(f"{position}{weight}")

    def add_section(
        self, section: _Section, start: int, weight: str, prefix: str = "", field_weights: str = ""
    ) -> int:
        """Add the words of a section from position `start`; return the position where the next one begins.

        With `prefix`, add them as words of a field too: `field_weights` are those of words and of parts.
        """
        positions = self._positions
        position = start
        for _start, _end, offset, word in section.tokens:
            word_lemmas, parts = _lemmas_and_parts(word)
            position = start + offset
            if position <= _MAX_POSITION:
                weighted = f"{position}{weight}"
                for lemma in word_lemmas:
                    positions[lemma].append(weighted)
                    if prefix:
                        positions[prefix + lemma].append(f"{position}{field_weights[0]}")
            else:
                for lemma in word_lemmas:
                    positions[lemma]  # adds the lexeme without a position
            for part in parts:
                positions[part]
                if prefix:
                    distant = _MAX_POSITION - position % _PART_POSITIONS
                    positions[prefix + part].append(f"{distant}{field_weights[1]}")
        for day in section.days:
            positions[fields.DAY + day]
        return position + _GAP

    def add_ranked(
        self, section: _Section, start: int, weight: str, part_weight: str, gap: int = _GAP
    ) -> int:
        """Add the first words of a section from position `start`; return where the next one begins."""
        position = start
        for _start, _end, offset, word in section.tokens:
            if offset > _MAX_RANKED_WORDS:
                break
            position = start + offset
            word_lemmas, parts = _lemmas_and_parts(word)
            for lemma in word_lemmas:
                self._positions[lemma].append(f"{position}{weight}")
            for part in parts:
                self._positions[part].append(f"{position}{part_weight}")
        return position + gap

    def add_place(self, prefix: str, name: str, *, with_parts: bool) -> None:
        """Add the words of a committee's or a municipality's name."""
        for word in {token.text for token in tokenize(normalize(name))}:
            for text in (*lemmas(word), *(compound_parts(word) if with_parts else ())):
                self.add(prefix + text)

    def add_names(self, prefix: str, names: Iterable[str]) -> None:
        """Add the words of people's names, those of a person at consecutive positions."""
        position = 0
        for name in names:
            for token in tokenize(normalize(name)):
                position += 1
                self.add(prefix + fields.name_form(token.text), position)
            position += _GAP

    def __str__(self) -> str:
        return " ".join(
            f"{_quoted(text)}:{','.join(positions[:_MAX_POSITIONS])}" if positions else _quoted(text)
            for text, positions in self._positions.items()
        )
