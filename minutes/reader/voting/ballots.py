"""The ballots and elections of a decision."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from minutes.reader.flow import Flow, Sentence
from minutes.reader.records import Ballot, Election
from minutes.reader.voting.drafts import Draft
from minutes.reader.voting.elections import find_elections
from minutes.reader.voting.entities import Entities
from minutes.reader.voting.gathering import SentenceGatherer
from minutes.reader.voting.lexicon import mentions_votes
from minutes.reader.voting.subjects import puts_motion, subject_of
from minutes.reader.voting.tables import flatten
from minutes.reader.voting.tokens import Token, tokenize
from minutes.reader.voting.voting_roster import VotingRoster
from minutes.vocabulary import BallotSubject

# Votes are not looked for further down in a decision.
_LONGEST = 50_000


class PlacedBallot(NamedTuple):
    """A ballot with the passages of the flow about its motion, for a motion beside the matter itself."""

    ballot: Ballot
    passages: tuple[tuple[int, int], ...] = ()


class Voting(NamedTuple):
    """The votes of a decision. `unread` are places that mention voters who were not understood."""

    placed: tuple[PlacedBallot, ...] = ()
    elections: tuple[Election, ...] = ()
    unread: tuple[tuple[int, int], ...] = ()

    @property
    def ballots(self) -> tuple[Ballot, ...]:
        return tuple(placed.ballot for placed in self.placed)


def find_votes(flow: Flow, text: str, decision: Sequence[Sequence[Sentence]], roster: VotingRoster) -> Voting:
    """Return the votes of a decision, given as paragraphs of sentences of `flow`, whose words are of `text`.

    A sentence with counts or with voters opens a ballot; those after it that give other sides, name the
    voters or print the result belong to it. A remark that explains a vote is no second ballot.
    """
    end = max((sentence.end for paragraph in decision for sentence in paragraph), default=0)
    words = flow.text[: min(end, _LONGEST)]
    if not words or not mentions_votes(words):
        return Voting()
    gathered = _gathered(words, flow.columns(), roster)
    placed, unread = [], list(gathered.unread)
    for draft in gathered.drafts:
        ballot = _ballot(flow, text, draft, roster)
        placed.append(PlacedBallot(ballot, _motion_passages(draft, ballot)))
        if draft.unread:
            unread.append((draft.start, draft.end))
    places = tuple(flow.place(start, stop) for start, stop in unread)
    return Voting(tuple(placed), find_elections(flow, words, gathered.tokens), places)


class _Gathered(NamedTuple):
    tokens: list[Token]
    drafts: list[Draft]
    unread: list[tuple[int, int]]


@lru_cache(maxsize=16)
def _gathered(words: str, columns: frozenset[int], roster: VotingRoster) -> _Gathered:
    """Return the drafts of a decision's ballots; the items of a document often have the same words."""
    tokens = Entities(flatten(tokenize(words, columns)), roster).merged()
    gatherer = SentenceGatherer(words, tokens)
    gatherer.gather()
    drafts = [draft for draft in gatherer.drafts if draft.is_whole]
    for draft in drafts:
        draft.settle()
    return _Gathered(tokens, drafts, gatherer.unread)


def _ballot(flow: Flow, text: str, draft: Draft, roster: VotingRoster) -> Ballot:
    start, end = flow.place(draft.start, draft.end)
    subject = subject_of(draft.sentences, [words for words, _, _ in draft.lead], draft.part)
    return draft.ballot(subject, text[start:end], (start, end), roster)


def _motion_passages(draft: Draft, ballot: Ballot) -> tuple[tuple[int, int], ...]:
    if ballot.subject != BallotSubject.AMENDMENT:
        return ()
    return (
        *((start, end) for words, start, end in draft.lead if puts_motion(words)),
        (draft.start, draft.end),
    )
