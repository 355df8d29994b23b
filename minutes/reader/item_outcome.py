"""The outcome of an item, by its decisions and the votes in them."""

import re
from collections.abc import Sequence

from minutes.reader.decisions import outcome
from minutes.reader.flow import Flow
from minutes.reader.voting import Voting
from minutes.vocabulary import BallotResult, BallotSubject, Outcome

# "Forslag fra C:", a line over the votes on a motion
_MOTION_LABEL = re.compile(
    r"^\s*(?P<label>[\w-]*forslag(?:et)? fra [^:\n]{1,40}):", re.IGNORECASE | re.MULTILINE
)


_LONGEST_VOTE = 4000


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
    lost_main = any(
        ballot.subject == BallotSubject.MAIN and ballot.result is BallotResult.LOST
        for _, voting in votings
        for ballot in voting.ballots
    )
    return outcome("\n".join(own), carried, voted_down=lost_main, number=number, title=title)


def _is_titled(title: str, votes: str) -> bool:
    """Return True if the motion voted on last is the item's own, as in "Forslag fra C - Busser"."""
    labels = [match["label"].casefold() for match in _MOTION_LABEL.finditer(votes)]
    return bool(labels) and title.casefold().startswith(labels[-1])
