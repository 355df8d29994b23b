"""What a written Danish word is indexed under: its dictionary form, its kin, and the parts of compounds."""

import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain

from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from minutes.search.lexicon import (
    AFTER_S,
    FORMS,
    KIN,
    LINKED,
    LINKING_S,
    NEVER_FIRST,
    NEVER_LAST,
    NO_COMPOUNDS,
    NO_KIN,
    PREFIXES,
    SHORT_PARTS,
    STOP_WORDS,
)

_LETTERS = str.maketrans({"ä": "æ", "ö": "ø", "é": "e", "è": "e", "ê": "e", "á": "a", "à": "a", "ü": "u"})
_LONGEST_WORD = 60
# Endings, and those of words made of the same.
_KIN = (
    ("isk", ("i", "ik", "")),
    ("else", ("e",)),
    ("ering", ("ere",)),
    ("ere", ("ering", "ation")),
    ("ation", ("ere",)),
    ("e", ("else",)),
    ("skadet", ("skade",)),
)
_LEAST_PART = 4
_LEAST_AFTER_PREFIX = 6
_LEAST_ING = 9
_LEAST_HED = 6
_VOWELS = frozenset("aeiouyæøå")


def normal(text: str) -> str:
    """`text` with each letter one character, as the words of a text are compared."""
    return unicodedata.normalize("NFC", text)


@lru_cache(maxsize=400_000)
def lemmas(written: str) -> tuple[str, ...]:
    """The forms that a written word is indexed under as a whole: its lemma, first; empty for a stop word."""
    if written in STOP_WORDS or len(written) > _LONGEST_WORD:
        return ()
    word = folded(written)
    if not word.isalpha():
        return (word,)
    found = lemma(word)
    if found is not None:
        several = FORMS.get(word) or (found, *_nouns_that_look_like_verbs(word, found))
        if _listed(word) is None and (compound := _as_compound(word)):
            head, tail, last = compound
            several = (found, *(head + noun for noun in _nouns_that_look_like_verbs(tail, last)))
        return tuple(dict.fromkeys(map(_one_letter, several)))
    # A name, perhaps in the genitive.
    bare = word[:-1] if word.endswith("s") and len(word) > 4 else word
    return (_one_letter(word),) if bare == word else (_one_letter(word), _one_letter(bare))


@lru_cache(maxsize=400_000)
def compound_parts(written: str) -> frozenset[str]:
    """The forms of the words that a compound is made of, and of those they are made of: few or none."""
    word = folded(written)
    if not word.isalpha() or written in STOP_WORDS or len(word) > _LONGEST_WORD:
        return frozenset()
    base = lemma(word) or word
    found = _parts(base, unknown=_listed(base) is None)
    found |= {kin for each in (base, *found) for kin in _kin(each)}
    if compound := _as_compound(base):
        head, _tail, last = compound
        found |= {head + kin for kin in _kin(last)}
    return frozenset(map(_one_letter, found)) - set(lemmas(written))


def derivations(written: str) -> set[str]:
    """Forms of words of another class made of the same as a written word."""
    return {each for form in lemmas(written) for each in _kin(form)}


def _kin(word: str) -> Iterator[str]:
    """Words of another class made of the same: "psykiatrisk" of "psykiatri", "udvide" and "udvidelse"."""
    if word in KIN:
        yield KIN[word]
    if word in NO_KIN:
        return
    yield from filter(_is_lemma, _ing(word))
    yield from (each for each in _hed(word) if _is_lemma(each) and each not in NO_KIN)
    for ending, others in _KIN:
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            for other in others:
                if len(stem) >= _LEAST_PART and (ending == "skadet" or _is_lemma(stem + other)):
                    yield stem + other


def _hed(word: str) -> Iterator[str]:
    """What may be the adjective of a noun in -hed, and the other way: "frivillighed" and "frivillig".

    Of long words alone: "hel" and "helhed" have gone different ways. Nor is "dansk" from "danskhed".
    """
    stem = word.removesuffix("hed")
    if len(stem) >= _LEAST_HED and not stem.endswith("sk"):
        yield f"{word}hed" if stem == word else stem


def _ing(word: str) -> Iterator[str]:
    """What may be the verb of a noun in -ing, and the other way: "kortlægning" and "kortlægge".

    Of long words alone: "bygning" and "bygge" have gone different ways.
    """
    if word.endswith("ing") and not word.endswith("ering") and len(word) >= _LEAST_ING:
        for ending in ("ing", "ning"):
            if word.endswith(ending):
                stem = word.removesuffix(ending)
                yield from (f"{stem}e", f"{stem}{stem[-1]}e")
    elif word.endswith("e") and not word.endswith("ere"):
        stem = word[:-1]
        for each in (stem, stem[:-1] if stem.endswith(stem[-2:-1]) else stem):
            yield from (noun for noun in (f"{each}ing", f"{each}ning") if len(noun) >= _LEAST_ING)


def load() -> None:
    """Read the word list, which takes a second or two; else the first word does."""
    _known()


def is_listed(written: str) -> bool:
    """Whether the word list has the word, in this form."""
    return _listed(folded(written)) is not None


def can_be_one(head: str, tail: str) -> bool:
    """Whether the two can be a compound."""
    return bool(_last(tail) and _first(head))


def linked_otherwise(written: str) -> Iterator[str]:
    """A compound that the list does not have, with the linking s it was written without, or without it."""
    for at in range(3, len(written) - 3):
        head, tail = written[:at], written[at:]
        if can_be_one(head, tail):
            yield head[:-1] + tail if head.endswith("s") else f"{head}s{tail}"


def halves(written: str, shortest: int) -> Iterator[tuple[str, str, bool]]:
    """Where a word can be parted in two of which one alone is a word that can stand there: the two, and
    whether that is the first. The longest known first; the unknown of more than `shortest` letters."""
    found = []
    for at in range(3, len(written) - 2):
        head, tail = written[:at], written[at:]
        known = bool(_first(head))
        if known != bool(_last(tail)) and len(tail if known else head) > shortest:
            found.append((head, tail, known))
    yield from sorted(found, key=lambda each: -len(each[0] if each[2] else each[1]))


def spelled_out(written: str) -> list[tuple[str, str]]:
    """The two words that a compound may be made of: "skolevejslukning" of "skolevej" and "lukning"."""
    found = []
    for at in range(3, len(written) - 2):
        head, tail = written[:at], written[at:]
        if can_be_one(head, tail):
            # Without a linking s.
            bare = head.removesuffix("s")
            found.append((LINKED.get(head, bare if lemmas(bare) == lemmas(head) else head), tail))
    return found


def lemma(word: str) -> str | None:
    """The dictionary form of a known word, or of a compound whose last part is known; else None."""
    found = _listed(word)
    if found is not None:
        return found
    if word.endswith(("s", "igt")) and len(word) > 3 and _listed(word[:-1]) is not None:
        return lemma(word[:-1])
    compound = _as_compound(word)
    return compound[0] + compound[2] if compound else None


def _as_compound(word: str) -> tuple[str, str, str] | None:
    """What stands before the longest last part of a word, that part, and its lemma."""
    for at in range(3, len(word) - 3):
        last = _last(word[at:])
        if last and not _VOWELS.isdisjoint(word[:at]):
            return word[:at], word[at:], last
    return None


def _nouns_that_look_like_verbs(word: str, found: str) -> Iterator[str]:
    """The nouns a word is a form of beside the verb `found`: "reformer" of "reform", "taget" of "tag"."""
    if word.endswith("et") and found == word[:-1] and _is_lemma(word[:-2]):
        yield word[:-2]
    if not word.endswith("er"):
        return
    if found == word + "e":
        for noun in (word[:-2], word[:-1]):
            if _is_lemma(noun):
                yield noun
    elif found == word[:-1] and _known().get(word + "e") == word:
        yield word


def folded(written: str) -> str:
    """A word's letters as they are compared: "Idé" and "ide", "Møller" and "Möller" are one."""
    return normal(written).translate(_LETTERS)


def _one_letter(word: str) -> str:
    """Aarhus is Århus."""
    return word.replace("aa", "å")


def _is_lemma(word: str) -> bool:
    """Whether the word list has the word as the dictionary form of itself."""
    return _known().get(word) == word


def _listed(word: str) -> str | None:
    """The lemma of a word that the lexicon or the word list has."""
    return FORMS[word][0] if word in FORMS else _known().get(word)


def _parts(word: str, *, unknown: bool = False) -> set[str]:
    found: set[str] = set()
    named: tuple[str, str] | None = None
    if word in NO_COMPOUNDS:
        return found
    for at in range(2, len(word) - 2):
        head, tail = word[:at], word[at:]
        last = tail if tail in AFTER_S and head.endswith("s") else _last(tail)
        if not last or (tail[0] == "s" and head.endswith(LINKING_S)):
            continue
        first = _first(head)
        if first:
            found |= {first, last} | _parts_of(head) | _parts_of(tail)
        elif head in PREFIXES and len(tail) >= _LEAST_AFTER_PREFIX:
            found |= {last} | _parts_of(tail)
        elif named is None and at >= _LEAST_PART and len(tail) > _LEAST_PART:
            named = (head, last)
    # "Limbakkeskolen": of a name and a word.
    return found or set(named or ()) if unknown else found


@lru_cache(maxsize=200_000)
def _parts_of(word: str) -> frozenset[str]:
    return frozenset(_parts(word)) if len(word) > 6 else frozenset()


@lru_cache(maxsize=200_000)
def _last(tail: str) -> str | None:
    """The lemma of what can be a compound's last part."""
    if tail in NEVER_LAST or tail in STOP_WORDS or not _VOWELS.intersection(tail):
        return None
    found = _listed(tail)
    if found is None and tail.endswith("s"):
        bare = tail[:-1]
        found = _listed(bare)
    if found is None or found in NEVER_LAST:
        return None
    return found if len(found) >= _LEAST_PART or found in SHORT_PARTS else None


@lru_cache(maxsize=200_000)
def _first(head: str) -> str | None:
    """The lemma of what can be a compound's first part, with or without a linking s or e."""
    if head in NEVER_FIRST or not _VOWELS.intersection(head):
        return None
    if head in LINKED:
        return LINKED[head]
    found = _listed(head)
    if found is None and head.endswith("s"):
        bare = head[:-1]
        if bare in LINKED:
            return LINKED[bare]
        found = _listed(bare)
        if found is None and bare not in NEVER_FIRST:
            found = _compound(bare)
    elif found is None and head.endswith("e") and len(head) > _LEAST_PART:
        found = _listed(head[:-1])
    if found is None and not head.endswith("s"):
        found = _compound(head)
    if found is None or found in NEVER_FIRST:
        return None
    return found if len(found) >= _LEAST_PART or found in SHORT_PARTS else None


def _compound(word: str) -> str | None:
    """The lemma of a compound that no dictionary has, as the first part of a longer one."""
    for at in range(4, len(word) - 3):
        last = _last(word[at:])
        if last and _first(word[:at]):
            return word[:at] + last
    return None


@cache
def _known() -> dict[str, str]:
    """Small-lettered Danish word forms with their lemmas: the data of simplemma (MIT licence)."""
    # As one text: a word at a time takes three times as long.
    text = "\n".join(chain.from_iterable(DefaultDictionaryFactory().get_dictionary("da").items())).lower()
    for letter, plain in _LETTERS.items():
        text = text.replace(chr(letter), plain)
    lines = text.split("\n")
    known = {form: found for form, found in zip(lines[::2], lines[1::2], strict=True) if form.isalpha()}
    for form in _inflected_of_centre(known):
        known[form] = known[form][:-2] + "er"
    return known


def _inflected_of_centre(known: dict[str, str]) -> list[str]:
    """Forms that the data puts under "centre", "teatre", where the word is "center", "teater"."""
    return [
        form
        for form, found in known.items()
        if found.endswith("tre") and known.get(found[:-2] + "er") == found[:-2] + "er"
    ]
