"""The filters of the list pages. Choices name only what is published."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from minutes.models import Committee, Meeting, Municipality, SearchEntry
from minutes.models.meetings import OUTCOMES


def _published_municipalities(request: HttpRequest | None) -> QuerySet[Municipality]:
    return Municipality.objects.published()


class _Day(forms.DateInput):
    input_type = "date"


class PlaceAndTimeFilter(django_filters.FilterSet):
    """Municipality, committee and period, by addresses: `?kommune=randers&udvalg=byraadet&fra=2019-01-01`."""

    kommune = django_filters.ModelChoiceFilter(
        label=_("Kommune"),
        queryset=_published_municipalities,
        to_field_name="slug",
        empty_label=_("Alle kommuner"),
    )
    udvalg = django_filters.ChoiceFilter(label=_("Udvalg"), empty_label=_("Alle udvalg"), choices=list)
    fra = django_filters.DateFilter(label=_("Fra dato"), field_name="date", lookup_expr="gte", widget=_Day)
    til = django_filters.DateFilter(label=_("Til dato"), field_name="date", lookup_expr="lte", widget=_Day)

    # The way from a row to its committee.
    committee = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["kommune"].field_name = (
            f"{self.committee}__municipality" if self.committee else "municipality"
        )
        self.filters["udvalg"].field_name = f"{self.committee or 'committee'}__slug"
        self.filters["udvalg"].extra["choices"] = self._committees()

    def _committees(self) -> list[tuple[str, str]]:
        """The committees of the municipality asked for, else the names there are anywhere."""
        committees = Committee.objects.published()
        if self.data.get("kommune"):
            committees = committees.filter(municipality__slug=self.data["kommune"].replace("\x00", ""))
        names = committees.order_by("sort_key").values_list("slug", "name")
        return list(dict(names).items())


class MeetingFilter(PlaceAndTimeFilter):
    committee = "committee"

    periode = django_filters.ChoiceFilter(
        label=_("Valgperiode"), field_name="term", empty_label=_("Alle perioder"), choices=list
    )

    class Meta:
        model = Meeting
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        terms = Meeting.objects.published().exclude(term="").order_by("-term").values_list("term", flat=True)
        self.filters["periode"].extra["choices"] = [(term, term) for term in terms.distinct()]


class SearchFilter(PlaceAndTimeFilter):
    udfald = django_filters.ChoiceFilter(
        label=_("Udfald"), field_name="outcome", empty_label=_("Alle udfald"), choices=OUTCOMES
    )
    omstridt = django_filters.BooleanFilter(
        label=_("Kun omstridte"), method="only_contested", widget=forms.CheckboxInput
    )

    class Meta:
        model = SearchEntry
        fields = ()

    def only_contested(
        self, rows: QuerySet[SearchEntry], name: str, value: bool | None
    ) -> QuerySet[SearchEntry]:
        return rows.filter(contested=True) if value else rows
