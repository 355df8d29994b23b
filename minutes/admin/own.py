"""What staff see of the tables: the rows of their municipalities alone, and no more than they may."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from minutes import rights


class OwnMunicipality(admin.options.BaseModelAdmin):
    """For a ModelAdmin or an inline: rows of the user's municipalities, each with what may be done to it.

    What is another municipality's is answered as what does not exist.
    """

    def get_queryset(self, request: HttpRequest) -> QuerySet:
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
        """Only what is of the user's municipalities can be chosen, or typed."""
        if db_field.remote_field.model in rights.PATHS and "queryset" not in kwargs:
            rows = db_field.remote_field.model._default_manager.all()
            kwargs["queryset"] = rights.within(rows, request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _may(self, request: HttpRequest, action: str, obj: Model | None) -> bool:
        perm = f"{self.opts.app_label}.{get_permission_codename(action, self.opts)}"
        # A row of an inline is judged by its own municipality, its parent by the parent's page.
        about = obj if isinstance(obj, self.model) else None
        return request.user.has_perm(perm) if about is None else request.user.has_perm(perm, about)


class OwnAdmin(OwnMunicipality, admin.ModelAdmin):
    # An exact count of a big table on every page costs more than it tells.
    show_full_result_count = False
    list_per_page = 50
    # The public's addresses would tell of what is not public.
    view_on_site: Any = False


class OwnInline(OwnMunicipality, admin.TabularInline):
    extra = 0
    view_on_site: Any = False


class ReadOnly:
    """Rows that are what a reading says, or what happened: everything is shown, nothing changed."""

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
