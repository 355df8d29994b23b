"""Doubts that arise where a document is stored, beside those of the reader.

A doubtful document is not published without a person. Codes are permanent; `minutes.warning_messages` has
the wording of each.
"""

from collections.abc import Sequence
from typing import Any

import msgspec

from minutes.models import Correction, Meeting, Municipality, Reading
from minutes.models.danish import slug
from minutes.reader import municipality_claims
from minutes.reader.records import Document, Doubt

# Code → names of its parameters, as in `minutes.reader.notices`.
PARAMS: dict[str, tuple[str, ...]] = {
    "other_municipality": ("printed", "stored"),
    "same_day": (),
    "fewer_items": ("items", "current"),
    "closed_by_staff": ("address",),
}
# Doubts about which meeting a document belongs to.
_OF_THE_MEETING = frozenset({"same_day", "fewer_items", "closed_by_staff"})


def still_open(reading: Reading) -> list[Doubt]:
    """Return the doubts of a stored reading that another reading of the same bytes does not answer."""
    return [msgspec.convert(doubt, Doubt) for doubt in reading.doubts if doubt["code"] in _OF_THE_MEETING]


def municipality_conflict(document: Document, municipality: Municipality) -> list[Doubt]:
    """Doubt a document whose text names another municipality than the one it is stored under.

    The text names one in its letterhead, title or page heads, or by most of its mentions.
    """
    places = {
        claim.name: (claim.start, claim.end)
        for claim in municipality_claims(document)
        if claim.code and claim.code != municipality.code
    }
    printed = document.municipality
    if printed and printed.code != municipality.code:
        places.setdefault(printed.name, (0, 0))
    return [
        Doubt(
            code="other_municipality",
            params={"printed": name, "stored": municipality.name},
            start=start,
            end=end,
        )
        for name, (start, end) in places.items()
    ]


def same_day(other: Meeting | None) -> list[Doubt]:
    """Doubt a new meeting that may be another version of `other`, a meeting of that committee and day."""
    if other is None:
        return []
    return [Doubt(code="same_day", start=0, end=0)]


def fewer_items(reading: Reading, replaced: Sequence[Reading]) -> list[Doubt]:
    """Doubt a version with less than half as many items as the one it would replace."""
    items = len(reading.facts["items"])
    for other in replaced:
        current = len(other.facts["items"])
        if not reading.supplement and 2 * items < current and other.source_id != reading.source_id:
            return [
                Doubt(
                    code="fewer_items", params={"items": str(items), "current": str(current)}, start=0, end=0
                )
            ]
    return []


def closed_by_staff(
    reading: Reading, replaced: Sequence[Reading], addresses: Sequence[str], lost: Sequence[Correction]
) -> list[Doubt]:
    """Doubt a version in which an item that staff closed cannot be recognised for certain by its title.

    The correction would close another item, and the item itself would become public. `addresses` are those
    of the items that staff closed, `lost` the corrections of the structure whose words the version lacks;
    where the meeting has closed items, it is not certain that they still are. At most two queries.
    """
    if lost and (addresses or reading.meeting.items.filter(closed=True).exists()):
        lost_items = {correction.item_slug for correction in lost}
        return [
            Doubt(code="closed_by_staff", params={"address": address}, start=0, end=0)
            for address in sorted(lost_items)
        ]
    if not addresses:
        return []
    rows = {row.slug: row for row in reading.meeting.items.filter(slug__in=addresses)}
    titles_by_reading = {other.pk: _titles(other) for other in replaced}
    titles = _titles(reading)
    doubts = []
    for address in addresses:
        row = rows.get(address)
        if row and row.reading_id not in titles_by_reading:
            continue
        before = titles_by_reading[row.reading_id] if row else []
        title = before[row.reading_index] if row else ""
        if not title or before.count(title) != titles.count(title):
            doubts.append(Doubt(code="closed_by_staff", params={"address": address}, start=0, end=0))
    return doubts


def _titles(reading: Reading) -> list[str]:
    return [slug(item["title"]) for item in reading.item_facts]


def without_meeting_doubts(reading: Reading) -> list[dict[str, Any]]:
    """Return the reading's doubts except those about which meeting it belongs to."""
    return [doubt for doubt in reading.doubts if doubt["code"] not in _OF_THE_MEETING]
