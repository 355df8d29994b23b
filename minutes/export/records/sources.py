"""Records of source documents with their facts: those in force, and replaced versions that were public."""

from django.db.models import Prefetch, QuerySet

from minutes.export.records import JsonObject, fields
from minutes.models import AgendaItem, Reading
from minutes.privacy import find_cpr_numbers, mask_cpr_numbers
from minutes.publishing import mask_possible_cpr_numbers, public_view, storable_facts
from minutes.publishing.public_facts import public_facts


def sources() -> QuerySet[Reading]:
    items = AgendaItem.objects.only("reading", "reading_index", "closed", "title", "decision", "outcome")
    return (
        Reading.objects.published()
        .select_related("source", "public_text", "meeting__committee__municipality")
        .prefetch_related(Prefetch("items", items.prefetch_related("ballots")))
        .order_by("id")
    )


def source_record(row: Reading) -> JsonObject:
    text = mask_possible_cpr_numbers(row.public_text.text, row.meeting_id)
    facts = public_facts(row, row.items.all())
    return {**_reading_record(row, text, facts), "supplement": row.supplement}


def earlier_versions() -> QuerySet[Reading]:
    readings = Reading.objects.replaced().select_related("source", "meeting__committee__municipality")
    return readings.order_by("id")


def earlier_version_record(row: Reading) -> JsonObject:
    view = public_view(row.meeting, row)
    return {**_reading_record(row, view.text, storable_facts(view)), "public_until": row.public_until}


def _reading_record(row: Reading, text: str, facts: JsonObject) -> JsonObject:
    """Return a reading with the public part of its text and facts."""
    name = mask_cpr_numbers(row.source.name)
    return {
        "id": row.pk,
        "meeting": row.meeting.key,
        "name": name,
        **fields(row.source, "sha256", "size", "received_at"),
        **fields(row, "created_at", "reader_version", "document"),
        "text": text,
        # The CPR-like numbers that are not masked were judged not to be CPR numbers.
        "judged": [[match.start, match.end] for match in find_cpr_numbers(text)],
        "facts": {**facts, "source": {**row.facts["source"], "name": name}},
    }
