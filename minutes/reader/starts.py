"""Where the items of an agenda start: the best of the chains of numbered, unnumbered and untitled starts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from minutes.reader.closed_lines import Access, access_of
from minutes.reader.contents import Contents
from minutes.reader.item_candidates import Candidates
from minutes.reader.item_chains import STEPS, TEXTS, UNLIKE, Chain, Chains, favour_alike
from minutes.reader.item_clues import WEIGHTS, Candidate
from minutes.reader.item_evidence import Evidence
from minutes.reader.layout import Line
from minutes.reader.names import squash
from minutes.reader.words import WORDS, pattern

# The first line of a contents list: "114Spørgsmål fra borgerne", "1. Dagsorden", "Punkt 1: Dagsorden"
_GLUED_FIRST = re.compile(r"(?:Punkt |Pkt\. |Nr\. ?)?\d{1,4}[.:]?\s*[A-ZÆØÅ].{4,}")
_HOW_FAR_CONTENTS = 120
_NAVIGATION = re.compile(rf"{pattern(WORDS.pages.navigation)}\.?", re.IGNORECASE)
_MOST_MARKS = 3
_CLOSED_MARKS = (Access.CLOSED_ITEM, Access.CLOSED_GROUP)
# A chain with a lower score is no agenda.
_CONVINCING = 3.0


class Start(NamedTuple):
    """Where an item begins, where its heading stands, its number and the title on that line."""

    begin: int
    heading: int
    number: str | None
    title: str
    closed: bool = False
    below: bool = False  # the number stands in a line of its own under the title
    untitled: bool = False  # the line `heading` is the first section's heading


@dataclass(frozen=True)
class Choice:
    """The chosen starts with the lines they refer to, and how certain the choice is.

    `lines` are the document's, with headings that were glued to other text on lines of their own. `margin`
    is how much higher the chain's score is than that of the best chain of another kind. `holes` are numbers
    that the chain leaves out, `lower` the lines above the first start with lower numbers than its own.
    """

    lines: Sequence[Line]
    starts: list[Start]
    kind: str = "none"
    score: float = 0.0
    margin: float = 0.0
    holes: tuple[int, ...] = ()
    lower: tuple[Line, ...] = ()
    evidence: list[list[tuple[str, float]]] = field(default_factory=list)


def find_starts(lines: Sequence[Line]) -> Choice:
    """Return where the items start, in the order they stand; none where no chain is convincing."""
    evidence = Evidence(lines)
    contents = Contents(evidence)
    candidates, chains = Candidates(evidence, contents), Chains(evidence)
    best: list[tuple[float, str, Chain]] = []
    numbered = candidates.numbered()
    for kind, family in (
        ("numbered", numbered),
        ("numbered below", candidates.numbered_below()),
        ("unnumbered", candidates.unnumbered()),
        ("untitled", candidates.untitled()),
    ):
        chain = chains.best(family)
        if favour_alike(chain, family):
            chain = chains.best(family)
        best.append((chain.score, kind, chain))
    best.sort(key=lambda entry: -entry[0])
    score, kind, chain = best[0]
    if score < _CONVINCING:
        return Choice(lines, [])
    new_lines, starts = _without_glue(lines, chain, untitled=kind == "untitled")
    return Choice(
        new_lines,
        _with_marks_above(new_lines, starts),
        kind,
        score,
        score - max(best[1][0], 0.0),
        _holes(chain),
        _lower(lines, chain, numbered),
        [_weighed(start, steps) for start, steps in zip(chain.starts, chain.steps, strict=True)],
    )


def _weighed(start: Candidate, steps: Sequence[str]) -> list[tuple[str, float]]:
    """Return the evidence for a start, with the weight of each piece."""
    weights = WEIGHTS | STEPS | TEXTS | {"unlike the other items": UNLIKE}
    return [(name, weights[name]) for name in (*start.clues, *steps)]


def _without_glue(
    lines: Sequence[Line], chain: Chain, *, untitled: bool
) -> tuple[Sequence[Line], list[Start]]:
    """Return the lines with glued headings on lines of their own, and the starts in them."""
    offsets = {start.heading: start.offset for start in chain.starts if start.offset}
    new_lines: list[Line] = []
    moved: dict[int, int] = {}
    for index, line in enumerate(lines) if offsets else ():
        moved[index] = len(new_lines)
        if index in offsets:
            head, tail = line.part(0, offsets[index]), line.part(offsets[index])
            new_lines += [head, Line("", tail.start, tail.start), tail]
            moved[index] += 2
        else:
            new_lines.append(line)
    starts = [
        Start(
            moved.get(candidate.begin, candidate.begin),
            moved.get(candidate.heading, candidate.heading) + untitled,
            candidate.number,
            candidate.title,
            candidate.closed,
            candidate.below,
            untitled,
        )
        for candidate in chain.starts
    ]
    return (new_lines if offsets else lines), starts


def _holes(chain: Chain) -> tuple[int, ...]:
    """Return the numbers that are left out between the chain's lowest and highest, if they are few."""
    numbers = sorted({start.value for start in chain.starts if start.number is not None})
    holes: list[int] = []
    for before, after in pairwise(numbers):
        if after - before <= len(numbers):
            holes += range(before + 1, after)
    return tuple(holes)


def _lower(lines: Sequence[Line], chain: Chain, numbered: Sequence[Candidate]) -> tuple[Line, ...]:
    """Return the lines above the first start that are numbered like it and lower."""
    first = chain.starts[0]
    return tuple(
        lines[candidate.heading]
        for candidate in numbered
        if candidate.heading < first.begin
        and candidate.form == first.form
        and 0 < first.value - candidate.value <= len(chain.starts) + 1
    )


def _with_marks_above(lines: Sequence[Line], starts: list[Start]) -> list[Start]:
    """The starts, from what stands above every heading on: "Til indholdsfortegnelse", "Lukket punkt"."""
    found: list[Start] = []
    before = -1
    for start in starts:
        printed = [
            index for index in range(start.begin - 1, max(start.begin - 8, before), -1) if lines[index].text
        ][:_MOST_MARKS]
        marks: list[tuple[int, Access | None]] = []
        for index in printed:
            goes_on = lines[index].text[0].islower() and not lines[index - 1].blank
            access = None if goes_on else access_of(lines[index].text)
            if not access and not _NAVIGATION.fullmatch(squash(lines[index].text)):
                break
            marks.append((index, access))
        closed = any(access is Access.CLOSED_ITEM for _, access in marks)
        whose = _whose_marks(lines, before, start, marks)
        if marks and whose != "before":
            start = start._replace(closed=start.closed or closed)
        if marks and whose == "after":
            start = start._replace(begin=marks[-1][0])
        found.append(start)
        before = start.heading
    return found


def _whose_marks(
    lines: Sequence[Line], before: int, start: Start, marks: Sequence[tuple[int, Access | None]]
) -> str:
    """Whether marks right above a heading are of the item "before" it, "after" them, or perhaps of "both".

    They can only be of the item before when nothing else is printed under its heading. Then the one that
    they are printed closer to has them.
    """
    if before < 0 or not any(access in _CLOSED_MARKS for _, access in marks):
        return "after"
    first = marks[-1][0]
    if any(lines[index].text for index in range(before + 1, first)):
        return "after"
    apart_from_before, apart_from_after = lines[before + 1].blank, lines[start.begin - 1].blank
    if apart_from_before and not apart_from_after:
        return "after"
    return "before" if apart_from_after and not apart_from_before else "both"


def with_contents_apart(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines, with the first item apart from a contents list that is glued to it.

    "124Salg af grund114Spørgsmål fra borgerne": the list's first line stands again at the end of its last.
    """
    for index, line in enumerate(lines[:_HOW_FAR_CONTENTS]):
        if not _GLUED_FIRST.match(line.text):
            continue
        for later in range(index + 1, min(len(lines), index + _HOW_FAR_CONTENTS)):
            text = lines[later].text
            if (
                len(text) > len(line.text)
                and text.endswith(line.text)
                and not text[-len(line.text) - 1].isspace()
            ):
                at = len(text) - len(line.text)
                blank = Line("", lines[later].at(at), lines[later].at(at))
                return [
                    *lines[:later],
                    lines[later].part(0, at),
                    blank,
                    lines[later].part(at),
                    *lines[later + 1 :],
                ]
        return lines
    return lines
