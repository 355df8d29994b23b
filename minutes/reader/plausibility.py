"""Tells a text that may be minutes of an unknown form from one that is obviously something else."""

import re

from minutes.reader.dates import DATE
from minutes.reader.words import WORDS, pattern

_WORD = re.compile(pattern(WORDS.minutes.words), re.IGNORECASE)
_DATE = re.compile(DATE)
# "landdistriktsrådet", "Skolebestyrelsen", "huslejenævnet"
_BODY = re.compile(r"[\wæøå]{3,}(?:råd|nævn|udvalg|bestyrelse)(?:et|en)?\b", re.IGNORECASE)
# "REFERAT", "Referat fra møde nr. 4", "Beslutningsprotokol"
_TITLE = re.compile(r"\W*(?:[\wæøå-]*referat|dagsorden|[\wæøå-]*protokol)\b.{0,80}(?<![.!?])", re.IGNORECASE)
# How many different words, a date counting as one, minutes have at least.
_FEWEST = 3
# Minutes have them early; a longer search would cost time on a hostile text.
_SEARCHED = 200_000


def can_be_minutes(text: str) -> bool:
    """Return True if the text begins like minutes, or has several different words of minutes."""
    text = text[:_SEARCHED].strip()
    if _TITLE.fullmatch(text.split("\n", 1)[0].strip()):
        return True
    seen = {kind for kind, words in (("date", _DATE), ("body", _BODY)) if words.search(text)}
    for word in _WORD.finditer(text):
        # "udvalg" and "udvalgets" are one word.
        seen.add(" ".join(word[0].casefold().split())[:6])
        if len(seen) >= _FEWEST:
            return True
    return False
