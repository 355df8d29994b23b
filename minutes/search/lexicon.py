"""Corrections and additions to the Danish word list, read from `lexicon.toml`, which explains each table."""

import tomllib
from pathlib import Path
from typing import Any

_LEXICON: dict[str, Any] = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


def _words(table: str) -> frozenset[str]:
    return frozenset(_LEXICON[table].split())


STOP_WORDS = _words("stop_words")
WEAK_WORDS = _words("weak_words")
QUESTION_WORDS = _words("question_words")
SHORT_PARTS = _words("short_parts")
NEVER_FIRST = _words("never_first")
NEVER_LAST = _words("never_last")
AFTER_S = _words("after_s")
LINKING_S = tuple(_LEXICON["linking_s"].split())
NO_COMPOUNDS = _words("no_compounds")
NO_DERIVATIONS = _words("no_derivations")
PREFIXES = _words("prefixes")
ABBREVIATIONS: dict[str, str] = _LEXICON["abbreviations"]
LINKED: dict[str, str] = _LEXICON["linked"]
DERIVATIONS: dict[str, str] = _LEXICON["derivations"] | {
    noun: verb for verb, noun in _LEXICON["derivations"].items()
}
STOP_NOUNS: dict[str, str] = _LEXICON["stop_nouns"]
# Word form → its lemmas.
LEMMAS: dict[str, tuple[str, ...]] = {
    form: tuple(lemmas.split()) for lemmas, forms in _LEXICON["lemmas"].items() for form in forms.split()
}
