"""Stores documents whose municipality, committee or date is not known, until staff give them."""

from django.db import transaction

from minutes.models import Change, Source, UnplacedDocument
from minutes.privacy import mask_cpr_numbers
from minutes.publishing.audit_log import By, record_row
from minutes.publishing.errors import require_reason
from minutes.publishing.place import place_of
from minutes.reader.records import Document


def keep_unplaced(source: Source, document: Document) -> UnplacedDocument:
    """Store what is known of a document that has no meeting yet, or update it. Call it in a transaction."""
    place = place_of(source, document)
    unplaced, _created = UnplacedDocument.objects.update_or_create(
        source=source,
        defaults={
            "municipality": place.municipality,
            "committee": place.committee[:200],
            "date": place.date,
            "text": mask_cpr_numbers(document.text),
        },
    )
    return unplaced


@transaction.atomic
def discard_unplaced(unplaced: UnplacedDocument, *, by: By, reason: str) -> None:
    """Delete a document without a meeting, so that the same bytes can be imported again.

    The bytes are the caller's to delete. The audit log has an entry where the municipality is known.
    """
    require_reason(reason)
    source = unplaced.source
    if unplaced.municipality:
        record_row(
            Change.Kind.DISCARDED,
            by,
            source,
            municipality=unplaced.municipality,
            reason=reason,
            detail=mask_cpr_numbers(source.name),
        )
    source.delete()
