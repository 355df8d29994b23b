"""Ballots told in blocks: a label for each side, a number, the parties joined by plus signs, a result."""

import re
from collections.abc import Callable
from random import Random

from minutes.vocabulary import Outcome
from synthetic.decisions import Course
from synthetic.paragraphs import Paragraph
from synthetic.towns import Committee
from synthetic.votes import Side, Sides, Vote, ballot, mover, sides_by_party, spoken

_BLANKS = re.compile(" +")
RESULTS = {
    Outcome.APPROVED: "Godkendt.",
    Outcome.NOTED: "Taget til efterretning.",
    Outcome.RECOMMENDED: "Anbefales.",
    Outcome.REJECTED: "Faldet.",
}


def in_blocks(gaps: tuple[str, ...]) -> Callable[[Random, Committee, Course], list[Paragraph]]:
    """The wording of votes with one of the `gaps` between a label and its number.

    An amendment comes before what it would amend, and each part of a decision under its "Ad 1".
    """

    def voted(random: Random, committee: Committee, course: Course) -> list[Paragraph]:
        result = RESULTS[course.outcome]
        paragraphs = []
        if course.amendment:
            by = mover(course.amendment)
            paragraphs += [
                Paragraph(f"Ændringsforslag fra {by}:"),
                Paragraph(f"{by} foreslår, at {course.amendment.motion}."),
                block(course.amendment, "Faldet.", random.choice(gaps)),
                Paragraph("Indstillingen:"),
            ]
        if course.main:
            if course.main.tied:
                result = "Faldet ved stemmelighed."
            paragraphs.append(block(course.main, result, random.choice(gaps)))
        for part, vote in enumerate(course.part_votes, 1):
            paragraphs += [Paragraph(f"Ad {part}"), block(vote, result, random.choice(gaps))]
        return paragraphs

    return voted


def block(vote: Vote, result: str, gap: str) -> Paragraph:
    """The lines of a ballot, apart. An empty label is a side of nobody: a printed 0."""
    sides = Sides(*(side if side.number else Side(0) for side in sides_by_party(vote)))
    labels = zip(("For stemte:", "Imod stemte:", "Undlod at stemme:"), sides, strict=True)
    lines = [*(_line(label, side, gap) for label, side in labels), result]
    text = "\n\n".join(lines)
    clean = _BLANKS.sub(" ", text)
    return ballot(text, vote, sides, clean=clean)


def _line(label: str, side: Side, gap: str) -> str:
    return f"{label}{gap}{side.number} ({'+'.join(spoken(side))})" if side.number else label
