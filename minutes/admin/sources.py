from django.contrib import admin

from minutes.admin.own import ReadOnlyAdmin, ReadOnlyInline
from minutes.models import ImportRun, PublicText, QueuedFile, Reading, Source


class ReadingInline(ReadOnlyInline):
    model = Reading
    fields = ("reader_version", "document", "supplement", "current", "pending", "meeting")


@admin.register(Source)
class SourceAdmin(ReadOnlyAdmin):
    list_display = ("name", "size", "received_at", "given_municipality")
    list_filter = (("given_municipality", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("given_municipality",)
    search_fields = ("name", "sha256", "origin")
    date_hierarchy = "received_at"
    raw_id_fields = ("run", "given_municipality")
    inlines = (ReadingInline,)


@admin.register(Reading)
class ReadingAdmin(ReadOnlyAdmin):
    list_display = (
        *("source", "meeting", "reader_version", "document", "supplement", "current", "grade"),
        "created_at",
    )
    list_filter = ("grade", "current", "document", "supplement", "reader_version")
    list_select_related = ("source", "meeting__committee")
    search_fields = ("source__name", "source__sha256", "meeting__committee__name")
    raw_id_fields = ("source", "meeting")
    # The text is long and unmasked; the review page shows it masked.
    exclude = ("text", "facts", "corrected_items", "unresolved_cpr_matches")


@admin.register(PublicText)
class PublicTextAdmin(ReadOnlyAdmin):
    list_display = ("reading",)
    list_select_related = ("reading__source",)
    search_fields = ("reading__source__name", "reading__source__sha256")
    raw_id_fields = ("reading",)


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnlyAdmin):
    list_display = ("started_at", "finished_at", "imported", "unchanged", "updated", "unplaced", "refused")
    search_fields = ("paths",)
    date_hierarchy = "started_at"


@admin.register(QueuedFile)
class QueuedFileAdmin(ReadOnlyAdmin):
    list_display = ("name", "run", "status", "queued_at", "finished_at")
    list_filter = ("status",)
    list_select_related = ("run",)
    search_fields = ("name",)
    raw_id_fields = ("run", "container")
