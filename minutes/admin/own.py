"""Base classes that restrict the admin to the user's municipalities and their permissions there."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from minutes import rights


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


class OwnAdmin(OwnMunicipality, admin.ModelAdmin):
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
