"""Votes, and the part of them that is printed."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from minutes.reader.records import Ballot, Statement
from minutes.vocabulary import BallotResult
from synthetic.municipalities import Member
from synthetic.names import PARTY_NAMES
from synthetic.paragraphs import Annotation, Paragraph

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ"


@dataclass(frozen=True)
class Vote:
    """The result of a vote. A tied motion is lost."""

    subject: str
    yes: tuple[Member, ...]
    no: tuple[Member, ...]
    abstained: tuple[Member, ...] = ()
    motion: str = ""  # of an amendment: "… foreslår, at {motion}"

    @property
    def carried(self) -> bool:
        return len(self.yes) > len(self.no)

    @property
    def tied(self) -> bool:
        return len(self.yes) == len(self.no)


class Side(NamedTuple):
    """The printed facts of one side of a vote: its size, its undivided parties, its other members."""

    size: int | None = None
    parties: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()


EMPTY_SIDE = Side()


class Sides(NamedTuple):
    """The printed facts of the three sides of a vote."""

    yes: Side
    no: Side
    abstained: Side = EMPTY_SIDE


def party_letter(party: str) -> str:
    return party


def party_name(party: str) -> str:
    """Return the name of a party given its letter: "Venstre"."""
    return PARTY_NAMES[party]


def sides_by_party(vote: Vote, party_label: Callable[[str], str] = party_letter) -> Sides:
    """Return sides that name undivided parties, in alphabetical order, and members of divided ones.

    An empty side has no size.
    """
    positions_of: dict[str, set[int]] = defaultdict(set)
    groups = (vote.yes, vote.no, vote.abstained)
    for position, members in enumerate(groups):
        for member in members:
            positions_of[member.party].add(position)
    parties = sorted(positions_of, key=party_sort_key)

    def side(members: Sequence[Member]) -> Side:
        represented = {member.party for member in members}
        return Side(
            len(members) or None,
            tuple(
                party_label(party)
                for party in parties
                if party in represented and len(positions_of[party]) == 1
            ),
            tuple(member for member in members if len(positions_of[member.party]) > 1),
        )

    return Sides(*map(side, groups))


def size_only(members: Sequence[Member]) -> Side:
    """Return a side that prints its size but no names."""
    return Side(len(members) or None)


def sides_by_name(vote: Vote) -> Sides:
    """Return sides that name every member."""
    groups = (vote.yes, vote.no, vote.abstained)
    return Sides(*(Side(len(members) or None, (), members) for members in groups))


def ballot_paragraph(text: str, vote: Vote, sides: Sides, *, clean: str = "") -> Paragraph:
    """Return a paragraph that reports `vote` and prints `sides` of it."""
    return Paragraph(text, clean, (Annotation(Ballot, 0, len(text), _ballot_fields(vote, sides)),))


def _ballot_fields(vote: Vote, sides: Sides) -> dict[str, Any]:
    return {
        "subject": vote.subject,
        "in_favour": sides.yes.size,
        "against": sides.no.size,
        "abstained": sides.abstained.size,
        "for_names": member_names(sides.yes.members),
        "against_names": member_names(sides.no.members),
        "abstained_names": member_names(sides.abstained.members),
        "for_parties": dict.fromkeys(sides.yes.parties),
        "against_parties": dict.fromkeys(sides.no.parties),
        "abstained_parties": dict.fromkeys(sides.abstained.parties),
        "result": BallotResult.CARRIED if vote.carried else BallotResult.LOST,
    }


def with_statement(paragraph: Paragraph, party: str, reason: str) -> Paragraph:
    """Annotate the last words of a paragraph, `reason`, as the party's statement."""
    end = len(paragraph.text)
    statement = Annotation(Statement, end - len(reason), end, {"who": (party,)})
    return replace(paragraph, annotations=(*paragraph.annotations, statement))


def side_labels(side: Side) -> tuple[str, ...]:
    """Return the parties and members of a side as printed: "A", "V", "Bo Lund (C)"."""
    return (*side.parties, *map(name_with_party, side.members))


def mover_label(vote: Vote) -> str:
    """Return the mover of an amendment: "V", or "Bo Lund (C)" if the party is divided."""
    return side_labels(sides_by_party(vote).yes)[0]


def member_count(count: int) -> str:
    """Format a number of members: "1 medlem", "2 medlemmer"."""
    return f"{count} medlem{'' if count == 1 else 'mer'}"


def member_names(members: Sequence[Member]) -> tuple[str, ...]:
    return tuple(member.name for member in members)


def name_with_party(member: Member) -> str:
    """Format a member as "Karen Holm (V)"."""
    return f"{member.name} ({member.party})"


def names_with_parties(members: Iterable[Member]) -> str:
    """Format members as "Karen Holm (V), Bo Lund (A)"."""
    return ", ".join(map(name_with_party, members))


def join_words(words: Sequence[str]) -> str:
    """Join words as in a Danish sentence: "A, B og C"."""
    return f"{', '.join(words[:-1])} og {words[-1]}" if len(words) > 1 else words[0]


def party_sort_key(party: str) -> int:
    """Return the position of a party letter in the Danish alphabet."""
    return _ALPHABET.index(party)
