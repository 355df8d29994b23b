"""Find another query to run instead of one without matches, or to suggest beside one with few."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain

from minutes.search.compound_parts import compound_parts, split_in_two
from minutes.search.dictionary import is_listed
from minutes.search.entities import words_of_names
from minutes.search.inflections import lemmas
from minutes.search.parsed_query import ParsedQuery
from minutes.search.spelling import (
    Correction,
    compound_corrections,
    corrections,
    count_items,
    standalone_words,
    unknown_words,
)
from minutes.search.synonyms import has_synonyms

# Words of a query that are looked up for spelling mistakes.
_MAX_CORRECTED_WORDS = 4
# A word is suggested instead of another one if so many items have it, and so many times as many.
_MIN_ITEMS_OF_SUGGESTION, _MIN_TIMES_AS_FREQUENT = 10, 10


def corrected_texts(query: ParsedQuery, *, synonyms: bool = True) -> Iterator[str]:
    """Yield the query with unknown words replaced, the likeliest first. A word with `synonyms` is known."""
    words = [word for word in query.words[:_MAX_CORRECTED_WORDS] if not (synonyms and has_synonyms(word))]
    unknown = unknown_words(words)
    names = words_of_names(unknown)
    replacements = {word: _replacements(word) for word in unknown if word not in names}
    for attempt in range(max(map(len, replacements.values()), default=0)):
        chosen = {
            word: options[min(attempt, len(options) - 1)] for word, options in replacements.items() if options
        }
        text = _with_replacements(query.text, chosen)
        if text != query.text:
            yield text


def _replacements(word: str) -> tuple[str, ...]:
    """Return what to search instead of a word that no item has, the likeliest first.

    Either the two words of a compound, if published items have both as words: as a phrase, then anywhere. Or
    the nearest known word: always if only a linking letter or a stroke differs, or if it contains both words.
    A Danish word is not misspelt, so no other word replaces it.
    """
    nearest = None if is_listed(word) else next(iter(corrections(word) or compound_corrections(word)), None)
    pairs = split_in_two(word) if not nearest or nearest.distance else []
    standalone = standalone_words(set(chain.from_iterable(pairs))) if pairs else set()
    pair = next((pair for pair in pairs if standalone.issuperset(pair)), ())
    if pair and not (nearest and all(half in nearest.word for half in pair)):
        words = " ".join(pair)
        return f'"{words}"', words
    return (nearest.word,) if nearest else ()


def suggested_text(query: ParsedQuery) -> str:
    """Return the query with similar, much more frequent words; empty if there are none.

    A Danish word that an item has is not replaced, however rare it is. Two queries for each word.
    """
    words = query.words[:_MAX_CORRECTED_WORDS]
    items = count_items(words)
    replacements: dict[str, str] = {}
    for word in words:
        if is_listed(word) and items.get(word):
            continue
        min_items = max(_MIN_ITEMS_OF_SUGGESTION, _MIN_TIMES_AS_FREQUENT * items.get(word, 0))
        nearest = next(iter(_unrelated_corrections(word)), None)
        if nearest and nearest.distance <= 1 and nearest.items >= min_items:
            replacements[word] = nearest.word
    for name in words_of_names(list(replacements)):
        del replacements[name]
    text = _with_replacements(query.text, replacements)
    return text if text != query.text else ""


def _unrelated_corrections(word: str) -> list[Correction]:
    """Return similar words that a search for `word` does not match anyway."""
    return [
        correction
        for correction in corrections(word)
        if set(lemmas(word)).isdisjoint((*lemmas(correction.word), *compound_parts(correction.word)))
    ]


def _with_replacements(text: str, replacements: Mapping[str, str]) -> str:
    for word, replacement in replacements.items():
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", replacement, text, flags=re.IGNORECASE)
    return text
