"""The statement of one sentence about a vote."""

from dataclasses import dataclass, field

from minutes.reader.voting.lexicon import ABSTAINED
from minutes.reader.voting.sides import Voters
from minutes.vocabulary import BallotResult, VoteChoice


@dataclass(slots=True)
class Statement:
    """A statement about a vote, tokens[first:last]."""

    first: int
    last: int
    counts: dict[VoteChoice, int] = field(default_factory=dict)
    sides: dict[VoteChoice, Voters] = field(default_factory=dict)
    empty: set[VoteChoice] = field(default_factory=set)  # labels with nothing behind them
    rest: set[VoteChoice] = field(default_factory=set)  # "de øvrige stemte for"
    but: dict[VoteChoice, Voters] = field(default_factory=dict)  # "alle undtagen X stemte for": not for
    labelled: bool = False  # opens with a label such as "For stemte:"
    by_size: bool = False  # only their size assigns the numbers to sides: "34 stemmer imod 15"
    pieces: bool = False  # counts as in "med 6 stemmer for …"
    opposed: bool = False  # only those against the decision: "godkendt mod 2 stemmer"
    majority: BallotResult | None = None
    unread: bool = False  # a part that speaks of votes was not understood
    election: bool = False
    chooses: bool = False  # says that somebody was elected
    denials: list[tuple[int, int]] = field(default_factory=list)  # tokens of those who did not approve

    @property
    def something(self) -> bool:
        excepted = any(voters.somebody for voters in self.but.values())
        return bool(self.counts or self.empty or self.rest or self.names_voters or excepted)

    @property
    def names_voters(self) -> bool:
        return any(voters.somebody for voters in self.sides.values())

    @property
    def only_blank(self) -> bool:
        """True for "Blanke: 1", which in an election is no ballot."""
        return set(self.counts) == {ABSTAINED} and not (self.sides or self.but or self.rest)

    def put(self, side: VoteChoice, count: int | None = None, voters: Voters | None = None) -> None:
        if voters and (voters.somebody or not voters.whole):
            self.sides.setdefault(side, Voters()).add(voters)
        count = voters.count if count is None and voters else count
        if count is not None:
            self.counts.setdefault(side, count)

    def knows(self, side: VoteChoice) -> bool:
        return side in self.counts or side in self.sides
