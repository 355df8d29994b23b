"""Queries drawn from the archive's own words, so many of each class, kept as JSON for all that measure.

    ARCHIVE_DATA=... python -m benchmarks.search.queries queries.json

A rare word is in 5 to 50 items, a medium one in 0.1 to 1 % of them, a common one in 3 to 10 %, a very common
one in more than 25 %, its other forms counted with it. Words that PostgreSQL takes for stop words are none.
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

from benchmarks.search.load import ready
from benchmarks.search.texts import texts

_SEED = 3
_OF_EACH = 6
# How many items' words are counted, and pairs of words.
_MOST_COUNTED, _PAIRS_COUNTED = 100_000, 10_000
# How many passages with a word its committee is taken from.
_LOOKED_AT = 50
_WORD = re.compile(r"[^\W\d_]{4,}")
_TOKEN = re.compile(r"[^\W_]+")
_PARTED = re.compile(r"[.,:;\n]")

Query = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    ready()
    made = queries()
    options.out.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    told = Counter(query["class"] for query in made["queries"])
    print(
        f"{len(made['queries'])} queries: " + ", ".join(f"{name} {number}" for name, number in told.items())
    )


def queries() -> dict[str, Any]:
    """`queries` with their class, the text to type, and its parts; and what else a page is asked for."""
    from minutes.models import AgendaItem, CaseNumber, Person

    random = Random(_SEED)
    items = AgendaItem.objects.published().count()
    every = -(-items // _MOST_COUNTED)
    found_in, pairs, counted = _counted(every)
    words = _Words(found_in, counted, every, random)
    classes: dict[str, list[Query]] = {
        "rare": [word(each) for each in words.rare(_OF_EACH)],
        "medium": [word(each) for each in words.medium(_OF_EACH)],
        "common": [word(each) for each in words.common(_OF_EACH)],
        "very common": [word(each) for each in words.very_common(_OF_EACH)],
        "and": [
            *(all_of(pair) for pair in zip(words.common(3), words.common(3), strict=True)),
            *(all_of(pair) for pair in zip(words.very_common(3), words.medium(3), strict=True)),
        ],
        "phrase": [phrase(each) for each in _phrases(pairs, random)],
        "or": [
            any_of(pair)
            for pair in zip(words.medium(_OF_EACH), words.medium(3) + words.common(3), strict=True)
        ],
        "not": [
            but(pair)
            for pair in zip(words.common(3) + words.medium(3), words.very_common(_OF_EACH), strict=True)
        ],
        "prefix": [prefix(each[: min(len(each) - 1, 7)]) for each in words.medium(3) + words.rare(3)],
        "compound": [word(each) for each in words.of_compounds(_OF_EACH)],
    }
    narrowed = [word(each) for each in words.common(3) + words.medium(2) + words.very_common(1)]
    classes["filtered"] = [query | _committee(query, random) for query in narrowed]
    made = [{"class": name, **query} for name, some in classes.items() for query in some]
    people = list(Person.objects.order_by("id").values_list("name", flat=True))
    cases = list(CaseNumber.objects.order_by("id").values_list("printed", flat=True)[:: max(items // 500, 1)])
    return {
        "items": items,
        "queries": made,
        "people": random.sample(people, min(_OF_EACH, len(people))),
        "cases": random.sample(cases, min(_OF_EACH, len(cases))),
        "beginnings": _beginnings([*words.medium(3), *words.common(3)], people, cases, random),
    }


def _beginnings(words: list[str], people: list[str], cases: list[str], random: Random) -> list[str]:
    """What somebody has typed so far of a word, a municipality, a name or a case number."""
    from minutes.models import Municipality

    towns = list(Municipality.objects.published().order_by("id").values_list("name", flat=True))
    whole = [
        *words,
        *(random.choice(each) for each in (towns, towns, people, people, people, cases, cases) if each),
    ]
    return [each[:length] for each in whole for length in (2, 3, 5)]


def word(text: str) -> Query:
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


def _counted(every: int) -> tuple[Counter[str], Counter[tuple[str, ...]], int]:
    """In how many of the items counted a word is, and in how many of fewer items two or three in a row."""
    found_in: Counter[str] = Counter()
    pairs: Counter[tuple[str, ...]] = Counter()
    number = 0
    for number, text in enumerate(texts(every), 1):
        told = "\n".join(text[3:]).lower()
        found_in.update(set(_WORD.findall(told)))
        if number % 10 == 0 and number <= 10 * _PAIRS_COUNTED:
            for sentence in _PARTED.split(told):
                tokens = _TOKEN.findall(sentence)
                pairs.update({*pairwise(tokens), *zip(tokens, tokens[1:], tokens[2:], strict=False)})
    return found_in, pairs, number


class _Words:
    """Draws words that are in so many items, none twice."""

    def __init__(self, found_in: Counter[str], counted: int, every: int, random: Random) -> None:
        self._random = random
        self._counted = counted
        self._every = every
        stems = _stems(list(found_in))
        # As its forms are found too, their items are counted with a word's own.
        of_stem: Counter[str] = Counter()
        for each, stem in stems.items():
            of_stem[stem] += found_in[each]
        ranked = sorted((min(of_stem[stem], counted), each) for each, stem in stems.items())
        self._numbers = [number for number, _each in ranked]
        self._words = [each for _number, each in ranked]
        self._vocabulary = sorted(found_in)
        self._had: set[str] = set()

    def rare(self, wanted: int) -> list[str]:
        return self._between(5 / self._every, 50 / self._every, wanted)

    def medium(self, wanted: int) -> list[str]:
        return self._between(0.001 * self._counted, 0.01 * self._counted, wanted)

    def common(self, wanted: int) -> list[str]:
        return self._between(0.03 * self._counted, 0.1 * self._counted, wanted)

    def very_common(self, wanted: int) -> list[str]:
        # There are few: one may come again.
        return self._between(0.25 * self._counted, self._counted + 1, wanted, again=True)

    def of_compounds(self, wanted: int) -> list[str]:
        """Words of some 1 % of the items that at least twenty others begin with."""
        some = self._between(0.004 * self._counted, 0.05 * self._counted, 3000)
        self._had.difference_update(some)
        chosen = [each for each in some if 5 <= len(each) <= 9 and self._longer(each) >= 20][:wanted]
        self._had.update(chosen)
        return chosen

    def _longer(self, beginning: str) -> int:
        words = self._vocabulary
        return bisect_left(words, beginning + "\uffff") - bisect_left(words, beginning)

    def _between(self, fewest: float, most: float, wanted: int, *, again: bool = False) -> list[str]:
        """Words in at least `fewest` of the items counted, and fewer than `most`."""
        first, last = bisect_left(self._numbers, fewest), bisect_left(self._numbers, most)
        free = [each for each in self._words[first:last] if again or each not in self._had]
        drawn = self._random.sample(free, min(wanted, len(free)))
        self._had.update(drawn)
        return drawn


def _stems(words: list[str]) -> dict[str, str]:
    """The words that are no stop words, each with what PostgreSQL makes of it."""
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


def _phrases(found: Counter[tuple[str, ...]], random: Random) -> list[tuple[str, ...]]:
    """Words in a row: twice as many as of another class, half of them in many items."""
    told_of = _stems(list({each for words in found for each in words}))
    told = sorted(
        (number, words) for words, number in found.items() if words[0] in told_of and words[-1] in told_of
    )
    told = [
        (number, words) for number, words in told if all(len(each) > 2 and each.isalpha() for each in words)
    ]
    often = [words for _number, words in told[-400:]]
    seldom = [words for number, words in told[:-400] if number >= 3]
    return [*random.sample(often, _OF_EACH), *random.sample(seldom, _OF_EACH)]


def _committee(query: Query, random: Random) -> dict[str, Any]:
    """One of the committees that have the word."""
    from minutes.models import Committee, Section

    having = Section.objects.filter(item__closed=False, text__icontains=query["words"][0]).order_by()
    committees = list(having.values_list("item__meeting__committee", flat=True)[:_LOOKED_AT])
    chosen = Committee.objects.select_related("municipality").get(pk=random.choice(committees))
    return {
        "committee": chosen.pk,
        "municipality_slug": chosen.municipality.slug,
        "committee_slug": chosen.slug,
    }


if __name__ == "__main__":
    main()
