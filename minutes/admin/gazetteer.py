"""The gazetteer in the admin: places, their names and the items that name them; written by the import."""

from django.contrib import admin

from minutes.admin.own import ReadOnlyAdmin
from minutes.models import GazetteerMention, GazetteerName, GazetteerPlace


@admin.register(GazetteerPlace)
class GazetteerPlaceAdmin(ReadOnlyAdmin):
    list_display = ("name", "kind", "municipality", "external_id")
    list_filter = ("kind", ("municipality", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("municipality",)
    search_fields = ("name", "external_id")


@admin.register(GazetteerName)
class GazetteerNameAdmin(ReadOnlyAdmin):
    list_display = ("name", "place")
    list_select_related = ("place",)
    search_fields = ("name", "place__name")
    raw_id_fields = ("place",)


@admin.register(GazetteerMention)
class GazetteerMentionAdmin(ReadOnlyAdmin):
    list_display = ("place", "item")
    list_select_related = ("place", "item__meeting__committee")
    search_fields = ("place__name",)
    raw_id_fields = ("place", "item")
