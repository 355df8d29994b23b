"""Records of source documents with their facts: those in force, and replaced versions that were public."""

from django.db.models import Prefetch, QuerySet

from minutes.export.records import Record, fields
from minutes.models import AgendaItem, Reading
from minutes.privacy import find_cpr_numbers, mask_cpr_numbers
from minutes.publishing import facts_of, public_text, public_view
from minutes.vocabulary import SectionKind

# The facts of a closed item that its page shows.
_PUBLIC_WHEN_CLOSED = ("number", "title", "case_number", "closed", "outcome", "start", "end")


def sources() -> QuerySet[Reading]:
    items = AgendaItem.objects.only("reading", "reading_index", "closed", "decision")
    return (
        Reading.objects.published()
        .select_related("source", "meeting__committee__municipality")
        .prefetch_related(Prefetch("items", items))
        .order_by("id")
    )


def source_record(row: Reading) -> Record:
    return {**_reading_record(row, public_text(row), _public_facts(row)), "supplement": row.supplement}


def earlier_versions() -> QuerySet[Reading]:
    readings = Reading.objects.replaced().select_related("source", "meeting__committee__municipality")
    return readings.order_by("id")


def earlier_version_record(row: Reading) -> Record:
    view = public_view(row.meeting, row)
    return {**_reading_record(row, view.text, facts_of(view)), "public_until": row.public_until}


def _reading_record(row: Reading, text: str, facts: Record) -> Record:
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


def _public_facts(row: Reading) -> Record:
    """Return the facts without warnings, and of closed items only what pages show."""
    rows = {item.reading_index: item for item in row.items.all()}
    return {
        **row.facts,
        "warnings": [],
        "items": [_public_item(item, rows.get(index)) for index, item in enumerate(row.facts["items"])],
    }


def _public_item(facts: Record, item: AgendaItem | None) -> Record:
    if not (item.closed if item else facts["closed"]):
        return facts
    decided = bool(item and item.decision)
    recused = {absence["name"] for absence in facts["left_or_recused"]}
    empty_lists: Record = {name: [] for name, value in facts.items() if isinstance(value, list)}
    return {
        **empty_lists,
        **{name: facts[name] for name in _PUBLIC_WHEN_CLOSED},
        "decision": facts["decision"] if decided else None,
        "sections": [
            {**section, "heading": None, "clean": ""}
            for section in facts["sections"]
            if decided and section["kind"] == SectionKind.DECISION
        ],
        "ballots": facts["ballots"] if decided else [],
        # The meeting's page lists absences from a closed item too, but not recusals.
        "absent": [absence for absence in facts["absent"] if absence["name"] not in recused],
    }
