"""Read-only tables of staff's decisions, which are entered on the review page."""

from django.contrib import admin

from minutes.admin.own import ReadOnlyAdmin
from minutes.models import Correction, FalseHit, Redaction, Takedown


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = ("meeting", "item_slug", "field", "state", "made_at", "made_by")
    list_filter = ("state", "field")
    list_select_related = ("meeting__committee", "made_by")
    search_fields = ("item_slug", "meeting__committee__name", "reason")
    raw_id_fields = ("meeting", "made_by")


@admin.register(FalseHit)
class FalseHitAdmin(ReadOnlyAdmin):
    list_display = ("meeting", "reason", "made_at", "made_by")
    list_select_related = ("meeting__committee", "made_by")
    search_fields = ("reason", "meeting__committee__name")
    raw_id_fields = ("meeting", "made_by")


@admin.register(Redaction)
class RedactionAdmin(ReadOnlyAdmin):
    list_display = ("made_at", "kind", "meeting_keys", "made_by", "reason")
    list_filter = ("kind",)
    search_fields = ("reason", "made_by")
    exclude = ("fingerprint",)


@admin.register(Takedown)
class TakedownAdmin(ReadOnlyAdmin):
    list_display = ("made_at", "meeting_keys", "item_slug", "made_by", "reason")
    search_fields = ("reason", "item_slug", "made_by")
    exclude = ("title_fingerprint",)
