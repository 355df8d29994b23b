"""Correct misspelt words to words of published items.

Candidates are found as in SymSpell: the index has a key for every string left of a word when up to two of its
first letters are deleted. Two words that differ by two letters have such a string in common.
"""

from collections.abc import Collection, Sequence
from itertools import combinations, islice
from typing import NamedTuple
from zlib import crc32

from rapidfuzz.distance import OSA

from minutes.models import SearchWord
from minutes.search.compounds import partial_splits
from minutes.search.database import connection
from minutes.search.derivations import derivations
from minutes.search.fields import lexeme
from minutes.search.inflections import lemmas
from minutes.search.normalization import fold

# Letters at the beginning of a word of which one or two are deleted.
_PREFIX_LENGTH = 7
_MIN_LENGTH, _MAX_LENGTH = 4, 40
# Words up to this length may differ by one letter only, others by two.
_MAX_SHORT_LENGTH = 5
_MAX_CANDIDATES = 12
# Splits of a compound that are tried, and corrections of the unknown half of each.
_MAX_SPLITS, _MAX_HALF_CORRECTIONS = 6, 3
_WITHOUT_STROKES = str.maketrans("æøå", "aoa")
# Items are counted no further to compare how common words are.
_MAX_COUNTED_ITEMS = 200

# The subquery hides the number of keys from the planner, which would expect them to match half of all words
# and scan the table instead of the index.
_SIMILAR_WORDS = "SELECT word, form FROM minutes_searchword WHERE keys && (SELECT %s::int[])"
# Whether a word is in a published item is always read from the entries, not from the table of words. The
# subquery hides the limit from the planner, which would scan items one by one hoping for an early match.
_ITEM_COUNTS = """
SELECT candidate.word, (
    SELECT count(*)
    FROM (
        SELECT 1 FROM minutes_searchentry
        WHERE vector @@ candidate.query::tsquery LIMIT (SELECT %s::bigint)
    ) matches
)
FROM unnest(%s::text[], %s::text[]) candidate (word, query)
"""


class Correction(NamedTuple):
    """A word of published items near a misspelt one; `items` is counted up to _MAX_COUNTED_ITEMS."""

    word: str
    distance: int
    items: int


class _Candidate(NamedTuple):
    word: str
    distance: int
    lemma: str


def deletion_keys(word: str) -> list[int]:
    """Return the keys by which misspellings of an indexed word find it; none for very short or long words."""
    if not _MIN_LENGTH <= len(word) <= _MAX_LENGTH:
        return []
    return [_key(len(word), remainder) for remainder in _deletions(word)]


def corrections(misspelt: str) -> list[Correction]:
    """Return words of published items within two letters of `misspelt`, the likeliest first. Two queries."""
    word = fold(misspelt)
    if not word.isalpha() or not _MIN_LENGTH <= len(word) <= _MAX_LENGTH:
        return []
    max_distance = 1 if len(word) <= _MAX_SHORT_LENGTH else 2
    keys = [
        _key(length, remainder)
        for remainder in _deletions(word)
        for length in range(len(word) - max_distance, len(word) + max_distance + 1)
    ]
    with connection.cursor() as cursor:
        cursor.execute(_SIMILAR_WORDS, [keys])
        candidates = [
            _Candidate(other, distance, lemma)
            for other, lemma in cursor.fetchall()
            if (folded := fold(other)) != word
            and (distance := _distance(word, folded, max_distance)) <= max_distance
        ]
    candidates.sort(key=lambda candidate: (candidate.distance, candidate.word[0] != word[0], candidate.word))
    return _in_published_items(candidates[:_MAX_CANDIDATES])


def compound_corrections(misspelt: str) -> list[Correction]:
    """Return compounds of published items with one half of `misspelt` corrected.

    They may be parts of longer compounds there. Thirteen queries at most.
    """
    distances: dict[str, int] = {}
    for head, tail, head_known in islice(partial_splits(fold(misspelt), _MIN_LENGTH), _MAX_SPLITS):
        for half in corrections(tail if head_known else head)[:_MAX_HALF_CORRECTIONS]:
            distances.setdefault(head + half.word if head_known else half.word + tail, half.distance)
    return _in_published_items(
        [_Candidate(word, distance, lemmas(word)[0]) for word, distance in distances.items() if lemmas(word)]
    )


def _distance(word: str, other: str, max_distance: int) -> int:
    """Return how many letters differ, or more than `max_distance`; 0 if only strokes of æ, ø and å do."""
    if word.translate(_WITHOUT_STROKES) == other.translate(_WITHOUT_STROKES):
        return 0
    return OSA.distance(word, other, score_cutoff=max_distance)


def _in_published_items(candidates: Sequence[_Candidate]) -> list[Correction]:
    """Return the candidates that published items have, the likeliest first. One query."""
    if not candidates:
        return []
    queries = {candidate.word: lexeme(candidate.lemma) for candidate in candidates}
    items = _item_counts(queries, _MAX_COUNTED_ITEMS)
    known = [
        Correction(candidate.word, candidate.distance, items[candidate.word])
        for candidate in candidates
        if items[candidate.word]
    ]
    return sorted(known, key=lambda correction: (correction.distance, -correction.items, correction.word))


def unknown_words(words: Sequence[str]) -> list[str]:
    """Return the words that no published item has, in any inflection. One query."""
    return [word for word, items in count_items(words, 1).items() if not items]


def count_items(words: Sequence[str], limit: int = _MAX_COUNTED_ITEMS) -> dict[str, int]:
    """Count the published items that have each word, in any inflection, up to a limit. One query."""
    queries = {word: " | ".join(map(lexeme, lemmas(word))) for word in words if lemmas(word)}
    return _item_counts(queries, limit)


def count_matches(queries: Sequence[str], limit: int) -> list[int]:
    """Count the published items that match each tsquery, up to a limit. One query."""
    counts = _item_counts({str(at): query for at, query in enumerate(queries)}, limit)
    return [counts[str(at)] for at in range(len(queries))]


def _item_counts(queries: dict[str, str], limit: int) -> dict[str, int]:
    """Count the items that match each word's tsquery, up to a limit. One query, none for no words."""
    if not queries:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_ITEM_COUNTS, [limit, list(queries), list(queries.values())])
        return dict(cursor.fetchall())


def standalone_words(words: Collection[str]) -> set[str]:
    """Return the words that published items have as words, not only as parts of compounds.

    A derivation counts too. Thus not "lægning", which only occurs in words like "planlægning". Two queries.
    """
    variants = {word: {*lemmas(word), *derivations(word)} for word in words}
    standalone = set(
        SearchWord.objects.filter(form__in=set().union(*variants.values())).values_list("form", flat=True)
    )
    # Shorter words are not in the table of words.
    candidates = [
        word for word in words if len(word) < _MIN_LENGTH or not standalone.isdisjoint(variants[word])
    ]
    return set(candidates) - set(unknown_words(candidates))


def _deletions(word: str) -> set[str]:
    """Return the beginning of a word with up to two letters deleted, one of a very short word."""
    prefix = word[:_PREFIX_LENGTH]
    max_deleted = 1 if len(word) < _MAX_SHORT_LENGTH else 2
    return {
        "".join(remainder)
        for deleted in range(max_deleted + 1)
        for remainder in combinations(prefix, len(prefix) - deleted)
    }


def _key(length: int, remainder: str) -> int:
    """Return a hash that fits PostgreSQL's integer; as hashes collide, candidates are always compared."""
    return crc32(f"{length}{remainder}".encode()) - 2**31
