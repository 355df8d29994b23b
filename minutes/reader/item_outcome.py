"""The outcome of an item, by its decisions and the votes in them."""

import re
from collections.abc import Sequence

from minutes.reader.decisions import outcome
from minutes.reader.flow import Flow
from minutes.reader.records import Ballot
from minutes.reader.voting import Voting
from minutes.vocabulary import BallotResult, BallotSubject, Outcome, ResultFrom

# "Forslag fra C:", a line over the votes on a motion
_MOTION_LABEL = re.compile(
    r"^\s*(?P<label>[\w-]*forslag(?:et)? fra [^:\n]{1,40}):", re.IGNORECASE | re.MULTILINE
)
_LONGEST_VOTE = 4000
# Of several votes on the matter itself a lost one counts.
_BY_WEIGHT = (BallotResult.LOST, BallotResult.CARRIED)


def item_outcome(votings: Sequence[tuple[Flow, Voting]], number: str | None, title: str) -> Outcome:
    """Return the outcome of an item's decisions, each a flow and the votes in it."""
    own: list[str] = []
    carried: list[str] = []
    for flow, voting in votings:
        at = 0
        for placed in voting.placed:
            for start, end in placed.passages:
                if _is_titled(title, flow.text[max(at, end - _LONGEST_VOTE) : end]):
                    continue
                own.append(flow.text[at : max(start, at)])
                at = max(end, at)
                if placed.ballot.result is BallotResult.CARRIED:
                    carried.append(flow.text[start:end])
        own.append(flow.text[at:])
    results = {
        ballot.result
        for _, voting in votings
        for ballot in voting.ballots
        if ballot.subject == BallotSubject.MAIN and _counts(ballot)
    }
    voted = next((result for result in _BY_WEIGHT if result in results), None)
    if not (carried or "".join(own).strip()) and any(voting.ballots for _, voting in votings):
        return _outcome_of_motions(votings)
    return outcome("\n".join(own), carried, voted=voted, number=number, title=title)


def _counts(ballot: Ballot) -> bool:
    """Return True for a lost motion, and for one that the words say was carried."""
    return ballot.result is BallotResult.LOST or ballot.result_from is ResultFrom.PRINTED


def _outcome_of_motions(votings: Sequence[tuple[Flow, Voting]]) -> Outcome:
    """Return the outcome of decisions that only state votes on motions: the last motion is the matter."""
    placed = votings[-1][1].placed[-1:]
    lost = bool(placed) and placed[0].ballot.result is BallotResult.LOST
    amends = any("ændringsforslag" in flow.text.lower() for flow, _ in votings)
    return Outcome.REJECTED if lost and not amends else Outcome.OTHER


def _is_titled(title: str, votes: str) -> bool:
    """Return True if the motion voted on last is the item's own, as in "Forslag fra C - Busser"."""
    labels = [match["label"].casefold() for match in _MOTION_LABEL.finditer(votes)]
    return bool(labels) and title.casefold().startswith(labels[-1])
