"""Which lines head a section: features weighed by a trained linear model (`heading_weights.json`).

The model is rebuilt by `python -m benchmarks.headings train`; docs/reading.md says what it was compared with.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from minutes.reader.decision_headings import DecisionHeading
from minutes.reader.heading_features import Candidate, candidates, features
from minutes.reader.headings import Own, is_own, weak_kind
from minutes.reader.layout import Line
from minutes.vocabulary import SectionKind

# By feature: its weight for a heading against text, and for a decision's heading against another.
Weights = dict[str, tuple[float, float]]
WEIGHTS_FILE = Path(__file__).with_name("heading_weights.json")
WEIGHTS: Weights = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8")) if WEIGHTS_FILE.exists() else {}


_FEWEST_UNKNOWN = 2


class Label(StrEnum):
    """What a candidate is, besides a line of text."""

    SECTION = "section"
    DECISION = "decision"


class Heading(NamedTuple):
    """A line's text[:end] as a heading of a section; what stands under it begins at `rest` of the line."""

    kind: SectionKind
    end: int
    rest: int
    decided: DecisionHeading | None = None
    known: bool = True  # a table or a noun says the kind


# A heading by the start of its line in the document.
Headings = dict[int, Heading]


def find_headings(bodies: Sequence[Sequence[Line]], own: Own) -> Headings:
    """The headings of sections in the items' bodies."""
    lines = candidates(bodies)
    headings: Headings = {}
    for candidate, label in zip(lines, labels(lines, bodies, own), strict=True):
        if label:
            kind, known = _kind(candidate, label, own)
            headings[candidate.line.start] = Heading(
                kind, candidate.end, candidate.rest, candidate.decided, known
            )
    return headings


def labels(lines: Sequence[Candidate], bodies: Sequence[Sequence[Line]], own: Own) -> list[Label | None]:
    """The label of each candidate; those with one key in several items share what speaks for them."""
    scores = [score(evidence) for evidence in features(lines, bodies, own)]
    groups: dict[str, list[float]] = defaultdict(list)
    items_with: dict[str, set[int]] = defaultdict(set)
    for candidate, (total, _) in zip(lines, scores, strict=True):
        groups[candidate.key].append(total)
        items_with[candidate.key].add(candidate.item)
    fewest = max(_FEWEST_UNKNOWN, len(bodies) / 3)
    result: list[Label | None] = []
    for candidate, (total, decides) in zip(lines, scores, strict=True):
        group = groups[candidate.key]
        shared = (total + sum(group) / len(group)) / 2
        # A heading of a kind that no word says is known by its repetition; else it divides a section.
        known = candidate.noun or candidate.decided or weak_kind(candidate.heading)
        if shared <= 0 or not (known or len(items_with[candidate.key]) >= fewest):
            result.append(None)
        else:
            result.append(Label.DECISION if decides > 0 else Label.SECTION)
    return result


def score(evidence: Iterable[str]) -> tuple[float, float]:
    """(how much more likely a heading than text, how much more likely a decision's than another's)."""
    heading = decision = 0.0
    for feature in evidence:
        weights = WEIGHTS.get(feature)
        if weights:
            heading += weights[0]
            decision += weights[1]
    return heading, decision


def explain(bodies: Sequence[Sequence[Line]], own: Own) -> list[tuple[str, float, list[tuple[str, float]]]]:
    """Each candidate's heading, its score, and the features that made it, the weightiest first."""
    lines = candidates(bodies)
    return [
        (
            candidate.heading,
            score(evidence)[0],
            sorted(
                ((feature, WEIGHTS[feature][0]) for feature in evidence if feature in WEIGHTS),
                key=lambda entry: (-abs(entry[1]), entry[0]),
            ),
        )
        for candidate, evidence in zip(lines, features(lines, bodies, own), strict=True)
    ]


def _kind(candidate: Candidate, label: Label, own: Own) -> tuple[SectionKind, bool]:
    """(the kind of the heading's section, whether its words say it)."""
    decided = candidate.decided
    if decided and (decided.body or decided.date):
        return (SectionKind.DECISION if is_own(decided, own) else SectionKind.PRIOR_DECISION), True
    kind = candidate.table or weak_kind(candidate.heading) or candidate.noun
    if kind:
        return kind, True
    return (SectionKind.DECISION if label is Label.DECISION else SectionKind.OTHER), False
