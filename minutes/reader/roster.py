"""The people of a meeting, from the lists and sentences of its header: who came, who did not, for whom."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from minutes.reader.dates import find_time
from minutes.reader.names import NAME, is_name, party_in, sentences, squash, untitled, without_title
from minutes.reader.person_notes import are_initials, note_facts
from minutes.reader.presence import Attendance, Person, Said, attendance_in, items_named
from minutes.reader.records import Absence, Movement, Participant, Substitute
from minutes.reader.words import WORDS, pattern


class AbsentFrom(NamedTuple):
    """Somebody absent while some items were handled, by their numbers."""

    absence: Absence
    numbers: frozenset[str]


@dataclass(frozen=True)
class Roster:
    """Who took part in a meeting. `unread` are entries of lists that are no names, `conflict` says more."""

    participants: tuple[Participant, ...] = ()
    absent: tuple[Absence, ...] = ()
    absent_from: tuple[AbsentFrom, ...] = ()
    substitutes: tuple[Substitute, ...] = ()
    arrivals: tuple[Movement, ...] = ()
    departures: tuple[Movement, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass
class Entry:
    """A person in a list, and what stands behind the name."""

    name: str
    notes: list[str] = field(default_factory=list)
    tail: str = ""  # what stands behind a dash or the name, in words
    substitute: bool = False  # stands in for `absentee`
    absentee: str | None = None


_BULLET = re.compile(r"^(?:[•·▪◦*o–-]|\d{1,2}[.)])\s+(?=\S)")
# "Forældrevalgte: A, B", "Borgmester: A"
_GROUP = re.compile(r"^(?P<group>[\wæøåÆØÅ.][\w æøåÆØÅ./()-]{1,60}):\s*(?P<rest>.*)$")
_AWAY_AHEAD = re.compile(r"^(?:afbud fra|afbud|fraværende)\s*:?\s+(?=[A-ZÆØÅ])", re.IGNORECASE)
_NOBODY = re.compile(
    r"(?:ingen|[-–\s]+|0|nul|intet|\.|alle(?: medlemmer)?(?: (?:var |er )?(?:til ?stede|mødt))?)\.?",
    re.IGNORECASE,
)
_GUESTS = frozenset(WORDS.header.labels["guests"])
_AND = re.compile(r"\s+(?:og|samt|&)\s+")
# "Ane Holm (A)", "Ane Holm, A": a name, its notes, and words behind
_ENTRY = re.compile(rf"(?P<name>{NAME})(?P<notes>(?:\s*\([^()]{{0,80}}\)?){{0,3}})(?P<tail>.*)", re.DOTALL)
_NOTE = re.compile(r"\(([^()]*)\)?")
_OFFICIAL = re.compile(rf"^\w*(?:{'|'.join(map(re.escape, WORDS.people.officials))})\b", re.IGNORECASE)
_ROLE = re.compile(
    rf"{pattern(WORDS.people.titles)}|(?:referent|ref\.?|kasserer|sekretær|ordstyrer|dirigent)\b",
    re.IGNORECASE,
)
_DEPUTY_FOR = re.compile(
    r"(?:som\s+)?(?:stedfortræder|suppleant|vikar|i stedet)\s+for\s+(?P<away>.+)", re.IGNORECASE
)
_DEPUTY_TAIL = re.compile(r"stedfortræder|suppleant|i stedet|deltog|mødte|deltager", re.IGNORECASE)
_FOR = re.compile(r"\s+for\s+", re.IGNORECASE)
_DASH = re.compile(r"\s+[-–—]\s+|\s+[-–—](?=[A-ZÆØÅ])")
_PARTY_LETTERS = re.compile(r"\(?([A-ZÆØÅ]{1,2})\)?")
_KNOWN_PARTY = re.compile(r"SF|DF|LA|KD|NB|EL|RV|KF|DD")
# "Ane Holm (V), i stedet mødte Bo Lind": where a list ends and a sentence begins
_LIST_ENDS = re.compile(
    r"(?:,|;|\s[-–])?\s+(?P<rest>(?:i\s+stedet|som\s+(?:stedfortræder|suppleant))\s+(?:for\s+[^,]{3,60}?\s+)?"
    r"(?:deltog|mødte|møder|deltager|er|var)\b.*)",
    re.IGNORECASE | re.DOTALL,
)
# "Ane Holm, A, Bo Lind, (V) - Eva Kirk stedfortræder": the party's letter behind a comma
_LETTER_BEHIND_COMMA = re.compile(r",\s*\(?([A-ZÆØÅ]{1,2})\)?(?=\s*(?:[,;]|$|\s[-–]\s|og\s|samt\s))")
# Lines at least this long are the lines of a running text.
_WRAPPED = 50
_LONGEST_LIST = 20_000


def list_lines(text: str) -> list[str]:
    """Return the printed lines of a list without bullets and numbers."""
    return [line for raw in text[:_LONGEST_LIST].split("\n") if (line := _BULLET.sub("", squash(raw)))]


def read_list(text: str) -> tuple[list[Entry], list[str], str]:
    """Return (the people of a list, entries that are no names, the sentences behind the list)."""
    entries: list[Entry] = []
    unread: list[str] = []
    behind: list[str] = []
    for part in _groups(list_lines(text)):
        listed, *rest = sentences(part) or [""]
        ends = _LIST_ENDS.search(listed)
        if ends:
            rest.insert(0, listed[ends.start("rest") :])
            listed = listed[: ends.start()]
        while rest and _is_list(rest[0]):
            listed += ", " + rest.pop(0)
        behind += rest
        for piece in _pieces(_LETTER_BEHIND_COMMA.sub(r" (\1)", listed.rstrip(" .;:"))):
            _add(entries, unread, piece)
    return entries, unread, "\n".join(behind)


def persons(text: str) -> list[tuple[str, list[str]]]:
    """Return (name, what stands behind it) of each person in a list that can run over lines."""
    entries, _unread, _behind = read_list(text)
    return [(entry.name, entry.notes) for entry in entries if not entry.substitute]


def _groups(lines: Sequence[str]) -> Iterator[str]:
    """Yield the lists of a list's groups, each in one line, without those of officials."""
    gathered: list[str] = []
    officials = False
    for line in lines:
        match = _GROUP.match(line)
        if match and not find_time(line):
            if gathered and not officials:
                yield _joined(gathered)
            name = match["group"].casefold().strip()
            if _ROLE.fullmatch(name) or re.fullmatch(r"\d\.?\s*\w+", name):
                gathered = [match["rest"]]
                officials = False
                continue
            officials = (
                name in _GUESTS
                or bool(_OFFICIAL.match(name))
                or (name.startswith("fra ") and "forvalt" in name)
            )
            gathered = [_AWAY_AHEAD.sub("", match["rest"])] if match["rest"] else []
        else:
            gathered.append(_AWAY_AHEAD.sub("", line))
    if gathered and not officials:
        yield _joined(gathered)


def _joined(lines: Sequence[str]) -> str:
    """Return a list in one line: lines that end an entry get a comma, lines of running text none."""
    joined = ""
    for place, line in enumerate(lines):
        joined += line
        if place + 1 == len(lines):
            break
        below = lines[place + 1]
        if line.endswith("-") and below[:1].isalpha():
            joined = joined[:-1] if below[:1].islower() else joined
        elif (
            line.endswith((",", ";"))
            or below.startswith(("og ", "samt ", "(", "- ", "– "))
            or _AND.search(f"{line[-4:]} ")
        ):
            joined += " "
        elif line.endswith("."):
            joined += " " if len(line) >= _WRAPPED else ", " if _is_list(line) and _is_list(below) else "\n"
        else:
            joined += " " if _is_broken(line, below) else ", "
    return joined


def _is_broken(line: str, below: str) -> bool:
    """Return True if a name goes on in the next line: "Ane Holm, Bo" / "Lind (V), Eva Kirk"."""
    if line.endswith(")") or not below[:1].isupper():
        return False
    last, first = line.rsplit(",", 1)[-1].strip(), below.split(",", 1)[0]
    if "," not in line and "," not in below:
        return False
    if _PARTY_LETTERS.fullmatch(last) or party_in(last) or not last[:1].isupper() or _ROLE.fullmatch(last):
        return False
    halves = len(last.split()) == 1 or len(_NOTE.sub("", first).split()) == 1
    return halves or ("," in line and len(line) >= _WRAPPED and not line.endswith("."))


def _is_list(text: str) -> bool:
    """Return True if a sentence is nothing but names."""
    pieces = [piece for piece in _pieces(text.rstrip(" .;")) if piece.strip()]
    return bool(pieces) and all(
        (match := _ENTRY.fullmatch(without_title(piece.strip()))) is not None and not match["tail"].strip()
        for piece in pieces
    )


def _pieces(text: str) -> Iterator[str]:
    """Yield the entries of a list, apart by commas, semicolons, tabs, "og" and "samt" outside of brackets."""
    depth = begin = 0
    for at, character in enumerate(text):
        if character == "(":
            depth += 1
        elif character == ")":
            depth = max(depth - 1, 0)
        elif character in ",;|\n" and (depth == 0 or character == "\n"):
            yield from _AND.split(text[begin:at]) if depth == 0 else [text[begin:at]]
            begin, depth = at + 1, 0
    yield from _split_outside(text[begin:])


def _split_outside(text: str) -> list[str]:
    """Split at "og", not within brackets."""
    parts: list[str] = []
    begin = 0
    for match in _AND.finditer(text):
        if text.count("(", begin, match.start()) == text.count(")", begin, match.start()):
            parts.append(text[begin : match.start()])
            begin = match.end()
    return [*parts, text[begin:]]


def _add(entries: list[Entry], unread: list[str], piece: str) -> None:
    """Add an entry of a list, or what it says of the entry before."""
    piece = piece.strip(" .•–-")
    if not piece or _NOBODY.fullmatch(piece) or _OFFICIAL.match(piece):
        return
    if entries and _is_of_last(entries[-1], piece):
        return
    entry = _entry(piece)
    if entry is None:
        if any(character.isalpha() for character in piece):
            unread.append(piece)
        return
    entries.append(entry)
    for behind in _behind_dash(entry):
        if _DEPUTY_TAIL.search(behind.tail) or behind.substitute:
            behind.substitute, behind.absentee = True, entry.name
            entries.append(behind)


def _is_of_last(last: Entry, piece: str) -> bool:
    """Return True if a piece says something of the entry before, which it is added to."""
    deputy = _DEPUTY_FOR.match(piece)
    bare = squash(_NOTE.sub("", piece))
    if deputy:
        match = _ENTRY.match(without_title(deputy["away"].strip()))
        last.substitute, last.absentee = True, match["name"] if match else None
    elif _PARTY_LETTERS.fullmatch(piece) or (party_in(piece) and not _ENTRY.fullmatch(piece)):
        last.notes.append(piece.strip("()"))
    elif (not bare or bare[0].islower() or _ROLE.fullmatch(bare)) and not bare.startswith(("el-", "al-")):
        last.notes += [squash(note) for note in _NOTE.findall(piece) if note.strip()]
        last.tail = f"{last.tail} {bare}".strip()
    elif items_named(piece) and not _ENTRY.match(piece):
        last.notes.append(piece)
    else:
        return False
    return True


def _entry(piece: str) -> Entry | None:
    match = _ENTRY.fullmatch(without_title(piece))
    if not match:
        return None
    name = untitled(squash(match["name"]))
    dash = _DASH.search(name)
    if dash or not is_name(name):
        return None
    return Entry(
        name, [squash(note) for note in _NOTE.findall(match["notes"]) if note.strip()], match["tail"].strip()
    )


def _behind_dash(entry: Entry) -> Iterator[Entry]:
    """Yield the person behind a dash: "Ane Holm (V) - Bo Lind (V) mødte som stedfortræder"."""
    tail = re.sub(r"^[-–—]\s*", "", entry.tail)
    behind = _entry(tail) if tail != entry.tail else None
    if behind:
        entry.tail = ""
        yield behind
    elif tail != entry.tail:
        entry.notes += [squash(note) for note in re.split(r"\s*\(|\)", tail) if note.strip()]


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

    def add_present(self, text: str) -> None:
        entries, unread, behind = read_list(text)
        _without_initials(entries)
        self.unread += unread
        for entry in entries:
            facts = note_facts(_notes(entry), entry.name)
            if entry.substitute:
                self._substitute(Substitute(name=entry.name, party=facts.party, absentee=entry.absentee))
            elif facts.absent:
                self.absent.append(Absence(name=entry.name, party=facts.party, reason=facts.reason))
            else:
                self.members.append(Participant(name=entry.name, party=facts.party))
            self._move(entry.name, facts.arrived, facts.left)
        self.add_sentences(behind)

    def add_absent(self, text: str) -> None:
        if _NOBODY.fullmatch(text.strip()):
            return
        entries, unread, behind = read_list(text)
        _without_initials(entries)
        self.unread += unread
        before: str | None = None
        away: list[Person] = []
        for entry in self._parted(entries):
            facts = note_facts(_notes(entry), entry.name)
            if entry.substitute or _DEPUTY_TAIL.match(entry.tail):
                self._substitute(
                    Substitute(name=entry.name, party=facts.party, absentee=entry.absentee or before)
                )
            elif re.match(r"(?:er |var )?indkaldt", entry.tail):
                continue
            elif facts.arrived or facts.left:
                # Absent from an hour on, or until then.
                self._move(entry.name, facts.left, facts.arrived)
            elif items := items_named(" ".join([*_notes(entry), entry.tail])):
                self.partly.append(AbsentFrom(Absence(name=entry.name, party=facts.party), frozenset(items)))
            else:
                self.absent.append(Absence(name=entry.name, party=facts.party, reason=facts.reason))
                before = entry.name
                away.append(Person(entry.name, facts.party))
                continue
            before = None
        self.add_attendance(attendance_in(behind, away))

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

    def add_substitutes(self, text: str) -> None:
        """Add those under "Stedfortrædere": "Ane Holm (A) for Bo Lind (A)"."""
        for line in list_lines(text):
            said = list(attendance_in(line))
            if said:
                self.add_attendance(said)
                continue
            for piece in _pieces(line.rstrip(" .")):
                who, *away = _FOR.split(piece, maxsplit=1)
                substitute, absentee = _entry(who.strip()), _entry(away[0].strip()) if away else None
                if not substitute:
                    continue
                party = note_facts(substitute.notes, substitute.name).party
                name = absentee.name if absentee else None
                self._substitute(Substitute(name=substitute.name, party=party, absentee=name))
                if absentee:
                    facts = note_facts(absentee.notes, absentee.name)
                    self.absent.append(Absence(name=absentee.name, party=facts.party))

    def add_sentences(self, text: str) -> None:
        self.add_attendance(attendance_in(text))

    def add_attendance(self, said: Iterable[Attendance]) -> None:
        for one in said:
            name, party = one.person.name, one.person.party
            if one.said is Said.CAME:
                self.members.append(Participant(name=name, party=party))
            elif one.said is Said.ABSENT:
                self.absent.append(Absence(name=name, party=party, reason=one.reason))
            elif one.said is Said.SUBSTITUTE:
                self._substitute(Substitute(name=name, party=party, absentee=one.absentee))
            elif one.said in {Said.ABSENT_FROM, Said.RECUSED}:
                if one.items:
                    absence = Absence(name=name, party=party, reason=one.reason)
                    self.partly.append(AbsentFrom(absence, frozenset(one.items)))
            else:
                movement = Movement(name=name, time=one.time, item=one.items[0] if one.items else None)
                (self.arrivals if one.said is Said.ARRIVED else self.departures).append(movement)

    def _substitute(self, substitute: Substitute) -> None:
        self.substitutes.append(substitute)

    def _move(self, name: str, arrived: str | None, left: str | None) -> None:
        if arrived:
            self.arrivals.append(Movement(name=name, time=arrived))
        if left:
            self.departures.append(Movement(name=name, time=left))

    def roster(self) -> Roster:
        """Return everyone once; namesakes of different parties stay apart."""
        parties: dict[str, set[str | None]] = {}
        for member in self.members:
            parties.setdefault(member.name, set()).add(member.party)
        namesakes = {name for name, theirs in parties.items() if len(theirs - {None}) > 1}
        absent = _once(self.absent, namesakes)
        away = {(one.name, one.party if one.name in namesakes else None) for one in absent}
        came = [*self.members, *(Participant(name=one.name, party=one.party) for one in self.substitutes)]
        present = [
            one
            for one in _once(came, namesakes)
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
            unread=tuple(self.unread),
        )


_Person = TypeVar("_Person", Participant, Absence)


def _once(people: Sequence[_Person], namesakes: set[str]) -> list[_Person]:
    """Return everyone once, with the party where one of several mentions has it."""
    merged: dict[tuple[str, str | None], _Person] = {}
    for one in people:
        key = (one.name, one.party if one.name in namesakes else None)
        if key not in merged or (merged[key].party is None and one.party):
            merged[key] = one
    return list(merged.values())


def _notes(entry: Entry) -> list[str]:
    tail = entry.tail.strip(" -–")
    return [*entry.notes, *([tail] if tail and tail not in entry.notes else [])]


def _without_initials(entries: Sequence[Entry]) -> None:
    """Drop initials behind names where most have them, and letters that are the party of nobody else."""
    with_initials = [
        entry for entry in entries if any(are_initials(note, entry.name) for note in entry.notes)
    ]
    codes = [note for entry in entries for note in entry.notes if _PARTY_LETTERS.fullmatch(note)]
    alone = len(codes) == 1 and len(codes[0]) == 2 and not _KNOWN_PARTY.fullmatch(codes[0])
    if 2 * len(with_initials) > len(entries) or (alone and len(entries) > 1):
        for entry in entries:
            entry.notes = [note for note in entry.notes if not (note.isupper() and len(note) >= 2)]
