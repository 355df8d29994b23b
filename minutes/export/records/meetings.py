"""Records of meetings, of meetings that were taken down, and of takedowns."""

from typing import Any

from django.db.models import Prefetch, QuerySet

from minutes.export.records import JsonObject, fields
from minutes.export.records.people import attendance_record, attendances, splits
from minutes.models import (
    AgendaItem,
    Committee,
    Correction,
    FormerAddress,
    Meeting,
    Reading,
    Takedown,
)
from minutes.models.states import State
from minutes.publishing.public_facts import public_corrections


def meetings() -> QuerySet[Meeting]:
    closed = AgendaItem.objects.filter(closed=True).only("slug", "decision", "meeting")
    return (
        Meeting.objects.published()
        .with_places()
        .prefetch_related(
            Prefetch("attendances", attendances().filter(item=None).select_related("person", "party")),
            Prefetch("joint_committees", Committee.objects.order_by("id")),
            Prefetch("former_addresses", _former_addresses()),
            Prefetch("person_splits", splits().select_related("original", "person")),
            Prefetch("corrections", Correction.objects.in_force().order_by("id")),
            Prefetch("items", closed, to_attr="closed_items"),
        )
        .order_by("id")
    )


def meeting_record(row: Any) -> JsonObject:
    return {
        **_address(row),
        **fields(
            row, "start_time", "end_time", "location", "term", "kind", "document", "committee_as_printed"
        ),
        **fields(row, "cancelled"),
        "joint_committees": [committee.slug for committee in row.joint_committees.all()],
        **fields(row, "published_at", "updated_at", "indexed_at"),
        "former": _former(row),
        "person_splits": [
            {"original": split.original.slug, "person": split.person.slug, "party": split.party_letter}
            for split in row.person_splits.all()
        ],
        "attendances": [attendance_record(attendance) for attendance in row.attendances.all()],
        "corrections": public_corrections(row.corrections.all(), row.closed_items),
    }


def meetings_taken_down() -> QuerySet[Meeting]:
    readings = Reading.objects.only("pk", "meeting").order_by("id")
    return (
        Meeting.objects.filter(state=State.TAKEN_DOWN)
        .with_places()
        .prefetch_related(Prefetch("former_addresses", _former_addresses()), Prefetch("readings", readings))
        .order_by("id")
    )


def meeting_taken_down_record(row: Meeting) -> JsonObject:
    """Return the addresses of the meeting and of its sources, which answer 410."""
    return {
        **_address(row),
        "former": _former(row),
        "sources": [reading.pk for reading in row.readings.all()],
    }


def takedowns() -> QuerySet[Takedown]:
    return Takedown.objects.order_by("made_at", "ledger_id")


def takedown_record(row: Takedown) -> JsonObject:
    return {
        "id": str(row.ledger_id),
        "at": row.made_at,
        "meetings": row.meeting_keys,
        "item": row.item_slug,
    }


def _former_addresses() -> QuerySet[FormerAddress]:
    return FormerAddress.objects.select_related("committee__municipality").order_by("id")


def _address(row: Meeting) -> JsonObject:
    return {
        "id": row.pk,
        "municipality": row.committee.municipality.slug,
        "committee": row.committee.slug,
        "date": row.date,
        "sequence": row.sequence,
    }


def _former(row: Meeting) -> list[JsonObject]:
    return [
        {
            "municipality": address.committee.municipality.slug,
            "committee": address.committee.slug,
            "date": address.date,
            "sequence": address.sequence,
        }
        for address in row.former_addresses.all()
    ]
