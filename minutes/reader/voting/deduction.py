"""Votes that follow from the others: counts add up to those present, every other side is named in full."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from minutes.reader.records import Ballot, Document, Item, MemberVote
from minutes.reader.voting.lexicon import ABSTAINED, AGAINST, FOR
from minutes.vocabulary import BallotKind, VoteChoice, VoteKnown

# Somebody was perhaps not there: the item says so in words that were not read as a fact.
_UNCLEAR = re.compile(
    r"inhabil|deltog ikke|forlod|forladt|ankom|mødte|stedfortræder|suppleant|fravær|afbud|ikke til stede",
    re.IGNORECASE,
)


def with_deduced_votes(document: Document, unread: Iterable[tuple[int, int]]) -> Document:
    """Return the document with the votes that follow from its roster; `unread` are places of doubt.

    Nothing follows where a substitute, an arrival or a departure makes it unclear who was present.
    """
    roster = [member.name for member in document.participants]
    unclear = document.substitutes or document.arrivals or document.departures
    away = {absence.name for absence in document.absent}
    if unclear or not roster or len(set(roster)) < len(roster) or away & set(roster):
        return document
    places = list(unread)
    items = tuple(_with_deduced(item, roster, document.text, places) for item in document.items)
    return msgspec.structs.replace(document, items=items)


def _with_deduced(item: Item, roster: list[str], text: str, unread: list[tuple[int, int]]) -> Item:
    if item.closed or not item.ballots:
        return item
    away = {absence.name for absence in (*item.absent, *item.left_or_recused)}
    is_known = away <= set(roster) or not item.left_or_recused
    if not is_known or (_UNCLEAR.search(item.decision or "") and not away):
        return item
    present = [name for name in roster if name not in away]
    ballots = tuple(
        ballot
        if any(start < ballot.end and ballot.start < end for start, end in unread)
        else msgspec.structs.replace(ballot, votes=(*ballot.votes, *_deduced(ballot, present)))
        for ballot in item.ballots
    )
    return msgspec.structs.replace(item, ballots=ballots)


def _deduced(ballot: Ballot, present: list[str]) -> Iterator[MemberVote]:
    """Yield the votes of those present who are not named, when only one side can be theirs."""
    if ballot.kind is not BallotKind.MOTION or ballot.in_favour is None or ballot.against is None:
        return
    counts = {FOR: ballot.in_favour, AGAINST: ballot.against, ABSTAINED: ballot.abstained or 0}
    named = Counter(vote.choice for vote in ballot.votes)
    everybody = {vote.name for vote in ballot.votes}
    open_sides = [choice for choice, count in counts.items() if count != named[choice]]
    if sum(counts.values()) != len(present) or len(open_sides) != 1 or not everybody <= set(present):
        return
    (side,) = open_sides
    left = [name for name in present if name not in everybody]
    if len(left) == counts[side] - named[side] and not _voted_as_parties(ballot, side):
        yield from (MemberVote(name=name, choice=side, known=VoteKnown.DEDUCED) for name in left)


def _voted_as_parties(ballot: Ballot, side: VoteChoice) -> bool:
    """Return True if a party is printed on another side than this, whose members are not named there."""
    parties = {
        FOR: ballot.for_parties,
        AGAINST: ballot.against_parties,
        ABSTAINED: ballot.abstained_parties,
    }
    return any(parties[choice] for choice in VoteChoice if choice is not side)
