"""The best consistent set of item starts, chosen together by dynamic programming.

A chain is a sequence of candidates in the order of the text. Its score is the sum of its candidates' scores,
of the steps from each number to the next, and of the text between two starts. The best chain is
found in linear time: a candidate can only follow the last few candidates of the numbers before its own, and
the best chain so far.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from minutes.reader.item_clues import Candidate
from minutes.reader.item_evidence import Evidence

# Steps from one number to the next.
STEPS = {
    "number follows": 3.0,
    "letter follows": 2.0,
    "number left out": -0.5,
    "numbers left out": -1.0,
    "closed items from 101 on": 2.0,
    "open items after closed ones": 1.0,
    "number jumps": -5.0,
    "number is lower": -3.5,
    "number again": -8.0,
    "no numbers": 0.0,
    "begins with 1": 1.5,
    "other form of number": -2.5,
    "other mark": -0.5,
}
# Contents of an item's text.
TEXTS = {
    "one decision": 2.0,
    "another decision": -1.0,
    "sections": 1.0,
    "no decision, as others have": -1.0,
    "no decision under a title alone": -4.0,
    "only a case number under it": -1.0,
    "nothing under it": -1.0,
    "nothing under a title alone": -3.0,
    "nothing under it, as is usual": -0.5,
    "decision above the first item": -3.0,
    "section above the first item": -1.0,
}
_COSTS = STEPS | TEXTS
_MOST_COUNTED = 4
_WIDEST_HOLE = 12
_FIRST_CLOSED, _LAST_OPEN = 101, 80
# A candidate this weak cannot be part of the best chain.
HOPELESS = -6.0
_KEPT_PER_NUMBER = 3
# What makes a line without a number a title though no decision is under it.
_SURE_TITLE = frozenset({"case number under it", "case number over it", "one above each decision"})
_MAY_BE_EMPTY = frozenset({"marked closed", "standing item", "in a list of items"})


@dataclass(slots=True)
class Chain:
    """A sequence of starts and its score, with the evidence on the way to each of them."""

    starts: list[Candidate] = field(default_factory=list)
    steps: list[list[str]] = field(default_factory=list)
    score: float = 0.0


class _Link:
    """The best chain that ends with a candidate."""

    __slots__ = ("before", "candidate", "score")

    def __init__(self, candidate: Candidate, score: float, before: "_Link | None") -> None:
        self.candidate = candidate
        self.score = score
        self.before = before


class Chains:
    """Finds the best chain of candidates in one document."""

    def __init__(self, evidence: Evidence) -> None:
        self._evidence = evidence
        self._one_number = False

    def best(self, candidates: Sequence[Candidate], *, one_number: bool = False) -> Chain:
        """Return the chain with the highest score; empty when no chain is better than none.

        With `one_number` the number of all candidates is the same and says nothing.
        """
        self._one_number = one_number
        by_number: dict[int, deque[_Link]] = defaultdict(lambda: deque(maxlen=_KEPT_PER_NUMBER))
        leader: _Link | None = None
        latest: deque[_Link] = deque(maxlen=_KEPT_PER_NUMBER)
        best: tuple[float, _Link] | None = None
        for candidate in candidates:
            if candidate.score < HOPELESS:
                continue
            link = _Link(candidate, self._opening(candidate), None)
            for before in self._predecessors(candidate, by_number, leader, latest):
                if before.candidate.heading >= candidate.begin and not candidate.offset:
                    continue
                score = before.score + self._total(self._between(before.candidate, candidate))
                if score > link.score:
                    link.score, link.before = score, before
            link.score += candidate.score
            by_number[candidate.value].append(link)
            latest.append(link)
            if leader is None or link.score >= leader.score:
                leader = link
            ended = link.score + self._total(self._last(candidate))
            if best is None or ended >= best[0]:
                best = (ended, link)
        return self._chain(*best) if best and best[0] > 0 else Chain()

    def _predecessors(
        self,
        candidate: Candidate,
        by_number: dict[int, deque[_Link]],
        leader: _Link | None,
        latest: deque[_Link],
    ) -> Iterator[_Link]:
        if candidate.number is None or self._one_number:
            yield from latest
        else:
            for value in (candidate.value - 1, candidate.value, candidate.value - 2):
                if value in by_number:
                    yield from by_number[value]
        if leader is not None:
            yield leader

    def _opening(self, first: Candidate) -> float:
        return self._total(self._before(first))

    def _before(self, first: Candidate) -> list[str]:
        """Return the evidence of a chain's beginning: its first number, sections above it."""
        evidence = self._evidence
        decisions = evidence.count(evidence.decisions, 0, first.begin)
        sections = evidence.count(evidence.item_sections, 0, first.begin)
        names = ["decision above the first item"] * min(decisions, _MOST_COUNTED)
        names += ["section above the first item"] * min(sections, _MOST_COUNTED)
        if first.value == 1:
            names.append("begins with 1")
        return names

    def _between(self, before: Candidate, after: Candidate) -> list[str]:
        """Return the evidence of the step between two starts that follow each other."""
        names = self._text(before, after.begin + bool(after.offset))
        names.append("no numbers" if self._one_number else step(before, after))
        if before.form != after.form:
            other = before.form.rstrip(".:) -") != after.form.rstrip(".:) -")
            names.append("other form of number" if other else "other mark")
        return names

    def _last(self, last: Candidate) -> list[str]:
        return self._text(last, len(self._evidence.lines))

    def _text(self, start: Candidate, end: int) -> list[str]:
        """Return the evidence of the text between a heading and the next one."""
        evidence = self._evidence
        begin = start.heading + 1
        if evidence.place(end) - evidence.place(begin) <= 0:
            usual = not _MAY_BE_EMPTY.isdisjoint(start.clues)
            alone = "nothing under it" if start.number else "nothing under a title alone"
            return ["nothing under it, as is usual" if usual else alone]
        decisions = evidence.count(evidence.decisions, begin, end)
        if not decisions and evidence.place(end) - evidence.place(begin) == 1:
            below = evidence.printed_below(start.heading)
            if below in evidence.cases:
                return ["only a case number under it"]
        if decisions:
            return ["one decision"] + ["another decision"] * min(decisions - 1, _MOST_COUNTED)
        if len(evidence.decisions) > 1 and _MAY_BE_EMPTY.isdisjoint(start.clues):
            titled = start.number is None and start.title and _SURE_TITLE.isdisjoint(start.clues)
            return ["no decision under a title alone" if titled else "no decision, as others have"]
        return ["sections"] if evidence.count(evidence.section_lines, begin, end) else []

    def _total(self, names: Sequence[str]) -> float:
        return sum([_COSTS[name] for name in names])

    def _chain(self, score: float, link: _Link) -> Chain:
        starts: list[Candidate] = []
        at: _Link | None = link
        while at:
            starts.append(at.candidate)
            at = at.before
        starts.reverse()
        steps = [self._before(starts[0])]
        for before, after in pairwise(starts):
            steps.append(self._between(before, after))
        return Chain(starts, steps, score)


def step(before: Candidate, after: Candidate) -> str:
    """Return the name of the step from one number to the next."""
    if before.number is None or after.number is None:
        return "no numbers"
    ahead = after.value - before.value
    name = "number jumps" if ahead > 0 else "number is lower" if ahead < 0 else "number again"
    if ahead == 1 and after.letter in {"", "a"}:
        name = "number follows"
    elif ahead == 0 and after.letter and ord(after.letter) == ord(before.letter or "`") + 1:
        name = "letter follows"
    elif ahead == 2:
        name = "number left out"
    elif before.value <= _LAST_OPEN and after.value == _FIRST_CLOSED:
        name = "closed items from 101 on"
    elif before.value >= _FIRST_CLOSED and after.value <= _LAST_OPEN and "marked closed" in before.clues:
        name = "open items after closed ones"
    elif 0 < ahead <= _WIDEST_HOLE:
        name = "numbers left out"
    return name


# Evidence by which the items of a document are alike, and what it costs to be unlike the others.
_ALIKE = ("case number under it", "case number over it", "section under it", "blank line above")
UNLIKE = -2.0
_FEWEST_ALIKE = 3


def favour_alike(chain: Chain, candidates: Sequence[Candidate]) -> bool:
    """Lower the score of candidates that lack what almost every start of the chain has.

    Return True if any score was changed.
    """
    if len(chain.starts) < _FEWEST_ALIKE:
        return False
    changed = False
    times = Counter(clue for start in chain.starts for clue in _ALIKE if clue in start.clues)
    for clue, count in sorted(times.items()):
        if 5 * count < 4 * len(chain.starts):
            continue
        for candidate in candidates:
            if clue not in candidate.clues and _MAY_BE_EMPTY.isdisjoint(candidate.clues):
                candidate.score += UNLIKE
                candidate.clues.append("unlike the other items")
                changed = True
    return changed
