"""Headings of flat text that name a body and a day: "Økonomiudvalgets beslutning den 04.12.2012 Punkt 1"."""

import re
from collections.abc import Iterator
from itertools import pairwise

from minutes.reader.dates import DATE
from minutes.reader.phrases import Row

_POINT = r"(?:,? (?:pkt\.|[Pp]unkt) \d{1,4})?:?"
_DAY = rf",?(?: Dato:)? (?:den |d\. ?)?{DATE}"
# "Beslutning i Byrådet den 03-11-2015, pkt. 4:", "Beslutning Plan og Miljø 2018-2021 den 4. maj 2010"
_TERM = r"(?: \(?(?:(?:19|20)\d\d-(?:19|20)?\d\d|\d\d-\d\d)\)?)?"
_NAME = rf"[A-ZÆØÅ](?:(?! (?:på|at|er|som|blev|skal|mødet?) )[^.:;\d]){{2,80}}?{_TERM}"
# "… Dato: 4. september 2014 Sted: Salen, Nordby Fraværende: Ida Krog"
_PLACE = r"(?: Sted: [^:]{3,90}(?= (?:Fraværende|Afbud|Til stede):))?"
_OF_BODY = re.compile(rf"(?: (?:(?:i|fra|for) )?{_NAME})?{_DAY}{_PLACE}{_POINT}")
# "BESLUTNING: Kommunalbestyrelsen den 15-09-2016 Der var …"
_BEHIND_COLON = re.compile(rf"[A-ZÆØÅ][\w ,æøåÆØÅ-]{{3,80}}?{_TERM}(?={_DAY})")
# The same without the figures, which some PDFs lose: "Beslutninger Handicaprådet den Dagsordenen godkendt."
_OF_BODY_UNDATED = re.compile(
    r" (?:(?:i|fra|for) )?(?:[A-ZÆØÅ][\w ,æøåÆØÅ-]{2,60}(?:udvalget|rådet|bestyrelsen|udvalg)"
    r"|(?:Udvalget|Rådet|Nævnet) for [\w ,æøåÆØÅ-]{2,60}?)? ?\bden ?(?::|(?= [A-ZÆØÅ]))"
)
# "BESLUTNING I SKOLEUDVALGET DEN Ikke færdigbehandlet."
_IN_CAPITALS = re.compile(
    r" I [A-ZÆØÅ ,&-]{2,60}(?:UDVALGET|RÅDET|STYRELSEN) DEN(?: ?:|(?= [A-ZÆØÅ][a-zæøå]))"
)
# "Økonomiudvalgets beslutning den 04.12.2012 Punkt 1"
_BODYS_DECISION = re.compile(rf"s (?:beslutning|møde)(?: [ip]å? mødet)? (?:den |d\. ?)?{DATE}{_POINT}")
# "Økonomiudvalget den 21. marts 2006, pkt. 4"
_BODY_AND_ITEM = re.compile(rf"(?<=[tng]){_DAY},? (?:pkt\.|[Pp]unkt) \d{{1,4}}:?")
# "Økonomiudvalget den 21. marts 2006 Anbefales.", "Teknisk Udvalg, 21.11.2016 Ad 1. Godkendt."
_BODY_AND_DAY = re.compile(rf"(?<=[tng]){_DAY}:?(?= [A-ZÆØÅ\d-]|\s*$)(?! (?:[Kk]l|[Ss]ide|SIDE)\b)")
_BODY_NAME = re.compile(r"(?:[A-ZÆØÅ][a-zæøå]+-?(?:, | og |,? og for | for | ))*[A-ZÆØÅ][\wæøåÆØÅ-]+$")
_IS_BODY = re.compile(r"(?:[Uu]dval|råd|styrelse|repræsentation|agistrat)")
# "Klima-, Miljø- og Teknikudvalget", "Teknisk Udvalg", "Udvalget for Børn og Unge", and nothing else
_PLAIN_NAME = re.compile(
    r"(?:(?:[A-ZÆØÅ][a-zæøå]+-?, ){0,3}[A-ZÆØÅ][a-zæøå]+-? og |Teknisk |Social |Det )?"
    r"(?:Udvalg|[A-ZÆØÅ][\wæøåÆØÅ-]*(?:udvalg|råd|styrelse|repræsentation|agistrat))(?:e?[nt])?$"
    r"|(?:Udvalget|Rådet|Nævnet) for (?:[A-ZÆØÅ][a-zæøå]+(?:, | og )){0,3}[A-ZÆØÅ][a-zæøå]+$"
)
_LONGEST_NAME = 90
# What is before a heading without a noun: "… godkendes. ", "(C) ", "Sagsnr. 299103 ", "Beslutning: "
_AHEAD = re.compile(r"(?:[.!?:)”\"\d]|\b(?:[Bb]eslutning(?:er)?|BESLUTNING(?:ER)?)) \Z")
_FEWEST = 2


def end_of_body(text: str, end: int, row: Row) -> int | None:
    """Return where a heading ends that names a body and a day behind its noun, text[:end]; or None."""
    match = (
        _OF_BODY.match(text, end, row.end)
        or _OF_BODY_UNDATED.match(text, end, row.end)
        or _IN_CAPITALS.match(text, end, row.end)
    )
    if not match and text.startswith(": ", end):
        body = _BEHIND_COLON.match(text, end + 2, row.end)
        if body and _PLAIN_NAME.match(re.sub(_TERM + "$", "", body[0])):
            match = _BODY_AND_DAY.match(text, body.end(), row.end)
    return match.end() if match else None


def bodies_with_days(text: str, row: Row) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of headings that begin with a body and name a day.

    Those without "beslutning" or the item's number count where a sentence or heading is before them, and
    where the line has several or a colon is behind. Those that follow each other are the steps of a case.
    """
    for form in (_BODYS_DECISION, _BODY_AND_ITEM):
        yield from _named(text, row, form, _BODY_NAME)
    plain = list(_named(text, row, _BODY_AND_DAY, _PLAIN_NAME))
    follows = [not text[end:start].strip() for (_, end), (start, _) in pairwise(plain)]
    headings = [
        span
        for span, before, after in zip(plain, [False, *follows], [*follows, False], strict=False)
        if not (before or after) and _is_behind_end(text, row, span[0])
    ]
    for start, end in headings:
        if len(headings) >= _FEWEST or text[end - 1] == ":":
            yield start, end


def _is_behind_end(text: str, row: Row, start: int) -> bool:
    """Return True if a sentence or a heading ends before `start`, or the line begins there."""
    return start == row.start or _AHEAD.search(text, max(row.start, start - 12), start) is not None


def _named(
    text: str, row: Row, form: re.Pattern[str], name_form: re.Pattern[str]
) -> Iterator[tuple[int, int]]:
    for match in form.finditer(text, row.start, row.end):
        begin = max(row.start, match.start() - _LONGEST_NAME)
        name = name_form.search(text[begin : match.start()])
        if name and _IS_BODY.search(name[0]):
            yield begin + name.start(), match.end()
