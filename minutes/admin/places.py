from typing import Any

from django import forms
from django.contrib import admin

from minutes.models import Committee, CommitteeAlias, Municipality
from minutes.models.danish import slug


class PlaceForm(forms.ModelForm):
    """Makes the address from the name when it is left empty; Django's own script knows no æ ø å."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or slug(self.cleaned_data.get("name", ""))


@admin.register(Municipality)
class MunicipalityAdmin(admin.ModelAdmin):
    list_display = ("name", "code", "region", "valid_from", "valid_to")
    list_filter = ("region",)
    search_fields = ("name", "code")
    form = PlaceForm


class AliasInline(admin.TabularInline):
    model = CommitteeAlias
    extra = 0
    form = PlaceForm


@admin.register(Committee)
class CommitteeAdmin(admin.ModelAdmin):
    list_display = ("name", "municipality", "successor")
    list_filter = (("municipality", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("municipality", "successor")
    search_fields = ("name", "aliases__name", "municipality__name")
    raw_id_fields = ("municipality", "successor")
    form = PlaceForm
    inlines = (AliasInline,)


@admin.register(CommitteeAlias)
class CommitteeAliasAdmin(admin.ModelAdmin):
    list_display = ("name", "committee", "valid_from", "valid_to")
    list_select_related = ("committee",)
    search_fields = ("name", "committee__name")
    raw_id_fields = ("committee",)
    form = PlaceForm
