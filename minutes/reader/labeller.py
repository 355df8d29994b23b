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
from minutes.reader.headings import RECOMMENDS, Own, is_own, weak_kind
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
    weak: bool = False  # its words head other sections too: "Konklusion"


# A heading by the start of its line in the document.
Headings = dict[int, Heading]


def find_headings(bodies: Sequence[Sequence[Line]], own: Own) -> Headings:
    """The headings of sections in the items' bodies."""
    lines = candidates(bodies)
    headings: Headings = {}
    by_item: dict[int, list[int]] = defaultdict(list)
    for candidate, label in zip(lines, labels(lines, bodies, own), strict=True):
        if label:
            start = candidate.line.start
            kind, weak = _kind(candidate, label, own)
            headings[start] = Heading(kind, candidate.end, candidate.rest, candidate.decided, weak)
            by_item[candidate.item].append(start)
    for start in _references(lines, headings):
        del headings[start]
    by_item = {item: [start for start in starts if start in headings] for item, starts in by_item.items()}
    return headings | _outdone(headings, list(by_item.values()))


# A reference to another meeting stands above an item's text.
_LAST_REFERENCE = 8


def _references(lines: Sequence[Candidate], headings: Headings) -> list[int]:
    """Where items begin with another body and day, in another form than the document's decisions have."""
    heads = [candidate for candidate in lines if candidate.line.start in headings]
    own_forms = {
        candidate.decided.form
        for candidate in heads
        if candidate.decided and headings[candidate.line.start].kind is SectionKind.DECISION
    }
    firsts = {candidate.item: candidate for candidate in reversed(heads)}
    return [
        candidate.line.start
        for candidate in firsts.values()
        if candidate.decided
        and own_forms
        and headings[candidate.line.start].kind is SectionKind.PRIOR_DECISION
        and candidate.decided.form not in own_forms
        and candidate.place < _LAST_REFERENCE
        and not (candidate.decided.decides or candidate.decided.mark)
        and candidate.rest == len(candidate.line.text)
    ]


def _outdone(headings: Headings, by_item: Sequence[Sequence[int]]) -> Headings:
    """Headings such as "Konklusion" and "Referat" that are no decisions', since "Beslutning" heads these.

    They are where most items that have headings of decisions have such a one, or the item itself.
    """
    surely = [any(_surely_decides(headings[start]) for start in starts) for starts in by_item]
    doubtful = [any(_may_decide(headings[start]) for start in starts) for starts in by_item]
    mostly = 2 * sum(surely) > sum(sure or may for sure, may in zip(surely, doubtful, strict=True))
    return {
        start: headings[start]._replace(kind=SectionKind.OTHER)
        for starts, sure in zip(by_item, surely, strict=True)
        for start in starts
        if (sure or mostly) and _may_decide(headings[start])
    }


def _surely_decides(heading: Heading) -> bool:
    return heading.kind is SectionKind.DECISION and not _may_decide(heading)


def _may_decide(heading: Heading) -> bool:
    """Whether only a weak noun says that a decision follows."""
    return heading.kind is SectionKind.DECISION and heading.weak


def labels(lines: Sequence[Candidate], bodies: Sequence[Sequence[Line]], own: Own) -> list[Label | None]:
    """The label of each candidate; those with one key in several items share what speaks for them."""
    scores = [score(evidence) for evidence in features(lines, bodies, own)]
    groups: dict[str, list[float]] = defaultdict(list)
    items_with: dict[str, set[int]] = defaultdict(set)
    for candidate, (total, _) in zip(lines, scores, strict=True):
        groups[candidate.key].append(total)
        items_with[candidate.key].add(candidate.item)
    result: list[Label | None] = []
    above: Candidate | None = None  # the heading above
    for candidate, (total, decides) in zip(lines, scores, strict=True):
        group = groups[candidate.key]
        shared = (total + sum(group) / len(group)) / 2
        in_section = above if above and above.item == candidate.item else None
        share = Share(len(items_with[candidate.key]), len(bodies))
        if shared <= 0 or not _is_known(candidate, share, in_section):
            result.append(None)
        else:
            result.append(Label.DECISION if decides > 0 else Label.SECTION)
            above = candidate
    return result


class Share(NamedTuple):
    """How many of the document's items have a heading."""

    items: int
    of: int


# Sections with headings of their own inside.
_LONG_SECTIONS = frozenset({SectionKind.PRESENTATION, SectionKind.BACKGROUND, SectionKind.RESUME})


def _is_known(candidate: Candidate, share: Share, above: Candidate | None) -> bool:
    """Whether words or repetition say that it heads a section, not a part of the section `above` it."""
    if candidate.decided:
        return True
    if weak_kind(candidate.heading) and not candidate.table:
        inside = above is not None and above.noun in _LONG_SECTIONS
        return 3 * share.items >= share.of or not inside
    return candidate.noun is not None or share.items >= max(_FEWEST_UNKNOWN, share.of / 3)


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
    """(the kind of the heading's section, whether its words are weak)."""
    decided = candidate.decided
    if decided and (decided.body or decided.date):
        return (SectionKind.DECISION if is_own(decided, own) else SectionKind.PRIOR_DECISION), False
    if candidate.table:
        return candidate.table, False
    if RECOMMENDS.fullmatch(candidate.heading):
        return SectionKind.RECOMMENDATION, True
    kind = weak_kind(candidate.heading) or candidate.noun
    if kind:
        weak = not (decided and decided.noun and decided.noun.startswith("beslutning"))
        return kind, weak
    return (SectionKind.DECISION if label is Label.DECISION else SectionKind.OTHER), True
