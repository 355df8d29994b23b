"""A ballot on a page: its heading, its counts, a bar of them, and everybody's vote."""

from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from minutes.models import Ballot, Vote
from minutes.models.votes import BALLOT_KINDS, VOTE_KNOWN
from minutes.reader.records import Ballot as BallotFacts
from minutes.statistics.vote_blocks import (
    AWAY,
    UNKNOWN,
    MeetingLists,
    PartySeats,
    Seat,
    VoteBlock,
    vote_block,
)
from minutes.vocabulary import BallotKind, BallotSubject, VoteChoice, VoteKnown

register = template.Library()


@register.inclusion_tag("minutes/_ballot_bar.html")
def ballot_bar(ballot: Ballot) -> dict[str, object]:
    """A bar of 100 units with a part for each known count; nothing if none is known."""
    counts = (
        ("for", ballot.for_count),
        ("against", ballot.against_count),
        ("abstained", ballot.abstained_count),
    )
    total = sum(count or 0 for _side, count in counts)
    parts, at = [], 0.0
    for side, count in counts:
        if count:
            width = 100 * count / total
            parts.append({"side": side, "at": f"{at:.2f}", "width": f"{width:.2f}"})
            at += width
    return {"ballot": ballot, "parts": parts}


@register.filter
def counts(ballot: Ballot) -> list[tuple[int, str]]:
    """The known counts with the labels of their sides: (5, "for"), (2, "imod")."""
    sides = (
        (ballot.for_count, _("for")),
        (ballot.against_count, _("imod")),
        (ballot.abstained_count, _("undlod")),
    )
    return [(count, label) for count, label in sides if count is not None]


@register.filter
def ballot_heading(ballot: Ballot | BallotFacts) -> str:
    """A heading that says what was voted on: the item itself, an amendment or a part of it."""
    if ballot.kind != BallotKind.MOTION:
        return str(dict(BALLOT_KINDS)[ballot.kind])
    if ballot.subject == BallotSubject.MAIN:
        return _("Afstemning")
    if ballot.subject == BallotSubject.AMENDMENT:
        return _("Afstemning om ændringsforslag")
    return _("Afstemning om del %(part)s") % {"part": ballot.subject.removeprefix("part ")}


@register.filter
def votes_for(ballot: Ballot) -> list[Vote]:
    return [vote for vote in ballot.votes.all() if vote.choice == "for"]


@register.filter
def votes_against(ballot: Ballot) -> list[Vote]:
    return [vote for vote in ballot.votes.all() if vote.choice == "against"]


@register.filter
def votes_abstained(ballot: Ballot) -> list[Vote]:
    return [vote for vote in ballot.votes.all() if vote.choice == "abstained"]


@register.inclusion_tag("minutes/_ballot.html")
def show_ballot(
    ballot: Ballot,
    lists: MeetingLists,
    *,
    quoted: bool = False,
    open: bool = False,
    printed_only: bool = False,
) -> dict[str, Any]:
    """Counts and everybody's vote; with the wording if `quoted`, with the table unfolded if `open`."""
    block = vote_block(ballot, lists, printed_only=printed_only)
    return {
        "ballot": ballot,
        "item": ballot.item,
        "party_votes": _party_votes(block),
        "quoted": quoted,
        **_context(ballot, block, open=open),
    }


@register.inclusion_tag("minutes/_vote_block.html")
def show_votes(ballot: Ballot, lists: MeetingLists) -> dict[str, Any]:
    """Everybody's vote alone, with the table folded."""
    return _context(ballot, vote_block(ballot, lists), open=False)


def _context(ballot: Ballot, block: VoteBlock, *, open: bool) -> dict[str, Any]:
    markup = _Markup(ballot.item.meeting.committee.municipality.slug)
    return {"block": block, "sides": markup.sides(block), "open": open}


class _Markup:
    """Writes the members of a municipality's ballot as HTML, with what their lines share written once."""

    def __init__(self, municipality: str) -> None:
        self._people = reverse("people", args=[municipality])
        self._parties = reverse("parties", args=[municipality])
        self._side_labels = _side_labels()
        self._known_labels = {value: str(label) for value, label in VOTE_KNOWN}
        deduced = self._known_labels[VoteKnown.DEDUCED]
        # A deduced vote says so to screen readers too.
        self._deduced = format_html('<span class="visually-hidden"> ({})</span>', deduced)

    def sides(self, block: VoteBlock) -> list[dict[str, Any]]:
        """Return each side with its label, its number of members, and its parties' dots and names."""
        return [
            {
                "side": side.side,
                "label": self._side_labels[side.side],
                "size": side.size,
                "parties": [self._party(side.side, party) for party in side.parties],
            }
            for side in block.sides
        ]

    def _party(self, side: str, party: PartySeats) -> dict[str, str]:
        return {
            "party": party.party,
            "address": f"{self._parties}{party.slug}/" if party.slug else "",
            "dots": format_html_join(
                "",
                '<i class="seat {} {}" title="{}"></i>',
                ((side, seat.known, self._title(side, seat)) for seat in party.seats),
            ),
            "names": format_html_join(
                ", ",
                '<i class="seat {} {}" aria-hidden="true"></i>&nbsp;{}{}',
                ((side, seat.known, self._name(seat), self._note(seat)) for seat in party.seats),
            ),
        }

    def _title(self, side: str, seat: Seat) -> str:
        known = self._known_labels.get(seat.known)
        label = self._side_labels[side].lower()
        return f"{seat.name}: {label}, {known}" if known else f"{seat.name}: {label}"

    def _name(self, seat: Seat) -> str:
        if seat.person is None:
            return seat.name
        return format_html('<a href="{}{}/">{}</a>', self._people, seat.person.slug, seat.name)

    def _note(self, seat: Seat) -> str:
        return self._deduced if seat.known == VoteKnown.DEDUCED else ""


def _side_labels() -> dict[str, str]:
    return {
        VoteChoice.FOR: _("For"),
        VoteChoice.AGAINST: _("Imod"),
        VoteChoice.ABSTAINED: _("Undlod"),
        UNKNOWN: _("Ikke kendt"),
        AWAY: _("Deltog ikke"),
    }


def _party_votes(block: VoteBlock) -> list[tuple[str, list[str]]]:
    """Return the parties that are printed as voters, with their number of votes, by the label of the side."""
    labels = _side_labels()
    sides = []
    for choice in VoteChoice:
        parties = [
            str(vote.party) if vote.count is None else f"{vote.party} ({vote.count})"
            for vote in block.party_votes
            if vote.choice == choice
        ]
        if parties:
            sides.append((labels[choice], parties))
    return sides
