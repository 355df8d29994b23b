from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from minutes.admin.own import OwnAdmin, ReadOnlyAdmin, ReadOnlyInline
from minutes.models import Case, CaseNumber, Reference, SearchEntry
from minutes.search import index


class CaseNumberInline(ReadOnlyInline):
    model = CaseNumber
    fields = ("printed", "label", "item")


@admin.register(Case)
class CaseAdmin(OwnAdmin):
    """Staff decide only if a number is for a subject rather than one matter; the rest is read-only."""

    list_display = ("number", "municipality", "standing")
    list_filter = ("standing", ("municipality", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("municipality",)
    search_fields = ("number", "municipality__name")
    readonly_fields = ("number", "slug", "municipality")
    inlines = (CaseNumberInline,)

    def save_model(self, request: HttpRequest, obj: Case, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        index.set_case(obj)


@admin.register(CaseNumber)
class CaseNumberAdmin(ReadOnlyAdmin):
    list_display = ("printed", "label", "item", "case")
    list_select_related = ("item", "case")
    search_fields = ("printed",)
    raw_id_fields = ("item", "case")


@admin.register(Reference)
class ReferenceAdmin(ReadOnlyAdmin):
    list_display = ("kind", "committee_name", "date", "item_number", "item")
    list_filter = ("kind",)
    list_select_related = ("item",)
    search_fields = ("committee_name", "item_number", "text")
    date_hierarchy = "date"
    raw_id_fields = ("item", "target_meeting", "target_item")


@admin.register(SearchEntry)
class SearchEntryAdmin(ReadOnlyAdmin):
    list_display = ("item", "committee", "municipality", "date", "outcome", "contested", "topic")
    list_filter = ("outcome", "contested", "topic")
    list_select_related = ("item", "committee", "municipality")
    search_fields = ("item__title",)
    raw_id_fields = ("item", "committee", "municipality", "case")
    exclude = ("vector", "ranks")
