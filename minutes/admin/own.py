"""Base classes that restrict the admin to the user's municipalities and their permissions there."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from minutes import rights
from minutes.models import Change, Meeting, Municipality
from minutes.publishing.audit_log import record_row, target_of

# Entries on the page of a row's history.
_MOST_ENTRIES = 100


class OwnMunicipality(admin.options.BaseModelAdmin):
    """Mix-in for a ModelAdmin or inline: rows of the user's municipalities, with permissions by row.

    Rows of other municipalities are treated as if they did not exist.
    """

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return rights.within(super().get_queryset(request), request.user)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request, "view", obj) or self._may(request, "change", obj)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request, "add", None)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request, "change", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return self._may(request, "delete", obj)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Restrict the choices to rows of the user's municipalities."""
        if db_field.remote_field.model in rights.PATHS and "queryset" not in kwargs:
            rows = db_field.remote_field.model._default_manager.all()
            kwargs["queryset"] = rights.within(rows, request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _may(self, request: HttpRequest, action: str, obj: Model | None) -> bool:
        perm = f"{self.opts.app_label}.{get_permission_codename(action, self.opts)}"
        # An inline gets the parent object here; the parent's page checks that one.
        row = obj if isinstance(obj, self.model) else None
        return request.user.has_perm(perm) if row is None else request.user.has_perm(perm, row)


class Recorded(admin.ModelAdmin):
    """Records what staff add, change and delete in the audit log, which is also the history of a row."""

    change_kind = Change.Kind.CHANGED
    delete_kind = Change.Kind.CHANGED

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self.record(request, obj, self.change_kind, _("oprettet"))

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        names = [name for part in message for name in part.get("changed", {}).get("fields", [])]
        self.record(request, obj, self.change_kind, ", ".join(names) or _("gemt"))

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for obj in queryset:
            self.record(request, obj, self.delete_kind, _("slettet"))

    def record(self, request: HttpRequest, obj: Any, kind: Change.Kind, what: str) -> None:
        """Store an entry in the first of the row's municipalities."""
        places = rights.municipalities_of(obj)
        municipality = Municipality.objects.filter(pk__in=places).first() if places else None
        detail = f"{self.opts.verbose_name} {obj}: {what}"
        record_row(kind, request.user, obj, municipality=municipality, detail=detail)

    def response_action(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Delete the selected rows in one transaction, so that what is recorded has happened."""
        if "delete_selected" not in request.POST.getlist("action"):
            return super().response_action(request, *args, **kwargs)
        with transaction.atomic():
            return super().response_action(request, *args, **kwargs)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined]
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        of_row = Q(target=target_of(obj)) | (Q(meeting=obj.pk) if isinstance(obj, Meeting) else Q())
        context = {
            **self.admin_site.each_context(request),
            "title": _("Historik: %s") % obj,
            "object": obj,
            "opts": self.opts,
            "changes": rights.within(Change.objects.filter(of_row), request.user)[:_MOST_ENTRIES],
        }
        return TemplateResponse(request, "admin/history.html", context)


class OwnAdmin(OwnMunicipality, Recorded):
    # Counting a big table on every page is expensive.
    show_full_result_count = False
    list_per_page = 50
    # No link to a public page, which may not exist.
    view_on_site: Any = False


class OwnInline(OwnMunicipality, admin.TabularInline):
    extra = 0
    view_on_site: Any = False


class ReadOnly:
    """Mix-in for rows that are written by the import or as a log: view only."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(ReadOnly, OwnAdmin):
    pass


class ReadOnlyInline(ReadOnly, OwnInline):
    can_delete = False
    show_change_link = True
