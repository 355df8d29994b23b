"""Everybody at a ballot: what each member voted, if that is known, and who was away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from minutes.models import Attendance, Ballot, KnownVote, Person
from minutes.statistics.known_parties import identify
from minutes.statistics.parties import histories_of
from minutes.vocabulary import VoteChoice

_PRESENT = (Attendance.Role.PRESENT.value, Attendance.Role.SUBSTITUTE.value)
_AWAY = (Attendance.Role.ABSENT.value, Attendance.Role.RECUSED.value)

# The sides of a block in their order: the choices, then those whose vote is not known, then those away.
UNKNOWN, AWAY = "unknown", "away"
SIDES = (*(choice.value for choice in VoteChoice), UNKNOWN, AWAY)


class Seat(NamedTuple):
    """A member at a ballot. `known` is "printed" or "deduced", empty where the vote is not known."""

    name: str
    person: Person | None
    party: str  # letter or name, empty where it is not known
    known: str
    party_slug: str = ""  # of its page, empty for members of no party


class PartySeats(NamedTuple):
    """The members of a party on one side, in order of their names."""

    party: str
    seats: Sequence[Seat]

    @property
    def slug(self) -> str:
        """The last part of the address of the party's page, empty where there is none."""
        return self.seats[0].party_slug


class BlockSide(NamedTuple):
    """A side of a ballot, with its parties in an order that is the same on all sides: the largest first."""

    side: str
    parties: Sequence[PartySeats]

    @property
    def size(self) -> int:
        return sum(len(party.seats) for party in self.parties)


@dataclass(frozen=True)
class VoteBlock:
    """A ballot member by member; sides without anybody are left out. `party_votes` are of parties as one."""

    sides: Sequence[BlockSide]
    party_votes: Sequence[KnownVote]
    has_deduced: bool


class MeetingLists:
    """The lists of those present and away at the meetings of some ballots."""

    def __init__(self, ballots: Iterable[Ballot]) -> None:
        """Load the lists and the parties of members that they list without one.

        Two queries at most, none without ballots. The ballots need their items loaded.
        """
        items = {ballot.item_id: ballot.item.meeting_id for ballot in ballots}
        of_meeting = Q(item=None, role__in=(*_PRESENT, Attendance.Role.ABSENT))
        of_item = Q(item__in=items, role__in=_AWAY)
        attendances = Attendance.objects.filter(of_meeting | of_item, meeting__in=set(items.values()))
        self._entries: dict[int, list[Attendance]] = {}
        for attendance in attendances.select_related("person", "party").order_by("id"):
            self._entries.setdefault(attendance.meeting_id, []).append(attendance)
        without_party = {
            entry.person_id
            for of_meeting in self._entries.values()
            for entry in of_meeting
            if entry.person_id and not entry.party_id
        }
        self._histories = histories_of(without_party) if without_party else {}

    def of(self, ballot: Ballot) -> list[Attendance]:
        """Return the entries of the ballot's meeting and item."""
        entries = self._entries.get(ballot.item.meeting_id, ())
        return [entry for entry in entries if entry.item_id in (None, ballot.item_id)]

    def seat(self, row: KnownVote | Attendance, name: str, day: date, known: str = "") -> Seat:
        """Return the seat of a vote or an entry, with the party that other minutes print, if it has none."""
        history = self._histories.get(row.person_id) if row.person_id and not row.party else None
        party = identify(row.party.letter, day) if row.party else history.on(day) if history else None
        if not party:
            return Seat(name, row.person, "", known)
        # The letter, or the name where it has no letter, so that both spellings are one.
        return Seat(name, row.person, party.short, known, party.slug if party.is_party else "")


def vote_block(ballot: Ballot, lists: MeetingLists, *, printed_only: bool = False) -> VoteBlock:
    """Return the block of a ballot whose known votes are loaded; without deduced ones if `printed_only`."""
    votes = [vote for vote in ballot.known_votes.all() if not (printed_only and vote.is_deduced)]
    day = ballot.item.meeting.date
    sides: dict[str, list[Seat]] = {side: [] for side in SIDES}
    voted: set[int | None] = set()
    for vote in votes:
        if vote.person:
            voted.add(vote.person_id)
            sides[vote.choice].append(lists.seat(vote, vote.person.name, day, vote.known))
    # Without any name, there is nothing to tell the members apart by.
    if voted:
        for side, entry in _others(lists.of(ballot), voted):
            sides[side].append(lists.seat(entry, entry.name, day))
    return VoteBlock(
        sides=_by_party(sides),
        party_votes=[vote for vote in votes if vote.person is None],
        has_deduced=any(vote.is_deduced for vote in votes),
    )


def _others(entries: Sequence[Attendance], voted: set[int | None]) -> Iterable[tuple[str, Attendance]]:
    """Yield the members whose vote is not known, and those away, each once."""
    away = {(entry.person_id, entry.name) for entry in entries if entry.role in _AWAY and entry.item_id}
    present = {(entry.person_id, entry.name) for entry in entries if entry.role in _PRESENT} - away
    shown: set[tuple[int | None, str]] = set()
    for entry in entries:
        key = (entry.person_id, entry.name)
        if key not in shown and (entry.person_id is None or entry.person_id not in voted):
            shown.add(key)
            yield (UNKNOWN if key in present else AWAY), entry


def _by_party(sides: dict[str, list[Seat]]) -> list[BlockSide]:
    sizes: dict[str, int] = {}
    for seats in sides.values():
        for seat in seats:
            sizes[seat.party] = sizes.get(seat.party, 0) + 1
    order = sorted(sizes, key=lambda party: (not party, -sizes[party], party))
    return [
        BlockSide(
            side,
            [
                PartySeats(party, sorted(members, key=_by_name))
                for party in order
                if (members := [seat for seat in seats if seat.party == party])
            ],
        )
        for side, seats in sides.items()
        if seats
    ]


def _by_name(seat: Seat) -> str:
    return seat.person.sort_key if seat.person else seat.name
