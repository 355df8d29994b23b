"""Who was absent from the meeting and from each item, by the header's roster and what the items say."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from minutes.reader.items import ItemLines
from minutes.reader.records import Absence, Item, Movement, Participant
from minutes.reader.roster import AbsentFrom, Roster

# An absence item: "Fraværende ved mødet", "Afbud"
_ABSENCE_ITEM = re.compile(
    r"(?:fravær|afbud|mødedeltagere|til stede|ikke til stede|meddelelse om fravær)", re.IGNORECASE
)


class Attendance(NamedTuple):
    """Who was at a meeting, and its items with those absent from each."""

    participants: tuple[Participant, ...]
    absent: tuple[Absence, ...]
    arrivals: tuple[Movement, ...]
    departures: tuple[Movement, ...]
    items: tuple[Item, ...]


def attendance_of(roster: Roster, found: Sequence[ItemLines], items: Sequence[Item]) -> Attendance:
    """Return who was at the meeting: absence in every item is absence from the meeting."""
    throughout = _absent_from_all(roster, found)
    away = {absence.name for absence in throughout}
    partly = [one for one in roster.absent_from if one.absence.name not in away]
    items = tuple(_with_absences(item, partly) for item in items)
    named = (*roster.absent, *throughout)
    substitutes = {one.name for one in roster.substitutes}
    absent = [*named, *(one for one in _absent_throughout(items) if one.name not in substitutes)]
    absent = list({one.name: one for one in reversed(absent)}.values())[::-1]
    gone = {one.name for one in throughout} | (
        {one.name for one in absent} - {one.name for one in roster.absent}
    )
    return Attendance(
        participants=tuple(one for one in roster.participants if one.name not in gone),
        absent=tuple(absent),
        arrivals=roster.arrivals,
        departures=roster.departures,
        items=items,
    )


def _with_absences(item: Item, partly: Sequence[AbsentFrom]) -> Item:
    """Return the item with those whom the header says absent from it."""
    here = [one.absence for one in partly if item.number in one.numbers]
    if not here:
        return item
    absent = {one.name: one for one in reversed((*item.absent, *here))}
    recused = [one for one in here if one.reason == "inhabil"]
    left = {one.name: one for one in reversed((*item.left_or_recused, *recused))}
    return msgspec.structs.replace(
        item, absent=tuple(absent.values())[::-1], left_or_recused=tuple(left.values())[::-1]
    )


def _absent_from_all(roster: Roster, found: Sequence[ItemLines]) -> tuple[Absence, ...]:
    """Return those whom the header says absent from a range of items that holds them all."""
    numbers = {item.number for item in found if item.number}
    return tuple(one.absence for one in roster.absent_from if len(numbers) > 1 and numbers <= one.numbers)


def _absent_throughout(items: Sequence[Item]) -> tuple[Absence, ...]:
    """Return those absent from every open item that was decided.

    Or those whom an item on absence names, which some councils have first on the agenda.
    """
    if items and _ABSENCE_ITEM.match(items[0].title):
        return items[0].absent
    decided = [item for item in items if item.decision and not item.closed]
    if len(decided) < 2:
        return ()
    times = Counter(absence.name for item in decided for absence in item.absent if not absence.reason)
    return tuple(absence for absence in decided[0].absent if times[absence.name] == len(decided))
