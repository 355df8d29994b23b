"""Generates the minutes of any number of invented municipalities."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import count
from random import Random
from typing import Any

from minutes.reader.records import Document, SourceInfo
from synthetic.encodings import Encoding
from synthetic.formats import FORMATS, MinutesFormat
from synthetic.municipalities import Municipality, municipality_names
from synthetic.prose import Writer
from synthetic.rendering import render_meeting
from synthetic.simulation import MeetingSimulator
from synthetic.topics import PolicyArea

_LAST_MONTH = (2026, 10)
_MEETINGS_PER_MUNICIPALITY = 100
_MIN_MUNICIPALITIES = 2
MAX_MUNICIPALITIES = 90
# Meetings simulated before the first one returned, so that cases are already under way.
_WARM_UP_MEETINGS = 30


@dataclass(frozen=True)
class SyntheticMinutes:
    """The minutes of one meeting, with a relative path for the file."""

    municipality: str
    path: str
    text: str  # decoded: line ends are \n and mojibake is repaired
    encoding: Encoding
    _fields: dict[str, Any]

    @property
    def data(self) -> bytes:
        """The bytes of the file."""
        return self.encoding.encode(self.text)

    @property
    def day(self) -> str:
        """The meeting's date, YYYY-MM-DD."""
        return str(self._fields["date"])

    @property
    def document(self) -> Document:
        """The facts that a perfect reader returns."""
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
    """Yield the minutes of `meetings` meetings, by municipality and date.

    The same arguments yield the same bytes. By default a municipality has about 100 meetings, more if there
    would otherwise be over 90 municipalities. The last meetings are in October 2026. With `long`, items have
    more than 300 words on average, from a vocabulary that grows with the number of meetings.
    """
    for minutes in generate_by_municipality(meetings, seed, municipalities, long=long):
        yield from minutes


def generate_by_municipality(
    meetings: int, seed: int, municipalities: int | None = None, *, long: bool = False
) -> list[Iterator[SyntheticMinutes]]:
    """Return the minutes of `generate_minutes` as one lazy iterator per municipality."""
    if municipalities is None:
        municipalities = min(
            max(meetings // _MEETINGS_PER_MUNICIPALITY, _MIN_MUNICIPALITIES), MAX_MUNICIPALITIES
        )
    municipalities = min(municipalities, meetings)
    share, remainder = divmod(meetings, municipalities)
    return [
        _generate_municipality(
            name,
            seed,
            FORMATS[position % len(FORMATS)],
            share + (position < remainder),
            long=long,
        )
        for position, name in enumerate(municipality_names(Random(f"{seed}"), municipalities))
    ]


def _generate_municipality(
    name: str, seed: int, minutes_format: MinutesFormat, meetings: int, *, long: bool
) -> Iterator[SyntheticMinutes]:
    municipality = Municipality(name, Random(f"{seed} {name}"), minutes_format.conventions)
    writer = Writer(f"{seed} {name}, long") if long else None
    simulator = MeetingSimulator(municipality, minutes_format.wording, writer)
    days = _meeting_days(municipality, meetings + _WARM_UP_MEETINGS)
    for position, (day, area) in enumerate(days):
        meeting = simulator.meeting(day, area)
        if position < _WARM_UP_MEETINGS:
            continue
        text, fields = render_meeting(minutes_format, municipality, meeting)
        path = f"{name}/{day.year}/{day.isoformat()} {meeting.committee.name}.txt"
        yield SyntheticMinutes(name, path, text, minutes_format.encoding, fields)


def _meeting_days(municipality: Municipality, meetings: int) -> list[tuple[date, PolicyArea]]:
    """Return the last `meetings` meeting days up to the last month, in order."""
    days: list[tuple[date, PolicyArea]] = []
    year, month = _LAST_MONTH
    for months_back in count():
        if len(days) >= meetings:
            break
        months = year * 12 + month - 1 - months_back
        days[:0] = municipality.meeting_days(months // 12, months % 12 + 1)
    return days[len(days) - meetings :]
