"""What stands under an item: passages under headings, each of a kind."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from minutes.reader.dates import DATE, find_date
from minutes.reader.layout import Line, clean, span
from minutes.reader.names import COMMITTEE, committee, squash
from minutes.reader.records import Section
from minutes.vocabulary import SectionKind

# A heading stands alone on its line, in any case, with or without a colon.
HEADINGS = {
    SectionKind.RESUME: ("resume", "resumé", "sammendrag"),
    SectionKind.RECOMMENDATION: ("indstilling", "indstillinger", "forvaltningens indstilling", "anbefaling"),
    SectionKind.DECISION: ("beslutning", "beslutninger", "udvalgets beslutning", "byrådets beslutning"),
    SectionKind.PRESENTATION: ("sagsfremstilling", "supplerende sagsfremstilling"),
    SectionKind.BACKGROUND: ("baggrund", "baggrund for sagen", "sagens baggrund"),
    SectionKind.ADMINISTRATION_REMARKS: (
        "forvaltningens bemærkninger",
        "administrationens bemærkninger",
        "forvaltningens vurdering",
        "administrationens vurdering",
    ),
    SectionKind.ECONOMY: (
        "økonomi",
        "økonomiske konsekvenser",
        "økonomiske og personalemæssige konsekvenser",
        "økonomi og personale",
        "økonomi/personale",
    ),
    SectionKind.ATTACHMENTS: ("bilag", "vedlagte bilag", "bilag vedlagt"),
    SectionKind.CASE_FLOW: ("sagens gang", "sagsgang", "beslutningsproces", "videre sagsgang", "kompetence"),
    SectionKind.COMMUNICATION: ("kommunikation",),
    SectionKind.ABSENT: ("fraværende", "fravær", "fraværende med afbud", "afbud"),
    SectionKind.CONTACTS: ("øvrige sagsbehandlere", "sagsbehandler", "sagsbehandlere"),
    SectionKind.OTHER: (
        "lovgrundlag",
        "retsgrundlag",
        "retligt grundlag",
        "love/regler",
        "høring",
        "beslutningstema",
        "handlemuligheder",
        "sagens kerne",
    ),
}
_KIND_OF = {heading: kind for kind, headings in HEADINGS.items() for heading in headings}
_LONGEST_HEADING = max(map(len, _KIND_OF)) + 2
# Headings whose text can follow on the same line: "Øvrige sagsbehandlere: -", "Fraværende: Ane Lund".
_INLINE = re.compile(r"(?P<heading>[A-ZÆØÅ][a-zæøå]+(?: [a-zæøå]+){0,2}\s*:)\s*(?P<rest>\S.*)")
_INLINE_KINDS = {SectionKind.CONTACTS, SectionKind.ABSENT, SectionKind.CASE_FLOW}
# "Fraværende:  Åse Ærøholm (I)", "Fraværende:"
_ASIDE = re.compile(r"(?:Fraværende|Afbud|Fravær)\s*:")

# "Forvaltningen indstiller", "Forvaltningen indstiller til beskæftigelsesudvalget,",
# "Direktøren for Social, Sundhed og Beskæftigelse indstiller"
_RECOMMENDS = re.compile(
    r"(?:Forvaltningen|Administrationen|Direktionen|Borgmesteren|Kommunaldirektøren|Direktøren|Chefen|"
    r"[A-ZÆØÅ][\wæøå-]*(?:forvaltningen|chefen|direktøren|afdelingen))[^.:;]{0,90}?\b"
    r"(?:indstiller|anbefaler|foreslår)(?:\s+(?:over for|overfor|til)\s[^.:;]{1,150})?[,:]?"
)
# A sentence goes on with what is recommended; a heading does not.
_SENTENCE = re.compile(r",?\s+at\b")

# "Miljø- og teknikudvalget, 30. november 2017, pkt. 248:", "Byrådet den 4. januar 2021:",
# "Socialudvalget inkl. de ikke arbejdsmarkedsparete borgere, 4. marts 2015, pkt. 30:",
# "Beslutning i Økonomiudvalget den 19-03-2014:", "BESLUTNING: Klima- og Byudvalget den 08-03-2023"
PRIOR = re.compile(
    r"(?P<says>(?:Beslutning|BESLUTNING)(?: i |:\s*))?"
    rf"(?P<committee>{COMMITTEE}(?: (?!den\b|d\.)[a-zæøå. ]{{3,60}}?)?),?\s+"
    rf"(?:d\.|den)?\s*(?P<date>{DATE})(?:\s*,)?"
    r"(?:\s*(?:pkt\.?|punkt|sag(?: nr\.?)?)\s*(?P<item>\d{1,4}))?\s*:?"
)
_LONGEST_PRIOR = 200


class Own(NamedTuple):
    """The committee and day of the meeting: what stands under their names is this meeting's."""

    committee: str | None
    date: str | None


@dataclass
class Passage:
    """A section while its lines are gathered."""

    heading: str | None
    kind: SectionKind
    at: Line | None = None  # the heading's line
    lines: list[Line] = field(default_factory=list)
    asides: list[Line] = field(default_factory=list)  # those of its lines that say who was absent
    empty: bool = True

    def add(self, line: Line) -> None:
        self.lines.append(line)
        self.empty = self.empty and line.blank

    @property
    def words(self) -> list[Line]:
        """Its lines without the asides."""
        return [line for line in self.lines if line not in self.asides] if self.asides else self.lines


def split(title: str, body: Sequence[Line], own: Own) -> list[Passage]:
    """The passages of an item in the order they stand; text before the first heading has none.

    The title repeated over the body is left out. An empty passage is kept when it has a heading.
    """
    passages = [Passage(None, SectionKind.OTHER)]
    repeated = squash(title).casefold()
    last_heading = max((n for n, line in enumerate(body) if heading_kind(line.text)), default=-1)
    for index, line in enumerate(body):
        now = passages[-1]
        alone = index == 0 or body[index - 1].blank
        if _is_aside(line, now):
            now.add(line)
            now.asides.append(line)
            continue
        opened = _opened(line, now, own, alone=alone)
        if opened:
            passages.append(opened)
        elif squash(line.text).casefold() == repeated and index < last_heading and _no_body_yet(passages):
            if now.heading is not None:
                passages.append(Passage(None, SectionKind.OTHER))
        else:
            now.add(line)
    return [passage for passage in passages if passage.heading is not None or not passage.empty]


def absent_in(aside: Line) -> str:
    """The names of an aside: "Fraværende:  Åse Ærøholm (I)" → "Åse Ærøholm (I)"."""
    return aside.text.partition(":")[2].strip()


def _is_aside(line: Line, now: Passage) -> bool:
    """Whether the line says who was absent, right under the heading of a decision."""
    return (
        now.kind in {SectionKind.DECISION, SectionKind.PRIOR_DECISION}
        and now.empty
        and bool(_ASIDE.match(line.text))
        and not now.asides
    )


def section(text: str, passage: Passage) -> Section:
    """The passage as a record. An empty one stands at the end of its heading."""
    found = span(passage.lines)
    start, end = found or (passage.at.end, passage.at.end) if passage.at else (found or (0, 0))
    told = [aside.text for aside in passage.asides if absent_in(aside)]
    return Section(
        heading=passage.heading,
        kind=passage.kind,
        text=text[start:end],
        clean="\n\n".join(filter(None, [*told, clean(passage.words)])),
        start=start,
        end=end,
    )


def _opened(line: Line, now: Passage, own: Own, *, alone: bool) -> Passage | None:
    """The passage that `line` opens, when it is a heading."""
    if line.blank:
        return None
    kind = heading_kind(line.text)
    if kind:
        # An attachment can be called "Bilag".
        if kind == now.kind == SectionKind.ATTACHMENTS and now.empty:
            return None
        return Passage(line.text, kind, line)
    inline = _INLINE.fullmatch(line.text)
    if inline and heading_kind(inline["heading"]) in _INLINE_KINDS and now.kind != SectionKind.PRIOR_DECISION:
        return _inline(line, inline)
    decided = PRIOR.fullmatch(line.text) if len(line.text) <= _LONGEST_PRIOR else None
    if decided and (decided["says"] or now.kind != SectionKind.CASE_FLOW):
        kind = SectionKind.DECISION if _is_own(decided, own) else SectionKind.PRIOR_DECISION
        return Passage(line.text, kind, line)
    recommends = alone and now.kind != SectionKind.RECOMMENDATION and _RECOMMENDS.fullmatch(line.text)
    if recommends and not _SENTENCE.search(line.text):
        return Passage(line.text, SectionKind.RECOMMENDATION, line)
    return None


def _is_own(decided: re.Match[str], own: Own) -> bool:
    """Whether a decision's heading names this meeting: its committee, and its day."""
    same_committee = committee(decided["committee"]).casefold() == (own.committee or "").casefold()
    return same_committee and find_date(decided["date"]) == own.date


def _inline(line: Line, match: re.Match[str]) -> Passage:
    rest = Line(match["rest"], line.start + match.start("rest"), line.end)
    heading = Line(match["heading"], line.start, line.start + match.end("heading"))
    kind = heading_kind(match["heading"])
    assert kind  # the caller asked
    return Passage(match["heading"], kind, heading, [rest], empty=rest.blank)


def heading_kind(text: str) -> SectionKind | None:
    """The kind of the heading `text`, if it is one; an Å for an Ø is an error of scanning."""
    if len(text) > _LONGEST_HEADING:
        return None
    name = text.casefold().rstrip(" :")
    return _KIND_OF.get(name) or (_KIND_OF.get("ø" + name[1:]) if name.startswith("å") else None)


def _no_body_yet(passages: Sequence[Passage]) -> bool:
    return all(
        passage.heading is None or passage.kind in {SectionKind.ATTACHMENTS, SectionKind.COMMUNICATION}
        for passage in passages
    )
