"""Find another query to run instead of one without matches, or to suggest beside one with few."""

import re
from collections.abc import Iterator, Mapping
from itertools import chain, combinations

from minutes.search.compound_parts import compound_parts, split_in_two
from minutes.search.entities import words_of_names
from minutes.search.inflections import lemmas
from minutes.search.parsed_query import And, Or, ParsedQuery
from minutes.search.spelling import compound_corrections, corrections, standalone_words, unknown_words

# Words of a query that are looked up for spelling mistakes.
_MAX_CORRECTED_WORDS = 4
# Words of which some may be dropped when no item has them all.
_MAX_RELAXED_WORDS = 8
# A word is suggested instead of a known one if so many items have it.
_MIN_ITEMS_OF_SUGGESTION = 10


def corrected_texts(query: ParsedQuery) -> Iterator[str]:
    """Yield the query with unknown words replaced, the likeliest first."""
    unknown = unknown_words(query.words[:_MAX_CORRECTED_WORDS])
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
    """
    nearest = next(iter(corrections(word) or compound_corrections(word)), None)
    pairs = split_in_two(word) if not nearest or nearest.distance else []
    standalone = standalone_words(set(chain.from_iterable(pairs))) if pairs else set()
    pair = next((pair for pair in pairs if standalone.issuperset(pair)), ())
    if pair and not (nearest and all(half in nearest.word for half in pair)):
        words = " ".join(pair)
        return f'"{words}"', words
    return (nearest.word,) if nearest else ()


def relaxed_queries(query: ParsedQuery) -> Iterator[ParsedQuery]:
    """Yield the query with any one of its words dropped, then with any two dropped, and so on."""
    terms = [term for term in query.required_words if term.rank][:_MAX_RELAXED_WORDS]
    for count in range(len(terms) - 1, 0, -1):
        yield ParsedQuery(query.text, Or(tuple(map(And, combinations(terms, count)))), query.notes)


def suggested_text(query: ParsedQuery) -> str:
    """Return the query with similar, much more frequent words; empty if there are none."""
    replacements: dict[str, str] = {}
    for word in query.words[:_MAX_CORRECTED_WORDS]:
        unrelated = [
            correction
            for correction in corrections(word)
            if set(lemmas(word)).isdisjoint((*lemmas(correction.word), *compound_parts(correction.word)))
        ]
        nearest = next(iter(unrelated), None)
        if nearest and nearest.distance <= 1 and nearest.items >= _MIN_ITEMS_OF_SUGGESTION:
            replacements[word] = nearest.word
    for name in words_of_names(list(replacements)):
        del replacements[name]
    text = _with_replacements(query.text, replacements)
    return text if text != query.text else ""


def _with_replacements(text: str, replacements: Mapping[str, str]) -> str:
    for word, replacement in replacements.items():
        text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", replacement, text, flags=re.IGNORECASE)
    return text
