"""Filters of the list pages and of the search. Choices offer only what is published."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms.utils import flatatt
from django.http import HttpRequest, QueryDict
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from minutes.models import (
    Attendance,
    Ballot,
    Committee,
    KnownVote,
    Meeting,
    Municipality,
    Party,
    Person,
    SearchEntry,
    Vote,
)
from minutes.models.meetings import OUTCOMES
from minutes.models.topics import TOPIC_LABELS
from minutes.models.votes import BALLOT_RESULTS, BallotQuerySet, KnownVoteQuerySet
from minutes.search.entities import match_place_names
from minutes.search.filters import SearchFilters
from minutes.search.query_parser import MAX_QUERY_LENGTH, parse_query
from minutes.statistics.known_parties import party_choice
from minutes.vocabulary import VoteKnown

# Municipal councils in their present form date from 1970.
_YEARS = frozenset(map(str, range(1970, 2101)))
# With more names than this, the municipality must be chosen first.
_MAX_PEOPLE = 500
# The parameter that leaves out deduced votes, on every page that has votes.
PRINTED_ONLY = "referat"


def _published_municipalities(request: HttpRequest | None) -> QuerySet[Municipality]:
    return Municipality.objects.published()


class _Date(forms.DateInput):
    input_type = "date"


class _Select(forms.Select):
    """A select whose options are written at once: Django renders a template for each of hundreds."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        options = (option for _name, group, _index in widget["optgroups"] for option in group)
        return format_html(
            '<select name="{}"{}>{}</select>',
            name,
            flatatt(widget["attrs"]),
            format_html_join("\n", '<option value="{}"{}>{}</option>', map(self._option, options)),
        )

    def _option(self, option: dict[str, Any]) -> tuple[Any, str, Any]:
        return option["value"], flatatt(option["attrs"]), option["label"]


class PlaceAndTimeFilter(django_filters.FilterSet):
    """Filter by municipality, committee and period: `?kommune=randers&udvalg=byraadet&fra=2019-01-01`."""

    kommune = django_filters.ModelChoiceFilter(
        label=_("Kommune"),
        queryset=_published_municipalities,
        to_field_name="slug",
        empty_label=_("Alle kommuner"),
    )
    udvalg = django_filters.ChoiceFilter(label=_("Udvalg"), empty_label=_("Alle udvalg"), choices=list)
    fra = django_filters.DateFilter(label=_("Fra dato"), field_name="date", lookup_expr="gte", widget=_Date)
    til = django_filters.DateFilter(label=_("Til dato"), field_name="date", lookup_expr="lte", widget=_Date)

    # The lookup prefix from a row to its meeting.
    meeting = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["kommune"].field_name = f"{self.meeting}committee__municipality"
        self.filters["udvalg"].field_name = f"{self.meeting}committees__slug"
        self.filters["fra"].field_name = self.filters["til"].field_name = f"{self.meeting}date"
        self.filters["udvalg"].extra["choices"] = self._committees()
        for chosen in self.filters.values():
            if isinstance(chosen, (django_filters.ChoiceFilter, django_filters.ModelChoiceFilter)):
                chosen.extra["widget"] = _Select
                chosen.extra["error_messages"] = {"invalid_choice": _("Vælg en mulighed fra listen.")}

    def _committees(self) -> list[tuple[str, str]]:
        """Return slugs and names of the committees of the chosen municipality, or of all."""
        committees = self._in_municipality(Committee.objects.published())
        names = committees.order_by("sort_key").values_list("slug", "name")
        return list(dict(names).items())

    def _in_municipality(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Restrict rows to the chosen municipality, if there is one."""
        slug = self._raw_value("kommune")
        return rows.filter(municipality__slug=slug) if slug else rows

    def _raw_value(self, name: str) -> str:
        """Return the value of a filter's parameter before it is validated."""
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
    """Filter ballots by place, time, result and voters: `?omstridt=on&forskel=3&person=ane-lund`.

    `sorter=taettest` sorts the closest first; by default the order of the queryset is unchanged.
    """

    meeting = "item__meeting__"

    q = django_filters.CharFilter(label=_("Ord i punktet"), method="_matching", max_length=MAX_QUERY_LENGTH)
    emne = django_filters.ChoiceFilter(
        label=_("Emne"),
        field_name="item__topic",
        empty_label=_("Alle emner"),
        choices=list(TOPIC_LABELS.items()),
    )
    resultat = django_filters.ChoiceFilter(
        label=_("Resultat"), field_name="result", empty_label=_("Alle resultater"), choices=BALLOT_RESULTS
    )
    forskel = django_filters.ChoiceFilter(
        label=_("Stemmeforskel"),
        method="_within_margin",
        empty_label=_("Uanset forskel"),
        choices=[
            ("1", _("Højst 1 stemmes forskel")),
            ("2", _("Højst 2 stemmers forskel")),
            ("3", _("Højst 3 stemmers forskel")),
            ("5", _("Højst 5 stemmers forskel")),
        ],
    )
    person = django_filters.ChoiceFilter(
        label=_("Medlem"), method="_voted_in", empty_label=_("Alle medlemmer"), choices=list
    )
    parti = django_filters.ChoiceFilter(
        label=_("Parti"), method="_party_voted_in", empty_label=_("Alle partier"), choices=list
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

    referat = django_filters.BooleanFilter(
        label=_("Kun det, der står i referatet"), method="_unchanged", widget=forms.CheckboxInput
    )

    class Meta:
        model = Ballot
        fields = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["person"].extra["choices"] = self._people()
        self._ids_by_party: dict[str, list[int]] = {}
        self.filters["parti"].extra["choices"] = self._parties()

    def _people(self) -> list[tuple[str, str]]:
        """Return slugs and names of voters in the chosen municipality, or of all.

        If there are too many, return only the chosen person.
        """
        votes = KnownVote.objects.published().of_people().filter(person=OuterRef("pk"))
        people = self._in_municipality(Person.objects.filter(Exists(votes)))
        names = people.order_by("sort_key").values_list("slug", "name").distinct()
        choices = list(dict(names[: _MAX_PEOPLE + 1]).items())
        if len(choices) <= _MAX_PEOPLE:
            return choices
        self.filters["person"].extra["empty_label"] = _("Alle (vælg en kommune for at se navnene)")
        return list(dict(names.filter(slug=self._raw_value("person"))).items())

    def _parties(self) -> list[tuple[str, str]]:
        """Return keys and labels of the parties that minutes print, with the ids of their rows. One query."""
        voted = Vote.objects.published().filter(Q(party=OuterRef("pk")) | Q(printed_party=OuterRef("pk")))
        listed = Attendance.objects.published().filter(party=OuterRef("pk"), person__isnull=False)
        parties = self._in_municipality(Party.objects.filter(Exists(voted) | Exists(listed)))
        labels: dict[str, str] = {}
        # The letter of a local list belongs to different lists in different municipalities.
        names: dict[str, list[str]] = {}
        for party in parties.order_by("letter", "name"):
            if choice := party_choice(party.letter):
                labels[choice.key] = choice.label
                self._ids_by_party.setdefault(choice.key, []).append(party.pk)
                if party.name and choice.label == party.letter:
                    names.setdefault(choice.key, []).append(party.name)
        return [
            (key, f"{label} ({', '.join(dict.fromkeys(names[key]))})" if key in names else label)
            for key, label in labels.items()
        ]

    def _matching(self, ballots: BallotQuerySet, _name: str, text: str) -> BallotQuerySet:
        """Return the ballots of items that match a query of the search. Two queries."""
        query = match_place_names(parse_query(text)).match
        if not query:
            return ballots.none()
        return ballots.filter(item__in=SearchEntry.objects.matching(query).values("item"))

    def _within_margin(self, ballots: BallotQuerySet, _name: str, margin: str) -> BallotQuerySet:
        return ballots.within(int(margin))

    def _voted_in(self, ballots: BallotQuerySet, _name: str, slug: str) -> BallotQuerySet:
        votes = KnownVote.objects.of_people(printed_only=self.printed_only)
        return ballots.filter(Exists(votes.filter(ballot=OuterRef("pk"), person__slug=slug)))

    @property
    def printed_only(self) -> bool:
        """True if deduced votes are left out: they match no person and are not shown."""
        return bool(self.form.cleaned_data.get(PRINTED_ONLY))

    def votes(self) -> KnownVoteQuerySet:
        """Return the known votes in the matching ballots; with a person in the filter, only that person's."""
        votes = KnownVote.objects.filter(ballot__in=self.qs.order_by().values("pk"))
        if self.printed_only:
            votes = votes.filter(known=VoteKnown.PRINTED)
        person = self.form.cleaned_data["person"]
        return votes.filter(person__slug=person) if person else votes

    def _unchanged(self, ballots: BallotQuerySet, _name: str, _only: bool) -> BallotQuerySet:
        return ballots

    def _party_voted_in(self, ballots: BallotQuerySet, _name: str, key: str) -> BallotQuerySet:
        """Return ballots with a vote of the party, or of a member by what the vote or the lists print."""
        ids = self._ids_by_party[key]
        printed = Vote.objects.filter(Q(party__in=ids) | Q(printed_party__in=ids), ballot=OuterRef("pk"))
        votes = KnownVote.objects.of_people(printed_only=self.printed_only)
        own_vote = votes.filter(ballot=OuterRef(OuterRef("pk")), person=OuterRef("person"))
        listed = Attendance.objects.filter(meeting=OuterRef("item__meeting"), party__in=ids)
        return ballots.filter(Exists(printed) | Exists(listed.filter(Exists(own_vote))))

    def _sorted(self, ballots: BallotQuerySet, _name: str, _closest: str) -> BallotQuerySet:
        return ballots.closest_first()

    def _contested(self, ballots: BallotQuerySet, _name: str, only: bool) -> BallotQuerySet:
        return ballots.contested() if only else ballots


class SearchForm(forms.Form):
    """The search filters: `?kommune=randers&kommune=odder&udvalg=byraadet&aar=2019&omstridt=on`.

    Choices are only those of the request, as every search creates this form and most have no filters. Two
    queries at most.
    """

    kommune = forms.MultipleChoiceField(label=_("Kommune"), required=False)
    udvalg = forms.MultipleChoiceField(label=_("Udvalg"), required=False)
    aar = forms.TypedMultipleChoiceField(label=_("År"), required=False, coerce=int)
    udfald = forms.MultipleChoiceField(label=_("Udfald"), required=False, choices=OUTCOMES)
    omstridt = forms.BooleanField(label=_("Kun omstridte"), required=False)
    emne = forms.MultipleChoiceField(label=_("Emne"), required=False, choices=list(TOPIC_LABELS.items()))
    fra = forms.DateField(label=_("Fra dato"), required=False, widget=_Date)
    til = forms.DateField(label=_("Til dato"), required=False, widget=_Date)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self._set_choices("aar", {year: year for year in data.getlist("aar") if year in _YEARS})
        slugs = data.getlist("kommune")
        rows = Municipality.objects.published().filter(slug__in=slugs) if slugs else ()
        self._municipalities = {municipality.slug: municipality for municipality in rows}
        self._set_choices("kommune", self.municipality_names)
        self._committees: list[Committee] = []
        if slugs := data.getlist("udvalg"):
            self._committees += Committee.objects.published().filter(slug__in=slugs).order_by("id")
        self._set_choices("udvalg", self.committee_names)

    def _set_choices(self, name: str, labels: dict[str, str]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(labels.items())

    def chosen_municipality(self, slug: str) -> Municipality | None:
        """Return a chosen municipality by its slug, None for another one. No query."""
        return self._municipalities.get(slug)

    @property
    def municipality_names(self) -> dict[str, str]:
        """Names of the chosen municipalities by slug."""
        return {slug: municipality.name for slug, municipality in self._municipalities.items()}

    @property
    def committee_names(self) -> dict[str, str]:
        """Names of the chosen committees by slug."""
        return {committee.slug: committee.name for committee in self._committees}

    @property
    def search_filters(self) -> SearchFilters:
        """The filters of a valid form. Committees are restricted to the chosen municipalities."""
        data = self.cleaned_data
        municipalities = [self._municipalities[slug].pk for slug in data["kommune"]]
        committees = [
            committee.pk
            for committee in self._committees
            if committee.slug in data["udvalg"]
            and (not municipalities or committee.municipality_id in municipalities)
        ]
        # No committee has the id 0: committees of other municipalities match nothing.
        if data["udvalg"] and not committees:
            committees = [0]
        return SearchFilters(
            municipalities=municipalities,
            committees=committees,
            years=data["aar"],
            outcomes=data["udfald"],
            contested=data["omstridt"],
            topics=data["emne"],
            first=data["fra"],
            last=data["til"],
        )
