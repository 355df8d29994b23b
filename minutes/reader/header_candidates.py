"""Candidates for the facts of a header, and the choice among them by their evidence."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from minutes.reader.bodies import Body
from minutes.reader.layout import Line
from minutes.reader.roster import Roster
from minutes.vocabulary import DocumentKind, MeetingKind

# How many printed lines a header's title, its day, its place and its people are within.
NEAR = 45


class Candidate(NamedTuple):
    """A value that a line of the header may have, and how strong the evidence is."""

    value: str
    weight: float
    at: Line
    body: Body | None = None


class Conflict(NamedTuple):
    """Two values of a field for which the header has about the same evidence. `start`, `end`: the second."""

    field: str
    first: str
    second: str
    start: int
    end: int


@dataclass
class Header:
    """Facts from the lines before the first item; `is_known_form` if these have the form of minutes."""

    committee: str | None = None
    committee_as_printed: str | None = None
    committees: tuple[str, ...] = ()
    term: str | None = None
    date: str | None = None
    start_time: str | None = None
    location: str | None = None
    kind: MeetingKind = MeetingKind.ORDINARY
    document: DocumentKind = DocumentKind.MINUTES
    cancelled: bool = False
    roster: Roster = field(default_factory=Roster)
    contents: list[str] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    is_known_form: bool = False


def strongest(candidates: Iterable[Candidate]) -> list[tuple[Candidate, float]]:
    """Return the best candidate of each value with the evidence of all of them, the strongest first."""
    best: dict[str, Candidate] = {}
    total: defaultdict[str, float] = defaultdict(float)
    for candidate in candidates:
        other = best.get(candidate.value)
        if other is None or candidate.weight > other.weight:
            best[candidate.value] = candidate
        total[candidate.value] += 0.25 * candidate.weight
    ranked = [(one, one.weight + total[value] - 0.25 * one.weight) for value, one in best.items()]
    return sorted(ranked, key=lambda entry: (-entry[1], entry[0].at.start, entry[0].value))


def note_conflict(header: Header, what: str, ranked: Sequence[tuple[Candidate, float]], least: float) -> bool:
    """Note a second value with strong evidence of its own; return True if it is as strong as the first."""
    if len(ranked) < 2 or ranked[1][0].weight < least:
        return False
    (first, strong), (second, other) = ranked[:2]
    header.conflicts.append(Conflict(what, first.value, second.value, second.at.start, second.at.end))
    return other > 0.92 * strong
