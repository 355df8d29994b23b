"""What the word list does not know of Danish, read from `lexicon.toml`."""

import tomllib
from pathlib import Path

_TOLD = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))

STOP_WORDS = frozenset(_TOLD["stop_words"].split())
WEAK_WORDS = frozenset(_TOLD["weak_words"].split())
QUESTION_WORDS = frozenset(_TOLD["question_words"].split())
SHORT_PARTS = frozenset(_TOLD["short_parts"].split())
NEVER_FIRST = frozenset(_TOLD["never_first"].split())
NEVER_LAST = frozenset(_TOLD["never_last"].split())
AFTER_S = frozenset(_TOLD["after_s"].split())
LINKING_S = tuple(_TOLD["linking_s"].split())
NO_COMPOUNDS = frozenset(_TOLD["no_compounds"].split())
NO_KIN = frozenset(_TOLD["no_kin"].split())
PREFIXES = frozenset(_TOLD["prefixes"].split())
ABBREVIATIONS: dict[str, str] = _TOLD["abbreviations"]
LINKED: dict[str, str] = _TOLD["linked"]
KIN: dict[str, str] = _TOLD["kin"] | {noun: verb for verb, noun in _TOLD["kin"].items()}
# What a word is indexed under, when the list does not say so.
FORMS = {
    word: tuple(forms.split()) for forms, inflected in _TOLD["forms"].items() for word in inflected.split()
}
