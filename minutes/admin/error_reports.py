"""Errors that visitors report: staff read them, write what they did, and so handle them."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from minutes.admin.own import OwnAdmin
from minutes.models import ErrorReport


class HandledFilter(admin.SimpleListFilter):
    """Open reports unless the others are chosen."""

    title = _("behandling")
    parameter_name = "behandlet"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("ja", _("Behandlede")), ("alle", _("Alle"))]

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [first | {"display": _("Ikke behandlede")}, *others]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "alle":
            return queryset
        return queryset.exclude(handled_at=None) if self.value() == "ja" else queryset.open()


@admin.register(ErrorReport)
class ErrorReportAdmin(OwnAdmin):
    """The change page of a report; saving it stores who handled it and deletes the e-mail address."""

    list_display = ("received_at", "kind", "beginning", "path", "municipality", "handled_at")
    list_filter = (HandledFilter, "kind")
    list_select_related = ("municipality",)
    search_fields = ("path", "text", "note")
    fields = (
        "received_at",
        "page",
        "kind",
        "text",
        "email",
        "municipality",
        "note",
        "handled_at",
        "handled_by",
    )
    readonly_fields = tuple(field for field in fields if field != "note")

    @admin.display(description=_("besked"))
    def beginning(self, report: ErrorReport) -> str:
        return report.text if len(report.text) <= 80 else f"{report.text[:80]} …"

    @admin.display(description=_("side"))
    def page(self, report: ErrorReport) -> str:
        return format_html('<a href="{0}">{0}</a>', report.path)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        obj.handle(by=request.user, note=obj.note)
