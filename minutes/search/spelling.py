"""Words of the archive like one that was typed: what is searched when it was a slip."""

from collections.abc import Collection, Sequence
from itertools import combinations, islice
from typing import NamedTuple
from zlib import crc32

from django.db import connection
from rapidfuzz.distance import OSA

from minutes.models import SearchWord
from minutes.search.fields import lexeme
from minutes.search.inflections import derivations, folded, halves, lemmas

# Letters of a word's beginning from which one or two are left out. A word that differs by two letters has
# such a remainder in common with the other, whichever letters they are.
_BEGINNING = 7
_SHORTEST, _LONGEST = 4, 40
# Words up to this long may differ by one letter.
_SHORT = 5
_CANDIDATES = 12
# Places at which a compound with a slip is parted, and words tried for the part that is none.
_PARTED, _TRIED = 6, 3
_WITHOUT_STROKES = str.maketrans("æøå", "aoa")
# Items are counted no further to tell which of several words is the more common.
_COUNTED = 200

# By a query of its own, so that the planner does not see how many numbers there are: it would take them for
# those of half of all words, and read the whole list rather than the index.
_LIKE = "SELECT word, form FROM minutes_searchword WHERE keys && (SELECT %s::int[])"
# Whether a word is in a published item is asked of the items, never of the list. The planner does not see the
# limit either: it would read items one after another, hoping for one that has the word.
_HOW_COMMON = """
SELECT asked.word, (
    SELECT count(*)
    FROM (
        SELECT 1 FROM minutes_searchentry
        WHERE vector @@ asked.query::tsquery LIMIT (SELECT %s::bigint)
    ) found
)
FROM unnest(%s::text[], %s::text[]) asked (word, query)
"""


class Candidate(NamedTuple):
    word: str
    distance: int
    items: int


def keys(word: str) -> list[int]:
    """The numbers under which a word of the archive is found by others like it; none for one too short."""
    if not _SHORTEST <= len(word) <= _LONGEST:
        return []
    return [_key(len(word), left) for left in _remainders(word)]


def like(typed: str) -> list[Candidate]:
    """Words in published items a letter or two from `typed`, the likeliest first. Two queries."""
    word = folded(typed)
    if not word.isalpha() or not _SHORTEST <= len(word) <= _LONGEST:
        return []
    most = 1 if len(word) <= _SHORT else 2
    wanted = [
        _key(length, left)
        for left in _remainders(word)
        for length in range(len(word) - most, len(word) + most + 1)
    ]
    with connection.cursor() as cursor:
        cursor.execute(_LIKE, [wanted])
        near = [
            (distance, other, form)
            for other, form in cursor.fetchall()
            if (near_it := folded(other)) != word and (distance := _distance(word, near_it, most)) <= most
        ]
    near.sort(key=lambda each: (each[0], each[1][0] != word[0], each[1]))
    return _in_archive(near[:_CANDIDATES])


def _distance(word: str, other: str, most: int) -> int:
    """How many letters differ, one past `most` at most; none if only strokes of æ, ø and å are left out."""
    if word.translate(_WITHOUT_STROKES) == other.translate(_WITHOUT_STROKES):
        return 0
    return OSA.distance(word, other, score_cutoff=most)


def like_in_part(typed: str) -> list[Candidate]:
    """Compounds in published items, be it as parts of longer ones, of which a part was mistyped.

    Thirteen queries at most.
    """
    made: dict[str, int] = {}
    for head, tail, known in islice(halves(folded(typed), _SHORTEST), _PARTED):
        for other in like(tail if known else head)[:_TRIED]:
            made.setdefault(head + other.word if known else other.word + tail, other.distance)
    return _in_archive([(distance, word, lemmas(word)[0]) for word, distance in made.items() if lemmas(word)])


def _in_archive(near: Sequence[tuple[int, str, str]]) -> list[Candidate]:
    """Of words, each as its distance, itself and its form, those in published items, the likeliest first."""
    if not near:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            _HOW_COMMON, [_COUNTED, [word for _, word, _ in near], [lexeme(form) for _, _, form in near]]
        )
        common = dict(cursor.fetchall())
    found = [Candidate(word, distance, common[word]) for distance, word, _form in near if common[word]]
    return sorted(found, key=lambda each: (each.distance, -each.items, each.word))


def missing(typed: Sequence[str]) -> list[str]:
    """Those of the typed words that no published item has, in any form. One query."""
    asked = [(word, " | ".join(map(lexeme, lemmas(word)))) for word in typed if lemmas(word)]
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_HOW_COMMON, [1, [word for word, _ in asked], [query for _, query in asked]])
        return [word for word, items in cursor.fetchall() if not items]


def words_of_their_own(asked: Collection[str]) -> set[str]:
    """Those that a published item has, and that the archive has, or their kin, as words, not only as parts of
    compounds: no item says "lægning". Two queries."""
    meant = {word: {*lemmas(word), *derivations(word)} for word in asked}
    as_words = set(
        SearchWord.objects.filter(form__in=set().union(*meant.values())).values_list("form", flat=True)
    )
    # Shorter words are not kept for suggestions.
    found = [word for word in asked if len(word) < _SHORTEST or not as_words.isdisjoint(meant[word])]
    return set(found) - set(missing(found))


def _remainders(word: str) -> set[str]:
    beginning = word[:_BEGINNING]
    gone = 1 if len(word) <= _SHORT - 1 else 2
    return {
        "".join(left) for less in range(gone + 1) for left in combinations(beginning, len(beginning) - less)
    }


def _key(length: int, left: str) -> int:
    """A number that fits PostgreSQL's integer. Others may share it, so a distance is always measured."""
    return crc32(f"{length}{left}".encode()) - 2**31
