"""What stands under an item: passages under headings, each of a kind."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from minutes.reader.dates import DATE, find_date
from minutes.reader.flow import LIST_MARK, Flow, flow
from minutes.reader.layout import Line, span
from minutes.reader.names import COMMITTEE, NAME, is_name, names_in, same_committee, squash
from minutes.reader.records import Section
from minutes.reader.words import WORDS, pattern
from minutes.vocabulary import SectionKind

_KIND_OF = {heading: kind for kind, headings in WORDS.headings.items() for heading in headings}
_WEAK_KIND_OF = {heading: kind for kind, headings in WORDS.weak_headings.items() for heading in headings}
# Headings whose words can follow on the same line: "Kompetence: Byrådet", "Beslutning: Godkendt."
_INLINE_KINDS = frozenset(
    {
        *(SectionKind.CONTACTS, SectionKind.ABSENT, SectionKind.CASE_FLOW, SectionKind.DECISION),
        *(SectionKind.RECOMMENDATION, SectionKind.RESUME),
    }
)
_LONGEST_HEADING = max(map(len, _KIND_OF)) + 2
_LONGEST_LEARNED = 40
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
_NOTE = r"(?:\s*\([^()]{1,40}\))?"
# Headings whose text can follow on the same line: "Øvrige sagsbehandlere: -", "Fraværende: Ane Lund".
_INLINE = re.compile(r"(?P<heading>[A-ZÆØÅ][A-ZÆØÅa-zæøåé]+(?: [a-zæøåA-ZÆØÅ]+){0,3}\s*:)\s*(?P<rest>\S.*)")
# "Fraværende:  Åse Ærøholm (I)", "Fraværende:"
_ASIDE = re.compile(r"(?:Fraværende|Afbud|Fravær|Afbud fra|Fraværende med afbud)\s*:", re.IGNORECASE)

# "Fraværende: Ane Holm (A)", "Afbud fra Bo Lind (V) og Eva Kirk", "Ane Holm var fraværende, i stedet deltog
# …"
_ABSENT_HERE = re.compile(
    rf"(?:(?i:Fraværende|Afbud|Fravær|Fraværende med afbud|Ikke til stede)\s*(?:\s+fra\b"
    rf"|\s+var\b)?\s*:?\s*{NAME}"
    rf"|{NAME}{_NOTE}(?:(?:,|\s+og)\s+{NAME}{_NOTE}){{0,12}}\s+(?:var|er)\s+fraværende\b(?!\s+(?:under|ved|i)\b))"
)
_LONGEST_ASIDE = 400

# "Forvaltningen indstiller", "Forvaltningen indstiller til beskæftigelsesudvalget,",
# "Direktøren for Social, Sundhed og Beskæftigelse indstiller"
_RECOMMENDS = re.compile(
    r"(?:Forvaltningen|Administrationen|Direktionen|Borgmesteren|Kommunaldirektøren|Direktøren|Chefen|"
    r"[A-ZÆØÅ][\wæøå-]{0,40}(?:forvaltningen|chefen|direktøren|afdelingen))[^.:;]{0,90}?\b"
    r"(?:indstiller|anbefaler|foreslår)(?:\s+(?:over for|overfor|til)\s[^.:;]{1,150})?[,:]?"
)
# A sentence goes on with what is recommended; a heading does not.
_SENTENCE = re.compile(r",?\s+at\b")

# Whose decision stands below, and of when: "Miljø- og teknikudvalget, 30. november 2017, pkt. 248:",
# "Byrådet den 4. januar 2021:", "Socialudvalget inkl. de ikke arbejdsmarkedsparete borgere, 4. marts 2015,
# pkt. 30:",
# "Beslutning i Økonomiudvalget den 19-03-2014:", "BESLUTNING: Klima- og Byudvalget den 08-03-2023",
# "Borgerrepræsentationens beslutning i mødet den 13. december 2007", "Plan- og Teknikudvalget, 03-04-2019,
# pkt. 42"
DECIDED_BY = re.compile(
    r"(?P<says>(?i:(?:tidligere\s+)?(?P<what>beslutning|behandling|indstilling|anbefaling|udtalelse)(?:er)?)"
    r"(?:\s+(?:i|fra|af|truffet\s+i)\s+|\s*[:–-]\s*|\s+))?"
    rf"(?P<committee>{COMMITTEE}(?: (?!den\b|d\.)[a-zæøå. ]{{3,60}}?)?"
    rf"|(?<=[Bb]eslutning i )[A-ZÆØÅ][^:\d]{{2,60}}?(?=\s+den\s))"
    r"(?P<of>s\s+(?:beslutning|behandling|indstilling|anbefaling|udtalelse)(?:\s+(?:i|på)\s+møde(?:t)?)?)?"
    rf"(?:(?:,|\s+[-–])?\s+(?:(?:d\.|den)\s*)?(?P<date>{DATE}))?(?:\s*kl\.?\s*[\d.:]+)?"
    r"(?:\s*[,(–-]?\s*(?:pkt\.?|punkt|sag|dagsordenspunkt)(?:\s+nr\.?)?\s*(?P<item>\d{1,4})\)?)?"
    r"\s*,?\s*(?P<mark>:?)\s*(?P<rest>.*)"
)
_CAN_BE_DECIDED_BY = re.compile(
    r"[Uu]dval|UDVAL|råd|RÅD|estyrelse|ESTYRELSE|epræsentation|EPRÆSENTATION|agistrat|eslutning (?:i|fra) "
)
_LONGEST_DECIDED_BY = 200
_OPENING = re.compile(pattern(WORDS.decisions.openings), re.IGNORECASE)
# "Indstillingen blev tiltrådt med 38 stemmer imod 11.", "Valgt blev …": the last paragraph of an item
# decides …
_DECIDES = re.compile(
    rf"\b(?:blev|er|tog|og)\s+(?:\w+\s+){{0,4}}?{pattern(*WORDS.outcomes.values(), WORDS.decisions.sent_on)}"
    rf"|\bvalgt blev\b|\bmed \d+ stemmer\b",
    re.IGNORECASE,
)
# … unless it tells of another day: "blev i 2016 vedtaget", "besluttede den 4. maj".
_TELLS_PAST = re.compile(rf"\b(?:i|fra|siden) (?:19|20)\d\d\b|(?<!mødet )\bden {DATE}")
_MOST_OPENINGS = 8


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
    decided_by: re.Match[str] | None = None  # whose decision the heading announces

    def add(self, line: Line) -> None:
        self.lines.append(line)
        self.empty = self.empty and line.blank

    @property
    def words(self) -> list[Line]:
        """Its lines without the asides, which are its words when there are no others."""
        if not self.asides:
            return self.lines
        asides = {line.start for line in self.asides}
        words = [line for line in self.lines if line.start not in asides]
        return words if any(line.text for line in words) or _ASIDE.match(self.asides[0].text) else self.lines

    @cached_property
    def flow(self) -> Flow:
        """Its words run together; ask when all its lines are gathered."""
        return flow(self.words)


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
            if text and len(text) <= _LONGEST_LEARNED and text[0].isupper():
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
        and not _RECOMMENDS.fullmatch(text)
        and (text[-1] != "." or " " not in text)
        and not is_name(text)
        and not _OPENING.match(text)
        and not _NOTHING.match(text)
        and not _BODY.fullmatch(text.rstrip("."))
        and not LIST_MARK.match(text)
    )


def split(
    title: str, body: Sequence[Line], own: Own, learned: Mapping[str, SectionKind] = MappingProxyType({})
) -> list[Passage]:
    """The passages of an item in the order they stand; text before the first heading has none.

    `learned` are headings that the document's items together tell (`headings_of`). The title repeated over
    the body is left out. An empty passage is kept when it has a heading.
    """
    passages = [Passage(None, SectionKind.OTHER)]
    repeated = squash(title).casefold()
    kinds = [heading_kind(line.text, learned) if line.text else None for line in body]
    last_heading = max((n for n, kind in enumerate(kinds) if kind), default=-1)
    no_body_yet, decided = True, False
    for index, line in enumerate(body):
        now = passages[-1]
        if line.blank:
            now.lines.append(line)
            continue
        alone = index == 0 or body[index - 1].blank
        if _is_aside(line, now):
            now.add(line)
            now.asides.append(line)
            continue
        kind = kinds[index]
        if (
            kind is SectionKind.RECOMMENDATION
            and now.kind is SectionKind.DECISION
            and _votes_below(body, index)
        ):
            kind = None  # "Indstillingen:" / "For stemte: …" in a decision
        opened = _opened(line, kind, now, own, alone=alone)
        if opened:
            passages.append(opened)
            decided = decided or opened.kind is SectionKind.DECISION
            no_body_yet = no_body_yet and opened.kind in {SectionKind.ATTACHMENTS, SectionKind.COMMUNICATION}
        elif _repeats(line.text, repeated) and (
            (index < last_heading and no_body_yet) or line.text.isupper()
        ):
            if now.heading is not None and no_body_yet:
                passages.append(Passage(None, SectionKind.OTHER))
        else:
            if now.kind == SectionKind.ABSENT and not now.empty and alone and not _lists_people(line.text):
                passages.append(Passage(None, SectionKind.DECISION if decided else SectionKind.OTHER, line))
            passages[-1].add(line)
    passages = [passage for passage in passages if passage.heading is not None or not passage.empty]
    return _with_decision(passages)


def _votes_below(body: Sequence[Line], index: int) -> bool:
    below = next((line.text for line in body[index + 1 : index + 4] if line.text), "")
    return bool(re.match(r"(?:For|Imod|Stemte)\b[^.]{0,60}(?:stemte|:)", below))


def _repeats(text: str, title: str) -> bool:
    """Whether `text` is the title, which is squashed and in lower case."""
    return abs(len(text) - len(title)) < 8 and squash(text).casefold() == title


def absent_in(aside: Line) -> str:
    """The names of an aside: "Fraværende:  Åse Ærøholm (I)" → "Åse Ærøholm (I)"."""
    match = _ASIDE.match(aside.text)
    return aside.text[match.end() :].strip() if match else aside.text


def section(text: str, passage: Passage) -> Section:
    """The passage as a record. An empty one stands at the end of its heading."""
    found = span(passage.lines)
    start, end = found or (passage.at.end, passage.at.end) if passage.at else (found or (0, 0))
    return Section(
        heading=passage.heading,
        kind=passage.kind,
        text=text[start:end],
        clean=(flow(passage.lines) if passage.asides else passage.flow).text,
        start=start,
        end=end,
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
    match = DECIDED_BY.fullmatch(_in_small_letters(text) if text.isupper() else text)
    if not match or (match["rest"] and not match["mark"]):
        return None
    says_decision = (match["what"] or match["of"] or "").lower().lstrip("s ").startswith("beslutning")
    if match["date"]:
        return match
    return match if says_decision and (match["mark"] or match["says"] or not match["rest"]) else None


_SMALL = re.compile(r"\b(?:For|Og|I|Den|Fra|Af|D)\b")


def _in_small_letters(text: str) -> str:
    """ "BESLUTNING FRA BY- OG KULTURUDVALGET DEN" → "Beslutning fra By- og Kulturudvalget den"."""
    return _SMALL.sub(lambda match: match[0].lower(), text.title())


def _is_aside(line: Line, now: Passage) -> bool:
    """Whether the line says who was absent, right under the heading of a decision."""
    return (
        now.empty
        and now.kind in {SectionKind.DECISION, SectionKind.PRIOR_DECISION}
        and not now.asides
        and bool(_ASIDE.match(line.text))
    ) or (
        # Anywhere in an own decision, where the names stand on the same line.
        now.kind is SectionKind.DECISION
        and len(line.text) < _LONGEST_ASIDE
        and bool(_ABSENT_HERE.match(line.text))
    )


def _opened(line: Line, kind: SectionKind | None, now: Passage, own: Own, *, alone: bool) -> Passage | None:
    """The passage that `line` opens, when it is a heading."""
    if kind:
        # An attachment can be called "Bilag".
        if kind == now.kind == SectionKind.ATTACHMENTS and now.empty:
            return None
        return Passage(line.text, kind, line)
    decided = decided_by(line.text)
    if decided and (now.kind is not SectionKind.CASE_FLOW or any(decided.group("says", "of", "mark"))):
        kind = SectionKind.DECISION if is_own(decided, own) else SectionKind.PRIOR_DECISION
        passage = Passage(line.text[: decided.start("rest")].strip(), kind, line, decided_by=decided)
        if decided["rest"]:
            passage.add(line.part(decided.start("rest")))
        return passage
    inline = _INLINE.fullmatch(line.text) if ":" in line.text[:50] else None
    if inline and now.kind != SectionKind.PRIOR_DECISION:
        kind = heading_kind(inline["heading"])
        if kind in _INLINE_KINDS and not (kind is SectionKind.RESUME or (now.kind == kind and not now.empty)):
            passage = Passage(inline["heading"], kind, line.part(0, inline.end("heading")))
            passage.add(line.part(inline.start("rest")))
            return passage
    recommends = alone and now.kind != SectionKind.RECOMMENDATION and _RECOMMENDS.fullmatch(line.text)
    if recommends and not _SENTENCE.search(line.text):
        return Passage(line.text, SectionKind.RECOMMENDATION, line)
    return None


def is_own(decided: re.Match[str], own: Own) -> bool:
    """Whether a decision's heading names this meeting: its committee, and its day."""
    if own.committee and not same_committee(decided["committee"], own.committee):
        return False
    date = find_date(decided["date"]) if decided["date"] else None
    return date is None or own.date is None or date == own.date


def _lists_people(text: str) -> bool:
    return bool(names_in(text)) or _ASIDE.match(text) is not None or text in {"-", "Ingen", "Ingen."}


def _with_decision(passages: list[Passage]) -> list[Passage]:
    """The passages, with the decision told from what stands before it where it has no heading."""
    if not passages or any(passage.kind == SectionKind.DECISION for passage in passages):
        return passages
    place = next(
        (n for n in range(len(passages) - 1, -1, -1) if passages[n].kind not in _BEHIND_DECISION), None
    )
    if place is None or passages[place].kind in {SectionKind.PRIOR_DECISION, SectionKind.RECOMMENDATION}:
        return passages
    lines = passages[place].lines
    begins = [
        n
        for n, line in enumerate(lines)
        if line.text and (n == 0 or lines[n - 1].blank or _OPENING.match(line.text))
    ][-_MOST_OPENINGS:]
    only = passages[place].heading is None
    at = next((n for n in begins if _OPENING.match(lines[n].text)), None)
    if at is None and only and len(begins) > 1:
        last = max(n for n in begins if n == 0 or lines[n - 1].blank)
        words = " ".join(line.text for line in lines[last:] if line.text)
        at = last if last and _DECIDES.search(words) and not _TELLS_PAST.search(words) else None
    if at is None:
        return passages
    decision = Passage(None, SectionKind.DECISION, lines[at])
    for line in lines[at:]:
        decision.add(line)
    before = Passage(passages[place].heading, passages[place].kind, passages[place].at)
    for line in lines[:at]:
        before.add(line)
    kept = [before] if before.heading is not None or not before.empty else []
    return [*passages[:place], *kept, decision, *passages[place + 1 :]]


# What can stand behind a decision that has no heading.
_BEHIND_DECISION = {SectionKind.ATTACHMENTS, SectionKind.ABSENT, SectionKind.CONTACTS}
