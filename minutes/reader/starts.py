"""Finds where items start: the best of the chains of numbered, unnumbered and untitled starts."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from minutes.documents.stated import StatedItem
from minutes.reader.above_headings import Start, with_lines_above
from minutes.reader.contents import Contents
from minutes.reader.headings import heading_kind
from minutes.reader.item_candidates import Numbers
from minutes.reader.item_chains import STEPS, TEXTS, UNLIKE, Chain, Chains, favour_alike, step
from minutes.reader.item_clues import WEIGHTS, Candidate
from minutes.reader.item_evidence import Evidence
from minutes.reader.item_pages import OneItem, one_item
from minutes.reader.item_titles import Unnumbered
from minutes.reader.layout import Line
from minutes.reader.listed_items import is_only_list, listed_items
from minutes.reader.noted_items import Noted, noted_items
from minutes.vocabulary import SectionKind

# The kind of a choice of entries under which nothing is printed.
LISTED_ONLY = "listed"
_WEIGHTS = WEIGHTS | STEPS | TEXTS | {"unlike the other items": UNLIKE}
# A chain with a lower score is no agenda.
_CONVINCING = 3.0
_OF_ATTACHMENTS = frozenset({"in a list of attachments", "goes on with a list of attachments"})
# The score of the only item of a page, where nothing else can be read of it.
_SURE_SCORE = 5.0
# The score of starts that are not chosen.
_STATED = 100.0


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
    listed: Mapping[str, str] = field(default_factory=dict)  # whole titles of the contents list, by key
    unlisted: tuple[Line, ...] = ()  # entries of the contents list whose titles no start has
    evidence: list[list[tuple[str, float]]] = field(default_factory=list)

    def explain(self) -> list[str]:
        """Return a line for each start: its number and title, and the evidence with its weights."""
        lines = [f"{self.kind}: score {self.score:+.1f}, margin {self.margin:+.1f}"]
        for start, evidence in zip(self.starts, self.evidence, strict=True):
            title = start.title or self.lines[start.heading].text
            weights = ", ".join(f"{name} {weight:+.1f}" for name, weight in evidence)
            lines.append(f"{start.number or '-'} {title}: {weights}")
        return lines


def find_starts(lines: Sequence[Line]) -> Choice:
    """Return where the items start, in the order of the text; none where no chain is convincing."""
    evidence = Evidence(lines)
    noted = noted_items(evidence)
    if noted:
        return _noted(noted)
    contents = Contents(evidence)
    unnumbered, chains = Unnumbered(evidence, contents), Chains(evidence)
    numbers = Numbers(evidence, contents, unnumbered)
    best: list[tuple[float, str, Chain]] = []
    numbered = numbers.numbered()
    for kind, family in (
        ("numbered", numbered),
        ("same number", numbers.same_number()),
        ("over lists", numbers.over_lists()),
        ("numbered below", unnumbered.numbered_below()),
        ("unnumbered", unnumbered.titled()),
        ("dashed", unnumbered.dashed()),
        ("untitled", unnumbered.untitled()),
    ):
        one_number = kind == "same number"
        chain = chains.best(family, one_number=one_number)
        if favour_alike(chain, family):
            chain = chains.best(family, one_number=one_number)
        best.append((chain.score, kind, chain))
    best.sort(key=lambda entry: -entry[0])
    if best[0][1] == "untitled" and (
        _are_joined(lines, best[0][2])
        or _have_headings(evidence, best[0][2], numbered, best[1:])
        or any(_each_decided(evidence, chain) for _, kind, chain in best[1:] if kind == "numbered")
    ):
        del best[0]
    score, kind, chain = best[0]
    listed = listed_items(evidence, contents) if contents.is_all or score < _CONVINCING else []
    if listed:
        return _listed(evidence, listed)
    if score < _CONVINCING:
        return _only_item(lines, one_item(evidence, contents))
    new_lines, starts = _without_glue(lines, chain, untitled=kind == "untitled")
    kind = LISTED_ONLY if is_only_list(evidence, chain) else kind
    return Choice(
        new_lines,
        with_lines_above(new_lines, starts),
        kind,
        score,
        score - max(best[1][0], 0.0),
        _holes(chain),
        _lower(lines, chain, numbered),
        contents.titles,
        _unlisted(lines, chain, contents),
        [_weighed(start, steps) for start, steps in zip(chain.starts, chain.steps, strict=True)],
    )


def _noted(noted: Noted) -> Choice:
    """Return the choice of the starts at the notes on the items of the agenda above."""
    lines, starts, unlisted = noted
    score = _SURE_SCORE * len(starts)
    weighed = [[("noted under the agenda", _SURE_SCORE)] for _ in starts]
    return Choice(lines, starts, "noted", score, score, unlisted=unlisted, evidence=weighed)


def _only_item(lines: Sequence[Line], item: OneItem | None) -> Choice:
    """Return the choice of the only item of a page, or of none."""
    if item is None or (item.candidate.form == "untitled" and _is_joined(lines, item.candidate.begin)):
        return Choice(lines, [])
    candidate = item.candidate
    untitled = candidate.form == "untitled"
    start = Start(
        candidate.begin,
        candidate.heading + untitled,
        candidate.number,
        candidate.title,
        untitled=untitled,
    )
    certainty = _SURE_SCORE if item.is_sure else _CONVINCING
    starts = with_lines_above(lines, [start])
    return Choice(lines, starts, "one item", certainty, certainty, evidence=[[("only item", certainty)]])


def _listed(evidence: Evidence, entries: Sequence[int]) -> Choice:
    """Return the choice of the entries of a contents list that is all that is printed of the items."""
    starts = []
    for index in entries:
        parts = evidence.numbered.get(index)
        title = parts.title if parts else evidence.squashed(index)
        starts.append(Start(index, index, parts.number if parts else None, title))
    weighed = [[("only in the contents list", _CONVINCING)] for _ in starts]
    return Choice(evidence.lines, starts, LISTED_ONLY, _CONVINCING, evidence=weighed)


def stated_starts(lines: Sequence[Line], items: Sequence[StatedItem]) -> Choice:
    """Return the starts of the items on the lines where the file states that they are."""
    at = [line.start for line in lines]
    indices = [bisect_left(at, item.start) for item in items]
    starts = [
        Start(index, index, item.number, item.title, closed=item.closed)
        for index, item in zip(indices, items, strict=True)
    ]
    return Choice(lines, starts, "stated", _STATED, _STATED, evidence=[[("stated", _STATED)] for _ in starts])


def outlined_starts(lines: Sequence[Line], items: Sequence[StatedItem]) -> Choice:
    """Return the starts of the items on the lines of a file's headings.

    They are certain where most have the heading of a decision below them.
    """
    choice = stated_starts(lines, items)
    begins = [start.heading for start in choice.starts]
    decisions = {
        bisect_left(begins, index)
        for index, line in enumerate(lines)
        if line.text and heading_kind(line.text) is SectionKind.DECISION
    }
    is_sure = 2 * len(decisions - {0}) > len(begins)
    score = _SURE_SCORE if is_sure else _CONVINCING
    evidence = [[("heading of the file", score)] for _ in begins]
    return replace(choice, kind="outline", score=score, margin=score if is_sure else 0.0, evidence=evidence)


def _are_joined(lines: Sequence[Line], chain: Chain) -> bool:
    """Return True if half of the starts or more are inside of joined lines, where a title can be above."""
    joined = sum(_is_joined(lines, start.begin) for start in chain.starts)
    return bool(joined) and 2 * joined >= len(chain.starts)


def _is_joined(lines: Sequence[Line], index: int) -> bool:
    """Return True if line `index` begins inside of one printed line, with an added empty line above it."""
    return index > 0 and lines[index - 1].blank and lines[index - 1].start == lines[index].start


def _have_headings(
    evidence: Evidence,
    untitled: Chain,
    numbered: Sequence[Candidate],
    others: Sequence[tuple[float, str, Chain]],
) -> bool:
    """Return True if half of the untitled starts are right under likely headings of another kind."""
    headings = {candidate.heading for candidate in numbered if candidate.score > 0}
    for score, _, chain in others:
        if score >= _CONVINCING:
            headings.update(
                start.heading for start in chain.starts if _OF_ATTACHMENTS.isdisjoint(start.clues)
            )
    under = sum(evidence.printed_above(start.begin) in headings for start in untitled.starts)
    return 2 * under >= len(untitled.starts)


def _each_decided(evidence: Evidence, chain: Chain) -> bool:
    """Return True if the numbers of two starts or more run on, with a decision under each."""
    ends = [start.begin for start in chain.starts[1:]] + [len(evidence.lines)]
    return (
        len(chain.starts) > 1
        and all(step(before, after) == "number follows" for before, after in pairwise(chain.starts))
        and all(
            evidence.count(evidence.decisions, start.heading, end) > 0
            for start, end in zip(chain.starts, ends, strict=True)
        )
    )


def _weighed(start: Candidate, steps: Sequence[str]) -> list[tuple[str, float]]:
    """Return the evidence for a start, with the weight of each piece."""
    return [(name, _WEIGHTS[name]) for name in (*start.clues, *steps)]


def _without_glue(
    lines: Sequence[Line], chain: Chain, *, untitled: bool
) -> tuple[Sequence[Line], list[Start]]:
    """Return the lines with glued headings on lines of their own, and the starts in them."""
    glued = {start.heading: start for start in chain.starts if start.offset or start.tail}
    new_lines: list[Line] = []
    moved: dict[int, int] = {}
    for index, line in enumerate(lines) if glued else ():
        moved[index] = len(new_lines)
        start = glued.get(index)
        if start and start.offset:
            head, line = line.part(0, start.offset), line.part(start.offset)
            new_lines += [head, Line("", line.start, line.start)]
            moved[index] += 2
        if start and start.tail:
            tail = line.part(start.tail)
            new_lines += [line.part(0, start.tail), Line("", tail.start, tail.start)]
            line = tail
        new_lines.append(line)
    starts = [
        Start(
            moved.get(candidate.begin, candidate.begin),
            moved.get(candidate.heading, candidate.heading) + (2 if _is_cut_off(candidate) else untitled),
            candidate.number,
            candidate.title,
            candidate.closed,
            candidate.below,
            untitled or _is_cut_off(candidate),
        )
        for candidate in chain.starts
    ]
    return (new_lines if glued else lines), starts


def _is_cut_off(candidate: Candidate) -> bool:
    """Return True if only the number of a line is its heading: the end of its title is not certain."""
    return candidate.tail > 0 and not candidate.title


def _holes(chain: Chain) -> tuple[int, ...]:
    """Return the numbers that are left out between the chain's lowest and highest, if they are few."""
    numbers = sorted({start.value for start in chain.starts if start.number is not None})
    holes: list[int] = []
    for before, after in pairwise(numbers):
        if after - before <= len(numbers):
            holes += range(before + 1, after)
    return tuple(holes)


def _unlisted(lines: Sequence[Line], chain: Chain, contents: Contents) -> tuple[Line, ...]:
    """Return the entries of the contents list whose titles are printed on no line from the first start on."""
    first = chain.starts[0].begin
    return tuple(
        lines[index] for key, index in contents.entries.items() if index < first > contents.last_line(key)
    )


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
