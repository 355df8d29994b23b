"""Attendance of the meeting and absences from items, by the header's roster and the items' sentences."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from typing import NamedTuple

import msgspec

from minutes.reader.items import ItemLines
from minutes.reader.meeting_item import is_about_meeting
from minutes.reader.names import names_in
from minutes.reader.records import Absence, Item, Movement, Participant, Substitute
from minutes.reader.roster import AbsentFrom, Roster, RosterBuilder
from minutes.reader.roster_names import renamed, whole_names

# An absence item: "Fraværende ved mødet", "Afbud"
_ABSENCE_ITEM = re.compile(
    r"(?:fravær|afbud|mødedeltagere|til stede|ikke til stede|meddelelse om fravær)", re.IGNORECASE
)
_MOST_BEFORE = 3
# An item under which the meeting's own attendance is noted: "Godkendelse af dagsorden", "Fremmøde"
_ABOUT_MEETING = re.compile(
    r"(?:.{0,40}\bdagsorden|fremmøde|mødets åbning|åbning|velkomst|meddelelse|konstatering)", re.IGNORECASE
)


class Attendance(NamedTuple):
    """The attendance of a meeting, and its items with those absent from each."""

    participants: tuple[Participant, ...]
    absent: tuple[Absence, ...]
    substitutes: tuple[Substitute, ...]
    arrivals: tuple[Movement, ...]
    departures: tuple[Movement, ...]
    items: tuple[Item, ...]


def attendance_of(
    roster: Roster, agenda_items: Sequence[ItemLines], items: Sequence[Item], rosters: Sequence[Roster]
) -> Attendance:
    """Return who was at the meeting: absence in every item is absence from the meeting.

    `rosters` are what the items say of people, in their order.
    """
    roster, *rosters = (_with_numbers(one, items) for one in (roster, *rosters))
    arrivals = _movements(roster.arrivals, [(one.arrivals, item) for one, item in _pairs(rosters, items)])
    departures = _movements(
        roster.departures, [(one.departures, item) for one, item in _pairs(rosters, items)]
    )
    throughout = _absent_from_all(roster, agenda_items)
    away = {absence.name for absence in throughout}
    partly = [one for one in roster.absent_from if one.absence.name not in away]
    partly += [one for other in rosters for one in other.absent_from]
    partly += _absent_by_movements(items, arrivals, departures, [roster, *rosters])
    absent: list[Absence] = [*roster.absent, *throughout]
    excused = [] if absent else list(_excused(items, rosters))
    absent += excused
    items = _without_once(items, roster.noted | {one.name for one in excused})
    items = tuple(_with_absences(item, partly) for item in items)
    substitutes = _substitutes([roster, *rosters])
    absent += _replaced(items, substitutes)
    elsewhere = {one.name for one in substitutes} | {one.name for one in (*arrivals, *departures)}
    elsewhere |= {one.absence.name for one in roster.absent_from}
    absent += [one for one in _absent_throughout(items) if one.name not in elsewhere]
    named = whole_names([*roster.participants, *roster.absent])
    absent = [renamed(one, named) for one in absent]
    shared = _shared_names([*roster.participants, *absent])
    absent = _once(absent, shared)
    return Attendance(
        participants=_participants(roster, substitutes, absent, shared),
        absent=tuple(absent),
        substitutes=substitutes,
        arrivals=arrivals,
        departures=departures,
        items=items,
    )


def _with_numbers(roster: Roster, items: Sequence[Item]) -> Roster:
    """Return the roster with the numbers of the items that it names as the closed or the other ones."""
    if not any(one.closed or one.others for one in roster.absent_from):
        return roster
    closed = frozenset(item.number for item in items if item.closed and item.number)
    numbers = frozenset(item.number for item in items if item.number)
    absent_from = tuple(
        one._replace(numbers=closed if one.closed else numbers - one.numbers if one.others else one.numbers)
        for one in roster.absent_from
    )
    return replace(roster, absent_from=absent_from)


def _shared_names(people: Sequence[Participant | Absence]) -> set[str]:
    """Return the names that two people of different parties have."""
    parties: dict[str, set[str]] = {}
    for one in people:
        parties.setdefault(one.name, set()).update(filter(None, [one.party]))
    return {name for name, theirs in parties.items() if len(theirs) > 1}


def _identity(one: Participant | Absence, shared: Set[str]) -> tuple[str, str | None]:
    """Return the name, with the party where people of two parties have it."""
    return one.name, one.party if one.name in shared else None


def _once(absences: Sequence[Absence], shared: Set[str]) -> list[Absence]:
    """Return everyone once, as named first."""
    return list({_identity(one, shared): one for one in reversed(absences)}.values())[::-1]


def _substitutes(rosters: Sequence[Roster]) -> tuple[Substitute, ...]:
    """Return every substitute once, with the absentee where one of the mentions names one."""
    merged: dict[str, Substitute] = {}
    for one in (substitute for roster in rosters for substitute in roster.substitutes):
        known = merged.get(one.name)
        merged[one.name] = known if known and known.absentee else one
    return tuple(merged.values())


def _participants(
    roster: Roster, substitutes: Sequence[Substitute], absent: Sequence[Absence], shared: Set[str]
) -> tuple[Participant, ...]:
    """Return the header's participants and all substitutes, without those absent by what the items say."""
    gone = {_identity(one, shared) for one in absent} - {_identity(one, shared) for one in roster.absent}
    present = {one.name for one in roster.participants}
    came = [Participant(name=one.name, party=one.party) for one in substitutes if one.name not in present]
    return tuple(one for one in (*roster.participants, *came) if _identity(one, shared) not in gone)


def _without_once(items: Sequence[Item], names: Set[str]) -> list[Item]:
    """Return the items without those of `names` who are absent from one of them only.

    Where each item has a list, those on it are absent from the items too.
    """
    times = Counter(absence.name for item in items for absence in item.absent)
    once = {name for name in names if times[name] == 1}
    return [_without(item, once) for item in items]


def _without(item: Item, names: Set[str]) -> Item:
    """Return the item without those who are absent from the whole meeting."""
    here = tuple(one for one in item.absent if one.name not in names)
    return item if len(here) == len(item.absent) else msgspec.structs.replace(item, absent=here)


def _pairs(rosters: Sequence[Roster], items: Sequence[Item]) -> Iterator[tuple[Roster, Item]]:
    return zip(rosters, items, strict=True)


def _movements(
    of_header: Sequence[Movement], of_items: Sequence[tuple[Sequence[Movement], Item]]
) -> tuple[Movement, ...]:
    """Return all movements, each of an item with its number."""
    movements = list(of_header)
    for of_item, item in of_items:
        number = None if is_about_meeting(item.title) else item.number
        movements += [one if one.item else msgspec.structs.replace(one, item=number) for one in of_item]
    merged: dict[tuple[str, str | None], Movement] = {}
    for one in movements:
        known = merged.get((one.name, one.time))
        merged[one.name, one.time] = known if known and known.item else one
    return tuple(merged.values())


def _absent_by_movements(
    items: Sequence[Item],
    arrivals: Sequence[Movement],
    departures: Sequence[Movement],
    rosters: Sequence[Roster],
) -> Iterator[AbsentFrom]:
    """Yield who was absent from the items before an arrival, and from those after a departure."""
    numbers = [item.number for item in items if item.decision and not item.closed]
    after = {name for roster in rosters for name in roster.left_after}
    returned = {name for roster in rosters for name in roster.returned}
    for movement in arrivals:
        if movement.item in numbers:
            before = numbers[: numbers.index(movement.item)]
            yield AbsentFrom(Absence(name=movement.name), frozenset(filter(None, before)))
    for movement in departures:
        if movement.item in numbers and movement.name not in returned:
            gone = numbers[numbers.index(movement.item) + (movement.name in after) :]
            yield AbsentFrom(Absence(name=movement.name), frozenset(filter(None, gone)))


def _with_absences(item: Item, partly: Sequence[AbsentFrom]) -> Item:
    """Return the item with those whom the header or another item says absent from it."""
    here = [one.absence for one in partly if item.number in one.numbers]
    if not here:
        return item
    absent = {one.name: one for one in reversed((*item.absent, *here))}
    recused = [one for one in here if one.reason == "inhabil"]
    left = {one.name: one for one in reversed((*item.left_or_recused, *recused))}
    return msgspec.structs.replace(
        item, absent=tuple(absent.values())[::-1], left_or_recused=tuple(left.values())[::-1]
    )


def _absent_from_all(roster: Roster, agenda_items: Sequence[ItemLines]) -> tuple[Absence, ...]:
    """Return those whom the header says absent from a range of items that covers all of them."""
    numbers = {item.number for item in agenda_items if item.number}
    first = min((int(number) for number in numbers if number.isdecimal()), default=0)
    return tuple(
        one.absence
        for one in roster.absent_from
        if len(numbers) > 1 and numbers <= one.numbers and str(first - 1) not in one.numbers
    )


def _excused(items: Sequence[Item], rosters: Sequence[Roster]) -> Iterator[Absence]:
    """Yield those who sent apologies by the item about the meeting itself, or by the only item."""
    for roster, item in _pairs(rosters, items):
        if len(items) == 1 or (item is items[0] and _ABOUT_MEETING.match(item.title)):
            yield from (one for one in item.absent if one.name in roster.excused)


def _replaced(items: Sequence[Item], substitutes: Sequence[Substitute]) -> list[Absence]:
    """Return those absent from the item about the meeting itself who had a substitute."""
    if not items or not is_about_meeting(items[0].title):
        return []
    replaced = {one.absentee for one in substitutes}
    return [one for one in items[0].absent if one.name in replaced]


def _listed(decision: str) -> tuple[Absence, ...]:
    """Return the people of a decision that is nothing but their names: "Ane Holm og Bo Lind."."""
    if not names_in(decision):
        return ()
    builder = RosterBuilder()
    builder.add_absent(decision)
    return tuple(builder.absent)


def _absent_throughout(items: Sequence[Item]) -> tuple[Absence, ...]:
    """Return those absent from every open item that was decided.

    Or those whom an item on absence names, which some councils have first on the agenda.
    """
    about = next((item for item in items[:_MOST_BEFORE] if _ABSENCE_ITEM.match(item.title)), None)
    if about:
        return about.absent or _listed(about.decision or "")
    decided = [item for item in items if item.decision and not item.closed]
    if len(decided) < 2:
        return ()
    times = Counter(absence.name for item in decided for absence in item.absent if not absence.reason)
    return tuple(absence for absence in decided[0].absent if times[absence.name] == len(decided))
