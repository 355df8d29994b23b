"""Undo Danish inflection: find the lemmas that a written word is indexed under."""

from collections.abc import Iterator
from functools import lru_cache

from minutes.search.compounds import split_last_part
from minutes.search.dictionary import is_form_of, is_lemma, listed_lemma
from minutes.search.lexicon import LEMMAS, STOP_WORDS
from minutes.search.normalization import fold, fold_aa

# Longer words are not indexed.
MAX_WORD_LENGTH = 60
# A word ending in s may be a genitive from this length on.
_MIN_GENITIVE_LENGTH = 5


@lru_cache(maxsize=400_000)
def lemmas(word: str) -> tuple[str, ...]:
    """Return the lemmas of a lower-case word, the likeliest first; empty for a stop word.

    An unknown word, probably a name, is its own lemma; so is the word without a genitive s.
    """
    if word in STOP_WORDS or len(word) > MAX_WORD_LENGTH:
        return ()
    folded = fold(word)
    if not folded.isalpha():
        return (folded,)
    first = lemma(folded)
    if first is None:
        is_genitive = folded.endswith("s") and len(folded) >= _MIN_GENITIVE_LENGTH
        return (fold_aa(folded), fold_aa(folded[:-1])) if is_genitive else (fold_aa(folded),)
    alternatives = LEMMAS.get(folded) or (first, *_homograph_nouns(folded, first))
    if listed_lemma(folded) is None and (compound := split_last_part(folded)):
        nouns = _homograph_nouns(compound.tail, compound.tail_lemma)
        alternatives = (first, *(compound.head + noun for noun in nouns))
    return tuple(dict.fromkeys(map(fold_aa, alternatives)))


def lemma(word: str) -> str | None:
    """Return the lemma of a known word, or of a compound whose last part is known; None for any other."""
    listed = listed_lemma(word)
    if listed is not None:
        return listed
    if word.endswith(("s", "igt")) and len(word) > 3 and listed_lemma(word[:-1]) is not None:
        return lemma(word[:-1])
    compound = split_last_part(word)
    return compound.lemma if compound else None


def _homograph_nouns(word: str, verb: str) -> Iterator[str]:
    """Yield nouns that share the form `word` with a verb: "reform" for "reformer", "tag" for "taget"."""
    if word.endswith("et") and verb == word[:-1] and is_lemma(word[:-2]):
        yield word[:-2]
    if not word.endswith("er"):
        return
    if verb == word + "e":
        yield from filter(is_lemma, (word[:-2], word[:-1]))
    elif verb == word[:-1] and is_form_of(word + "e", word):
        yield word
