"""Finds the lines that head a section: features weighed by a trained linear model (`heading_weights.json`).

The model is rebuilt by `python -m benchmarks.headings train`; docs/reading.md says what it was compared with.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from minutes.reader.bodies import same_committee
from minutes.reader.decision_headings import DecisionHeading
from minutes.reader.heading_features import (
    Candidate,
    can_be_unknown,
    candidates,
    features,
    is_decision,
    stands_over_text,
)
from minutes.reader.headings import RECOMMENDS, Own, is_own, weak_kind
from minutes.reader.layout import Line
from minutes.reader.prior_headings import prior_headings
from minutes.reader.repeated_headings import repeated_headings
from minutes.vocabulary import SectionKind

# By feature: its weight for a heading against text, and for a decision's heading against another.
Weights = dict[str, tuple[float, float]]
WEIGHTS_FILE = Path(__file__).with_name("heading_weights.json")
WEIGHTS: Weights = json.loads(WEIGHTS_FILE.read_text(encoding="utf-8")) if WEIGHTS_FILE.exists() else {}


_FEWEST_UNKNOWN = 2
_DECIDING = {SectionKind.DECISION, SectionKind.PRIOR_DECISION}
_REPORTS = re.compile(r"(?:referat|protokol)\b", re.IGNORECASE)


class Label(StrEnum):
    """The kinds of a candidate, besides a line of text."""

    SECTION = "section"
    DECISION = "decision"


class Heading(NamedTuple):
    """A line's text[:end] as a heading of a section; its text begins at `rest` of the line."""

    kind: SectionKind
    end: int
    rest: int
    decided: DecisionHeading | None = None
    weak: bool = False  # its words head other sections too: "Konklusion"
    sure: bool = True  # a table has it, or it names a body or day
    reports: bool = False  # it heads all that was said, of which the decision is a part: "Referat"


# A heading by the start of its line in the document.
Headings = dict[int, Heading]


def find_headings(bodies: Sequence[Sequence[Line]], own: Own) -> Headings:
    """The headings of sections in the items' bodies."""
    lines = candidates(bodies)
    own = _own(lines, own)
    headings: Headings = {}
    by_item: dict[int, list[int]] = defaultdict(list)
    for candidate, label in zip(lines, labels(lines, bodies, own), strict=True):
        if label and not is_decision(candidate, bodies[candidate.item]):
            start = candidate.line.start
            kind, weak = _kind(candidate, label, own)
            sure = bool(candidate.table or candidate.decided)
            reports = _REPORTS.match(candidate.heading) is not None
            headings[start] = Heading(
                kind, candidate.end, candidate.rest, candidate.decided, weak, sure, reports
            )
            by_item[candidate.item].append(start)
    for start in list(_references(lines, headings, bodies)):
        del headings[start]
    kinds = {start: (heading.kind, heading.weak) for start, heading in headings.items()}
    for start in list(prior_headings(lines, kinds, bodies, own)):
        headings[start] = headings[start]._replace(kind=SectionKind.PRIOR_DECISION)
    by_item = {item: [start for start in starts if start in headings] for item, starts in by_item.items()}
    headings |= _outdone(headings, list(by_item.values()))
    return headings | _learned(headings, bodies)


def _learned(headings: Headings, bodies: Sequence[Sequence[Line]]) -> Headings:
    """Return the headings of decisions that are known by what follows, where no other heads decisions."""
    if any(heading.kind in _DECIDING for heading in headings.values()):
        return {}
    return {
        line.start: Heading(SectionKind.DECISION, line.end, line.rest) for line in repeated_headings(bodies)
    }


def _own(lines: Sequence[Candidate], own: Own) -> Own:
    """The meeting as the headings of decisions name it, where none names the committee that the header has.

    It is the body under whose name and this day most items were decided.
    """
    dated = [(candidate.item, candidate.decided) for candidate in lines if candidate.decided]
    if any(same_committee(decided.body, own.committee) for _, decided in dated):
        return own
    items_of: dict[str, set[int]] = defaultdict(set)
    for item, decided in dated:
        if decided.body and decided.date and decided.date == own.date:
            items_of[decided.body].add(item)
    if not items_of:
        return own
    body, items = max(items_of.items(), key=lambda entry: (len(entry[1]), entry[0]))
    return own._replace(committee=body) if 2 * len(items) > len({item for item, _ in dated}) else own


# References to other meetings are above an item's text.
_LAST_REFERENCE = 8


def _references(
    lines: Sequence[Candidate], headings: Headings, bodies: Sequence[Sequence[Line]]
) -> Iterator[int]:
    """Yield where items begin with other bodies' names and days, which head no decisions.

    Several follow each other, or one has another form than the headings of the document's decisions.
    """
    heads = [candidate for candidate in lines if candidate.line.start in headings]
    own_forms = {
        candidate.decided.form
        for candidate in heads
        if candidate.decided and headings[candidate.line.start].kind is SectionKind.DECISION
    }
    runs: dict[int, list[Candidate]] = defaultdict(list)
    over: set[int] = set()
    for candidate in heads:
        if candidate.item in over:
            continue
        run = runs[candidate.item]
        if _refers(candidate, headings) and _adjoins(candidate, run, bodies[candidate.item]):
            run.append(candidate)
        else:
            over.add(candidate.item)
    for run in runs.values():
        if len(run) > 1 or (run and own_forms and run[0].decided and run[0].decided.form not in own_forms):
            yield from (candidate.line.start for candidate in run)


def _adjoins(candidate: Candidate, run: Sequence[Candidate], body: Sequence[Line]) -> bool:
    """Return True if a candidate is at the head of its item, or right below the last of the run."""
    if not run:
        return candidate.place < _LAST_REFERENCE
    return not any(line.text for line in body[run[-1].place + 1 : candidate.place])


def _refers(candidate: Candidate, headings: Headings) -> bool:
    """Return True if a heading only names another body and day."""
    decided = candidate.decided
    return (
        decided is not None
        and headings[candidate.line.start].kind is SectionKind.PRIOR_DECISION
        and not (decided.decides or decided.mark)
        and candidate.rest == len(candidate.line.text)
    )


def _outdone(headings: Headings, by_item: Sequence[Sequence[int]]) -> Headings:
    """Headings such as "Konklusion" and "Referat" that are no decisions', since "Beslutning" heads these.

    They are where most items that have headings of decisions have such a one, or the item itself; "Referat"
    also where the item has a "Konklusion".
    """
    surely = [any(_surely_decides(headings[start]) for start in starts) for starts in by_item]
    doubtful = [any(_may_decide(headings[start]) for start in starts) for starts in by_item]
    mostly = 2 * sum(surely) > sum(sure or may for sure, may in zip(surely, doubtful, strict=True))
    outdone: list[int] = []
    for starts, sure in zip(by_item, surely, strict=True):
        may = [start for start in starts if _may_decide(headings[start])]
        reports = [start for start in may if headings[start].reports]
        if sure or mostly:
            outdone += may
        elif len(reports) < len(may):
            outdone += reports
    return {start: headings[start]._replace(kind=SectionKind.OTHER) for start in outdone}


def _surely_decides(heading: Heading) -> bool:
    return heading.kind is SectionKind.DECISION and not _may_decide(heading)


def _may_decide(heading: Heading) -> bool:
    """Return True if only a weak noun says that a decision follows."""
    return heading.kind is SectionKind.DECISION and heading.weak


def labels(lines: Sequence[Candidate], bodies: Sequence[Sequence[Line]], own: Own) -> list[Label | None]:
    """The label of each candidate; those with one key in several items share what speaks for them."""
    scores = [score(evidence) for evidence in features(lines, bodies, own)]
    groups: dict[str, list[float]] = defaultdict(list)
    items_with: dict[str, set[int]] = defaultdict(set)
    over_text: Counter[str] = Counter()
    for candidate, (total, _) in zip(lines, scores, strict=True):
        groups[candidate.key].append(total)
        over_text[candidate.key] += stands_over_text(candidate, bodies[candidate.item])
        items_with[candidate.key].add(candidate.item)
    means = {key: sum(group) / len(group) for key, group in groups.items()}
    result: list[Label | None] = []
    above: Candidate | None = None  # the heading above
    for candidate, (total, decides) in zip(lines, scores, strict=True):
        shared = (total + means[candidate.key]) / 2
        in_section = above if above and above.item == candidate.item else None
        share = Share(len(items_with[candidate.key]), over_text[candidate.key], len(bodies))
        sure = candidate.table is SectionKind.CONTACTS  # a label of its own words, of which samples have few
        if not sure and (shared <= 0 or not _is_known(candidate, share, in_section)):
            result.append(None)
        else:
            result.append(Label.DECISION if decides > 0 else Label.SECTION)
            above = candidate
    return result


class Share(NamedTuple):
    """The number of items with a heading, and of places where it is over running text."""

    items: int
    over_text: int
    of: int


# Sections with headings of their own inside.
_LONG_SECTIONS = frozenset({SectionKind.PRESENTATION, SectionKind.BACKGROUND, SectionKind.RESUME})


def _is_known(candidate: Candidate, share: Share, above: Candidate | None) -> bool:
    """Return True if words or repetition show that it heads a section, no part of the section `above` it."""
    if candidate.decided:
        return True
    if weak_kind(candidate.heading) and not candidate.table:
        inside = above is not None and above.noun in _LONG_SECTIONS
        return 3 * share.items >= share.of or not inside
    if candidate.noun:
        return True
    return can_be_unknown(candidate.heading) and share.over_text >= max(_FEWEST_UNKNOWN, share.of / 3)


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
    """Each candidate's heading, its score, and the features of the score, the weightiest first."""
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
