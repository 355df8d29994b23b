"""A ballot while its sentences are gathered, and its record."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from minutes.reader.records import Ballot, MemberVote
from minutes.reader.voting.clauses import other_side
from minutes.reader.voting.lexicon import ABSTAINED, AGAINST, FOR
from minutes.reader.voting.results import is_tie
from minutes.reader.voting.sides import Voters
from minutes.reader.voting.statement import Statement
from minutes.reader.voting.subjects import named_subject
from minutes.reader.voting.voting_roster import VotingRoster
from minutes.vocabulary import BallotKind, BallotResult, CountsFrom, ResultFrom, VoteChoice

SIDES = (FOR, AGAINST, ABSTAINED)

# "Per Vad (V) og Ane Dam (V) anbefaler indstillingen."
_MEMBERS_RECOMMEND = re.compile(r"\) (?:anbefaler|indstiller)\b")


@dataclass(slots=True)
class Draft:
    """A ballot from `start` to `end` of the flow."""

    start: int
    end: int
    part: str | None
    lead: list[tuple[str, int, int]]  # the sentences since the ballot before, with their places
    counts: dict[VoteChoice, int] = field(default_factory=dict)
    voters: dict[VoteChoice, Voters] = field(default_factory=lambda: {side: Voters() for side in SIDES})
    sized: dict[VoteChoice, Voters] = field(default_factory=lambda: {FOR: Voters(), AGAINST: Voters()})
    but: dict[VoteChoice, Voters] = field(default_factory=dict)
    rest: set[VoteChoice] = field(default_factory=set)
    empty: set[VoteChoice] = field(default_factory=set)
    sentences: list[str] = field(default_factory=list)
    result: BallotResult | None = None
    majority: BallotResult | None = None  # the result that "flertal" or "mindretal" says
    kind: BallotKind = BallotKind.MOTION
    by_size: bool = False  # which number is of which side is not printed
    opposed: bool = False  # "godkendt mod 2 stemmer": those named last lost
    unread: bool = False
    closed: bool = False
    tie_settled: bool = False  # by lots or the chair's casting vote, as the words say

    def mentions(self, side: VoteChoice) -> bool:
        return bool(side in self.counts or side in self.empty or self.has_voters(side))

    def has_voters(self, side: VoteChoice) -> bool:
        return self.voters[side].somebody

    @property
    def is_whole(self) -> bool:
        """True if somebody voted, or a number is printed, beside empty labels."""
        return bool(self.counts or self.but or any(self.has_voters(side) for side in SIDES))

    def elect(self) -> None:
        """Note that the votes are on a person, who was elected."""
        self.kind, self.result = BallotKind.ELECTION, BallotResult.CARRIED

    @property
    def is_on_person(self) -> bool:
        """True if the votes can be on a person: no result is printed, and no motion is named."""
        named = named_subject((*self.sentences, *(words for words, _, _ in self.lead[-1:])))
        return self.result is None and named is None

    def add(self, statement: Statement, result: BallotResult | None, text: str, end: int) -> None:
        self.counts |= {side: count for side, count in statement.counts.items() if side not in self.counts}
        self.by_size = self.by_size or statement.by_size
        self.opposed = self.opposed or statement.opposed
        for side, voters in statement.sides.items():
            (self.sized if statement.by_size and side in self.sized else self.voters)[side].add(voters)
            self.unread = self.unread or not voters.whole
        self.but |= statement.but
        self.rest |= statement.rest
        self.empty |= statement.empty
        self.unread = self.unread or statement.unread
        self.sentences.append(text)
        self.tie_settled = self.tie_settled or is_tie(text)
        if statement.chooses:
            self.elect()
        self.result = self.result or result
        self.majority = self.majority or statement.majority
        self.end = max(self.end, end)

    @property
    def _is_lost(self) -> bool:
        return (self.result or self.majority) is BallotResult.LOST

    @property
    def _larger_side_lost(self) -> bool:
        """True if only size tells the numbers apart and the motion was lost: "forkastet med 4 mod 1"."""
        return self.by_size and self._is_lost and self.counts.get(FOR, 0) > self.counts.get(AGAINST, 0)

    def settled_counts(self) -> dict[VoteChoice, int]:
        """Return the numbers with each on its side."""
        if not self._larger_side_lost:
            return self.counts
        return self.counts | {FOR: self.counts[AGAINST], AGAINST: self.counts[FOR]}

    def settle(self) -> None:
        """Give the numbers and voters that only their size assigns to a side to their sides."""
        if self._larger_side_lost:
            self.counts = self.settled_counts()
            self.sized[FOR], self.sized[AGAINST] = self.sized[AGAINST], self.sized[FOR]
        elif self.opposed and self._is_lost and not self.mentions(FOR):
            self.voters[FOR], self.voters[AGAINST] = self.voters[AGAINST], self.voters[FOR]
            if AGAINST in self.counts:
                self.counts[FOR] = self.counts.pop(AGAINST)
        for side, voters in self.sized.items():
            self.voters[side].add(voters)
        for choice, but in self.but.items():
            self._settle_exception(choice, but)
        self._drop_contradictions()

    def _settle_exception(self, choice: VoteChoice, but: Voters) -> None:
        """Give those excepted from all to the other side, unless their vote is printed elsewhere."""
        side = other_side(choice)
        names = {name for voters in self.voters.values() for name in voters.names}
        parties = {party for voters in self.voters.values() for party in voters.parties}
        members = [member for member in but.members if member[0] not in names]
        unknown = {party: None for party in but.parties if party not in parties}
        if side is None or not (members or unknown):
            return
        self.unread = True  # "not for" may be against or abstained
        if self.counts.get(ABSTAINED) and not self.mentions(side):
            return
        self.voters[side].members += members
        self.voters[side].parties |= unknown

    def _drop_contradictions(self) -> None:
        """Remove parties without numbers that are printed on more than one side."""
        for party in _on_several_sides([set(self.voters[side].parties) for side in SIDES]):
            numbers = [
                self.voters[side].parties[party] for side in SIDES if party in self.voters[side].parties
            ]
            if None in numbers:
                self.unread = True
                for side in SIDES:
                    self.voters[side].parties.pop(party, None)

    # The record

    def ballot(self, subject: str, evidence: str, place: tuple[int, int], roster: VotingRoster) -> Ballot:
        """Return the record."""
        start, end = place
        counts: dict[VoteChoice, int | None] = {}
        counted = False
        for side in SIDES:
            counts[side], is_counted = self._count(side)
            counted = counted or is_counted
        result, result_from = self._result(counts, roster)
        voters = self.voters
        return Ballot(
            kind=self.kind,
            subject=subject,
            in_favour=counts[FOR],
            against=counts[AGAINST],
            abstained=counts[ABSTAINED],
            for_names=tuple(voters[FOR].names),
            against_names=tuple(voters[AGAINST].names),
            abstained_names=tuple(voters[ABSTAINED].names),
            for_parties=voters[FOR].parties,
            against_parties=voters[AGAINST].parties,
            abstained_parties=voters[ABSTAINED].parties,
            votes=tuple(
                MemberVote(name=name, party=party, choice=side)
                for side in SIDES
                for name, party in voters[side].members
            ),
            result=result,
            counts_from=CountsFrom.COUNTED if counted and not self.counts else CountsFrom.PRINTED,
            result_from=result_from,
            evidence=evidence,
            start=start,
            end=end,
        )

    def _count(self, side: VoteChoice) -> tuple[int | None, bool]:
        """Return the number of a side, printed or counted from its voters, and whether it was counted."""
        voters = self.voters[side]
        if side in self.counts:
            return self.counts[side], False
        if side in self.empty:
            return 0, False
        if (
            self.has_voters(side)
            and voters.whole
            and None not in voters.parties.values()
            and side not in self.rest
        ):
            return len(voters.members) + sum(filter(None, voters.parties.values())), True
        return None, False

    def _is_certain(self, side: VoteChoice, roster: VotingRoster) -> bool:
        """Return True if the number of a side is printed, or counted from members of the roster."""
        if side in self.counts or side in self.empty:
            return True
        names = self.voters[side].names
        return not self.unread and bool(names) and all(map(roster.is_member, names))

    def _result(
        self, counts: Mapping[VoteChoice, int | None], roster: VotingRoster
    ) -> tuple[BallotResult | None, ResultFrom | None]:
        """Return the result and where it is from: printed, certain from the counts, or unknown."""
        printed = self.result or self.majority
        tied = {FOR, AGAINST} <= self.counts.keys() and self.counts[FOR] == self.counts[AGAINST]
        if any(map(_MEMBERS_RECOMMEND.search, self.sentences)):  # what each side wants is no result
            tied = counts[FOR] is not None and counts[FOR] == counts[AGAINST]
        if printed and not (tied and printed is BallotResult.CARRIED and not self.tie_settled):
            return printed, ResultFrom.PRINTED
        if not all(self._is_certain(side, roster) for side in (FOR, AGAINST)):
            return None, None
        in_favour, against = counts[FOR], counts[AGAINST]
        # "Med 34 stemmer imod 15" has the larger number first, also when the motion was lost.
        if in_favour is None or against is None or in_favour == against or self.by_size:
            return None, None
        return (BallotResult.CARRIED if in_favour > against else BallotResult.LOST), ResultFrom.COUNTS


def _on_several_sides(sides: list[set[str]]) -> set[str]:
    first, second, third = sides
    return (first & second) | (first & third) | (second & third)
