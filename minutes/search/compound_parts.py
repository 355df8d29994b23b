"""Find the lemmas that a written word contains: the parts of a compound and their derivations."""

from functools import lru_cache

from minutes.search.compounds import can_be_compound, part_lemmas, split_last_part
from minutes.search.derivations import lemma_derivations
from minutes.search.dictionary import listed_lemma
from minutes.search.inflections import MAX_WORD_LENGTH, lemma, lemmas
from minutes.search.lexicon import LINKED, STOP_WORDS
from minutes.search.normalization import fold, fold_aa


@lru_cache(maxsize=400_000)
def compound_parts(word: str) -> frozenset[str]:
    """Return the lemmas of a compound's parts, at every depth, and derivations of these and of the word."""
    folded = fold(word)
    if not folded.isalpha() or word in STOP_WORDS or len(folded) > MAX_WORD_LENGTH:
        return frozenset()
    base = lemma(folded) or folded
    parts = part_lemmas(base, unknown=listed_lemma(base) is None)
    parts |= {derived for part in (base, *parts) for derived in lemma_derivations(part)}
    if compound := split_last_part(base):
        parts |= {compound.head + derived for derived in lemma_derivations(compound.tail_lemma)}
    return frozenset(map(fold_aa, parts)) - set(lemmas(word))


def split_in_two(word: str) -> list[tuple[str, str]]:
    """Return the pairs of words a compound may consist of: "skolevej" and "lukning" of "skolevejslukning"."""
    pairs = []
    for at in range(3, len(word) - 2):
        head, tail = word[:at], word[at:]
        if can_be_compound(head, tail):
            unlinked = head.removesuffix("s")
            pairs.append((LINKED.get(head, unlinked if lemmas(unlinked) == lemmas(head) else head), tail))
    return pairs
