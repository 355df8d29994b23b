"""The people of a meeting, from the lists and sentences of its header: who came, who did not, for whom."""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

import msgspec

from minutes.reader.joined_names import is_given
from minutes.reader.list_entries import NOBODY, Entry, notes_of, to_entry
from minutes.reader.list_lines import list_lines
from minutes.reader.names import NAME, sentences
from minutes.reader.people_lists import parts_of_list, split_list
from minutes.reader.person_notes import note_facts
from minutes.reader.presence import Attendance, Person, Said, attendance_in, items_named
from minutes.reader.records import Absence, Movement, Participant, Substitute
from minutes.reader.roster_lines import ABSENCE_WITHIN, name_first, said_of_all, said_of_given
from minutes.reader.roster_names import Initials, differ_by_letter, given_names, once, renamed, whole_names

_FOR = re.compile(r"\s+for\s+", re.IGNORECASE)
# "Ane Holm mødte", in a list of those absent: she came for the one before.
_CAME = re.compile(r"stedfortræder|suppleant|i stedet|deltog|mødte|deltager", re.IGNORECASE)
# "forlod mødet kl. 20"; else "fra kl. 20" in a list of those absent says when the absence begins.
_MOVES = re.compile(r"\b(?:forl[oø]d|gik|ankom|kom|indtrådte|deltog|deltager|mødte)\b", re.IGNORECASE)
_DEPUTY = re.compile(r"stedfortræder|suppleant|i stedet|afløser|vikar", re.IGNORECASE)
_PAIR = re.compile(rf"(?P<absent>{NAME} og {NAME}), (?P<name>{NAME}) (?:deltog|deltager|mødte|indkaldt)\.?")
# "Bo Lind (ankom under behandlingen af punkt 6)"
_CAME_LATE = re.compile(r"(?:ankom|kom|mødte|indtrådte)\b", re.IGNORECASE)
# "Bo Lind (til punkt 4)"
_LEFT_EARLY = re.compile(r"(?:til|indtil|forlod mødet|gik)\b", re.IGNORECASE)
_NOT = re.compile(r"\bikke\b", re.IGNORECASE)
_CALLED_IN = re.compile(r"(?:er |var |blev )?indkaldt(?: som (?:stedfortræder|suppleant))?", re.IGNORECASE)
_OF_ITEM = re.compile(r"\b(?:ved|under|i|fra|til) (?:sag|pkt|punkt)\b", re.IGNORECASE)
# "Fraværende: Ida Krog orienterede om …": an empty label before a sentence
_SAYS = re.compile(r"(?:orienter|still|ønsk|bemærk|redegjor|fremlag)\w*de\b|oplyste\b|foreslog\b|spurgte\b")
# "Eva Kirk, kommunaldirektør, var til stede.": below a list of absentees
_WAS_PRESENT = re.compile(rf"{NAME}[^.]{{0,60}}\b(?:var|er) til ?stede\.?")
# More words are several names.
_LONGEST_NAME = 5
# So many given names alone are a list of people.
_FEWEST_GIVEN = 3


class AbsentFrom(NamedTuple):
    """Somebody absent while some items were handled, by their numbers; or from closed ones, or `others`."""

    absence: Absence
    numbers: frozenset[str]
    closed: bool = False
    others: bool = False


@dataclass(frozen=True)
class Roster:
    """The participants and absentees of a meeting. `unread` are entries of lists that are no names.

    `left_after` are those who left behind the item that their departure names, not before it; `returned`
    those who left and came back; `excused` those absent with apologies (afbud), for a whole meeting; `noted`
    those whom only the item about the meeting itself says absent, in words about the whole meeting.
    """

    participants: tuple[Participant, ...] = ()
    absent: tuple[Absence, ...] = ()
    absent_from: tuple[AbsentFrom, ...] = ()
    substitutes: tuple[Substitute, ...] = ()
    arrivals: tuple[Movement, ...] = ()
    departures: tuple[Movement, ...] = ()
    left_after: frozenset[str] = frozenset()
    returned: frozenset[str] = frozenset()
    excused: frozenset[str] = frozenset()
    noted: frozenset[str] = frozenset()
    unread: tuple[str, ...] = ()


@dataclass
class RosterBuilder:
    """Gathers the people of a header from its lists and sentences."""

    members: list[Participant] = field(default_factory=list)
    absent: list[Absence] = field(default_factory=list)
    partly: list[AbsentFrom] = field(default_factory=list)
    substitutes: list[Substitute] = field(default_factory=list)
    arrivals: list[Movement] = field(default_factory=list)
    departures: list[Movement] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    left_after: set[str] = field(default_factory=set)
    returned: set[str] = field(default_factory=set)
    excused: set[str] = field(default_factory=set)
    noted: set[str] = field(default_factory=set)
    given: list[str] = field(default_factory=list)  # absent, by their given names alone
    initials: Initials = field(default_factory=Initials)

    def add_present(self, text: str) -> None:
        if absence := ABSENCE_WITHIN.search(text):
            self.add_sentences(text[absence.end() :])
            text = text[: absence.start()]
        self.initials.learn(text)
        given, others = given_names(text), list[str]()
        if not given:
            first, *others = sentences(text) or [""]
            given = given_names(first)
        if len(given) >= _FEWEST_GIVEN:
            self.members += [Participant(name=name) for name in given]
            self.unread += [one.split()[0] for one in others if is_given(one.split()[0])]
            return
        for part in parts_of_list(text):
            self.unread += part.unread
            for entry in part.entries:
                self._add_present(entry)
            self.add_sentences(part.sentence)

    def _add_present(self, entry: Entry) -> None:
        facts = note_facts(notes_of(entry), entry.name)
        if entry.substitute:
            self.substitutes.append(Substitute(name=entry.name, party=facts.party, absentee=entry.absentee))
        elif facts.absent:
            self.absent.append(Absence(name=entry.name, party=facts.party, reason=facts.reason))
        else:
            self.members.append(Participant(name=entry.name, party=facts.party))
        self._move(entry.name, facts.arrived, facts.left)
        items = items_named(facts.items or "")
        away = items_named(entry.tail) if _NOT.search(entry.tail) else ()
        if away:
            self.partly.append(AbsentFrom(Absence(name=entry.name, party=facts.party), frozenset(away)))
        if items and _CAME_LATE.match(facts.items or ""):
            self.arrivals.append(Movement(name=entry.name, item=items[0]))
        elif items and _LEFT_EARLY.match(facts.items or ""):
            self.departures.append(Movement(name=entry.name, item=items[-1]))

    def add_absent(self, text: str, *, excused: bool = False, of_item: bool = False) -> None:
        """Add those of a list of absent people; `of_item` when they are absent from one item."""
        if NOBODY.fullmatch(text.strip()):
            return
        if named := self.initials.named_by(text):
            self.absent += [Absence(name=name) for name in named]
            return
        if given := given_names(text):
            self.given += given
            self.excused.update(given if excused else ())
            return
        known, unread = len(self.absent), len(self.unread)
        lines = [one for one in list_lines(text) if not (_WAS_PRESENT.fullmatch(one) or self._add_pair(one))]
        said = [said_of_all(line) or said_of_given(line) for line in lines]
        self.add_attendance(one for line in said for one in line)
        listed = (line for line, all_ in zip(lines, said, strict=True) if not all_)
        self._add_absent_parts("\n".join(listed), of_item=of_item)
        self.absent += self._members_in(self.unread[unread:])
        if excused:
            self.excused.update(absence.name for absence in self.absent[known:])

    def _add_absent_parts(self, text: str, *, of_item: bool) -> None:
        """Add the entries of a list of absent people, and what sentences between them say."""
        away: list[Person] = []
        for part in parts_of_list(text):
            self.unread += part.unread
            if part.sentence:
                attendance = list(attendance_in(part.sentence, away, of_meeting=True))
                self.add_attendance(attendance)
                self.unread += [] if attendance else name_first(part.sentence)
                continue
            away = []
            for entry in self._parted(part.entries):
                self._add_absent(entry, away, of_item=of_item)

    def _members_in(self, unread: Iterable[str]) -> list[Absence]:
        """Return the members named in entries of a list of absentees that are names in a row."""
        names = {member.name for member in self.members}
        rows = [
            entry
            for entry in unread
            if len(entry.split()) > _LONGEST_NAME or sum(name in entry for name in names) > 1
        ]
        named = [member for member in self.members if any(member.name in row for row in rows)]
        return [Absence(name=member.name, party=member.party) for member in named]

    def _add_pair(self, line: str) -> bool:
        """Add two absentees and who came for one of them: "Bo Lind og Eva Kirk, Ib Dam deltog"."""
        match = _PAIR.fullmatch(line)
        if not match:
            return False
        for entry in (entry for part in parts_of_list(match["absent"]) for entry in part.entries):
            self._add_absent(entry, [], of_item=False)
        self.substitutes += [Substitute(name=match["name"])]
        return True

    def _add_absent(self, entry: Entry, away: list[Person], *, of_item: bool) -> None:
        """Add an entry of a list of those absent; `away` are the people of the entries before it."""
        facts = note_facts(notes_of(entry), entry.name)
        before = away[-1].name if away else None
        items = items_named(" ".join([*notes_of(entry), entry.tail]))
        moves = (facts.arrived or facts.left) and not _DEPUTY.search(entry.tail)
        came = _CAME.match(entry.tail) and not _NOT.search(entry.tail)
        called_in = before and _CALLED_IN.fullmatch(entry.tail)
        if entry.substitute or (came and not moves) or called_in:
            absentee = entry.absentee or before
            self.substitutes.append(Substitute(name=entry.name, party=facts.party, absentee=absentee))
        elif moves:
            moved = (facts.arrived, facts.left) if _MOVES.search(entry.tail) else (facts.left, facts.arrived)
            self._move(entry.name, *moved, items=items)
            if of_item:
                self.absent.append(Absence(name=entry.name, party=facts.party))
        elif items:
            absence = Absence(name=entry.name, party=facts.party)
            self.partly.append(AbsentFrom(absence, frozenset(items)))
        elif _OF_ITEM.search(entry.tail) or _SAYS.match(entry.tail):
            self.unread.append(f"{entry.name} {entry.tail}")  # an item without its number, or a sentence
        elif not _CALLED_IN.match(entry.tail):
            self.absent.append(Absence(name=entry.name, party=facts.party, reason=facts.reason))
            away.append(Person(entry.name, facts.party))

    def _parted(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Yield the entries; one that begins with a member's whole name, and goes on with another, as two."""
        members = {member.name for member in self.members}
        for entry in entries:
            words = entry.name.split()
            cut = next((n for n in range(2, len(words) - 1) if " ".join(words[:n]) in members), None)
            if cut is None:
                yield entry
                continue
            yield Entry(" ".join(words[:cut]))
            behind = " ".join([*words[cut:], entry.tail])
            if entry.tail:
                self.add_sentences(f"{behind} {entry.absentee}" if entry.absentee else behind)
            else:
                yield Entry(" ".join(words[cut:]), entry.notes)

    def add_substitutes(self, text: str, *, came: bool = True) -> None:
        """Add those under "Stedfortrædere": "Ane Holm (A) for Bo Lind (A)".

        Without `came` a name alone, as under "Suppleanter", is of no substitute who attended.
        """
        for line in list_lines(text):
            said = list(attendance_in(line))
            if said:
                self.add_attendance(said)
                continue
            for piece in split_list(line.rstrip(" .")):
                who, *away = _FOR.split(piece, maxsplit=1)
                substitute, absentee = to_entry(who.strip()), to_entry(away[0].strip()) if away else None
                if not substitute or not (away or came):
                    continue
                party = note_facts(substitute.notes, substitute.name).party
                name = absentee.name if absentee else None
                self.substitutes.append(Substitute(name=substitute.name, party=party, absentee=name))
                if absentee:
                    facts = note_facts(absentee.notes, absentee.name)
                    self.absent.append(Absence(name=absentee.name, party=facts.party))

    def _replace_by_party(self) -> None:
        """Note for whom substitutes came by their parties, where each party has one of both."""
        open_ = [one for one in self.substitutes if not one.absentee]
        away = {one.party: one.name for one in self.absent}
        theirs = [one.party for one in open_]
        if len(open_) < len(self.substitutes) or None in theirs or len(set(theirs)) < len(theirs):
            return
        if len(away) == len(self.absent) == len(open_) and set(theirs) == set(away):
            self.substitutes = [
                msgspec.structs.replace(one, absentee=away[one.party]) for one in self.substitutes
            ]

    def add_sentences(self, text: str) -> None:
        self.add_attendance(attendance_in(text))

    def add_attendance(self, said: Iterable[Attendance]) -> None:
        for one in said:
            name, party = self._without_member(one.person.name), one.person.party
            if one.said is Said.CAME:
                self.members.append(Participant(name=name, party=party))
            elif one.said is Said.ABSENT:
                self.absent.append(Absence(name=name, party=party, reason=one.reason))
                self.excused.update({name} if one.excused else ())
            elif one.said is Said.SUBSTITUTE:
                self.substitutes.append(Substitute(name=name, party=party, absentee=one.absentee))
            elif one.said in {Said.ABSENT_FROM, Said.RECUSED}:
                if one.items or one.closed:
                    absence = Absence(name=name, party=party, reason=one.reason)
                    self.partly.append(AbsentFrom(absence, frozenset(one.items), one.closed, one.only))
            else:
                movement = Movement(name=name, time=one.time, item=one.items[0] if one.items else None)
                (self.arrivals if one.said is Said.ARRIVED else self.departures).append(movement)
                self.left_after.update({name} if one.after else ())
                self.returned.update({name} if one.returned else ())

    def _without_member(self, name: str) -> str:
        """Return a name without the member's before it, or the member's own without other words before."""
        words = name.split()
        members = {member.name for member in self.members}
        behind = (" ".join(words[n:]) for n in range(1, len(words) - 1))
        if name not in members and (own := next((part for part in behind if part in members), None)):
            return own
        cut = next((n for n in range(2, len(words) - 1) if " ".join(words[:n]) in members), 0)
        return " ".join(words[cut:])

    def _move(self, name: str, arrived: str | None, left: str | None, *, items: Sequence[str] = ()) -> None:
        item = items[0] if items else None
        if arrived:
            self.arrivals.append(Movement(name=name, time=arrived, item=item))
        if left:
            self.departures.append(Movement(name=name, time=left, item=item))

    def _resolve_given_names(self) -> None:
        """Put the whole names of members in place of given names that only one of them has."""
        full = {name: self._member_called(name) for name in self._names_of_one_word()}
        known = {name: member for name, member in full.items() if member}

        def whole(one: _Named) -> _Named:
            return msgspec.structs.replace(one, name=known.get(one.name, one.name))

        are_given = not self.members or any(" " not in member.name for member in self.members)
        for name in self.given:
            if name in known or are_given:
                self.absent.append(Absence(name=name))
            else:
                self.unread.append(name)
        self.absent = list(map(whole, self.absent))
        self.arrivals, self.departures = list(map(whole, self.arrivals)), list(map(whole, self.departures))
        self.partly = [one._replace(absence=whole(one.absence)) for one in self.partly]
        self.substitutes = [
            msgspec.structs.replace(whole(one), absentee=known.get(one.absentee or "", one.absentee))
            for one in self.substitutes
        ]
        self.excused, self.noted, self.left_after, self.returned = (
            {known.get(name, name) for name in names}
            for names in (self.excused, self.noted, self.left_after, self.returned)
        )

    def _resolve_initials(self) -> None:
        """Put the names of members in place of those with another middle initial or none."""
        named = whole_names(self.members)
        self.absent = [renamed(one, named) for one in self.absent]
        self.arrivals = [renamed(one, named) for one in self.arrivals]
        self.departures = [renamed(one, named) for one in self.departures]
        self.partly = [one._replace(absence=renamed(one.absence, named)) for one in self.partly]

    def _namesakes(self) -> set[str]:
        """Return the names that members of different parties have."""
        parties: dict[str, set[str | None]] = {}
        for member in self.members:
            parties.setdefault(member.name, set()).add(member.party)
        return {name for name, theirs in parties.items() if len(theirs - {None}) > 1}

    def _misprinted(self, absent: Set[str]) -> set[str]:
        """Return the members whose names are those of absentees but for one letter: "Ida Hansn"."""
        members = {member.name for member in self.members}
        near = ([member for member in members if differ_by_letter(member, name)] for name in absent - members)
        return {names[0] for names in near if len(names) == 1}

    def _names_of_one_word(self) -> set[str]:
        people: list[Absence | Movement | Substitute] = [*self.absent, *self.arrivals, *self.departures]
        people += [*self.substitutes, *(one.absence for one in self.partly)]
        names = {one.name for one in people} | {one.absentee or "" for one in self.substitutes}
        return {name for name in {*names, *self.given} if name and " " not in name}

    def _member_called(self, given: str) -> str | None:
        """Return the only member with this given name."""
        names = {member.name for member in self.members if member.name.split()[0] == given}
        return names.pop() if len(names) == 1 else None

    def roster(self) -> Roster:
        """Return everyone once; namesakes of different parties stay apart."""
        if self == _NOBODY:
            return Roster()
        self._resolve_given_names()
        self._resolve_initials()
        self._replace_by_party()
        namesakes = self._namesakes()
        arrived = {movement.name for movement in self.arrivals}
        absent = once([one for one in self.absent if one.name not in arrived], namesakes)
        away = {(one.name, one.party if one.name in namesakes else None) for one in absent}
        away |= {(name, None) for name in self._misprinted({one.name for one in absent}) - namesakes}
        came = [*self.members, *(Participant(name=one.name, party=one.party) for one in self.substitutes)]
        present = [
            one
            for one in once(came, namesakes)
            if (one.name, one.party if one.name in namesakes else None) not in away
        ]
        party_of = {
            member.name: member.party for member in reversed(self.members) if member.name not in namesakes
        }
        return Roster(
            participants=tuple(present),
            absent=tuple(
                one if one.party else Absence(name=one.name, party=party_of.get(one.name), reason=one.reason)
                for one in absent
            ),
            absent_from=tuple(self.partly),
            substitutes=tuple({one.name: one for one in reversed(self.substitutes)}.values())[::-1],
            arrivals=tuple(dict.fromkeys(self.arrivals)),
            departures=tuple(dict.fromkeys(self.departures)),
            left_after=frozenset(self.left_after),
            returned=frozenset(self.returned),
            excused=frozenset(self.excused),
            noted=frozenset(self.noted),
            unread=tuple(self.unread),
        )


_NOBODY = RosterBuilder()
_Named = TypeVar("_Named", Absence, Movement, Substitute)
