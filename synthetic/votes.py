"""Votes: who voted how, how a side of them is printed, and what a reader then knows of it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from minutes.reader.records import Ballot, Statement
from minutes.vocabulary import BallotResult, BallotSubject
from synthetic.names import PARTY_NAMES
from synthetic.paragraphs import Paragraph, Said
from synthetic.towns import Member


@dataclass(frozen=True)
class Vote:
    """A vote that was held. With as many for as against, the motion is lost."""

    subject: str
    yes: tuple[Member, ...]
    no: tuple[Member, ...]
    idle: tuple[Member, ...] = ()
    motion: str = ""  # of an amendment: "… foreslår, at {motion}"

    @property
    def carried(self) -> bool:
        return len(self.yes) > len(self.no)

    @property
    def tied(self) -> bool:
        return len(self.yes) == len(self.no)

    @property
    def amends(self) -> bool:
        return self.subject == BallotSubject.AMENDMENT


class Side(NamedTuple):
    """Those who voted alike, as they are printed: how many, the parties that stood together, the others."""

    number: int | None = None
    parties: tuple[str, ...] = ()
    people: tuple[Member, ...] = ()


NOBODY = Side()


class Sides(NamedTuple):
    """What is printed of a vote's three sides."""

    yes: Side
    no: Side
    idle: Side = NOBODY


def letter(party: str) -> str:
    return party


def group(party: str) -> str:
    """ "Venstre" """
    return PARTY_NAMES[party]


def sides_by_party(vote: Vote, spelled: Callable[[str], str] = letter) -> Sides:
    """Parties that stood together by their letters in order, or as `spelled`; the others by name.

    Of a side of nobody nothing is printed.
    """
    stood: dict[str, set[int]] = defaultdict(set)
    groups = (vote.yes, vote.no, vote.idle)
    for position, members in enumerate(groups):
        for member in members:
            stood[member.party].add(position)
    order = sorted(stood, key=alphabetical)

    def side(members: Sequence[Member]) -> Side:
        here = {member.party for member in members}
        return Side(
            len(members) or None,
            tuple(spelled(party) for party in order if party in here and len(stood[party]) == 1),
            tuple(member for member in members if len(stood[member.party]) > 1),
        )

    return Sides(*map(side, groups))


def sides_by_name(vote: Vote) -> Sides:
    return Sides(*(Side(len(members) or None, (), members) for members in (vote.yes, vote.no, vote.idle)))


def ballot_facts(vote: Vote, printed: Sides) -> dict[str, Any]:
    """The fields of the `Ballot` that says just what is printed, but for its place."""
    return {
        "subject": vote.subject,
        "in_favour": printed.yes.number,
        "against": printed.no.number,
        "abstained": printed.idle.number,
        "for_names": names(printed.yes.people),
        "against_names": names(printed.no.people),
        "abstained_names": names(printed.idle.people),
        "for_parties": dict.fromkeys(printed.yes.parties),
        "against_parties": dict.fromkeys(printed.no.parties),
        "abstained_parties": dict.fromkeys(printed.idle.parties),
        "result": BallotResult.CARRIED if vote.carried else BallotResult.LOST,
    }


def ballot(text: str, vote: Vote, printed: Sides, *, clean: str = "", start: int = 0) -> Paragraph:
    """A paragraph that from `start` on tells of `vote`."""
    said = Said(Ballot, start, len(text), ballot_facts(vote, printed))
    return Paragraph(text, clean, (said,))


def explained(paragraph: Paragraph, party: str, reason: str) -> Paragraph:
    """The paragraph, whose last words are `reason`: why `party` voted as it did."""
    start, end = len(paragraph.text) - len(reason), len(paragraph.text)
    said = Said(Statement, start, end, {"who": (party,)})
    return replace(paragraph, said=(*paragraph.said, said))


def spoken(side: Side) -> tuple[str, ...]:
    """A side as it is printed: "A", "V", "Bo Lund (C)"."""
    return (*side.parties, *map(with_party, side.people))


def mover(vote: Vote) -> str:
    """Who wants an amendment: "V", or "Bo Lund (C)" where the party is split."""
    return spoken(sides_by_party(vote).yes)[0]


def voters(count: int) -> str:
    """ "1 medlem", "2 medlemmer" """
    return f"{count} medlem{'' if count == 1 else 'mer'}"


def names(members: Sequence[Member]) -> tuple[str, ...]:
    return tuple(member.name for member in members)


def with_party(member: Member) -> str:
    """ "Karen Holm (V)" """
    return f"{member.name} ({member.party})"


def named(members: Iterable[Member]) -> str:
    """ "Karen Holm (V), Bo Lund (A)" """
    return ", ".join(map(with_party, members))


def listed(words: Sequence[str], last: str = " og ") -> str:
    """ "A, B og C" """
    return f"{', '.join(words[:-1])}{last}{words[-1]}" if len(words) > 1 else words[0]


def alphabetical(party: str) -> int:
    """Where a letter stands in the Danish alphabet."""
    return _ALPHABET.index(party)


_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZÆØÅ"
