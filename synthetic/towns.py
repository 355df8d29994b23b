"""Municipalities that do not exist: their councils, committees, days of meeting and habits of naming."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from zlib import crc32

from minutes.reader.municipalities import MUNICIPALITIES
from synthetic.names import (
    FIRST_NAMES,
    LAST_NAMES,
    MIDDLE_NAMES,
    PARTIES,
    ROOMS,
    TOWN_BACKS,
    TOWN_FRONTS,
    VILLAGES,
)
from synthetic.topics import Field

_COMMITTEE_NAMES = {
    Field.CHILDREN: ("Børne- og Skoleudvalget", "Børne- og Ungeudvalget", "Børne- og Familieudvalget"),
    Field.HEALTH: ("Social- og Sundhedsudvalget", "Sundheds- og Ældreudvalget", "Socialudvalget"),
    Field.TECHNICAL: ("Teknik- og Miljøudvalget", "Plan- og Klimaudvalget", "Teknikudvalget"),
    Field.CULTURE: ("Kultur- og Fritidsudvalget", "Fritids- og Landdistriktsudvalget"),
    Field.EMPLOYMENT: ("Beskæftigelsesudvalget", "Beskæftigelses- og Erhvervsudvalget"),
    Field.FINANCE: ("Økonomiudvalget", "Økonomi- og Erhvervsudvalget"),
}
_DEPARTMENTS = {
    Field.CHILDREN: "Børn og Unge",
    Field.HEALTH: "Sundhed, Ældre og Handicap",
    Field.TECHNICAL: "Teknik og Miljø",
    Field.CULTURE: "Kultur og Fritid",
    Field.EMPLOYMENT: "Beskæftigelse og Erhverv",
    Field.FINANCE: "Økonomi og Personale",
    Field.COUNCIL: "Økonomi og Personale",
}
# The days of meeting, counted from the first Monday of a month.
_DAYS_AFTER = {
    Field.CHILDREN: 1,
    Field.TECHNICAL: 2,
    Field.CULTURE: 3,
    Field.HEALTH: 8,
    Field.EMPLOYMENT: 9,
    Field.FINANCE: 15,
    Field.COUNCIL: 21,
}
# The share of the old council's members that stay on.
_RE_ELECTED = 0.55
_SEATS = (15, 17, 19, 21, 23, 25)


@dataclass(frozen=True)
class Habits:
    """How a municipality numbers and names, whatever the form of its minutes.

    A case number is put together from {subject} (its KLE number), {glued} (the same without hyphens),
    {serial}, {long} (a longer one), {year}, {yy} and {code} (the municipality's).
    """

    case_number: str = "{subject}-{serial}-{yy}"
    all_cases_numbered: bool = False  # those of standing and closed items too
    through_the_year: bool = False  # items are numbered on from meeting to meeting
    closed_from: int = 0  # the number of the first closed item, when they are numbered for themselves
    closed_titles: bool = False  # closed items are printed with their titles
    closed_title: str = "Lukket"  # else so
    council: str = "Byrådet"


@dataclass(frozen=True)
class Member:
    name: str
    party: str  # its letter


@dataclass(frozen=True)
class Committee:
    name: str
    field: Field
    members: tuple[Member, ...]
    time: str  # HH:MM
    room: str

    @property
    def in_text(self) -> str:
        """As running text has it: "børne- og skoleudvalget"."""
        return self.name.lower()

    @property
    def department(self) -> str:
        """The part of the administration that works for it: "Børn og Unge"."""
        return _DEPARTMENTS[self.field]


@dataclass
class Town:
    """An invented municipality. Everything about it follows from `random`, so it is always the same."""

    name: str
    random: Random
    habits: Habits
    villages: Sequence[str] = field(init=False)
    _bodies: tuple[tuple[Field, str, str, str, int], ...] = field(init=False)
    _councils: dict[int, tuple[Committee, ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.villages = self.random.sample(VILLAGES, 9)
        self._bodies = tuple(
            (
                each,
                self.random.choice(_COMMITTEE_NAMES.get(each, (self.habits.council,))),
                f"{self.random.randint(8, 18):02}:{self.random.choice(('00', '00', '30', '15'))}",
                self.random.choice(ROOMS),
                self.random.choice((5, 7)),
            )
            for each in Field
        )

    @property
    def code(self) -> str:
        """Three digits, as real municipalities have; none has these, which are above theirs."""
        return str(900 + crc32(self.name.encode()) % 100)

    def committees(self, day: date) -> tuple[Committee, ...]:
        """The council and its committees as they are on `day`; asked for in the order of time."""
        first = term_of(day)[0]
        if first not in self._councils:
            self._councils = {first: self._elected(self._councils.get(first - 4))}
        return self._councils[first]

    def meeting_days(self, year: int, month: int) -> Iterator[tuple[date, Field]]:
        """The month's meetings in the order of time: committees, then finance, the council last."""
        if month == 7:
            return
        monday = date(year, month, 1) + timedelta(days=(7 - date(year, month, 1).weekday()) % 7)
        for each, after in _DAYS_AFTER.items():
            yield monday + timedelta(days=after), each

    def _elected(self, before: tuple[Committee, ...] | None) -> tuple[Committee, ...]:
        random = self.random
        old = next((each.members for each in before or () if each.field is Field.COUNCIL), ())
        seats = len(old) or random.choice(_SEATS)
        council = [member for member in old if random.random() < _RE_ELECTED]
        names = {member.name for member in old}
        while len(council) < seats:
            name = _person(random)
            if name not in names:
                names.add(name)
                party = random.choices(tuple(PARTIES), tuple(PARTIES.values()))[0]
                council.append(Member(name, party))
        return tuple(
            Committee(
                name,
                each,
                tuple(council if each is Field.COUNCIL else random.sample(council, size)),
                time,
                room,
            )
            for each, name, time, room, size in self._bodies
        )


def term_of(day: date) -> tuple[int, int]:
    """The first and last year of the council's term: four years from every 1 January of 2022 - 4n."""
    first = day.year - (day.year - 2022) % 4
    return first, first + 3


def town_names(random: Random, count: int) -> list[str]:
    """`count` names of municipalities that Denmark does not have."""
    real = {each.name.casefold() for each in MUNICIPALITIES}
    names = sorted({front + back for front in TOWN_FRONTS for back in TOWN_BACKS})
    return random.sample([name for name in names if name.casefold() not in real], count)


def _person(random: Random) -> str:
    first, last = random.choice(FIRST_NAMES), random.choice(LAST_NAMES)
    return f"{first} {random.choice(MIDDLE_NAMES)} {last}" if random.random() < 0.3 else f"{first} {last}"
