"""Records of the files that the public may download."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from minutes.export.records import JsonObject, fields
from minutes.models import PublicFile, Reading
from minutes.privacy import replace_masks


def files() -> QuerySet[PublicFile]:
    reading = Reading.objects.published().filter(meeting=OuterRef("meeting"), source=OuterRef("file__source"))
    return (
        PublicFile.objects.published()
        .select_related("file", "item", "attachment", "meeting__committee__municipality")
        .defer("file__text")
        .annotate(reading=Subquery(reading.values("pk")[:1]))
        .order_by("file_id")
    )


def file_record(row: Any) -> JsonObject:
    return {
        "meeting": row.meeting.key,
        "item": row.item.slug if row.item else None,
        "source": row.reading,
        **fields(row, "position", "title", "name", "media_type", "sha256", "size", "text"),
        # Its place among the files of the document, and the item that the document says it belongs to.
        "place": row.file.position,
        "number": row.file.item_number,
        "caption": replace_masks(row.file.caption),
        "attachment": row.attachment.position if row.attachment else None,
    }
