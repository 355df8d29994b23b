"""Votes that follow from the others: the counts add up to everybody who can have voted."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from minutes.reader.records import Ballot, Document, Item, MemberVote
from minutes.reader.voting.lexicon import ABSTAINED, AGAINST, FOR
from minutes.vocabulary import BallotKind, VoteChoice, VoteKnown

# Somebody was perhaps not there: the item says so in words that were not read as a fact.
_UNCLEAR = re.compile(
    r"inhabil|deltog ikke|forlod|forladt|ankom|mødte|stedfortræder|suppleant|fravær|afbud|ikke til stede",
    re.IGNORECASE,
)

# The party of each member, None where none is printed, by name.
_Parties = Mapping[str, str | None]


def with_deduced_votes(document: Document, unread: Iterable[tuple[int, int]]) -> Document:
    """Return the document with the votes that follow from its roster; `unread` are places of doubt.

    A vote follows only if the counts add up to everybody who can have been present: the members listed,
    substitutes, and those who came or left. Then everybody was there and voted.
    """
    names = [member.name for member in document.participants]
    if not names or len(set(names)) < len(names):
        return document
    members: dict[str, str | None] = {
        movement.name: None for movement in (*document.arrivals, *document.departures)
    }
    for listed in (document.substitutes, document.participants):
        members |= {member.name: member.party or members.get(member.name) for member in listed}
    if members.keys() & {absence.name for absence in document.absent}:
        return document
    places = list(unread)
    items = tuple(_with_deduced(item, members, places) for item in document.items)
    return msgspec.structs.replace(document, items=items)


def _with_deduced(item: Item, members: _Parties, unread: Sequence[tuple[int, int]]) -> Item:
    if item.closed or not item.ballots:
        return item
    away = {absence.name for absence in (*item.absent, *item.left_or_recused)}
    is_known = away <= members.keys() or not item.left_or_recused
    if not is_known or (_UNCLEAR.search(item.decision or "") and not away):
        return item
    present = {name: party for name, party in members.items() if name not in away}
    ballots = tuple(
        ballot
        if any(start < ballot.end and ballot.start < end for start, end in unread)
        else msgspec.structs.replace(ballot, votes=(*ballot.votes, *_deduced(ballot, present)))
        for ballot in item.ballots
    )
    return msgspec.structs.replace(item, ballots=ballots)


def _deduced(ballot: Ballot, present: _Parties) -> Iterator[MemberVote]:
    """Yield the votes of those present who are not named, if every one of them is certain.

    A count that is not printed is 0 if the others add up to everybody.
    """
    counts = {
        FOR: ballot.in_favour or 0,
        AGAINST: ballot.against or 0,
        ABSTAINED: ballot.abstained or 0,
    }
    named = {vote.name: vote.choice for vote in ballot.votes}
    is_complete = sum(counts.values()) == len(present) and named.keys() <= present.keys()
    if ballot.kind is not BallotKind.MOTION or not is_complete:
        return
    by_party = _votes_of_parties(ballot, named, present)
    if by_party is None:
        return
    known = Counter((*named.values(), *by_party.values()))
    open_sides = [choice for choice, count in counts.items() if count != known[choice]]
    if len(open_sides) > 1 or any(_parties_of(ballot)[choice] for choice in open_sides):
        return
    for name in present:
        if name not in named:
            # The counts add up, so those who are left are as many as the open side lacks.
            choice = by_party.get(name) or open_sides[0]
            yield MemberVote(name=name, choice=choice, known=VoteKnown.DEDUCED)


def _votes_of_parties(
    ballot: Ballot, named: Mapping[str, VoteChoice], present: _Parties
) -> dict[str, VoteChoice] | None:
    """Return the votes of those not named whose party is printed as a voter on one side.

    Returns None if the members of such a party are not certain: it is on two sides, has another number of
    voters than members, or the party of somebody not named is not printed.
    """
    sides = _parties_of(ballot)
    printed = Counter(party for parties in sides.values() for party in parties)
    unnamed = {name: party for name, party in present.items() if name not in named}
    if printed and (None in unnamed.values() or max(printed.values()) > 1):
        return None
    votes: dict[str, VoteChoice] = {}
    for choice, parties in sides.items():
        for party, number in parties.items():
            members = [name for name, own in unnamed.items() if own == party]
            if not members or number not in (None, len(members)):
                return None
            votes |= dict.fromkeys(members, choice)
    return votes


def _parties_of(ballot: Ballot) -> dict[VoteChoice, dict[str, int | None]]:
    return {
        FOR: ballot.for_parties,
        AGAINST: ballot.against_parties,
        ABSTAINED: ballot.abstained_parties,
    }
