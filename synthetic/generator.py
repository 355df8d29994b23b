"""Minutes of invented municipalities, as many as are asked for."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from random import Random
from typing import Any

from minutes.reader.records import Document, SourceInfo
from synthetic.agenda import Calendar
from synthetic.encodings import Encoding
from synthetic.forms import FORMS, Form
from synthetic.printing import printed
from synthetic.prose import Writer
from synthetic.topics import Field
from synthetic.towns import Town, town_names

# The month of the newest meetings.
_LAST = (2026, 10)
_MEETINGS_PER_TOWN = 100
_FEWEST_TOWNS = 2
MAX_MUNICIPALITIES = 90
# Meetings before the first one told of, so that it has business under way.
_UNTOLD = 30


@dataclass(frozen=True)
class SyntheticMinutes:
    """One meeting's minutes: whose, a path for the file (with folders), the text, and how it is encoded."""

    municipality: str
    path: str
    text: str  # as it reads when the file is decoded: line ends are \n, mojibake is mended
    encoding: Encoding
    _fields: dict[str, Any]

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return self.encoding.bytes_of(self.text)

    @property
    def day(self) -> str:
        """The meeting's date, YYYY-MM-DD."""
        return str(self._fields["date"])

    @property
    def document(self) -> Document:
        """What the text says, as a reader that misses nothing would tell it."""
        data = self.data
        source = SourceInfo(
            name=self.path.rsplit("/", 1)[-1],
            sha256=hashlib.sha256(data).hexdigest(),
            bytes=len(data),
            encoding=self.encoding.name,
            repaired=self.encoding.mojibake,
        )
        return Document(text=self.text, source=source, **self._fields)


def generate_minutes(
    meetings: int, seed: int, municipalities: int | None = None, *, long: bool = False
) -> Iterator[SyntheticMinutes]:
    """`meetings` minutes, municipality by municipality, each in the order of time.

    The same arguments give the same bytes. Unless told how many municipalities, each has about a hundred
    meetings, more when there would be over 90 of them; the newest meetings are of October 2026. In `long`
    minutes an item has more than 300 words in the mean, of a vocabulary that grows with the archive.
    """
    for town in generate_by_municipality(meetings, seed, municipalities, long=long):
        yield from town


def generate_by_municipality(
    meetings: int, seed: int, municipalities: int | None = None, *, long: bool = False
) -> list[Iterator[SyntheticMinutes]]:
    """The minutes of `generate_minutes` by municipality; none is made before it is asked for."""
    random = Random(f"{seed}")
    towns = municipalities or min(max(meetings // _MEETINGS_PER_TOWN, _FEWEST_TOWNS), MAX_MUNICIPALITIES)
    towns = min(towns, meetings)
    return [
        _of_town(
            seed, name, FORMS[position % len(FORMS)], meetings // towns + (position < meetings % towns), long
        )
        for position, name in enumerate(town_names(random, towns))
    ]


def _of_town(seed: int, name: str, form: Form, meetings: int, long: bool) -> Iterator[SyntheticMinutes]:
    town = Town(name, Random(f"{seed} {name}"), form.habits)
    calendar = Calendar(town, form.wording, Writer(f"{seed} {name}, long") if long else None)
    days = _days(town, meetings + _UNTOLD)
    for position, (day, body) in enumerate(days):
        meeting = calendar.meeting(day, body)
        if position < _UNTOLD:
            continue
        text, fields = printed(form, town, meeting)
        name = f"{day.isoformat()} {meeting.committee.name}.txt"
        yield SyntheticMinutes(town.name, f"{town.name}/{day.year}/{name}", text, form.encoding, fields)


def _days(town: Town, meetings: int) -> list[tuple[date, Field]]:
    """The last `meetings` days of meeting up to the newest month, in the order of time."""
    days: list[tuple[date, Field]] = []
    year, month = _LAST
    for back in count():
        if len(days) >= meetings:
            break
        months = year * 12 + month - 1 - back
        days[:0] = town.meeting_days(months // 12, months % 12 + 1)
    return days[len(days) - meetings :]
