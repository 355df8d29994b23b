"""Invents municipalities: councils, committees, meeting days and numbering conventions."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import NamedTuple
from zlib import crc32

from minutes.reader.municipalities import MUNICIPALITIES
from synthetic.names import (
    FIRST_NAMES,
    LAST_NAMES,
    MEETING_PLACES,
    MIDDLE_NAMES,
    MUNICIPALITY_PREFIXES,
    MUNICIPALITY_SUFFIXES,
    PARTIES,
    VILLAGES,
)
from synthetic.topics import PolicyArea

_COMMITTEE_NAMES = {
    PolicyArea.CHILDREN: ("Børne- og Skoleudvalget", "Børne- og Ungeudvalget", "Børne- og Familieudvalget"),
    PolicyArea.HEALTH: ("Social- og Sundhedsudvalget", "Sundheds- og Ældreudvalget", "Socialudvalget"),
    PolicyArea.TECHNICAL: ("Teknik- og Miljøudvalget", "Plan- og Klimaudvalget", "Teknikudvalget"),
    PolicyArea.CULTURE: ("Kultur- og Fritidsudvalget", "Fritids- og Landdistriktsudvalget"),
    PolicyArea.EMPLOYMENT: ("Beskæftigelsesudvalget", "Beskæftigelses- og Erhvervsudvalget"),
    PolicyArea.FINANCE: ("Økonomiudvalget", "Økonomi- og Erhvervsudvalget"),
}
_DEPARTMENTS = {
    PolicyArea.CHILDREN: "Børn og Unge",
    PolicyArea.HEALTH: "Sundhed, Ældre og Handicap",
    PolicyArea.TECHNICAL: "Teknik og Miljø",
    PolicyArea.CULTURE: "Kultur og Fritid",
    PolicyArea.EMPLOYMENT: "Beskæftigelse og Erhverv",
    PolicyArea.FINANCE: "Økonomi og Personale",
    PolicyArea.COUNCIL: "Økonomi og Personale",
}
# Meeting days, counted from the first Monday of the month.
_DAYS_AFTER_FIRST_MONDAY = {
    PolicyArea.CHILDREN: 1,
    PolicyArea.TECHNICAL: 2,
    PolicyArea.CULTURE: 3,
    PolicyArea.HEALTH: 8,
    PolicyArea.EMPLOYMENT: 9,
    PolicyArea.FINANCE: 15,
    PolicyArea.COUNCIL: 21,
}
_SUMMER_RECESS = 7  # July
_RE_ELECTED_SHARE = 0.55
_MIDDLE_NAME_SHARE = 0.3
_SEATS = (15, 17, 19, 21, 23, 25)
_TERM_YEARS = 4


@dataclass(frozen=True)
class Conventions:
    """Conventions of numbering and naming, independent of the format of the minutes.

    `case_number` is a template with the slots {kle} (KLE number), {kle_compact} (without hyphens), {serial},
    {long_serial}, {year}, {yy} and {code} (of the municipality).
    """

    case_number: str = "{kle}-{serial}-{yy}"
    number_all_cases: bool = False  # standing and closed items have case numbers too
    number_through_year: bool = False  # item numbers continue from meeting to meeting
    first_closed_number: int = 0  # start of a separate number series for closed items
    print_closed_titles: bool = False
    closed_title: str = "Lukket"  # of closed items, unless their titles are printed
    council: str = "Byrådet"


@dataclass(frozen=True)
class Member:
    name: str
    party: str  # letter


@dataclass(frozen=True)
class Committee:
    name: str
    area: PolicyArea
    members: tuple[Member, ...]
    time: str  # HH:MM
    place: str

    @property
    def name_in_text(self) -> str:
        """The name as in running text: "børne- og skoleudvalget"."""
        return self.name.lower()

    @property
    def department(self) -> str:
        """The department of the administration that serves the committee: "Børn og Unge"."""
        return _DEPARTMENTS[self.area]


class _CommitteeProfile(NamedTuple):
    """The properties of a committee that do not change with elections."""

    area: PolicyArea
    name: str
    time: str
    place: str
    seats: int


def person_name(random: Random) -> str:
    first, last = random.choice(FIRST_NAMES), random.choice(LAST_NAMES)
    if random.random() < _MIDDLE_NAME_SHARE:
        return f"{first} {random.choice(MIDDLE_NAMES)} {last}"
    return f"{first} {last}"


@dataclass
class Municipality:
    """An invented municipality, fully determined by `random`."""

    name: str
    random: Random
    conventions: Conventions
    invent_name: Callable[[Random], str] = field(default=person_name)
    villages: Sequence[str] = field(init=False)
    _profiles: tuple[_CommitteeProfile, ...] = field(init=False)
    _committees: dict[int, tuple[Committee, ...]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.villages = self.random.sample(VILLAGES, 9)
        self._profiles = tuple(self._profile(area) for area in PolicyArea)

    def _profile(self, area: PolicyArea) -> _CommitteeProfile:
        random = self.random
        return _CommitteeProfile(
            area,
            random.choice(_COMMITTEE_NAMES.get(area, (self.conventions.council,))),
            f"{random.randint(8, 18):02}:{random.choice(('00', '00', '30', '15'))}",
            random.choice(MEETING_PLACES),
            random.choice((5, 7)),
        )

    @property
    def code(self) -> str:
        """A municipality code of three digits, above those in use."""
        return str(900 + crc32(self.name.encode()) % 100)

    def committees(self, day: date) -> tuple[Committee, ...]:
        """Return the council and its committees on `day`. Days must be requested in order."""
        first_year = council_term(day)[0]
        if first_year not in self._committees:
            previous = self._committees.get(first_year - _TERM_YEARS, ())
            self._committees = {first_year: self._elect(previous)}
        return self._committees[first_year]

    def meeting_days(self, year: int, month: int) -> Iterator[tuple[date, PolicyArea]]:
        """Yield the month's meetings in order: committees, the finance committee, the council."""
        if month == _SUMMER_RECESS:
            return
        first_monday = date(year, month, 1) + timedelta(days=(7 - date(year, month, 1).weekday()) % 7)
        for area, days in _DAYS_AFTER_FIRST_MONDAY.items():
            yield first_monday + timedelta(days=days), area

    def _elect(self, previous: tuple[Committee, ...]) -> tuple[Committee, ...]:
        council = self._elect_council(previous)
        return tuple(
            Committee(
                profile.name,
                profile.area,
                tuple(
                    council
                    if profile.area is PolicyArea.COUNCIL
                    else self.random.sample(council, profile.seats)
                ),
                profile.time,
                profile.place,
            )
            for profile in self._profiles
        )

    def _elect_council(self, previous: tuple[Committee, ...]) -> list[Member]:
        random = self.random
        old = next((body.members for body in previous if body.area is PolicyArea.COUNCIL), ())
        seats = len(old) or random.choice(_SEATS)
        council = [member for member in old if random.random() < _RE_ELECTED_SHARE]
        names = {member.name for member in old}
        while len(council) < seats:
            name = self.invent_name(random)
            if name not in names:
                names.add(name)
                party = random.choices(tuple(PARTIES), tuple(PARTIES.values()))[0]
                council.append(Member(name, party))
        return council


def council_term(day: date) -> tuple[int, int]:
    """Return the first and last year of the council's term; terms began in 2022, 2018 and so on."""
    first = day.year - (day.year - 2022) % _TERM_YEARS
    return first, first + _TERM_YEARS - 1


def municipality_names(random: Random, count: int) -> list[str]:
    """Return `count` names of municipalities that do not exist."""
    real = {municipality.name.casefold() for municipality in MUNICIPALITIES}
    names = sorted({prefix + suffix for prefix in MUNICIPALITY_PREFIXES for suffix in MUNICIPALITY_SUFFIXES})
    return random.sample([name for name in names if name.casefold() not in real], count)
