from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from minutes import publishing
from minutes.admin.own import OwnAdmin, OwnInline
from minutes.models import Committee, CommitteeAlias, Municipality
from minutes.models.danish import slug
from minutes.publishing.audit_log import record_row


class PlaceForm(forms.ModelForm):
    """Fills an empty slug from the name; Django's script for it does not convert æ ø å."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or slug(self.cleaned_data.get("name", ""))


@admin.register(Municipality)
class MunicipalityAdmin(OwnAdmin):
    list_display = ("name", "code", "region", "valid_from", "valid_to")
    list_filter = ("region",)
    search_fields = ("name", "code")
    form = PlaceForm

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """Record deletions without the municipality, which an entry of it would protect."""
        for obj in queryset:
            record_row(self.delete_kind, request.user, obj, detail=f"{self.opts.verbose_name} {obj}: slettet")


class AliasInline(OwnInline):
    model = CommitteeAlias
    form = PlaceForm


@admin.register(Committee)
class CommitteeAdmin(OwnAdmin):
    list_display = ("name", "municipality", "successor")
    list_filter = (("municipality", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("municipality", "successor")
    search_fields = ("name", "aliases__name", "municipality__name")
    autocomplete_fields = ("successor",)
    form = PlaceForm
    inlines = (AliasInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Let only superusers change the municipality and the slug."""
        return ("municipality", "slug") if obj and not request.user.is_superuser else ()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        publishing.resolve_names(form.instance)


@admin.register(CommitteeAlias)
class CommitteeAliasAdmin(OwnAdmin):
    list_display = ("name", "committee", "valid_from", "valid_to")
    list_select_related = ("committee",)
    search_fields = ("name", "committee__name")
    autocomplete_fields = ("committee",)
    form = PlaceForm

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        committees = {obj.committee_id, form.initial["committee"] if change else obj.committee_id}
        _resolve_names(Committee.objects.filter(pk__in=committees))

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        publishing.resolve_names(obj.committee)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        committees = list(Committee.objects.filter(aliases__in=queryset).distinct())
        super().delete_queryset(request, queryset)
        _resolve_names(committees)


def _resolve_names(committees: Iterable[Committee]) -> None:
    """Resolve references again after a change of committees' names."""
    for committee in committees:
        publishing.resolve_names(committee)
