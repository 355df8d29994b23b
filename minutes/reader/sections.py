"""What stands under an item: passages under headings, each of a kind."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from minutes.reader.bodies import COMMITTEE
from minutes.reader.dates import DATE
from minutes.reader.decision_headings import DecisionHeading
from minutes.reader.flow import Flow, flow
from minutes.reader.headings import DECISION_OPENING, LONGEST_LEARNED, RECOMMENDS
from minutes.reader.labeller import Heading, Headings
from minutes.reader.layout import Line, span
from minutes.reader.names import NAME, names_in, squash
from minutes.reader.records import Section
from minutes.reader.words import WORDS, pattern
from minutes.vocabulary import SectionKind

_NOTE = r"(?:\s*\([^()]{1,40}\))?"
# "Fraværende:  Åse Ærøholm (I)", "Fraværende:"
_ASIDE = re.compile(r"(?:Fraværende|Afbud|Fravær|Afbud fra|Fraværende med afbud)\s*:", re.IGNORECASE)

# "Fraværende: Ane Holm (A)", "Afbud fra Bo Lind (V) og Eva Kirk", "Ane Holm var fraværende, i stedet deltog
# …"
_ABSENT_HERE = re.compile(
    rf"(?:(?i:Fraværende|Afbud|Fravær|Fraværende med afbud|Ikke til stede)\s*(?:\s+fra\b"
    rf"|\s+var\b)?\s*:?\s*{NAME}"
    rf"|{NAME}{_NOTE}(?:(?:,|\s+og)\s+{NAME}{_NOTE}){{0,12}}\s+(?:var|er)\s+(?:fraværende|ikke\s+til\s+stede)\b(?!\s+(?:under|ved|i)\b))"
)
_LONGEST_ASIDE = 400

# A sentence goes on with what is recommended; a heading does not.
_SENTENCE = re.compile(r",?\s+at\b")

# "Indstillingen blev tiltrådt med 38 stemmer imod 11.", "Valgt blev …": the last paragraph of an item
# decides …
_DECIDES = re.compile(
    rf"\b(?:blev|er|tog|og)\s+(?:\w+\s+){{0,4}}?{pattern(*WORDS.outcomes.values(), WORDS.decisions.sent_on)}"
    rf"|\bvalgt blev\b|\bmed \d+ stemmer\b"
    rf"|(?:forslag|forslaget|indstilling|indstillingen|ansøgningen)\s+{pattern(*WORDS.outcomes.values())}\.?$",
    re.IGNORECASE,
)
# … unless it tells of another day: "blev i 2016 vedtaget", "besluttede den 4. maj".
_TELLS_PAST = re.compile(rf"\b(?:i|fra|siden) (?:19|20)\d\d\b|(?<!mødet )\bden {DATE}")
_MOST_OPENINGS = 8
_LONGEST_ALONE = 60


@dataclass
class Passage:
    """A section while its lines are gathered."""

    heading: str | None
    kind: SectionKind
    at: Line | None = None  # the heading's line
    lines: list[Line] = field(default_factory=list)
    asides: list[Line] = field(default_factory=list)  # those of its lines that say who was absent
    empty: bool = True
    decided_by: DecisionHeading | None = None  # whose decision the heading announces

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


def split(title: str, body: Sequence[Line], headings: Headings) -> list[Passage]:
    """The passages of an item in the order they stand; text before the first heading has none.

    The title repeated over the body is left out. An empty passage is kept when it has a heading.
    """
    passages = [Passage(None, SectionKind.OTHER)]
    repeated = squash(title).casefold()
    heads = [headings.get(line.start) if line.text else None for line in body]
    last_heading = max((n for n, head in enumerate(heads) if head), default=-1)
    no_body_yet, decided = True, False
    for index, line in enumerate(body):
        now = passages[-1]
        if line.blank:
            now.lines.append(line)
            continue
        if _is_step(body, index):
            if now.kind is not SectionKind.CASE_FLOW:
                passages.append(_way(now, line))
            passages[-1].add(line)
            continue
        alone = index == 0 or body[index - 1].blank
        if _is_aside(line, now):
            now.add(line)
            now.asides.append(line)
            continue
        head = heads[index]
        if (
            head
            and head.kind is SectionKind.RECOMMENDATION
            and now.kind is SectionKind.DECISION
            and _votes_below(body, index)
        ):
            head = None  # "Indstillingen:" / "For stemte: …" in a decision
        opened = _opened(line, head, now, alone=alone)
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


# "Teknisk Udvalg den 4. maj 2020": a step of a case's way, where the next line is one too
_STEP = re.compile(rf"(?:[-–•·]\s*)?{COMMITTEE},?\s+(?:(?:d\.|den)\s*)?{DATE}\.?")


def _is_step(body: Sequence[Line], index: int) -> bool:
    if not body[index].text.rstrip(".")[-1:].isdigit():
        return False
    near = (body[at].text for at in (index - 1, index + 1) if 0 <= at < len(body))
    return bool(_STEP.fullmatch(body[index].text)) and any(map(_STEP.fullmatch, near))


def _way(now: Passage, line: Line) -> Passage:
    """The passage of a case's way that begins at `line`; the line right above can be its heading."""
    above = now.lines[-1] if now.lines else None
    if above and above.text and len(above.text) <= LONGEST_LEARNED and above.text[-1] not in ".,:;":
        now.lines.pop()
        now.empty = not any(each.text for each in now.lines)
        return Passage(above.text, SectionKind.CASE_FLOW, above)
    return Passage(None, SectionKind.CASE_FLOW, line)


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


def _opened(line: Line, head: Heading | None, now: Passage, *, alone: bool) -> Passage | None:
    """The passage that `line` opens, when it is a heading."""
    if head and _can_open(head, line, now):
        passage = Passage(line.text[: head.end], head.kind, line.part(0, head.end), decided_by=head.decided)
        if head.rest < len(line.text):
            passage.add(line.part(head.rest))
        return passage
    recommends = alone and now.kind != SectionKind.RECOMMENDATION and RECOMMENDS.fullmatch(line.text)
    if recommends and not _SENTENCE.search(line.text):
        return Passage(line.text, SectionKind.RECOMMENDATION, line)
    return None


def _can_open(head: Heading, line: Line, now: Passage) -> bool:
    """Whether a heading can stand where it does."""
    # An attachment can be called "Bilag".
    if head.kind == now.kind == SectionKind.ATTACHMENTS and now.empty:
        return False
    decided = head.decided
    if decided and decided.body and now.kind is SectionKind.CASE_FLOW:
        return decided.decides or decided.mark
    inline = head.rest < len(line.text) and not (decided and decided.body)
    same = now.kind is head.kind and not now.empty
    return not (inline and (same or now.kind is SectionKind.PRIOR_DECISION))


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
        if line.text and (n == 0 or lines[n - 1].blank or DECISION_OPENING.match(line.text))
    ][-_MOST_OPENINGS:]
    only = passages[place].heading is None
    at = next((n for n in begins if DECISION_OPENING.match(lines[n].text)), None)
    if at is None and only and begins:
        last = max(n for n in begins if n == 0 or lines[n - 1].blank)
        words = " ".join(line.text for line in lines[last:] if line.text)
        # Alone, it is a decision when it is short: "Forvaltningens forslag godkendt."
        can_be = len(begins) > 1 or len(words) <= _LONGEST_ALONE
        at = last if can_be and _DECIDES.search(words) and not _TELLS_PAST.search(words) else None
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
