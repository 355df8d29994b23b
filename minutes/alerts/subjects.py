"""Pages that can be followed by e-mail, by their addresses, and the items that are new on them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from archive.language import DANISH, without_language
from minutes.filter_titles import title_with_filters
from minutes.filters import BallotFilter, MeetingFilter, SearchForm
from minutes.models import (
    AgendaItem,
    Ballot,
    Case,
    Committee,
    GazetteerPlace,
    Meeting,
    Municipality,
    Person,
    Statement,
)
from minutes.models.alerts import MAX_ADDRESS
from minutes.models.meetings import OUTCOMES
from minutes.models.states import State
from minutes.models.topics import topic_label
from minutes.search.query_parser import MAX_QUERY_LENGTH
from minutes.search.results import newest_matches
from minutes.statistics.cases import items_of

# Items of a search that are listed or counted in a mail.
_MAX_MATCHES = 500
# The parameters that decide what a search finds, in the order of stored addresses.
_CONDITIONS = ("q", "kommune", "udvalg", "aar", "udfald", "omstridt", "emne", "fra", "til", "ordret")


class Window(NamedTuple):
    """The time after which and the time until which something was published."""

    since: datetime
    until: datetime


@dataclass(frozen=True)
class Subject:
    """A page to follow: its name and address in the language that is active, and its new items in a window.

    `person` is the member that the page is about.
    """

    title: str
    address: str
    new_items: Callable[[Window], QuerySet[AgendaItem]]
    person: Person | None = None


def subject_at(address: str) -> Subject | None:
    """Return the subject of a page, None for a page that cannot be followed or is not public.

    The address of the subject is the page's own where `address` is an alias, without what only sorts or
    pages it. `address` is of any language. Two queries at most.
    """
    path, _question, query = address.partition("?")
    if len(address) > MAX_ADDRESS or "\x00" in address:
        return None
    try:
        with override(DANISH):
            match = resolve(without_language(path))
    except Resolver404:
        return None
    build = _SUBJECTS.get(match.url_name or "")
    return build(query=QueryDict(query), **match.kwargs) if build else None


def can_be_followed(url_name: str) -> bool:
    """Return True for the name of a page's URL pattern if `subject_at` knows pages of that kind."""
    return url_name in _SUBJECTS


def new_in(items: QuerySet[AgendaItem], window: Window) -> QuerySet[AgendaItem]:
    """Return the items of meetings that were first published, or whose minutes came, in the window."""
    published = Q(meeting__published_at__gt=window.since, meeting__published_at__lte=window.until)
    minutes = Q(meeting__minutes_at__gt=window.since, meeting__minutes_at__lte=window.until)
    return items.filter(published | minutes, meeting__state=State.PUBLISHED)


def _search(query: QueryDict) -> Subject | None:
    form = SearchForm(query)
    text = query.get("q", "").strip()
    if len(text) > MAX_QUERY_LENGTH or not form.is_valid():
        return None
    if not text and not any(form.cleaned_data.values()):
        return None

    def new_items(window: Window) -> QuerySet[AgendaItem]:
        filters = replace(form.search_filters, published=window)
        matches = newest_matches(text, filters, _MAX_MATCHES, synonyms=not query.get("ordret"))
        return new_in(AgendaItem.objects.filter(pk__in=matches), window)

    conditions = [(name, value) for name in _CONDITIONS for value in query.getlist(name) if value.strip()]
    return Subject(_search_title(text, form), f"{reverse('search')}?{urlencode(conditions)}", new_items)


def _search_title(text: str, form: SearchForm) -> str:
    """Return the conditions of a search: "Søgning: cykelsti (Randers, 2020)"."""
    data = form.cleaned_data
    labels = [
        *(form.municipality_names[slug] for slug in data["kommune"]),
        *(form.committee_names[slug] for slug in data["udvalg"]),
        *map(str, data["aar"]),
        *(str(dict(OUTCOMES)[outcome]) for outcome in data["udfald"]),
        *([_("omstridte")] if data["omstridt"] else []),
        *(topic_label(topic) for topic in data["emne"]),
        *([_("fra %s") % data["fra"].isoformat()] if data["fra"] else []),
        *([_("til %s") % data["til"].isoformat()] if data["til"] else []),
    ]
    if not text:
        return ", ".join(labels)
    title = _("Søgning: %s") % text
    return f"{title} ({', '.join(labels)})" if labels else title


def _meetings(query: QueryDict) -> Subject | None:
    """Return the list of meetings with its filters; an invalid one is no page."""
    filtered = MeetingFilter(query, Meeting.objects.published())
    if not filtered.is_valid():
        return None
    meetings = filtered.qs.order_by().values("pk")
    return Subject(
        title_with_filters(_("Møder"), filtered.form),
        _list_address("meetings", query, filtered.form),
        lambda window: new_in(AgendaItem.objects.filter(meeting__in=meetings), window),
    )


def _votes(query: QueryDict) -> Subject | None:
    """Return the list of votes with its filters, without their order."""
    query = query.copy()
    query.pop("sorter", None)
    filtered = BallotFilter(query, Ballot.objects.published())
    if not filtered.is_valid():
        return None
    ballots = filtered.qs.order_by().filter(item=OuterRef("pk"))
    return Subject(
        title_with_filters(_("Afstemninger"), filtered.form),
        _list_address("votes", query, filtered.form),
        lambda window: new_in(AgendaItem.objects.filter(Exists(ballots)), window),
    )


def _list_address(name: str, query: QueryDict, form: forms.BaseForm) -> str:
    """Return the address of a list with the filters in use, in the order of the form."""
    conditions = [(field, query[field]) for field in form.fields if form.cleaned_data[field]]
    return f"{reverse(name)}?{urlencode(conditions)}" if conditions else reverse(name)


def _municipality(municipality_slug: str, **_query: Any) -> Subject | None:
    municipality = Municipality.objects.published().filter(slug=municipality_slug).first()
    if municipality is None:
        return None
    items = AgendaItem.objects.filter(meeting__committee__municipality=municipality)
    return _subject(_("Alle møder i %s") % municipality.name, municipality, items)


def _committee(municipality_slug: str, committee_slug: str, **_query: Any) -> Subject | None:
    committees = Committee.objects.published().select_related("municipality")
    committees = committees.filter(municipality__slug=municipality_slug)
    committee = committees.filter(slug=committee_slug).first()
    committee = committee or committees.filter(aliases__slug=committee_slug).first()
    if committee is None:
        return None
    items = AgendaItem.objects.filter(meeting__committees=committee)
    return _subject(f"{committee.name}, {committee.municipality.name}", committee, items)


def _case(municipality_slug: str, case_slug: str, **_query: Any) -> Subject | None:
    cases = Case.objects.published().select_related("municipality")
    case = cases.filter(municipality__slug=municipality_slug, slug=case_slug).first()
    if case is None:
        return None
    title = _("Sag %(number)s, %(place)s") % {"number": case.number, "place": case.municipality.name}
    return _subject(title, case, items_of(case))


def _place(municipality_slug: str, place_slug: str, **_query: Any) -> Subject | None:
    places = GazetteerPlace.objects.published().select_related("municipality")
    place = places.filter(municipality__slug=municipality_slug, slug=place_slug).first()
    if place is None:
        return None
    items = AgendaItem.objects.filter(place_mentions__place=place)
    return _subject(f"{place.name}, {place.municipality.name}", place, items)


def _person(municipality_slug: str, person_slug: str, **_query: Any) -> Subject | None:
    people = Person.objects.published().select_related("municipality")
    people = people.filter(municipality__slug=municipality_slug)
    person = people.filter(slug=person_slug).first() or people.filter(aliases__slug=person_slug).first()
    if person is None:
        return None
    ballots = Ballot.objects.filter(item=OuterRef("pk"), votes__person=person)
    statements = Statement.objects.filter(item=OuterRef("pk"), people=person)
    items = AgendaItem.objects.filter(Exists(ballots) | Exists(statements))
    return _subject(f"{person}, {person.municipality.name}", person, items, person)


def _subject(title: str, page: Any, items: QuerySet[AgendaItem], person: Person | None = None) -> Subject:
    return Subject(title, page.get_absolute_url(), lambda window: new_in(items, window), person)


_SUBJECTS: dict[str, Callable[..., Subject | None]] = {
    "search": _search,
    "meetings": _meetings,
    "votes": _votes,
    "municipality": _municipality,
    "committee": _committee,
    "case": _case,
    "person": _person,
    "place": _place,
}
