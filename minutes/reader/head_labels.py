"""Labels without colons in a flat header: "Dato 4. maj 2010 Tidspunkt 16:00 Sted Salen Til stede …"."""

import re
from collections.abc import Sequence

from minutes.reader.dates import DATE
from minutes.reader.phrases import Phrase

_DATE_LABELS = frozenset({"dato", "mødedato"})
_TIME_LABELS = frozenset({"tid", "tidspunkt", "mødetid", "mødetidspunkt", "starttidspunkt", "sluttidspunkt"})
_PLACE_LABELS = frozenset({"sted", "mødested"})
_PEOPLE_LABELS = frozenset(
    {"til stede", "tilstede", "deltagere", "mødedeltagere", "medlemmer", "fraværende", "afbud"}
)
_BODY_LABELS = frozenset({"udvalg", "mødeforum", "forum"})
_OTHER_LABELS = frozenset({"referent", "ordstyrer", "mødeleder", "sekretær", "næste møde"})
# What is behind each of them when it is a label
_DATE_VALUE = re.compile(rf" (?:[A-ZÆØÅa-zæøå]{{4,6}}dag,? )?(?:den |d\. ?)?{DATE}")
_TIME_VALUE = re.compile(r" (?:[Kk]l\.? ?)?\d{1,2}[.:]\d\d\b")
_PLACE_VALUE = re.compile(r" [A-ZÆØÅ\d]")
_PEOPLE_VALUE = re.compile(r" (?:[A-ZÆØÅ][\wæøå.-]+ ){1,3}[A-ZÆØÅ][\wæøå-]+| Ingen\b")
_BODY_VALUE = re.compile(r" [A-ZÆØÅ][\w-]*(?:udvalg|råd|styrelse)(?:e?[nt])?\b| (?:Udvalget|Rådet) for ")
_VALUES = (
    (_DATE_LABELS, _DATE_VALUE),
    (_TIME_LABELS, _TIME_VALUE),
    (_PLACE_LABELS, _PLACE_VALUE),
    (_PEOPLE_LABELS, _PEOPLE_VALUE),
    (_OTHER_LABELS, _PLACE_VALUE),
    (_BODY_LABELS, _BODY_VALUE),
)
_FEWEST = 3
_END_OF_HEADER = 3000


def head_labels(text: str, phrases: Sequence[Phrase]) -> frozenset[int]:
    """Return the places of labels without colons in a header that has several with values of their form."""
    places: list[int] = []
    kinds: set[int] = set()
    for phrase in phrases:
        if phrase.start > _END_OF_HEADER:
            break
        for kind, (labels, value) in enumerate(_VALUES):
            if phrase.words in labels and value.match(text, phrase.end):
                places.append(phrase.start)
                kinds.add(kind)
    is_header = len(kinds) >= _FEWEST and bool(kinds & {0, 1})
    return frozenset(places) if is_header else frozenset()
