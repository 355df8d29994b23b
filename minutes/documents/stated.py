"""Facts that a file's structure states, so that nothing need be concluded from its text."""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StatedHeading:
    """The heading of a section, `text[start:end]`; `decision` where the text under it is the decision."""

    start: int
    end: int
    decision: bool = False


@dataclass(frozen=True, slots=True)
class StatedItem:
    """An item of the agenda. Its heading is the line of the text that begins at `start`."""

    start: int
    number: str | None
    title: str
    case_number: str | None = None
    closed: bool = False
    headings: tuple[StatedHeading, ...] = ()


@dataclass(frozen=True, slots=True)
class StatedFacts:
    """Facts of a meeting; None where the file does not state them. `final` is False for a draft."""

    committee: str | None = None
    date: datetime.date | None = None
    start_time: datetime.time | None = None
    place: str | None = None
    minutes: bool | None = None
    final: bool = True
    items: tuple[StatedItem, ...] = ()


NOTHING = StatedFacts()
