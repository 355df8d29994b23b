"""The audit log: read by a responsible for their municipality, and downloaded as a file."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path

from minutes import rights
from minutes.admin.own import ReadOnlyAdmin
from minutes.export.files import Listing, as_file
from minutes.models import Change
from minutes.publishing.audit_log import record_row

_COLUMNS = Listing(
    "haendelser",
    {
        "nummer": lambda change: change.pk,
        "tidspunkt": lambda change: change.at.isoformat(timespec="seconds"),
        "haendelse": lambda change: str(change.get_kind_display()),
        "kode": lambda change: change.kind,
        "af": lambda change: change.by_name,
        "bruger": lambda change: change.by_id,
        "fra": lambda change: change.network,
        "kommune": lambda change: change.municipality.name if change.municipality else None,
        "moede": lambda change: change.meeting_id,
        "raekke": lambda change: change.target,
        "naermere": lambda change: change.detail,
        "begrundelse": lambda change: change.reason,
    },
)


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
    list_display = ("at", "kind", "by_name", "network", "meeting", "detail", "reason")
    list_filter = ("kind", ("municipality", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("meeting__committee",)
    search_fields = ("detail", "reason", "by_name", "meeting__committee__name")
    date_hierarchy = "at"
    raw_id_fields = ("meeting", "municipality", "by")
    change_list_template = "admin/audit_list.html"

    def get_urls(self) -> list[URLPattern]:
        export = path("fil/", self.admin_site.admin_view(self.export), name="minutes_change_export")
        return [export, *super().get_urls()]

    def export(self, request: HttpRequest) -> HttpResponseBase:
        """Return the entries that the user may see as the file that ?format= names, and record that."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        changes = rights.within(Change.objects.select_related("municipality"), request.user)
        response = as_file(request, _COLUMNS, changes.order_by("id"))
        if response is None:
            raise BadRequest("a file without a format")
        for municipality in _municipalities(request.user):
            record_row(Change.Kind.EXPORTED, request.user, municipality=municipality, detail="log")
        return response


def _municipalities(user: Any) -> list[Any]:
    """Return the municipalities whose entries the user downloads; None for all of them."""
    return [None] if user.is_superuser else list(rights.municipalities_with(user, "view_change"))
