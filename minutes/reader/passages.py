"""A passage of an item: a section while its lines are gathered."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from minutes.reader.decision_headings import DecisionHeading
from minutes.reader.flow import Flow, flow
from minutes.reader.layout import Line, span
from minutes.reader.records import Section
from minutes.reader.words import WORDS, pattern
from minutes.vocabulary import SectionKind

# "Fraværende:  Åse Ærøholm (I)", "Fraværende- Bo Lind ()",
# "Følgende deltog ikke i behandlingen af punktet: Bo Lind"
ASIDE = re.compile(rf"{pattern(WORDS.headings[SectionKind.ABSENT])}(?:\s*:|[-–](?=\s))", re.IGNORECASE)


@dataclass
class Passage:
    """A section while its lines are gathered."""

    heading: str | None
    kind: SectionKind
    at: Line | None = None  # the heading's line
    lines: list[Line] = field(default_factory=list)
    asides: list[Line] = field(default_factory=list)  # those of its lines that say who was there
    absentees: list[Line] = field(default_factory=list)  # those of its asides that name who was absent
    only_asides: bool = True
    empty: bool = True
    decided_by: DecisionHeading | None = None  # whose decision the heading announces

    def add(self, line: Line) -> None:
        self.lines.append(line)
        self.empty = self.empty and line.blank
        self.only_asides = self.only_asides and line.blank

    def add_aside(self, line: Line, *, of_absentee: bool) -> None:
        self.lines.append(line)
        self.asides.append(line)
        self.empty = False
        if of_absentee:
            self.absentees.append(line)

    @property
    def words(self) -> list[Line]:
        """Its lines without the asides, which are its words when there are no others."""
        if not self.asides:
            return self.lines
        asides = {line.start for line in self.asides}
        words = [line for line in self.lines if line.start not in asides]
        return words if any(line.text for line in words) or ASIDE.match(self.asides[0].text) else self.lines

    @cached_property
    def flow(self) -> Flow:
        """Its words run together; ask when all its lines are gathered."""
        return flow(self.words)


def section(text: str, passage: Passage) -> Section:
    """Return the passage as a record; an empty one has the end of its heading as its place."""
    place = span(passage.lines)
    start, end = place or (passage.at.end, passage.at.end) if passage.at else (place or (0, 0))
    return Section(
        heading=passage.heading,
        kind=passage.kind,
        text=text[start:end],
        clean=(flow(passage.lines) if passage.asides else passage.flow).text,
        start=start,
        end=end,
    )
