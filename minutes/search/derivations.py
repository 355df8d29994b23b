"""Find derived words of another word class: "psykiatri" and "psykiatrisk", "udvide" and "udvidelse"."""

from collections.abc import Iterator

from minutes.search.compounds import MIN_PART_LENGTH
from minutes.search.dictionary import is_lemma
from minutes.search.inflections import lemmas
from minutes.search.lexicon import DERIVATIONS, NO_DERIVATIONS

# Endings, each with those of words derived from the same stem.
_SUFFIXES = (
    ("isk", ("i", "ik", "")),
    ("else", ("e",)),
    ("ering", ("ere",)),
    ("ere", ("ering", "ation")),
    ("ation", ("ere",)),
    ("e", ("else",)),
)
# "hjerneskadet" is of "hjerneskade", which the word list need not have.
_PARTICIPLE, _NOUN = "skadet", "skade"
# Shorter words have often drifted apart in meaning: "bygge" and "bygning", "hel" and "helhed".
_MIN_ING_LENGTH, _MIN_HED_LENGTH = 9, 6


def derivations(word: str) -> set[str]:
    """Return lemmas of another word class that share their stem with a written word."""
    return {derived for lemma in lemmas(word) for derived in lemma_derivations(lemma)}


def lemma_derivations(lemma: str) -> Iterator[str]:
    """Yield lemmas of another word class that share their stem with `lemma`."""
    if lemma in DERIVATIONS:
        yield DERIVATIONS[lemma]
    if lemma in NO_DERIVATIONS:
        return
    yield from filter(is_lemma, _ing_candidates(lemma))
    yield from (
        candidate
        for candidate in _hed_candidates(lemma)
        if is_lemma(candidate) and candidate not in NO_DERIVATIONS
    )
    for suffix, replacements in _SUFFIXES:
        stem = lemma.removesuffix(suffix)
        if stem != lemma and len(stem) >= MIN_PART_LENGTH:
            yield from filter(is_lemma, (stem + replacement for replacement in replacements))
    if lemma.endswith(_PARTICIPLE) and len(lemma) >= MIN_PART_LENGTH + len(_PARTICIPLE):
        yield lemma.removesuffix(_PARTICIPLE) + _NOUN


def _hed_candidates(lemma: str) -> Iterator[str]:
    """Yield the adjective of a noun in -hed, or the noun of an adjective: "frivillig" and "frivillighed".

    Not of adjectives in -sk: "danskhed" is not what a search for "dansk" is about.
    """
    stem = lemma.removesuffix("hed")
    if len(stem) >= _MIN_HED_LENGTH and not stem.endswith("sk"):
        yield f"{lemma}hed" if stem == lemma else stem


def _ing_candidates(lemma: str) -> Iterator[str]:
    """Yield possible verbs of a noun in -ing, or nouns of a verb: "kortlægge" and "kortlægning"."""
    if lemma.endswith("ing") and not lemma.endswith("ering") and len(lemma) >= _MIN_ING_LENGTH:
        for suffix in ("ing", "ning"):
            if lemma.endswith(suffix):
                stem = lemma.removesuffix(suffix)
                yield from (f"{stem}e", f"{stem}{stem[-1]}e")
    elif lemma.endswith("e") and not lemma.endswith("ere"):
        stem = lemma[:-1]
        undoubled = stem[:-1] if stem.endswith(stem[-2:-1]) else stem
        for start in (stem, undoubled):
            yield from (noun for noun in (f"{start}ing", f"{start}ning") if len(noun) >= _MIN_ING_LENGTH)
