"""What many headers tell of a meeting, and the fields that a reader has from it."""

from typing import Any

from minutes.reader.records import Absence, Participant
from synthetic.agenda import Meeting


def fields_of(meeting: Meeting, *, present: bool = True, place: bool = True) -> dict[str, Any]:
    """Of a header that tells the time and the absent with their parties.

    Unless told otherwise it also names those `present` and the `place`.
    """
    fields: dict[str, Any] = {
        "start_time": meeting.committee.time,
        "absent": tuple(Absence(name=each.name, party=each.party) for each in meeting.absent),
    }
    if present:
        fields["participants"] = tuple(
            Participant(name=each.name, party=each.party) for each in meeting.present
        )
    if place:
        fields["location"] = meeting.committee.room
    return fields
