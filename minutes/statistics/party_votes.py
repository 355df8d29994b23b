"""The votes of a municipality's parties: by ballot, in agreement with other parties, and divided.

A party's votes are those printed of the party as such and those of its members, printed and deduced, by the
party that each was of on the day. Its **side** in a ballot is for or against when all of these agree.

Ratios count only ballots with votes known on both sides. Where minutes name nobody but the losers, all that
could be seen is that two of them agreed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import NamedTuple

from minutes.models import DeducedVote, Municipality, Vote
from minutes.models.states import State
from minutes.models.votes import FOR_OR_AGAINST, VOTE_CHOICES
from minutes.statistics.known_parties import PartyIdentity, identify
from minutes.statistics.parties import PartyHistory
from minutes.statistics.places import in_place
from minutes.statistics.voting_agreement import MIN_SHARED_BALLOTS
from minutes.vocabulary import VoteChoice


class _KnownVote(NamedTuple):
    """A vote of a person, or of a party as such (`person` is None). `party` is as printed at the vote."""

    ballot: int
    day: date
    choice: str
    person: int | None
    party: str | None
    party_count: int | None
    is_deduced: bool


@dataclass(frozen=True)
class ChoiceVotes:
    """A party's votes of one choice: `members` includes `deduced`; `count` is that of the party as such."""

    choice: VoteChoice
    members: int
    deduced: int
    is_party_printed: bool
    count: int | None

    @property
    def label(self) -> str:
        return str(dict(VOTE_CHOICES)[self.choice.value])


@dataclass
class PartyBallot:
    """A party's known votes in a ballot, by choice."""

    printed: Counter[str] = field(default_factory=Counter)  # members named in the minutes
    deduced: Counter[str] = field(default_factory=Counter)  # members whose vote follows
    as_party: dict[str, int | None] = field(default_factory=dict)  # the party as such, with its count

    @property
    def members(self) -> Counter[str]:
        return self.printed + self.deduced

    @property
    def choices(self) -> set[str]:
        return {*self.printed, *self.deduced, *self.as_party}

    @property
    def side(self) -> str | None:
        """The choice "for" or "against"; None if the party is divided or only abstained."""
        sides = self.choices.intersection(FOR_OR_AGAINST)
        return sides.pop() if len(sides) == 1 else None

    @property
    def is_divided(self) -> bool:
        """True if votes of the party are on both sides."""
        return self.choices.issuperset(FOR_OR_AGAINST)

    @property
    def by_choice(self) -> list[ChoiceVotes]:
        """The votes of each choice that has any."""
        return [
            ChoiceVotes(
                choice=choice,
                members=self.members[choice],
                deduced=self.deduced[choice],
                is_party_printed=choice in self.as_party,
                count=self.as_party.get(choice),
            )
            for choice in VoteChoice
            if choice in self.choices
        ]


class PartyAgreement(NamedTuple):
    """Two parties' ballots in which each was on a side, and those in which it was the same one."""

    party: PartyIdentity
    shared: int
    agreed: int

    @property
    def differed(self) -> int:
        return self.shared - self.agreed


@dataclass(frozen=True)
class PartyVotes:
    """The known votes of all parties of a municipality.

    `by_party` has the ballots of each party by their id, `days` the day of each ballot; `two_sided` are the
    ids of ballots with votes known both for and against.
    """

    by_party: Mapping[PartyIdentity, Mapping[int, PartyBallot]]
    days: Mapping[int, date]
    two_sided: frozenset[int]

    def of(self, party: PartyIdentity) -> Mapping[int, PartyBallot]:
        return self.by_party.get(party, {})

    @property
    def days_by_party(self) -> dict[PartyIdentity, list[date]]:
        """The days of each party's ballots."""
        return {party: [self.days[ballot] for ballot in ballots] for party, ballots in self.by_party.items()}

    def agreements(self, party: PartyIdentity) -> list[PartyAgreement]:
        """Agreement with each other party over at least `MIN_SHARED_BALLOTS` ballots, highest first."""
        own = {
            ballot: votes.side
            for ballot, votes in self.of(party).items()
            if ballot in self.two_sided and votes.side
        }
        agreements = []
        for other, ballots in self.by_party.items():
            shared = [
                own[ballot] == votes.side for ballot, votes in ballots.items() if ballot in own and votes.side
            ]
            if other != party and len(shared) >= MIN_SHARED_BALLOTS:
                agreements.append(PartyAgreement(other, len(shared), sum(shared)))
        return sorted(agreements, key=lambda row: (-row.agreed / row.shared, -row.shared, row.party.sort_key))

    def counts(self, party: PartyIdentity) -> tuple[int, int, int]:
        """Return the numbers of printed and deduced votes of members, and of ballots that print the party."""
        ballots = self.of(party).values()
        return (
            sum(ballot.printed.total() for ballot in ballots),
            sum(ballot.deduced.total() for ballot in ballots),
            sum(bool(ballot.as_party) for ballot in ballots),
        )

    def comparable(self, party: PartyIdentity) -> list[int]:
        """Return the ids of two-sided ballots with votes of at least two members for or against."""
        return [
            ballot
            for ballot, votes in self.of(party).items()
            if ballot in self.two_sided and sum(votes.members[side] for side in FOR_OR_AGAINST) > 1
        ]

    def divided(self, party: PartyIdentity) -> list[int]:
        """Return the ids of ballots with votes of the party on both sides."""
        return [ballot for ballot, votes in self.of(party).items() if votes.is_divided]


def party_votes(municipality: Municipality, histories: Mapping[int, PartyHistory]) -> PartyVotes:
    """Return the known votes of the parties, with the parties of members by `histories`. Two queries."""
    by_party: dict[PartyIdentity, dict[int, PartyBallot]] = defaultdict(lambda: defaultdict(PartyBallot))
    sides: dict[int, set[str]] = defaultdict(set)
    days: dict[int, date] = {}
    for vote in chain(_printed_votes(municipality), _deduced_votes(municipality)):
        days[vote.ballot] = vote.day
        if vote.choice in FOR_OR_AGAINST:
            sides[vote.ballot].add(vote.choice)
        party = _party_of(vote, histories)
        if party is None or not party.is_party:
            continue
        ballot = by_party[party][vote.ballot]
        if vote.person is None:
            ballot.as_party[vote.choice] = vote.party_count
        else:
            (ballot.deduced if vote.is_deduced else ballot.printed)[vote.choice] += 1
    two_sided = frozenset(ballot for ballot, of_ballot in sides.items() if len(of_ballot) > 1)
    return PartyVotes({party: dict(ballots) for party, ballots in by_party.items()}, days, two_sided)


def _party_of(vote: _KnownVote, histories: Mapping[int, PartyHistory]) -> PartyIdentity | None:
    if vote.party:
        return identify(vote.party, vote.day)
    history = histories.get(vote.person) if vote.person else None
    return history.on(vote.day) if history else None


def _printed_votes(municipality: Municipality) -> Iterator[_KnownVote]:
    rows = Vote.objects.published().filter(**in_place(municipality, "ballot__item__meeting__")).order_by()
    columns = ("ballot", "ballot__item__meeting__date", "choice", "person", "party__letter", "count")
    for ballot, day, choice, person, party, count, printed in rows.values_list(
        *columns, "printed_party__letter"
    ):
        yield _KnownVote(ballot, day, choice, person, party or printed, count, is_deduced=False)


def _deduced_votes(municipality: Municipality) -> Iterator[_KnownVote]:
    rows = (
        DeducedVote.objects.filter(
            ballot__item__meeting__state=State.PUBLISHED,
            **in_place(municipality, "ballot__item__meeting__"),
        )
        .order_by()
        .values_list("ballot", "ballot__item__meeting__date", "choice", "person", "party__letter")
    )
    for ballot, day, choice, person, party in rows:
        yield _KnownVote(ballot, day, choice, person, party, None, is_deduced=True)
