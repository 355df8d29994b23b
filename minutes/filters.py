"""The filters of the list pages. Choices name only what is published."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from minutes.models import Ballot, Committee, Meeting, Municipality, Party, Person, Vote
from minutes.models.meetings import OUTCOMES
from minutes.models.votes import BALLOT_RESULTS, BallotQuerySet
from minutes.search.searcher import SearchFilters

# The councils of 1970 were the first of municipalities as they are known.
_YEARS = frozenset(map(str, range(1970, 2101)))
# More names than this are no list to choose from: the municipality must be chosen first.
_MOST_PEOPLE = 500


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

    # The way from a row to its meeting.
    meeting = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["kommune"].field_name = f"{self.meeting}committee__municipality"
        self.filters["udvalg"].field_name = f"{self.meeting}committee__slug"
        self.filters["fra"].field_name = self.filters["til"].field_name = f"{self.meeting}date"
        self.filters["udvalg"].extra["choices"] = self._committees()

    def _committees(self) -> list[tuple[str, str]]:
        """The committees of the municipality asked for, else the names there are anywhere."""
        committees = self._of_the_municipality(Committee.objects.published())
        names = committees.order_by("sort_key").values_list("slug", "name")
        return list(dict(names).items())

    def _of_the_municipality(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Those of the municipality asked for, if one is."""
        asked = self._asked("kommune")
        return rows.filter(municipality__slug=asked) if asked else rows

    def _asked(self, name: str) -> str:
        """What is asked for of a filter before it is known to be one of its choices."""
        return (self.data.get(name) or "").replace("\x00", "")


class MeetingFilter(PlaceAndTimeFilter):
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


class BallotFilter(PlaceAndTimeFilter):
    """Ballots by place and time, how they went and who voted: `?omstridt=on&forskel=3&person=ane-lund`.

    `sorter=taettest` puts the closest first; else they stay in the order they come in.
    """

    meeting = "item__meeting__"

    resultat = django_filters.ChoiceFilter(
        label=_("Resultat"), field_name="result", empty_label=_("Alle resultater"), choices=BALLOT_RESULTS
    )
    forskel = django_filters.ChoiceFilter(
        label=_("Stemmeforskel"),
        method="_apart_by_at_most",
        empty_label=_("Uanset forskel"),
        choices=[
            ("1", _("Højst 1 stemmes forskel")),
            ("2", _("Højst 2 stemmers forskel")),
            ("3", _("Højst 3 stemmers forskel")),
            ("5", _("Højst 5 stemmers forskel")),
        ],
    )
    person = django_filters.ChoiceFilter(
        label=_("Person, der stemte"), method="_voted_in", empty_label=_("Alle personer"), choices=list
    )
    parti = django_filters.ChoiceFilter(
        label=_("Parti, der stemte"), method="_party_voted_in", empty_label=_("Alle partier"), choices=list
    )
    sorter = django_filters.ChoiceFilter(
        label=_("Sortering"),
        method="_sorted",
        empty_label=_("Nyeste først"),
        choices=[("taettest", _("Tætteste først"))],
    )
    omstridt = django_filters.BooleanFilter(
        label=_("Kun omstridte"), method="_contested", widget=forms.CheckboxInput
    )

    class Meta:
        model = Ballot
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["person"].extra["choices"] = self._people()
        self.filters["parti"].extra["choices"] = self._parties()

    def _people(self) -> list[tuple[str, str]]:
        """Those who voted in the municipality asked for, or anywhere; of too many, the one asked for."""
        voters = Vote.objects.published().values("person")
        people = self._of_the_municipality(Person.objects.filter(pk__in=voters))
        names = people.order_by("sort_key").values_list("slug", "name").distinct()
        found = list(dict(names[: _MOST_PEOPLE + 1]).items())
        if len(found) <= _MOST_PEOPLE:
            return found
        self.filters["person"].extra["empty_label"] = _("Alle (vælg en kommune for at se navnene)")
        return list(dict(names.filter(slug=self._asked("person"))).items())

    def _parties(self) -> list[tuple[str, str]]:
        """The letters, or names, of the parties that voted as such, likewise."""
        voters = Vote.objects.published().values("party")
        parties = self._of_the_municipality(Party.objects.filter(pk__in=voters))
        # A letter of a local list is another party's elsewhere.
        names: dict[str, list[str]] = {}
        for letter, name in parties.order_by("letter", "name").values_list("letter", "name").distinct():
            names.setdefault(letter, []).extend([name] if name else [])
        return [(letter, f"{letter} ({', '.join(of)})" if of else letter) for letter, of in names.items()]

    def _apart_by_at_most(self, ballots: BallotQuerySet, _name: str, margin: str) -> BallotQuerySet:
        return ballots.within(int(margin))

    def _voted_in(self, ballots: BallotQuerySet, _name: str, slug: str) -> BallotQuerySet:
        return ballots.filter(Exists(Vote.objects.filter(ballot=OuterRef("pk"), person__slug=slug)))

    def _party_voted_in(self, ballots: BallotQuerySet, _name: str, letter: str) -> BallotQuerySet:
        return ballots.filter(Exists(Vote.objects.filter(ballot=OuterRef("pk"), party__letter=letter)))

    def _sorted(self, ballots: BallotQuerySet, _name: str, _closest: str) -> BallotQuerySet:
        return ballots.closest_first()

    def _contested(self, ballots: BallotQuerySet, _name: str, only: bool) -> BallotQuerySet:
        return ballots.contested() if only else ballots


class SearchForm(forms.Form):
    """What a search is narrowed to: `?kommune=randers&kommune=odder&udvalg=byraadet&aar=2019&omstridt=on`."""

    kommune = forms.MultipleChoiceField(label=_("Kommune"), required=False)
    udvalg = forms.MultipleChoiceField(label=_("Udvalg"), required=False)
    aar = forms.TypedMultipleChoiceField(label=_("År"), required=False, coerce=int)
    udfald = forms.MultipleChoiceField(label=_("Udfald"), required=False, choices=OUTCOMES)
    omstridt = forms.BooleanField(label=_("Kun omstridte"), required=False)
    fra = forms.DateField(label=_("Fra dato"), required=False, widget=_Day)
    til = forms.DateField(label=_("Til dato"), required=False, widget=_Day)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        # Those asked for, no more: every search makes this form, and most ask for none.
        years = [year for year in data.getlist("aar") if year in _YEARS]
        self._fields("aar").choices = [(year, year) for year in years]
        towns, committees = data.getlist("kommune"), data.getlist("udvalg")
        found = Municipality.objects.published().filter(slug__in=towns) if towns else ()
        self.municipalities = {each.slug: each for each in found}
        self._fields("kommune").choices = [(each.slug, each.name) for each in self.municipalities.values()]
        self._committees: list[Committee] = []
        if committees:
            self._committees += Committee.objects.published().filter(slug__in=committees).order_by("id")
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
    def search_filters(self) -> SearchFilters:
        told = self.cleaned_data
        towns = [self.municipalities[slug].pk for slug in told["kommune"]]
        return SearchFilters(
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
