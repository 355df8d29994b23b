"""Document fields that most headers state."""

from collections.abc import Sequence
from typing import Any

from minutes.reader.records import Absence, Participant
from synthetic.meetings import Meeting
from synthetic.municipalities import Member


def header_fields(meeting: Meeting, *, lists_present: bool = True) -> dict[str, Any]:
    """Return the fields of a header that states time, place and the absent, and by default those present."""
    committee = meeting.committee
    fields: dict[str, Any] = {
        "start_time": committee.time,
        "location": committee.place,
        "absent": absences(meeting.absent),
    }
    if lists_present:
        fields["participants"] = tuple(
            Participant(name=member.name, party=member.party) for member in meeting.present
        )
    return fields


def absences(members: Sequence[Member], *, with_party: bool = True) -> tuple[Absence, ...]:
    return tuple(Absence(name=member.name, party=member.party if with_party else None) for member in members)
