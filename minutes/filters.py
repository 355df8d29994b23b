"""The filters of the list pages. Choices name only what is published."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from minutes.models import Committee, Meeting, Municipality
from minutes.models.meetings import OUTCOMES
from minutes.search.find import Narrowing

# The councils of 1970 were the first of municipalities as they are known.
_YEARS = range(1970, 2101)


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


class SearchForm(forms.Form):
    """What a search is narrowed to: `?kommune=randers&kommune=odder&udvalg=byraadet&aar=2019&omstridt=on`."""

    kommune = forms.MultipleChoiceField(label=_("Kommune"), required=False)
    udvalg = forms.MultipleChoiceField(label=_("Udvalg"), required=False)
    aar = forms.TypedMultipleChoiceField(
        label=_("År"), required=False, coerce=int, choices=[(year, year) for year in _YEARS]
    )
    udfald = forms.MultipleChoiceField(label=_("Udfald"), required=False, choices=OUTCOMES)
    omstridt = forms.BooleanField(label=_("Kun omstridte"), required=False)
    fra = forms.DateField(label=_("Fra dato"), required=False, widget=_Day)
    til = forms.DateField(label=_("Til dato"), required=False, widget=_Day)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        # Those asked for, no more: every search makes this form.
        asked = Municipality.objects.published().filter(slug__in=data.getlist("kommune"))
        self.municipalities = {each.slug: each for each in asked}
        self._fields("kommune").choices = [(each.slug, each.name) for each in self.municipalities.values()]
        self._committees = list(
            Committee.objects.published().filter(slug__in=data.getlist("udvalg")).order_by("id")
        )
        self._fields("udvalg").choices = [(each.slug, each.name) for each in self._committees]

    def _fields(self, name: str) -> forms.MultipleChoiceField:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)
        return field

    @property
    def municipality_names(self) -> dict[str, str]:
        """Of the municipalities narrowed to, by their part of an address."""
        return {slug: each.name for slug, each in self.municipalities.items()}

    @property
    def committee_names(self) -> dict[str, str]:
        """Of the committees narrowed to."""
        return {each.slug: each.name for each in self._committees}

    @property
    def narrowing(self) -> Narrowing:
        told = self.cleaned_data
        towns = [self.municipalities[slug].pk for slug in told["kommune"]]
        return Narrowing(
            municipalities=towns,
            # Of the municipalities alone, if there are any; none is a committee that none of them has.
            committees=[
                each.pk
                for each in self._committees
                if each.slug in told["udvalg"] and (not towns or each.municipality_id in towns)
            ]
            or ([0] if told["udvalg"] else []),
            years=told["aar"],
            outcomes=told["udfald"],
            contested=told["omstridt"],
            first=told["fra"],
            last=told["til"],
        )
