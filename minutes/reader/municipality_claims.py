"""The municipalities that a document names as its own: in letterhead, title, place, heads and feet of pages.

`find_municipality` weighs every mention of a municipality in the text. A claim is stronger evidence. Claims
that differ from each other, or from where a document is filed, must be checked by a person.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from minutes.reader.layout import contents_title
from minutes.reader.municipalities import known_municipality, municipality_at
from minutes.reader.municipality_mentions import find_municipality, is_regional
from minutes.reader.names import squash
from minutes.reader.notices import doubt
from minutes.reader.records import Document, Doubt, MunicipalityFound


class MunicipalityClaim(NamedTuple):
    """A place where a document says whose it is. `code` is None for a name that none of today's has."""

    code: str | None
    name: str
    evidence: str
    start: int
    end: int

    @property
    def key(self) -> str:
        return self.code or self.name.casefold()


_TOWN = r"(?P<town>[A-ZÆØÅ][\wæøåÆØÅ]+(?:-[A-ZÆØÅ][\wæøåÆØÅ]+)?)"
_KOMMUNE = r"(?i:(?:regions)?kommunes?)"
# "RANDERS KOMMUNE", "Randers Kommune, Laksetorvet", "Randers Kommune  ·  Byrådet  ·  Side 3"
_ALONE = re.compile(rf"{_TOWN} {_KOMMUNE}\s*(?:$|[-–,|•·:(]|\s{{2}}|\t).*")
# "Kommune: Randers"
_LABELLED = re.compile(rf"(?i:kommune)\s*[:\t]\s*{_TOWN}(?:\s+{_KOMMUNE})?")
# "Byrådet, Læsø Kommune", "Økonomiudvalget i Læsø Kommune"
_BEHIND_BODY = re.compile(
    r".{0,80}(?:udvalget|[Bb]yrådet|[Kk]ommunalbestyrelsen|rådet),?\s+(?:i\s+|for\s+)?"
    rf"{_TOWN} {_KOMMUNE}\b.{{0,40}}"
)
# "Referat Aarhus Byråd 25-09-2019", "Aarhus Kommunes Byråd", "Kommunalbestyrelsen i Læsø"
_BODY_OF = re.compile(
    rf".{{0,60}}?\b{_TOWN}(?: {_KOMMUNE})?s?"
    r" (?:Byråds?|Kommunalbestyrelses?|BYRÅD|KOMMUNALBESTYRELSE"
    r"|(?:Ældre|Senior|Handicap|Ungdoms|Ung|Udsatte|Integrations)råds?|Lokaludvalg)\b.{0,60}"
)
_BODY_IN = re.compile(rf".{{0,60}}?\b(?:Byrådet|Kommunalbestyrelsen) i {_TOWN}\b.{{0,60}}")
# "Mødested: Randers Rådhus", "Sted: Byrådssalen, Randers Kommune"
_HELD_AT = re.compile(rf"(?:Mødested|Sted|Lokale)\b.{{0,60}}?\b{_TOWN} (?:{_KOMMUNE}|Rådhus)\b.*")
# "1 Læsø Kommune Teknisk Udvalg REFERAT Mødedato: …": a document, or its first page, in one paragraph
_LETTERHEAD = re.compile(rf"\s*(?:\d{{1,4}} )?(?P<words>{_TOWN} {_KOMMUNE})(?= [A-ZÆØÅ])")
_IN_HEAD = (_ALONE, _LABELLED, _BEHIND_BODY, _BODY_OF, _BODY_IN, _HELD_AT)
_CAN_NAME = re.compile(r"ommune|OMMUNE|råd|YRÅD|estyrelse|ESTYRELSE|Lokaludvalg")
# Figures differ from page to page.
_FIGURES = re.compile(r"\d+")
_LONGEST_LINE = 160
_HEAD_LINES = 30
_FOOT_LINES = 12
# A name that is no municipality's of today must be among the first lines, or on several pages.
_TOP_LINES = 6
_NO_TOWN = frozenset(
    {"Danmarks", "Danske", "Denne", "Hele", "Vores", "Min", "Ny", "Sund", "Grøn", "Hver", "Samme"}
)


def municipality_claims(document: Document) -> tuple[MunicipalityClaim, ...]:
    """Return the municipalities that the document names itself after, each once, in the order of the text."""
    return claims_in(document.text, document.items[0].start if document.items else len(document.text))


def claims_in(text: str, end_of_head: int) -> tuple[MunicipalityClaim, ...]:
    """Return the municipalities that `text` names itself after; its first item begins at `end_of_head`."""
    claims: dict[str, MunicipalityClaim] = {}
    for claim in sorted(_claims(text, end_of_head), key=lambda claim: claim.start):
        claims.setdefault(claim.key, claim)
    return tuple(claims.values())


def municipality_of(
    text: str, claims: Sequence[MunicipalityClaim], starts: Sequence[int], file_name: str
) -> MunicipalityFound | None:
    """Return the municipality whose minutes `text` is, by all mentions or as it names itself by `claims`.

    `starts` are the places where its items begin; `file_name` can confirm a mention. None when it names
    itself after one of before 2007.
    """
    known = [claim for claim in claims if claim.code]
    if claims and not known:
        return None
    mentioned = find_municipality(text, starts, file_name)
    if len(claims) == 1 and mentioned is None and not is_regional(text, 1):
        claim = known[0]
        return MunicipalityFound(code=claim.code or "", name=claim.name, evidence=f"“{claim.evidence}”")
    return mentioned


def municipality_doubts(
    municipality: MunicipalityFound | None, claims: Sequence[MunicipalityClaim]
) -> list[Doubt]:
    """Return a doubt when the document claims to be of two municipalities, or of another than was found."""
    if len(claims) > 1:
        first, other = claims[0].name, claims[1]
    elif claims and municipality and claims[0].key != municipality.code:
        first, other = municipality.name, claims[0]
    else:
        return []
    return [doubt("municipality_conflict", other.start, other.end, first=first, other=other.name)]


def _claims(text: str, end_of_head: int) -> Iterator[MunicipalityClaim]:
    letterhead = _LETTERHEAD.match(text)
    if letterhead and len(text.split("\n", 1)[0]) > _LONGEST_LINE:
        yield from _claim(letterhead["words"], letterhead.start("words"), (_ALONE,), unknown=False)
    lines = list(_lines(text))
    head = [line for line in lines if line[1] < end_of_head][:_HEAD_LINES]
    for number, (words, start) in enumerate(head):
        if not contents_title(words):
            yield from _claim(words, start, _IN_HEAD, unknown=number < _TOP_LINES)
            yield from _claim_of_address(words, start)
    naming = [(words, start) for words, start in lines if _CAN_NAME.search(words)]
    repeated = Counter(_shape(words) for words, _ in naming)
    for words, start in naming:
        if repeated[_shape(words)] > 1:
            yield from _claim(words, start, (_ALONE, _BEHIND_BODY, _BODY_OF), unknown=True)
    for words, start in lines[-_FOOT_LINES:]:
        yield from _claim(words, start, (_ALONE,), unknown=False)


def _claim_of_address(words: str, start: int) -> Iterator[MunicipalityClaim]:
    """Yield the municipality of a page's address, where it is the whole line: "solrod.dk"."""
    at = municipality_at(words) if ".dk" in words else None
    if at:
        yield MunicipalityClaim(at.code, at.name, words, start, start + len(words))


def _lines(text: str) -> Iterator[tuple[str, int]]:
    """Yield the printed lines that can name a municipality, and where they begin."""
    start = 0
    for line in re.split(r"[\n\f]", text):
        words = line.strip()
        if 0 < len(words) <= _LONGEST_LINE:
            yield words, start + len(line) - len(line.lstrip())
        start += len(line) + 1


def _shape(line: str) -> str:
    return _FIGURES.sub("#", squash(line))


def _claim(
    words: str, start: int, forms: tuple[re.Pattern[str], ...], *, unknown: bool
) -> Iterator[MunicipalityClaim]:
    for form in forms:
        match = form.fullmatch(words)
        if not match or match["town"] in _NO_TOWN:
            continue
        municipality = known_municipality(match["town"])
        evidence, end = squash(words), start + len(words)
        if municipality:
            yield MunicipalityClaim(municipality.code, municipality.name, evidence, start, end)
            return
        if unknown and form is _ALONE:
            name = match["town"].title() if match["town"].isupper() else match["town"]
            yield MunicipalityClaim(None, name, evidence, start, end)
            return
