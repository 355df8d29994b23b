"""Values of a header in one paragraph: where the value of one label ends and the next one's begins.

"Mødested: Deltagere: Fraværende: Referent: Salen, det gamle rådhus Per Holm, Ida Krog Ingen Olga Dahl":
behind a row of labels each value has its own form.
"""

import re
from collections.abc import Iterator

from minutes.reader.words import WORDS

_NAME = r"[A-ZÆØÅ][\wæøåéü.-]*(?: [A-ZÆØÅ][\wæøåéü.-]*){1,4}"
# "Per Holm," at the beginning of a list
_LIST = re.compile(rf"{_NAME}(?=,)")
# "Salen, det gamle rådhus | Per Holm,", "Rådhuset | Per Holm,", "1.2 øst | Per Holm,", "lokale 3 | Per Holm,"
_PLACE_ENDS = re.compile(
    rf"(?:\b[a-zæøå]{{3,}}|\d[A-Z]?|(?i:{'|'.join(map(re.escape, WORDS.places.nouns))}|slot)(?:en|et|n|t)?)"
    r" (?=[A-ZÆØÅ])"
)
# "… Erik Jull | Ingen | Pia Koch"
_NOBODY = re.compile(r"(?<=[\wæøå)] )Ingen(?= |\.|$)")
# "Per Holm (A) | Ida Krog (V)"
_PARTY = re.compile(r"\([A-ZÆØÅ]{1,2}\) (?=[A-ZÆØÅ])")
# "Per Holm Til stede | Ida Krog Afbud"
_STATUS = re.compile(
    r"\b(?:Til stede|Tilstede|Afbud|Fraværende)(?: fra (?:pkt|pk|punkt)\.? ?\d{1,3})? (?=[A-ZÆØÅ])"
)
_FEWEST_PEOPLE = 3
_LONGEST_VALUES = 6000


def row_value_cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where the values behind a row of labels begin in text[start:end]."""
    end = min(end, start + _LONGEST_VALUES)
    seen: set[str] = set()
    for match in _NOBODY.finditer(text, start, end):
        yield match.start()
        yield match.end()
    first = _LIST.search(text, start, end)
    if first:
        places = [match.end() for match in _PLACE_ENDS.finditer(text, start, first.end())]
        if places:
            yield places[-1]
            seen.add(text[places[-1] : first.end()])
    at = start
    for part in text[start:end].split(","):
        words = part.strip()
        # "Ida Krog Per Holm" where Per Holm was in the list before: the next list begins with him.
        repeated = next((name for name in sorted(seen) if words.endswith(f" {name}")), None)
        if repeated:
            yield at + part.rindex(repeated)
            words = repeated
        seen.add(words)
        at += len(part) + 1


def people_cuts(text: str, start: int, end: int) -> list[int]:
    """Return where each person of a list without commas begins, if a party or status is behind each."""
    for form in (_PARTY, _STATUS):
        places = [match.end() for match in form.finditer(text, start, end)]
        if len(places) >= _FEWEST_PEOPLE - 1:
            return places
    return []
