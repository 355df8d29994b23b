"""Reads minutes with independently drawn conventions and counts what differs from their facts, by stage.

    python -m benchmarks.combined [--documents 200] [--seed 1] [--by numbering [--stage items]]

The documents come from `synthetic.combined`: the figures show consistency with our own wordings, no accuracy.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from minutes.reader import read
from minutes.reader.records import Absence, Ballot, Document, Item, Participant
from minutes.vocabulary import Grade, Outcome
from synthetic.combined import CombinedMinutes, generate_combined


class Fact(NamedTuple):
    """A fact of a document: read as it is, read as something else, or (neither) missing."""

    facet: str
    right: bool
    wrong: bool = False


STAGES = {
    "text": ("text",),
    "header": ("committee", "date", "start time", "location", "participants", "absent", "substitutes"),
    "items": ("items", "no extra items", "case number", "closed"),
    "headings": ("sections", "decision", "prior decisions"),
    "votes": ("outcome", "ballots"),
    "people": ("absent from items", "recused"),
}


def squash(text: str | None) -> str:
    return " ".join((text or "").split())


def facts(actual: Document, expected: Document) -> Iterator[Fact]:
    """Yield every fact of a document with the result of its comparison."""
    yield Fact("text", actual.text == expected.text)
    for name in ("committee", "date", "start_time", "location"):
        yield _compared(
            name.replace("_", " "), *(squash(getattr(document, name)) for document in (actual, expected))
        )
    for name in ("participants", "absent"):
        yield _compared(name, *(_named(document, name) for document in (actual, expected)))
    if actual.substitutes or expected.substitutes:
        pairs_of_names = [
            {(person.name, person.absentee) for person in doc.substitutes} for doc in (actual, expected)
        ]
        yield _compared("substitutes", *pairs_of_names)
    pairs = pair_items(actual.items, expected.items)
    yield Fact("no extra items", len(actual.items) <= sum(ours is not None for ours, _ in pairs))
    for ours, theirs in pairs:
        headings = [(item.number, squash(item.title)) if item else None for item in (ours, theirs)]
        yield _compared("items", *headings)
        yield from _item_facts(ours or Item(number=None, title=""), theirs)


def _compared(facet: str, ours: object, theirs: object) -> Fact:
    return Fact(facet, ours == theirs, bool(ours) and ours != theirs)


def _named(document: Document, key: str) -> list[str]:
    """Return the names of a list of people; substitutes may be listed as participants or not."""
    substitutes = {substitute.name for substitute in document.substitutes}
    return [name for name in _names(getattr(document, key)) if name not in substitutes]


def _names(people: Sequence[Participant | Absence]) -> list[str]:
    return sorted(person.name for person in people)


def pair_items(actual: Sequence[Item], expected: Sequence[Item]) -> list[tuple[Item | None, Item]]:
    """Pair every expected item with the one read that starts in its heading."""
    pairs: list[tuple[Item | None, Item]] = []
    for theirs in expected:
        end = min((section.start for section in theirs.sections), default=theirs.end)
        starting = [ours for ours in actual if theirs.start <= ours.start < max(end, theirs.start + 1)]
        pairs.append((starting[0] if starting else None, theirs))
    return pairs


def _item_facts(ours: Item, theirs: Item) -> Iterator[Fact]:
    yield _compared("case number", ours.case_number, theirs.case_number)
    yield Fact("closed", ours.closed == theirs.closed)
    read_sections = {(section.kind, squash(section.text)) for section in ours.sections}
    for section in theirs.sections:
        yield Fact("sections", (section.kind, squash(section.text)) in read_sections)
    if theirs.decision or ours.decision:
        yield _compared("decision", squash(ours.decision), squash(theirs.decision))
    outcomes = [item.outcome if item.outcome is not Outcome.NONE else None for item in (ours, theirs)]
    yield _compared("outcome", *outcomes)
    if theirs.prior_decisions or ours.prior_decisions:
        meetings = [
            [(prior.committee, prior.date) for prior in item.prior_decisions] for item in (ours, theirs)
        ]
        yield _compared("prior decisions", *meetings)
    read_ballots, ballots = [*map(_ballot, ours.ballots)], [*map(_ballot, theirs.ballots)]
    for position, ballot in enumerate(ballots):
        yield Fact(
            "ballots", ballot in read_ballots, position < len(read_ballots) and ballot not in read_ballots
        )
    for name, facet in (("absent", "absent from items"), ("left_or_recused", "recused")):
        names = [_names(getattr(item, name)) for item in (ours, theirs)]
        if any(names):
            yield _compared(facet, *names)


def _ballot(ballot: Ballot) -> tuple[object, ...]:
    names = (sorted(ballot.for_names), sorted(ballot.against_names), sorted(ballot.abstained_names))
    parties = (sorted(ballot.for_parties), sorted(ballot.against_parties), sorted(ballot.abstained_parties))
    return (ballot.in_favour, ballot.against, ballot.abstained, *names, *parties, ballot.result)


def false_ballots(actual: Document, expected: Document) -> list[str]:
    """Return the evidence of ballots that were read where no vote was taken."""
    ballots = [(ballot.start, ballot.end) for item in expected.items for ballot in item.ballots]
    return [
        ballot.evidence
        for item in actual.items
        for ballot in item.ballots
        if not any(start < ballot.end and ballot.start < end for start, end in ballots)
    ]


def closed_read_as_open(actual: Document, expected: Document) -> list[str]:
    """Return the titles of closed items that would be published as open: read so, in a certain document.

    An item without text that is called "Lukket sag", or nothing, has nothing to hide.
    """
    if actual.grade is not Grade.CERTAIN:
        return []
    leaks = []
    for item in expected.items:
        if not item.closed or (not item.sections and item.title[:6] in {"", "Lukket"}):
            continue
        place = expected.text.find(item.title.split()[-1], item.start) if item.title else item.start
        if any(ours.start <= place < ours.end and not ours.closed for ours in actual.items):
            leaks.append(item.title)
    return leaks


class Report:
    """Counts the facts read right, by facet and by a choice of the documents."""

    def __init__(self, axis: str, stage: str) -> None:
        self.axis = axis
        self.facets = (
            STAGES[stage] if stage else tuple(facet for facets in STAGES.values() for facet in facets)
        )
        self.right: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter()
        self.all: Counter[str] = Counter()
        self.by_choice: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        self.documents = self.certain = self.certain_but_wrong = self.false = self.leaks = 0

    def add(self, minutes: CombinedMinutes) -> None:
        expected = minutes.document
        actual = read(minutes.data, minutes.path)
        self.documents += 1
        self.certain += actual.grade is Grade.CERTAIN
        self.false += len(false_ballots(actual, expected))
        self.leaks += len(closed_read_as_open(actual, expected))
        compared = [*facts(actual, expected)]
        self.certain_but_wrong += actual.grade is Grade.CERTAIN and not all(fact.right for fact in compared)
        for facet, right, wrong in compared:
            self.all[facet] += 1
            self.right[facet] += right
            self.wrong[facet] += wrong
            if self.axis and facet in self.facets:
                counts = self.by_choice[minutes.choices[self.axis]]
                counts[0] += right
                counts[1] += 1

    def _shares(self, facet: str) -> str:
        """Return the share read right, and in brackets the share read as something else."""
        count = max(self.all[facet], 1)
        wrong = f" ({self.wrong[facet] / count:.3f})" if self.wrong[facet] else ""
        return f"{facet} {self.right[facet] / count:.3f}{wrong}"

    def lines(self) -> Iterator[str]:
        for stage, facets in STAGES.items():
            shares = map(self._shares, facets)
            yield f"{stage:9}{' · '.join(shares)}"
        yield (
            f"{self.documents} documents, {self.certain} certain, {self.certain_but_wrong} of these with an "
            f"error; false ballots {self.false}; closed read as open {self.leaks}"
        )
        for choice, (right, count) in sorted(
            self.by_choice.items(), key=lambda pair: pair[1][0] / pair[1][1]
        ):
            yield f"{right / count:.3f}  {count:6}  {choice!r}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.combined", description=__doc__)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--by", default="", metavar="AXIS", help="break the figures down by this axis")
    parser.add_argument("--stage", default="", choices=["", *STAGES], help="of the figures by axis")
    options = parser.parse_args()
    report = Report(options.by, options.stage)
    for minutes in generate_combined(options.documents, options.seed):
        report.add(minutes)
    print("\n".join(report.lines()))


if __name__ == "__main__":
    main()
