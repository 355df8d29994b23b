"""Generates single documents, each of its own municipality with a combination of its own."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from typing import Any

import msgspec

from synthetic.combined.axes import Combination, draw_combination
from synthetic.combined.damage import apply_damage
from synthetic.combined.names import invent_name
from synthetic.encodings import Encoding
from synthetic.formats.header_fields import absences
from synthetic.generator import SyntheticMinutes
from synthetic.meetings import Meeting
from synthetic.municipalities import Municipality, municipality_names
from synthetic.rendering import render_meeting
from synthetic.simulation import MeetingSimulator
from synthetic.topics import PolicyArea

# Meetings simulated before the one that is printed, so that cases are under way.
_WARM_UP_MEETINGS = 20
_YEARS = (1999, 2025)


@dataclass(frozen=True)
class CombinedMinutes(SyntheticMinutes):
    """Minutes of one meeting, with the choices on each axis: {"numbering": "Pkt. {n}: {title}", …}."""

    choices: dict[str, str]


def generate_combined(count: int, seed: int) -> Iterator[CombinedMinutes]:
    """Yield `count` minutes. The same seed yields the same bytes, whatever the count."""
    for number in range(count):
        yield _generate(number, Random(f"{seed} combined {number}"))


def _generate(number: int, random: Random) -> CombinedMinutes:
    combination = draw_combination(random)
    minutes_format = combination.minutes_format
    (name,) = municipality_names(random, 1)
    municipality = Municipality(name, random, minutes_format.conventions, invent_name)
    meeting = _printed(_meeting(municipality, combination), combination)
    text, fields = render_meeting(minutes_format, municipality, meeting)
    fields = _with_implied_facts(fields, combination, meeting)
    text, fields = apply_damage(combination.damage, random, text, fields)
    encoding = _usable(minutes_format.encoding, text)
    path = f"{number:05} {name} {meeting.day.isoformat()}.txt"
    return CombinedMinutes(name, path, text, encoding, fields, combination.choices)


def _meeting(municipality: Municipality, combination: Combination) -> Meeting:
    """Simulate a few months and return their last meeting."""
    random = municipality.random
    simulator = MeetingSimulator(municipality, combination.minutes_format.wording)
    year, month = random.randint(*_YEARS), random.randint(8, 11)
    days: list[tuple[date, PolicyArea]] = []
    for before in range(8):
        months = year * 12 + month - 1 - before
        days[:0] = municipality.meeting_days(months // 12, months % 12 + 1)
    last = random.randint(_WARM_UP_MEETINGS, len(days) - 1)
    for day, area in days[last - _WARM_UP_MEETINGS : last]:
        simulator.meeting(day, area)
    return simulator.meeting(*days[last])


def _printed(meeting: Meeting, combination: Combination) -> Meeting:
    """Return the meeting under the name of the body that is printed."""
    if combination.body is None or meeting.committee.area is PolicyArea.COUNCIL:
        return meeting
    return replace(meeting, committee=replace(meeting.committee, name=combination.body))


def _with_implied_facts(fields: dict[str, Any], combination: Combination, meeting: Meeting) -> dict[str, Any]:
    """Return the fields with what follows from the document as a whole.

    Members absent from every item are absent from the meeting, and did not take part in it; numbers and
    titles that are not printed are no facts.
    """
    if combination.minutes_format.layout.absence_line and "absent" not in fields:
        away = absences(meeting.absent)
        names = {absence.name for absence in away}
        present = tuple(member for member in fields.get("participants", ()) if member.name not in names)
        fields = fields | {"absent": away, "participants": present}
    heading = combination.item_heading
    items = tuple(
        msgspec.structs.replace(
            item, number=heading.printed_number(item.number), title=item.title if heading.titled else ""
        )
        for item in fields["items"]
    )
    return fields | {"items": items}


def _usable(encoding: Encoding, text: str) -> Encoding:
    """Return the encoding, or UTF-8 if it lacks a character of the text."""
    try:
        encoding.encode(text)
    except UnicodeEncodeError:
        return Encoding()
    return encoding
