"""Votes by whose they are: "mod O's stemmer", "mod 2 stemmer (X og Y)", "stemmerne fra A og B"."""

from minutes.reader.voting.lexicon import Kind
from minutes.reader.voting.sides import Voters
from minutes.reader.voting.tokens import Token
from minutes.reader.voting.voters import ListReader

_ENTITY = Kind.PERSON | Kind.PARTY
_ENDS_SENTENCE = Kind.STOP | Kind.BREAK


class TailReader:
    """Reads whose votes they were behind "mod" and "med", within tokens[first:end]."""

    def __init__(self, tokens: list[Token], closing: dict[int, int], first: int, end: int) -> None:
        self.tokens = tokens
        self.closing = closing
        self.first = first
        self.end = end
        self.lists = ListReader(tokens, closing)

    def kind(self, at: int) -> int:
        return self.tokens[at].kind if self.first <= at < self.end else Kind.STOP

    def read(self, at: int) -> tuple[Voters | None, int]:
        """Read "2 stemmer (X og Y)", "O's stemmer", "Venstres 2 stemmer", "stemmerne fra Ø og Å", "V"."""
        if self.kind(at) & Kind.NUMBER:
            return self._counted_votes(at)
        if self.kind(at) & Kind.UNIT and self.kind(at + 1) & (Kind.OF | _ENTITY):
            return self.lists.read(at + 1 + bool(self.kind(at + 1) & Kind.OF), end=self.end)
        voters, end = self.lists.read(at, end=self.end) if self.kind(at) & _ENTITY else (None, at)
        return self._genitive_votes(voters, at, end) if voters else (None, at)

    def _genitive_votes(self, voters: Voters, at: int, end: int) -> tuple[Voters | None, int]:
        unit = end + bool(self.kind(end) & Kind.NUMBER)
        if self._is_votes(unit):
            if unit > end:
                voters.count = self.tokens[end].number
                _count_only_party(voters)
            return _without_genitive(voters), unit + 1
        genitive = self.tokens[end - 1].text.endswith(("'s", "’s", "s'"))
        behind_all = self.kind(at - 2) & Kind.UNIT and self.kind(at - 3) & Kind.ALL
        if (
            self.kind(at - 2) & Kind.RESULT
            and self._is_of_parties(voters)
            and self.kind(end) & _ENDS_SENTENCE
        ):
            return voters, end  # "Godkendt mod V."
        if behind_all or (genitive and self.kind(end) & _ENDS_SENTENCE):
            return _without_genitive(voters), end
        return None, at

    def _is_of_parties(self, voters: Voters) -> bool:
        return bool(voters.parties) and not voters.members and voters.whole

    def _is_votes(self, at: int) -> bool:
        return bool(self.kind(at) & Kind.UNIT) and self.tokens[at].text.lower().startswith(
            ("stemme", "mandat")
        )

    def _counted_votes(self, at: int) -> tuple[Voters | None, int]:
        number = self.tokens[at].number
        end = at + 1
        units = self._is_votes(end) or self.kind(end) & Kind.UNIT
        if self.tokens[at - 1].text.lower() == "med":
            return None, at
        if not units and not (self.kind(end) & Kind.OPEN and end in self.closing):
            return None, at
        end += bool(units)
        listed, after = (None, end)
        if self.kind(end) & Kind.OPEN:
            listed, after = self.lists.read(end, end=self.end)
        voters = listed or Voters()
        voters.count = number
        return voters, after


def _count_only_party(voters: Voters) -> None:
    if len(voters.parties) == 1 and not voters.members:
        voters.parties[next(iter(voters.parties))] = voters.count


def _without_genitive(voters: Voters) -> Voters:
    """Return the voters without the genitive of the last person: "Ane Holms stemme"."""
    voters.members = [
        (name[:-2] if name.endswith(("'s", "’s")) else name.removesuffix("s"), party)
        for name, party in voters.members
    ]
    return voters
