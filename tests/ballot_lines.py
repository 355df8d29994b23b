"""A ballot as one line, so that a table of decisions and their votes can be read at a glance.

    main 34-15-2 carried | =A, =B:8, Ane Holm (V) | =Ø | Ib Dam

Subject (or the kind, where it is an election or a lot), counts (`?` for null, abstained left out for null),
result (left out for null), then the voters for, against and abstained. `=` marks the vote of a party as one,
with its number behind a colon; a party in brackets is printed at a member's vote. A vote that was deduced has
`*` behind it.
"""

from minutes.reader.flow import flow
from minutes.reader.layout import lines_of
from minutes.reader.records import Ballot
from minutes.reader.voting import Voting, VotingRoster, find_votes
from minutes.vocabulary import BallotKind, VoteChoice, VoteKnown

NO_ROSTER = VotingRoster()


def voting_of(decision: str, roster: VotingRoster = NO_ROSTER) -> Voting:
    """Return what is read from a decision's text alone."""
    read = flow(lines_of(decision))
    return find_votes(read, decision, list(read.sentences()), roster)


def ballots_of(decision: str, roster: VotingRoster = NO_ROSTER) -> list[str]:
    return [line_of(ballot) for ballot in voting_of(decision, roster).ballots]


def line_of(ballot: Ballot) -> str:
    counts = [ballot.in_favour, ballot.against, *([ballot.abstained] if ballot.abstained is not None else [])]
    subject = ballot.subject if ballot.kind is BallotKind.MOTION else ballot.kind
    head = f"{subject} {'-'.join('?' if count is None else str(count) for count in counts)}"
    sides = [
        ", ".join(sorted([*_parties(ballot, choice), *_members(ballot, choice)])) for choice in VoteChoice
    ]
    return " | ".join([f"{head} {ballot.result or ''}".strip(), *sides]).rstrip(" |")


def in_order(line: str) -> str:
    """Return a line as `line_of` does, with the voters of each side sorted."""
    head, *sides = line.split("|")
    listed = [
        ", ".join(sorted(voter.strip() for voter in side.split(",") if voter.strip())) for side in sides
    ]
    return " | ".join([head.strip(), *listed]).rstrip(" |")


def _parties(ballot: Ballot, choice: VoteChoice) -> list[str]:
    parties = {
        VoteChoice.FOR: ballot.for_parties,
        VoteChoice.AGAINST: ballot.against_parties,
        VoteChoice.ABSTAINED: ballot.abstained_parties,
    }[choice]
    return [f"={party}" if count is None else f"={party}:{count}" for party, count in parties.items()]


def _members(ballot: Ballot, choice: VoteChoice) -> list[str]:
    return [
        vote.name
        + (f" ({vote.party})" if vote.party else "")
        + ("*" if vote.known is VoteKnown.DEDUCED else "")
        for vote in ballot.votes
        if vote.choice is choice
    ]
