from django.contrib import admin

from minutes.admin.own import ReadOnlyAdmin
from minutes.models import Claim, PlannedPublication, PreviewLink


@admin.register(Claim)
class ClaimAdmin(ReadOnlyAdmin):
    list_display = ("meeting", "user", "until")
    list_select_related = ("meeting__committee", "user")
    search_fields = ("meeting__committee__name", "user__username")
    raw_id_fields = ("meeting", "user")


@admin.register(PreviewLink)
class PreviewLinkAdmin(ReadOnlyAdmin):
    list_display = ("meeting", "created_by", "created_at", "expires_at")
    list_select_related = ("meeting__committee", "created_by")
    search_fields = ("meeting__committee__name", "created_by__username")
    raw_id_fields = ("meeting", "created_by")


@admin.register(PlannedPublication)
class PlannedPublicationAdmin(ReadOnlyAdmin):
    list_display = ("meeting", "publish_at", "planned_by", "refusal")
    list_select_related = ("meeting__committee", "planned_by")
    search_fields = ("meeting__committee__name", "planned_by__username")
    raw_id_fields = ("meeting", "planned_by")
