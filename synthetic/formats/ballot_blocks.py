"""Ballots in blocks: a label per side with a number and the parties joined by plus signs, then the result."""

import re
from random import Random

from minutes.vocabulary import Outcome
from synthetic.deliberation import Deliberation
from synthetic.municipalities import Committee
from synthetic.paragraphs import Paragraph
from synthetic.votes import Side, Sides, Vote, ballot_paragraph, mover_label, side_labels, sides_by_party
from synthetic.wording import VoteWriter

_BLANKS = re.compile(" +")
_LABELS = ("For stemte:", "Imod stemte:", "Undlod at stemme:")
_RESULTS = {
    Outcome.APPROVED: "Godkendt.",
    Outcome.NOTED: "Taget til efterretning.",
    Outcome.RECOMMENDED: "Anbefales.",
    Outcome.REJECTED: "Faldet.",
}


def ballot_blocks(gaps: tuple[str, ...]) -> VoteWriter:
    """Return a function that writes votes with one of `gaps` between a label and its number.

    An amendment precedes the recommendation; each point of a recommendation has the heading "Ad 1".
    """

    def write_votes(random: Random, committee: Committee, deliberation: Deliberation) -> list[Paragraph]:
        result = _RESULTS[deliberation.outcome]
        paragraphs = []
        if vote := deliberation.amendment:
            mover = mover_label(vote)
            paragraphs += [
                Paragraph(f"Ændringsforslag fra {mover}:"),
                Paragraph(f"{mover} foreslår, at {vote.motion}."),
                _block(vote, "Faldet.", random.choice(gaps)),
                Paragraph("Indstillingen:"),
            ]
        if deliberation.main:
            if deliberation.main.tied:
                result = "Faldet ved stemmelighed."
            paragraphs.append(_block(deliberation.main, result, random.choice(gaps)))
        for number, vote in enumerate(deliberation.point_votes, 1):
            paragraphs += [Paragraph(f"Ad {number}"), _block(vote, result, random.choice(gaps))]
        return paragraphs

    return write_votes


def _block(vote: Vote, result: str, gap: str) -> Paragraph:
    """Return a ballot. A label without a number means that nobody voted so: a printed 0."""
    sides = Sides(*(side if side.size else Side(0) for side in sides_by_party(vote)))
    lines = [_line(label, side, gap) for label, side in zip(_LABELS, sides, strict=True)]
    text = "\n\n".join((*lines, result))
    return ballot_paragraph(text, vote, sides, clean=_BLANKS.sub(" ", text))


def _line(label: str, side: Side, gap: str) -> str:
    return f"{label}{gap}{side.size} ({'+'.join(side_labels(side))})" if side.size else label
