"""The votes that were held, put together from the sentences of the item's own decision."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from minutes.reader.flow import Flow, Sentence
from minutes.reader.names import NAME
from minutes.reader.records import Ballot
from minutes.reader.votes import ABSTAINED, AGAINST, FOR, Vote, result_alone, result_of, vote_in
from minutes.reader.words import WORDS, pattern
from minutes.vocabulary import BallotResult, BallotSubject, CountsFrom, ResultFrom, VoteChoice

# "3. at: …", "Ad 2", "Ad 1: …", "Pkt. 2:", "Indstillingspunkt 3:", "Ad pkt. 1", "Punkt 2 blev vedtaget …"
_PART = re.compile(
    r"(?:Ad\.?\s+(?:pkt\.?\s+|punkt\s+|at\s+)?(?P<ad>\d{1,2}[a-z]?)\b[.):]?|(?P<at>\d{1,2})\.\s*at(?:-punkt)?\b:?|(?P<plain>\d{1,2})\s*[.):](?=\s|$)"
    r"|(?:Indstillings|Indstillingens\s+)?(?:punkt|pkt\.?)\s+(?P<named>\d{1,2})(?:\s*[:.)]|(?=\s+(?:blev|er|godkend|vedt|tiltr|anbefal))))\s*",
    re.IGNORECASE,
)
# "… vedtog herefter indstillingens 1. punkt", "… udpegningen under punkt 2": the part is told in passing
_PART_WITHIN = re.compile(
    r"\b(?:indstillingens\s+(?P<of>\d{1,2})\.\s+(?:punkt|at\b|del)|(?:under|til)\s+(?:punkt|pkt\.|at)\s+(?P<under>\d{1,2}))",
    re.IGNORECASE,
)
_AMENDMENT = re.compile(pattern(WORDS.motions.beside), re.IGNORECASE)
_PARTYS = pattern(f"{each}s" for each in WORDS.people.parties)
# "Venstres forslag om …", "Jan Rovsings forslag om …"
_OF_SOMEBODY = re.compile(rf"(?:(?i:{pattern(WORDS.people.parties)}|{_PARTYS})|{NAME}s)\s+forslag\b")
_MOTION = re.compile(pattern(WORDS.motions.put), re.IGNORECASE)
_MATTER = re.compile(pattern(WORDS.motions.matter), re.IGNORECASE)
_SIDES = (FOR, AGAINST, ABSTAINED)


class Held(NamedTuple):
    """A ballot; for one on a motion beside the matter, where the flow tells of it and in what words."""

    ballot: Ballot
    told: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class _Draft:
    """A ballot while its sentences are gathered, from `start` to `end` of the flow."""

    start: int
    end: int
    part: str | None
    lead: list[Sentence]  # the sentences since the ballot before
    counts: dict[VoteChoice, int] = field(default_factory=dict)
    names: dict[VoteChoice, list[str]] = field(default_factory=lambda: {side: [] for side in _SIDES})
    parties: dict[VoteChoice, dict[str, int | None]] = field(
        default_factory=lambda: {side: {} for side in _SIDES}
    )
    of_parties: set[str] = field(default_factory=set)
    waiting: VoteChoice | None = None  # the side of an empty label, whose number may stand on the next line
    empty: set[VoteChoice] = field(default_factory=set)
    told: list[str] = field(default_factory=list)
    result: BallotResult | None = None
    majority: BallotResult | None = None  # the result that "flertal" or "mindretal" says
    by_size: bool = False  # which number is of which side is not printed
    closed: bool = False

    def told_of(self, side: VoteChoice) -> bool:
        return bool(side in self.counts or side in self.empty or self.names[side] or self.parties[side])

    def has_voters(self, side: VoteChoice) -> bool:
        return bool(self.names[side] or self.parties[side])

    def add(self, vote: Vote, sentence: Sentence) -> None:
        self.counts |= vote.counts
        self.by_size = self.by_size or vote.by_size
        for side, who in vote.sides.items():
            self.names[side] += [name for name in who.names if name not in self.names[side]]
            self.parties[side] |= who.parties
            self.of_parties |= who.of_parties
        self.empty |= vote.empty
        self.told.append(sentence.text)
        self.result = self.result or vote.result
        self.majority = self.majority or vote.majority
        self.end = max(self.end, sentence.end)


def find_ballots(flow: Flow, text: str, decision: Sequence[Sequence[Sentence]]) -> list[Held]:
    """The ballots of a decision, given as paragraphs of sentences of `flow`, whose words are of `text`.

    A sentence with counts or with voters opens a ballot; those after it that tell of other sides, name the
    voters or print the result belong to it. A remark that explains a vote is no second ballot.
    """
    drafts: list[_Draft] = []
    lead: list[Sentence] = []
    part: str | None = None
    alone = False  # the part's mark stands on a line of its own, for all that follows
    said_before: tuple[BallotResult, int] | None = None  # a result printed right before, and where
    for paragraph in decision:
        if not alone:
            part = None
        for sentence in paragraph:
            words = sentence.text
            mark = _PART.match(words)
            if mark and (sentence.first or mark["at"] or mark["ad"]) and _is_part(mark, words):
                part = mark["ad"] or mark["at"] or mark["named"] or mark["plain"]
                alone = mark.end() == len(words)
                lead, said_before = [], None
                if drafts:
                    drafts[-1].closed = True
                    drafts[-1].waiting = None
                words = words[mark.end() :]
                if not words:
                    continue
            now = drafts[-1] if drafts and drafts[-1].part == part else None
            vote = _on_next_line(now, words) or vote_in(words)
            if vote is None:
                result = result_alone(words)
                if now and not now.closed and result and now.result is None:
                    now.result = result
                    now.end, now.closed = sentence.end, True
                    said_before = None
                    continue
                said_before = (result, sentence.start) if result else None
                if now:
                    now.closed = True
                lead.append(sentence)
                continue
            anew = bool(now and now.result and not vote.counts and (said_before or vote.result))
            if now and not anew and _belongs(vote, now):
                now.add(vote, sentence)
            elif anew or not (now and _explains(vote, now)):
                opened = _Draft(sentence.start, sentence.end, part, lead)
                opened.add(vote, sentence)
                if said_before and opened.result is None:
                    opened.result, opened.start = said_before
                drafts.append(opened)
                lead, said_before = [], None
            if drafts:
                drafts[-1].waiting = (
                    next(iter(vote.empty)) if len(vote.empty) == 1 and vote.labelled else None
                )
    return [
        Held(ballot, _told(draft, ballot))
        for draft in drafts
        if _is_whole(draft)
        for ballot in [_ballot(flow, text, draft)]
    ]


def _told(draft: _Draft, ballot: Ballot) -> tuple[tuple[int, int], ...]:
    if ballot.subject != BallotSubject.AMENDMENT:
        return ()
    put = [each for each in draft.lead if _AMENDMENT.search(each.text) or _MOTION.search(each.text)]
    return (*((each.start, each.end) for each in put), (draft.start, draft.end))


def _is_part(mark: re.Match[str], words: str) -> bool:
    """Whether the mark numbers a part of the decision: "1." does when a decision's word follows."""
    return not mark["plain"] or bool(result_of(words[mark.end() :][:60]) or vote_in(words[mark.end() :]))


def _on_next_line(now: _Draft | None, words: str) -> Vote | None:
    """The number and voters of a label that ended its line: "Imod stemte:" / "4 (O+V)"."""
    if (
        not now
        or now.waiting is None
        or now.closed
        or not (words[:1].isdigit() or words[:1] in "(ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ")
    ):
        return None
    if result_alone(words) or vote_in(words):
        return None
    vote = vote_in(f"{_LABELS[now.waiting]} {words}")
    if vote and now.waiting in vote.counts | vote.sides:
        now.empty.discard(now.waiting)
        return vote
    return None


_LABELS = {FOR: "For stemte:", AGAINST: "Imod stemte:", ABSTAINED: "Undlod at stemme:"}


def _belongs(vote: Vote, now: _Draft) -> bool:
    """Whether the sentence tells more of the ballot `now`: another side, who voted, or the numbers."""
    sides = {*vote.counts, *vote.sides, *vote.empty}
    if vote.counts or vote.empty:
        if now.closed and (now.counts or now.empty):
            return False
        if any(side in now.counts or side in now.empty for side in {*vote.counts, *vote.empty}):
            return False
        # A new motion begins with those in favour of it.
        return not (vote.labelled and FOR in sides and now.told_of(FOR))
    if now.closed and not now.counts and now.result and vote.result and vote.result != now.result:
        return False
    return all(_fits(vote, now, side) for side in vote.sides)


def _fits(vote: Vote, now: _Draft, side: VoteChoice) -> bool:
    """Whether the voters named can be those of the ballot's side."""
    who = vote.sides[side]
    if not now.has_voters(side):
        limit = now.counts.get(side)
        if limit is None:
            return not now.closed or not now.counts
        return len(who.names) <= limit and (limit > 0)
    return not now.counts and not now.closed and not _known(vote, now, side)


def _known(vote: Vote, now: _Draft, side: VoteChoice) -> bool:
    who = vote.sides[side]
    known = {*now.parties[side], *now.of_parties, *now.names[side]}
    return {*who.names, *who.parties} <= known


def _explains(vote: Vote, now: _Draft) -> bool:
    """Whether the sentence only says why somebody voted as the ballot already tells."""
    if vote.counts or vote.empty or vote.labelled:
        return False
    return all(now.told_of(side) or now.counts for side in vote.sides)


def _is_whole(draft: _Draft) -> bool:
    """Whether a vote was held: somebody voted, or a number is printed, beside empty labels."""
    return bool(draft.counts or any(draft.has_voters(side) for side in _SIDES))


def _ballot(flow: Flow, text: str, draft: _Draft) -> Ballot:
    counts: dict[VoteChoice, int | None] = {}
    counted = False
    for side in _SIDES:
        count = draft.counts.get(side)
        if count is None and side in draft.empty:
            count = 0
        elif count is None and draft.has_voters(side) and None not in draft.parties[side].values():
            count = len(draft.names[side]) + sum(filter(None, draft.parties[side].values()))
            counted = True
        counts[side] = count
    result, result_from = _result(draft, counts)
    start, end = flow.place(draft.start, draft.end)
    return Ballot(
        subject=_subject(draft),
        in_favour=counts[FOR],
        against=counts[AGAINST],
        abstained=counts[ABSTAINED],
        for_names=tuple(draft.names[FOR]),
        against_names=tuple(draft.names[AGAINST]),
        abstained_names=tuple(draft.names[ABSTAINED]),
        for_parties=draft.parties[FOR],
        against_parties=draft.parties[AGAINST],
        abstained_parties=draft.parties[ABSTAINED],
        result=result,
        counts_from=CountsFrom.COUNTED if counted and not draft.counts else CountsFrom.PRINTED,
        result_from=result_from,
        evidence=text[start:end],
        start=start,
        end=end,
    )


def _result(
    draft: _Draft, counts: Mapping[VoteChoice, int | None]
) -> tuple[BallotResult | None, ResultFrom | None]:
    """Return the result and where it is from: printed, certain from the counts of both sides, or unknown."""
    printed = draft.result or draft.majority
    if printed:
        return printed, ResultFrom.PRINTED
    in_favour, against = counts[FOR], counts[AGAINST]
    # A list of names may be read in part only, so that what is counted from it is not certain.
    if not all(side in draft.counts or side in draft.empty for side in (FOR, AGAINST)):
        return None, None
    # "Med 34 stemmer imod 15" has the larger number first, also when the motion was lost.
    if in_favour is None or against is None or in_favour == against or draft.by_size:
        return None, None
    return (BallotResult.CARRIED if in_favour > against else BallotResult.LOST), ResultFrom.COUNTS


def _subject(draft: _Draft) -> str:
    """What was voted on: told by the ballot's own words, else by the nearest sentence ahead that tells."""
    for told in (*draft.told, *(each.text for each in reversed(draft.lead))):
        if _AMENDMENT.search(told) or _OF_SOMEBODY.search(told):
            return BallotSubject.AMENDMENT
        matter, motion = _MATTER.search(told), _MOTION.search(told)
        if matter and not motion:
            break
        if motion:
            return BallotSubject.AMENDMENT
    within = draft.part or next(
        filter(None, map(_part_within, (*draft.told, *(each.text for each in draft.lead[-1:])))), None
    )
    return f"part {within}" if within else BallotSubject.MAIN


def _part_within(told: str) -> str | None:
    match = _PART_WITHIN.search(told)
    return (match["of"] or match["under"]) if match else None
