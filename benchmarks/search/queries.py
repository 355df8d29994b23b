"""Draw queries of several classes from the archive's own words, and write them as JSON for the benchmarks.

    ARCHIVE_DATA=... python -m benchmarks.search.queries queries.json

A rare word is in 5 to 50 items, a medium one in 0.1 to 1 % of them, a common one in 3 to 10 %, a very common
one in more than 25 %; items with other inflections of the word are included. PostgreSQL's stop words are not
drawn.
"""

import argparse
import json
import re
from bisect import bisect_left
from collections import Counter
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.search.load import set_up_archive
from benchmarks.search.texts import texts

_SEED = 3
_PER_CLASS = 6
# Items whose words are counted, and whose word sequences are counted, at most.
_MAX_COUNTED_ITEMS, _MAX_SEQUENCE_ITEMS = 100_000, 10_000
# One counted item in so many is read for sequences.
_ITEMS_PER_SEQUENCE_ITEM = 10
# The most frequent sequences of words, of which half of the phrases are drawn.
_FREQUENT_PHRASES = 400
# Sections with a word, of which one gives the committee.
_MAX_SECTIONS = 50
_WORD = re.compile(r"[^\W\d_]{4,}")
_TOKEN = re.compile(r"[^\W_]+")
_PUNCTUATION = re.compile(r"[.,:;\n]")

Query = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    set_up_archive()
    result = draw_queries()
    options.out.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    by_class = Counter(query["class"] for query in result["queries"])
    numbers = ", ".join(f"{name} {number}" for name, number in by_class.items())
    print(f"{len(result['queries'])} queries: {numbers}")


def draw_queries() -> dict[str, Any]:
    """Return `queries` (class, kind, text and words of each), and input for other kinds of pages."""
    from minutes.models import AgendaItem, CaseNumber, Person

    random = Random(_SEED)
    items = AgendaItem.objects.published().count()
    every = -(-items // _MAX_COUNTED_ITEMS)
    frequencies, sequences, counted = _count_words(every)
    words = _WordSampler(frequencies, counted, every, random)
    queries = _queries(words, sequences, random)
    people = list(Person.objects.order_by("id").values_list("name", flat=True))
    cases = list(CaseNumber.objects.order_by("id").values_list("printed", flat=True)[:: max(items // 500, 1)])
    return {
        "items": items,
        "queries": queries,
        "people": random.sample(people, min(_PER_CLASS, len(people))),
        "cases": random.sample(cases, min(_PER_CLASS, len(cases))),
        "beginnings": _beginnings([*words.medium(3), *words.common(3)], people, cases, random),
    }


def _queries(words: "_WordSampler", sequences: Counter[tuple[str, ...]], random: Random) -> list[Query]:
    classes: dict[str, list[Query]] = {
        "rare": [single(word) for word in words.rare(_PER_CLASS)],
        "medium": [single(word) for word in words.medium(_PER_CLASS)],
        "common": [single(word) for word in words.common(_PER_CLASS)],
        "very common": [single(word) for word in words.very_common(_PER_CLASS)],
        "and": [
            *(all_of(pair) for pair in zip(words.common(3), words.common(3), strict=True)),
            *(all_of(pair) for pair in zip(words.very_common(3), words.medium(3), strict=True)),
        ],
        "phrase": [phrase(sequence) for sequence in _phrases(sequences, random)],
        "or": [
            any_of(pair)
            for pair in zip(words.medium(_PER_CLASS), words.medium(3) + words.common(3), strict=True)
        ],
        "not": [
            but(pair)
            for pair in zip(words.common(3) + words.medium(3), words.very_common(_PER_CLASS), strict=True)
        ],
        "prefix": [prefix(word[: min(len(word) - 1, 7)]) for word in words.medium(3) + words.rare(3)],
        "compound": [single(word) for word in words.compound_heads(_PER_CLASS)],
    }
    filtered = [single(word) for word in words.common(3) + words.medium(2) + words.very_common(1)]
    classes["filtered"] = [query | _committee(query, random) for query in filtered]
    return [{"class": name, **query} for name, of_class in classes.items() for query in of_class]


def _beginnings(words: list[str], people: list[str], cases: list[str], random: Random) -> list[str]:
    """Return the first letters of words, municipalities, names and case numbers, as while they are typed."""
    from minutes.models import Municipality

    municipalities = list(Municipality.objects.published().order_by("id").values_list("name", flat=True))
    sources = (municipalities, municipalities, people, people, people, cases, cases)
    texts = [*words, *(random.choice(names) for names in sources if names)]
    return [text[:length] for text in texts for length in (2, 3, 5)]


def single(text: str) -> Query:
    return {"kind": "all", "q": text, "words": [text]}


def all_of(words: tuple[str, ...]) -> Query:
    return {"kind": "all", "q": " ".join(words), "words": list(words)}


def any_of(words: tuple[str, ...]) -> Query:
    return {"kind": "any", "q": " OR ".join(words), "words": list(words)}


def but(words: tuple[str, str]) -> Query:
    return {"kind": "but", "q": f"{words[0]} -{words[1]}", "words": list(words)}


def phrase(words: tuple[str, ...]) -> Query:
    return {"kind": "phrase", "q": f'"{" ".join(words)}"', "words": list(words)}


def prefix(beginning: str) -> Query:
    return {"kind": "prefix", "q": f"{beginning}*", "words": [beginning]}


def _count_words(every: int) -> tuple[Counter[str], Counter[tuple[str, ...]], int]:
    """Count in how many items each word is, and each sequence of two or three words.

    Sequences are counted in fewer items, once for each phrase between punctuation marks. Returns the number
    of items too.
    """
    frequencies: Counter[str] = Counter()
    sequences: Counter[tuple[str, ...]] = Counter()
    number = 0
    for number, text in enumerate(texts(every), 1):
        lowered = "\n".join((text.title, text.decision, text.resume, text.body)).lower()
        frequencies.update(set(_WORD.findall(lowered)))
        index, rest = divmod(number, _ITEMS_PER_SEQUENCE_ITEM)
        if not rest and index <= _MAX_SEQUENCE_ITEMS:
            for sentence in _PUNCTUATION.split(lowered):
                tokens = _TOKEN.findall(sentence)
                sequences.update({*pairwise(tokens), *zip(tokens, tokens[1:], tokens[2:], strict=False)})
    return frequencies, sequences, number


class _WordSampler:
    """Draws words by the number of items that have them; no word twice unless there are too few."""

    def __init__(self, frequencies: Counter[str], counted: int, every: int, random: Random) -> None:
        self._random = random
        self._counted = counted
        self._every = every
        stems = _stems(list(frequencies))
        # A search finds all inflections, so their items are added up.
        by_stem: Counter[str] = Counter()
        for word, stem in stems.items():
            by_stem[stem] += frequencies[word]
        ranked = sorted((min(by_stem[stem], counted), word) for word, stem in stems.items())
        self._numbers = [number for number, _word in ranked]
        self._words = [word for _number, word in ranked]
        self._vocabulary = sorted(frequencies)
        self._drawn: set[str] = set()

    def rare(self, count: int) -> list[str]:
        return self._between(5 / self._every, 50 / self._every, count)

    def medium(self, count: int) -> list[str]:
        return self._between(0.001 * self._counted, 0.01 * self._counted, count)

    def common(self, count: int) -> list[str]:
        return self._between(0.03 * self._counted, 0.1 * self._counted, count)

    def very_common(self, count: int) -> list[str]:
        # There are few, so they may be drawn again.
        return self._between(0.25 * self._counted, self._counted + 1, count, repeat=True)

    def compound_heads(self, count: int) -> list[str]:
        """Draw words of some 1 % of the items with which at least twenty other words begin."""
        candidates = self._between(0.004 * self._counted, 0.05 * self._counted, 3000)
        self._drawn.difference_update(candidates)
        heads = [word for word in candidates if 5 <= len(word) <= 9 and self._with_prefix(word) >= 20][:count]
        self._drawn.update(heads)
        return heads

    def _with_prefix(self, prefix: str) -> int:
        """Return the number of words with a prefix."""
        words = self._vocabulary
        return bisect_left(words, prefix + "\uffff") - bisect_left(words, prefix)

    def _between(self, low: float, high: float, count: int, *, repeat: bool = False) -> list[str]:
        """Draw words that at least `low` and fewer than `high` of the counted items have."""
        first, last = bisect_left(self._numbers, low), bisect_left(self._numbers, high)
        candidates = [word for word in self._words[first:last] if repeat or word not in self._drawn]
        words = self._random.sample(candidates, min(count, len(candidates)))
        self._drawn.update(words)
        return words


def _stems(words: list[str]) -> dict[str, str]:
    """Return the stems of words by PostgreSQL's Danish stemmer, without stop words."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT word, stem[1] FROM unnest(%s::text[]) word, ts_lexize('danish_stem', word) stem
            WHERE stem[1] IS NOT NULL
            """,
            [words],
        )
        return dict(cursor.fetchall())


def _phrases(sequences: Counter[tuple[str, ...]], random: Random) -> list[tuple[str, ...]]:
    """Draw sequences of words: as many of the most frequent ones as of those in three items or more."""
    stems = _stems(list({word for words in sequences for word in words}))
    candidates = sorted(
        (number, words)
        for words, number in sequences.items()
        if words[0] in stems
        and words[-1] in stems
        and all(len(word) > 2 and word.isalpha() for word in words)
    )
    frequent = [words for _number, words in candidates[-_FREQUENT_PHRASES:]]
    others = [words for number, words in candidates[:-_FREQUENT_PHRASES] if number >= 3]
    phrases = [random.sample(some, min(_PER_CLASS, len(some))) for some in (frequent, others)]
    return [*phrases[0], *phrases[1]]


def _committee(query: Query, random: Random) -> dict[str, Any]:
    """Choose one of the committees with items that have the word."""
    from minutes.models import Committee, Section

    sections = Section.objects.filter(item__closed=False, text__icontains=query["words"][0]).order_by()
    committees = list(sections.values_list("item__meeting__committee", flat=True)[:_MAX_SECTIONS])
    chosen = Committee.objects.select_related("municipality").get(pk=random.choice(committees))
    return {
        "committee": chosen.pk,
        "municipality_slug": chosen.municipality.slug,
        "committee_slug": chosen.slug,
    }


if __name__ == "__main__":
    main()
