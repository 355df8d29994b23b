"""The voters of a printed list: "9 (A+C+T)", "Venstre, Ane Holm (O) og Bo Lind", "Ø (Ane Holm)"."""

from collections.abc import Sequence
from dataclasses import dataclass

from minutes.reader.voting.lexicon import Kind
from minutes.reader.voting.sides import Voters
from minutes.reader.voting.tokens import Token

_SEPARATOR = Kind.COMMA | Kind.AND | Kind.PLUS
_ENTITY = Kind.PERSON | Kind.PARTY
_LONGEST = 4000  # tokens


@dataclass(slots=True)
class _Entry:
    """An entry of a list: the voter, and whether a comma or something else precedes it."""

    voters: Voters
    after_comma: bool
    letter: bool  # a party's letter and nothing else
    person: bool  # a person without a party
    counted: int | None = None  # a number in brackets behind it


class ListReader:
    """Reads lists of voters from tokens; `closing` maps the index of a bracket to that of its end."""

    def __init__(self, tokens: Sequence[Token], closing: dict[int, int]) -> None:
        self.tokens = tokens
        self.closing = closing

    def read(self, at: int, *, lines: bool = False, end: int | None = None) -> tuple[Voters | None, int]:
        """Return the list that begins at a token, and the index behind it; None when none begins there.

        With `lines` the list may go on over the ends of lines: after a separator, or when all of
        the next line is a list too.
        """
        limit = len(self.tokens) if end is None else end
        entries: list[_Entry] = []
        comma, begin = False, at
        while at < limit and len(entries) < _LONGEST:
            entry, after = self._entry(at, limit, comma=comma, first=not entries)
            if entry is None:
                break
            entries.append(entry)
            at = after
            behind = self._separator(at, limit, lines=lines)
            if behind is None:
                break
            comma, following = self.tokens[at].kind == Kind.COMMA and behind == at + 1, behind
            if self._entry(following, limit, comma=comma, first=False)[0] is None:
                if self._is_lost(following, limit):
                    entries[-1].voters.whole = False
                break
            at = following
        if not entries:
            return None, begin
        return self._together(entries), at

    def _is_lost(self, at: int, limit: int) -> bool:
        """Return True if an entry that is not understood follows."""
        return at < limit and Kind.UNKNOWN in self.tokens[at]

    # The marks between entries

    def _separator(self, at: int, limit: int, *, lines: bool) -> int | None:
        """Return the index behind the separator at a token, or None when the list ends there."""
        tokens = self.tokens
        start = at
        while at < limit and tokens[at].kind & _SEPARATOR:
            at += 1
        if at > start:
            while at < limit and Kind.BREAK in tokens[at]:
                at += 1
            return self._bullet(at, limit)
        if at < limit and (tokens[at].wide or Kind.TAB in tokens[at]) and lines:
            at += Kind.TAB in tokens[at]
            return at if at < limit and tokens[at].kind & (_ENTITY | Kind.TITLE) else None
        if lines and at < limit and Kind.BREAK in tokens[at]:
            return self._next_line(at, limit)
        return at if lines and self._is_joined(at, limit) else None

    def _is_joined(self, at: int, limit: int) -> bool:
        """Return True for the second of lines that were joined: "Ane Holm (A) Bo Lind (V)"."""
        tokens = self.tokens
        if not 3 < at < limit or Kind.PERSON not in tokens[at] or Kind.CLOSE not in tokens[at - 1]:
            return False
        if Kind.PERSON not in tokens[at - 4] or Kind.OPEN not in tokens[at - 3] or at + 3 >= len(tokens):
            return False
        end = self.closing.get(at + 1, -1) + 1
        if end != at + 4:
            return False
        behind = tokens[end] if end < len(tokens) else None
        return behind is None or behind.capital or bool(behind.kind & (Kind.STOP | Kind.BREAK | Kind.CLOSE))

    def _bullet(self, at: int, limit: int) -> int:
        return at + 1 if at < limit and Kind.DASH in self.tokens[at] else at

    def _next_line(self, at: int, limit: int) -> int | None:
        """Return where the next line begins when all of it is a list."""
        begin = self._bullet(at + 1, limit)
        return begin if self.is_line(begin, limit) else None

    def is_line(self, at: int, limit: int | None = None) -> bool:
        """Return True if a list takes up the line that begins at a token."""
        limit = len(self.tokens) if limit is None else limit
        entries = 0
        while at < limit:
            entry, after = self._entry(at, limit, comma=False, first=False)
            if entry is None or not entry.voters.somebody:
                return False
            entries += 1
            at = after
            while at < limit and (self.tokens[at].kind & (_SEPARATOR | Kind.TAB)):
                at += 1
            if at >= limit or self.tokens[at].kind & (Kind.BREAK | Kind.STOP):
                return True
            if not self.tokens[at].wide and at == after:
                return False
        return entries > 0

    # Entries

    def _entry(self, at: int, limit: int, *, comma: bool, first: bool) -> tuple[_Entry | None, int]:
        start = at
        at = self._titles(at, limit)
        if at >= limit:
            return None, start
        token = self.tokens[at]
        if Kind.PERSON in token:
            return self._person(at, limit, comma=comma)
        if Kind.PARTY in token:
            return self._party(at, limit, comma=comma)
        if Kind.NUMBER in token:
            return self._counted(at, limit, comma=comma)
        if Kind.OPEN in token and at in self.closing:
            return self._bracket(at, comma=comma)
        return None, start

    def _titles(self, at: int, limit: int) -> int:
        """Return the index behind "1. viceborgmester", "rådmand", "alene"."""
        tokens = self.tokens
        while at < limit:
            token = tokens[at]
            numbered = (
                Kind.NUMBER in token
                and at + 2 < limit
                and tokens[at + 1].kind & (Kind.DOT | Kind.STOP)
                and Kind.TITLE in tokens[at + 2]
            )
            if numbered:
                at += 3
            elif token.kind & (Kind.TITLE | Kind.ONLY) and not token.kind & (Kind.UNIT | Kind.ALL):
                at += 1
            else:
                break
        return at

    def _person(self, at: int, limit: int, *, comma: bool) -> tuple[_Entry, int]:
        name = self.tokens[at].name
        party, count, at = self._notes(at + 1, limit)
        if at + 1 < limit and Kind.DASH in self.tokens[at] and self._is_letter(at + 1):
            party, at = party or self.tokens[at + 1].name, at + 2
        elif at < limit and self._is_letter(at):
            party, at = party or self.tokens[at].name, at + 1
        elif at + 1 < limit and self.tokens[at].text == "fra" and Kind.PARTY in self.tokens[at + 1]:
            party, at = party or self.tokens[at + 1].name, at + 2  # "Ane Holm fra Venstre"
        while at < limit and Kind.FILLER in self.tokens[at] and not self.tokens[at].text:
            at += 1
        voters = Voters(members=[(name, party)], of_parties={party} if party else set())
        return _Entry(voters, comma, letter=False, person=party is None, counted=count), at

    def _notes(self, at: int, limit: int) -> tuple[str | None, int | None, int]:
        """Return the party and the number in the brackets behind a person, and the index behind them."""
        party: str | None = None
        count: int | None = None
        while at < limit and Kind.OPEN in self.tokens[at] and at in self.closing:
            note = self._note(at + 1, self.closing[at])
            if note.count is not None and not note.somebody:
                count = note.count
            elif len(note.parties) == 1 and not note.members:
                party = party or next(iter(note.parties))
            elif self.closing[at] == at + 2 and self.tokens[at + 1].kind & (Kind.PERSON | Kind.UNKNOWN):
                party = party or self.tokens[at + 1].text  # "Knud Løkke (Frie Liberale)"
            at = self.closing[at] + 1
        return party, count, at

    def _is_letter(self, at: int) -> bool:
        return Kind.PARTY in self.tokens[at] and len(self.tokens[at].text) <= 3

    def _party(self, at: int, limit: int, *, comma: bool) -> tuple[_Entry, int]:
        token = self.tokens[at]
        party = token.name
        at += 1
        voters = Voters(parties={party: None})
        letter = len(token.text) <= 2
        count: int | None = None
        if at < limit and Kind.OPEN in self.tokens[at] and at in self.closing:
            note = self._note(at + 1, self.closing[at])
            letter = False
            if note.members and not note.parties:
                voters = note.of_party(party)
            elif note.count is not None:
                count = voters.parties[party] = note.count
            elif len(note.parties) == 1:
                voters.of_parties |= set(note.parties)
            at = self.closing[at] + 1
            if voters.members and self._number_behind(at, limit):
                # "O (Ane Holm og Bo Lind) 2": all of them are named, or not the whole list is known.
                voters.whole = voters.whole and self.tokens[at].number == len(voters.members)
                at += 1
        elif self._number_behind(at, limit):
            at += Kind.COLON in self.tokens[at]
            voters.parties[party] = self.tokens[at].number
            letter, at = False, at + 1
        elif self._members_counted(at, limit):
            count = voters.parties[party] = self.tokens[at].number
            letter, at = False, at + 2
        at = self._members_phrase(at, limit, party, voters)
        excepted = self._exception(at, limit)
        bracket = excepted - 3
        if bracket > at and Kind.PERSON in self.tokens[bracket - 1] and self._is_number_note(bracket):
            # "V med undtagelse af Ane Holm (4)"
            count = voters.parties[party] = self.tokens[bracket + 1].number
        at = excepted
        if at < limit and Kind.EXCEPT in self.tokens[at]:
            voters.whole = False
        return _Entry(voters, comma, letter=letter, person=False, counted=count), at

    def _is_number_note(self, at: int) -> bool:
        """Return True for "(4)"."""
        return (
            Kind.OPEN in self.tokens[at]
            and Kind.NUMBER in self.tokens[at + 1]
            and self.closing.get(at) == at + 2
        )

    def _number_behind(self, at: int, limit: int) -> bool:
        """Return True for "A: 5" and "A 5", not for "A 5 stemmer"."""
        if at >= limit:
            return False
        number = at + 1 if Kind.COLON in self.tokens[at] else at
        if (
            number >= limit
            or Kind.NUMBER not in self.tokens[number]
            or not self.tokens[number].text.isdigit()
        ):
            return False
        return number + 1 >= limit or not self.tokens[number + 1].kind & (Kind.UNIT | Kind.SIDE | Kind.OPEN)

    def _members_counted(self, at: int, limit: int) -> bool:
        """Return True for the "3 medlemmer" of "Venstres 3 medlemmer"."""
        if at + 1 >= limit or Kind.NUMBER not in self.tokens[at]:
            return False
        return self.tokens[at + 1].text in {"medlem", "medlemmer"}

    def _members_phrase(self, at: int, limit: int, party: str, voters: Voters) -> int:
        """Read the member behind a party: "SF's medlem, Grethe Lund," """
        tokens = self.tokens
        if at >= limit or tokens[at].text not in {"medlem", "medlemmer", "repræsentant"}:
            return at
        begin = at + 1
        begin += begin < limit and Kind.COMMA in tokens[begin]
        if begin < limit and Kind.PERSON in tokens[begin]:
            voters.members, voters.parties = [(tokens[begin].name, party)], {}
            voters.of_parties.add(party)
            end = begin + 1
            return end + (end < limit and Kind.COMMA in tokens[end])
        return at

    def _exception(self, at: int, limit: int) -> int:
        """Return the index behind "med undtagelse af 1 medlem (Ane Holm)", whose vote is not said."""
        tokens = self.tokens
        if at < limit and Kind.OPEN in tokens[at] and at in self.closing and Kind.EXCEPT in tokens[at + 1]:
            return self.closing[at] + 1
        begin = at + 1
        begin += at < limit and Kind.COMMA in tokens[at]
        if begin > limit or Kind.EXCEPT not in tokens[begin - 1]:
            return at
        named = begin + 2 if begin + 2 < limit and Kind.UNIT in tokens[begin + 1] else begin
        if named < limit and Kind.OPEN in tokens[named] and named in self.closing:
            return self.closing[named] + 1
        _, end = self._entry(begin, limit, comma=False, first=False)
        return end if end > begin else at

    def _counted(self, at: int, limit: int, *, comma: bool) -> tuple[_Entry | None, int]:
        """Read "1 medlem af C (Ane Holm)", "2 medlemmer af Venstre", "5 A"."""
        tokens, start = self.tokens, at
        number = tokens[at].number
        at += 1
        if at < limit and Kind.UNIT in tokens[at]:
            at += 1
            if at + 1 >= limit or Kind.OF not in tokens[at] or Kind.PARTY not in tokens[at + 1]:
                return None, start
            if tokens[at].text == "fra" and at + 2 < limit and tokens[at + 2].kind & _SEPARATOR:
                return None, start  # "4 medlemmer fra A, F og Ø": the number is that of them all
            at += 1
        if at >= limit or Kind.PARTY not in tokens[at]:
            return None, start
        party = tokens[at].name
        voters = Voters(parties={party: number})
        at += 1
        if at < limit and Kind.OPEN in tokens[at] and at in self.closing:
            note = self._note(at + 1, self.closing[at])
            if note.members:
                voters = note.of_party(party)
            at = self.closing[at] + 1
        return _Entry(voters, comma, letter=False, person=False), at

    def _bracket(self, at: int, *, comma: bool) -> tuple[_Entry | None, int]:
        """Read "(A)", "(A+V)", "(V, C og Ane Holm)"."""
        note = self._note(at + 1, self.closing[at])
        if not note.somebody or not note.whole:
            return None, at
        return _Entry(note, comma, letter=False, person=False), self.closing[at] + 1

    def _note(self, begin: int, end: int) -> Voters:
        """Return the contents of brackets: a number, a party, people; nobody when it is none of them."""
        tokens = self.tokens
        at = begin + (begin < end and Kind.IN_ALL in tokens[begin])
        if at < end and Kind.NUMBER in tokens[at]:
            behind = at + 1
            behind += behind < end and Kind.UNIT in tokens[behind]
            if behind == end:
                return Voters(count=tokens[at].number)
        voters, behind = self.read(begin, lines=True, end=end)
        if voters is None:
            return Voters(whole=False)
        if behind < end and Kind.EXCEPT not in tokens[behind]:
            voters.whole = False
        return voters

    # All entries together

    def _together(self, entries: list[_Entry]) -> Voters:
        self._give_letters(entries)
        voters = Voters()
        for entry in entries:
            voters.add(entry.voters)
        last = entries[-1]
        if last.counted is not None and self._is_of_list(entries):
            # "A, F, Ø og B (6)": the number is that of the whole list.
            voters.count = last.counted
            for party in last.voters.parties:
                voters.parties[party] = None
        elif voters.parties and not voters.members and None not in voters.parties.values():
            voters.count = sum(filter(None, voters.parties.values()))
        return voters

    @staticmethod
    def _is_of_list(entries: list[_Entry]) -> bool:
        if len(entries) == 1:
            return bool(entries[0].voters.members)
        numbers = [count for entry in entries[:-1] for count in entry.voters.parties.values()]
        return not any(number is not None for number in numbers)

    @staticmethod
    def _give_letters(entries: list[_Entry]) -> None:
        """Give letters behind commas to the people before them: "Ane Holm, A, og Bo Lind, V".

        Only if every letter of the list follows a person.
        """
        letters = [index for index, entry in enumerate(entries) if entry.letter]
        if not letters or not all(
            index and entries[index].after_comma and entries[index - 1].person for index in letters
        ):
            return
        for index in reversed(letters):
            (party,) = entries[index].voters.parties
            ((name, _),) = entries[index - 1].voters.members
            entries[index - 1].voters = Voters(members=[(name, party)], of_parties={party})
            del entries[index]
