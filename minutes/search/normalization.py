"""Normalize letters, so that different spellings of a word compare equal."""

import unicodedata

FOLDED_LETTERS = {"ä": "æ", "ö": "ø", "é": "e", "è": "e", "ê": "e", "á": "a", "à": "a", "ü": "u"}
_FOLD = str.maketrans(FOLDED_LETTERS | {"²": "2", "³": "3"})


def normalize(text: str) -> str:
    """Return `text` in Unicode form C: one character for each letter."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Return `text` without foreign accents and raised digits: "idé" becomes "ide", "m²" "m2"."""
    return normalize(text).translate(_FOLD)


def fold_aa(word: str) -> str:
    """Return `word` with "å" for "aa", as in "århus" for "aarhus"."""
    return word.replace("aa", "å")
