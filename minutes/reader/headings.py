"""Which lines head a section: by the tables, by what the document's items show, by whose decision follows."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from minutes.reader.bodies import COMMITTEE, same_committee
from minutes.reader.dates import DATE, find_date
from minutes.reader.flow import LIST_MARK
from minutes.reader.layout import Line
from minutes.reader.names import is_name
from minutes.reader.words import WORDS, pattern
from minutes.vocabulary import SectionKind

_KIND_OF = {heading: kind for kind, headings in WORDS.headings.items() for heading in headings}
_WEAK_KIND_OF = {heading: kind for kind, headings in WORDS.weak_headings.items() for heading in headings}
_LONGEST_HEADING = max(map(len, _KIND_OF)) + 2
LONGEST_LEARNED = 40
_SHORTEST_LEARNED = 6
# The shortest line that is a sentence under a heading, not another label.
_SHORTEST_UNDER = 40
_FEWEST_WEAK = 2
_FEWEST_UNKNOWN = 3
_DIGIT = re.compile(r"\d")
_NOTHING = re.compile(pattern(WORDS.decisions.nothing), re.IGNORECASE)
_BODY = re.compile(rf"(?:{COMMITTEE})")
# "Beslutning for Punkt 3:", "Beslutning til sag 12"
_DECISION_OF_ITEM = re.compile(
    r"beslutning (?:for|til|vedr\.?|i) (?:punkt|pkt\.?|sag)(?: nr\.?)? \d{1,4}\s*:?", re.IGNORECASE
)
# "Forvaltningen indstiller", "Forvaltningen indstiller til beskæftigelsesudvalget,",
# "Direktøren for Social, Sundhed og Beskæftigelse indstiller"
RECOMMENDS = re.compile(
    r"(?:Forvaltningen|Administrationen|Direktionen|Borgmesteren|Kommunaldirektøren|Direktøren|Chefen|"
    r"[A-ZÆØÅ][\wæøå-]{0,40}(?:forvaltningen|chefen|direktøren|afdelingen))[^.:;]{0,90}?\b"
    r"(?:indstiller|anbefaler|foreslår)(?:\s+(?:over for|overfor|til)\s[^.:;]{1,150})?[,:]?"
)
# Whose decision stands below, and of when: "Miljø- og teknikudvalget, 30. november 2017, pkt. 248:",
# "Byrådet den 4. januar 2021:", "Socialudvalget inkl. de ikke arbejdsmarkedsparete borgere, 4. marts 2015,
# pkt. 30:",
# "Beslutning i Økonomiudvalget den 19-03-2014:", "BESLUTNING: Klima- og Byudvalget den 08-03-2023",
# "Borgerrepræsentationens beslutning i mødet den 13. december 2007", "Plan- og Teknikudvalget, 03-04-2019,
# pkt. 42"
DECIDED_BY = re.compile(
    r"(?P<says>(?i:(?:tidligere\s+)?(?P<what>beslutning|behandling|indstilling|anbefaling|udtalelse)(?:er)?)"
    r"(?:\s+(?:i|fra|af|truffet\s+i)\s+|\s*[:,–-]\s*|\s+))?"
    rf"(?P<committee>{COMMITTEE}(?: (?!den\b|d\.)[a-zæøå. ]{{3,60}}?)?"
    rf"|(?<=[Bb]eslutning i )[A-ZÆØÅ][^:\d]{{2,60}}?(?=\s+den\s))"
    r"(?P<of>s\s+(?:beslutning|behandling|indstilling|anbefaling|udtalelse)(?:\s+(?:i|på)\s+møde(?:t)?)?)?"
    rf"(?:(?:,|\s+[-–]|,\s+[-–])?\s+(?:(?:d\.|den)\s*)?(?P<date>{DATE}))?(?:\s*kl\.?\s*[\d.:]+)?"
    r"(?:\s*[,(–-]?\s*(?:pkt\.?|punkt|sag|dagsordenspunkt)(?:\s+nr\.?)?\s*(?P<item>\d{1,4})\)?)?"
    r"\s*,?\s*(?P<mark>:?)\s*(?P<rest>.*)"
)
_CAN_BE_DECIDED_BY = re.compile(
    r"[Uu]dval|UDVAL|råd|RÅD|estyrelse|ESTYRELSE|epræsentation|EPRÆSENTATION|agistrat|eslutning (?:i|fra) "
)
_LONGEST_DECIDED_BY = 200
DECISION_OPENING = re.compile(pattern(WORDS.decisions.openings), re.IGNORECASE)


class Own(NamedTuple):
    """The committee and day of the meeting: what stands under their names is this meeting's."""

    committee: str | None
    date: str | None


def headings_of(bodies: Sequence[Sequence[Line]]) -> dict[str, SectionKind]:
    """The headings that only this document's items together tell, in lower case, and their kinds.

    A weak one stands in at least two items and in a third of them. One that no table has stands apart, over
    a sentence, in at least three and in a third of them: its kind is `other`.
    """
    weak: Counter[str] = Counter()
    unknown: Counter[str] = Counter()
    for body in bodies:
        here: set[str] = set()
        unsaid: set[str] = set()
        before: Line | None = None
        waiting = ""  # what may be a heading, if a sentence stands under it
        for line in body:
            text = line.text
            if waiting and text:
                if len(text) >= _SHORTEST_UNDER:
                    unsaid.add(waiting)
                waiting = ""
            if text and len(text) <= LONGEST_LEARNED and text[0].isupper():
                name = text.casefold().rstrip(" :.")
                if name in _WEAK_KIND_OF:
                    here.add(name)
                elif (before is None or not before.text) and _can_be_heading(text):
                    waiting = name
            before = line
        weak.update(here)
        unknown.update(unsaid)
    fewest_weak = max(_FEWEST_WEAK, len(bodies) / 3)
    found = {name: _WEAK_KIND_OF[name] for name, times in weak.items() if times >= fewest_weak}
    fewest = max(_FEWEST_UNKNOWN, len(bodies) / 3)
    return found | {name: SectionKind.OTHER for name, times in unknown.items() if times >= fewest}


def _can_be_heading(text: str) -> bool:
    return (
        heading_kind(text) is None
        and not _DIGIT.search(text)
        and ":" not in text
        and text[-1] not in ",;)?!"
        and len(text) >= _SHORTEST_LEARNED
        and not RECOMMENDS.fullmatch(text)
        and (text[-1] != "." or " " not in text)
        and not is_name(text)
        and not DECISION_OPENING.match(text)
        and not _NOTHING.match(text)
        and not _BODY.fullmatch(text.rstrip("."))
        and not LIST_MARK.match(text)
    )


def heading_kind(text: str, learned: Mapping[str, SectionKind] = MappingProxyType({})) -> SectionKind | None:
    """The kind of the heading `text`, if it is one; an Å for an Ø is an error of scanning."""
    if len(text) > _LONGEST_HEADING:
        return None
    if learned:
        kind = learned.get(text.casefold().rstrip(" :."))
        if kind and text[0].isupper():
            return kind
    name = text.casefold().rstrip(" :.")
    kind = _KIND_OF.get(name) or (_KIND_OF.get("ø" + name[1:]) if name.startswith("å") else None)
    if kind is None and name.startswith("beslutning ") and _DECISION_OF_ITEM.fullmatch(text):
        return SectionKind.DECISION
    # A heading has a capital, and no full stop behind it.
    return kind if kind and text[0].isupper() and not text.endswith(".") else None


def decided_by(text: str) -> re.Match[str] | None:
    """The parts of a heading that says whose decision stands below, and of when."""
    if len(text) > _LONGEST_DECIDED_BY or not text[0].isalpha() or not _CAN_BE_DECIDED_BY.search(text):
        return None
    match = DECIDED_BY.fullmatch(_in_small_letters(text) if text.split(",")[0].isupper() else text)
    if not match or (match["rest"] and not match["mark"]):
        return None
    says_decision = (match["what"] or match["of"] or "").lower().lstrip("s ").startswith("beslutning")
    if match["date"]:
        return match
    return match if says_decision and (match["mark"] or match["says"] or not match["rest"]) else None


_SMALL = re.compile(
    r"\b(?:For|Og|I|Den|Fra|Af|D|Punkt|Pkt|Sag|Nr|Januar|Februar|Marts|April|Maj|Juni|Juli|August|September"
    r"|Oktober|November|December)\b"
)


def _in_small_letters(text: str) -> str:
    """ "BESLUTNING FRA BY- OG KULTURUDVALGET DEN" → "Beslutning fra By- og Kulturudvalget den"."""
    return _SMALL.sub(lambda match: match[0].lower(), text.title())


def is_own(decided: re.Match[str], own: Own) -> bool:
    """Whether a decision's heading names this meeting: its committee, and its day."""
    if own.committee and not same_committee(decided["committee"], own.committee):
        return False
    date = find_date(decided["date"]) if decided["date"] else None
    return date is None or own.date is None or date == own.date
