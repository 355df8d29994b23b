"""Views of the Atom feeds: meetings, a search, contested votes, a case and a person."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from minutes.feeds.atom import MAX_ENTRIES, Entry, feed_response, invalid_filter
from minutes.feeds.committees import get_committee
from minutes.feeds.conditional import changed_at, newest_first
from minutes.feeds.entries import ballot_entries, item_entries, meeting_entries, statement_entries
from minutes.filter_titles import title_with_filters
from minutes.filters import BallotFilter, MeetingFilter, SearchForm
from minutes.models import AgendaItem, Ballot, Case, GazetteerPlace, Meeting, Municipality, Person, Statement
from minutes.search.query_parser import MAX_QUERY_LENGTH
from minutes.search.results import newest_matches

# The latest matches of a search by meeting date, among which those published last are listed.
_SEARCH_CANDIDATES = 400
_TO_MEETING = "item__meeting__"

# A row of a person's feed: ("ballot", 12).
_PersonKey = tuple[str, int]


def meetings(request: HttpRequest) -> HttpResponse:
    """Published meetings, with the filters of the list of meetings; 400 if one is invalid. Seven queries."""
    filtered = MeetingFilter(request.GET, Meeting.objects.published())
    if not filtered.is_valid():
        return invalid_filter(filtered.form)
    return _meetings_feed(request, title_with_filters(_("Møder"), filtered.form), filtered.qs)


def municipality(request: HttpRequest, municipality_slug: str) -> HttpResponse:
    """The meetings of a municipality. Four queries."""
    municipality = get_object_or_404(Municipality.objects.published(), slug=municipality_slug)
    meetings = Meeting.objects.published().filter(committee__municipality=municipality)
    return _meetings_feed(request, _("Møder i %s") % municipality.name, meetings)


def committee(request: HttpRequest, municipality_slug: str, committee_slug: str) -> HttpResponse:
    """The meetings of a committee; an alias redirects. Four queries."""
    committee = get_committee(municipality_slug, committee_slug)
    if committee.slug != committee_slug:
        return redirect("committee-feed", municipality_slug, committee.slug, permanent=True)
    title = f"{committee.name}, {committee.municipality.name}"
    return _meetings_feed(request, title, Meeting.objects.published().of_committee(committee))


def search(request: HttpRequest) -> HttpResponse:
    """Items that match ?q= and the facets, without spelling correction. About ten queries.

    With ?ordret=, synonyms are not searched.

    400 without a query and filters, and wherever the search page answers 400.
    """
    query = request.GET.get("q", "").strip()
    if len(query) > MAX_QUERY_LENGTH:
        raise BadRequest("the query is too long")
    form = SearchForm(request.GET)
    if not form.is_valid():
        return invalid_filter(form)
    if not query and not any(form.cleaned_data.values()):
        raise BadRequest("neither a query nor a filter")
    synonyms = not request.GET.get("ordret")
    matches = newest_matches(query, form.search_filters, _SEARCH_CANDIDATES, synonyms=synonyms)
    items = AgendaItem.objects.published().filter(pk__in=matches)
    items = items.order_by(*newest_first("meeting__"), "position")
    title = title_with_filters(_("Søgning: %s") % query if query else _("Punkter"), form)
    return _noindex(feed_response(request, title, _versions(items, "meeting__"), item_entries))


def votes(request: HttpRequest) -> HttpResponse:
    """Contested ballots, with the filters of the list of ballots; 400 if one is invalid. Ten queries."""
    parameters = request.GET.copy()
    parameters["omstridt"] = "on"
    parameters.pop("sorter", None)
    filtered = BallotFilter(parameters, Ballot.objects.published())
    if not filtered.is_valid():
        return invalid_filter(filtered.form)
    ballots = filtered.qs.order_by(*newest_first(_TO_MEETING), "item_id", "position")
    title = title_with_filters(_("Afstemninger"), filtered.form)
    return feed_response(request, title, _versions(ballots, _TO_MEETING), ballot_entries)


def case(request: HttpRequest, municipality_slug: str, case_slug: str) -> HttpResponse:
    """The items of a case. Three queries."""
    case = get_object_or_404(
        Case.objects.published().select_related("municipality"),
        municipality__slug=municipality_slug,
        slug=case_slug,
    )
    items = AgendaItem.objects.published().filter(case_numbers__case=case)
    items = items.order_by(*newest_first("meeting__"), "position")
    title = _("Sag %(number)s, %(place)s") % {
        "number": case.number,
        "place": case.municipality.name,
    }
    return feed_response(request, title, _versions(items, "meeting__"), item_entries)


def place(request: HttpRequest, municipality_slug: str, place_slug: str) -> HttpResponse:
    """The items that name a place. Three queries."""
    place = get_object_or_404(
        GazetteerPlace.objects.published().select_related("municipality"),
        municipality__slug=municipality_slug,
        slug=place_slug,
    )
    items = AgendaItem.objects.published().filter(place_mentions__place=place)
    items = items.order_by(*newest_first("meeting__"), "position")
    title = f"{place.name}, {place.municipality.name}"
    return feed_response(request, title, _versions(items, "meeting__"), item_entries)


def person(request: HttpRequest, municipality_slug: str, person_slug: str) -> HttpResponse:
    """The votes and statements of a member. Six queries."""
    person = get_object_or_404(
        Person.objects.published().select_related("municipality"),
        municipality__slug=municipality_slug,
        slug=person_slug,
    )

    def build_entries(keys: Sequence[_PersonKey]) -> Mapping[_PersonKey, Entry]:
        ballots = ballot_entries([pk for kind, pk in keys if kind == "ballot"], person)
        statements = statement_entries([pk for kind, pk in keys if kind == "statement"])
        return {("ballot", pk): entry for pk, entry in ballots.items()} | {
            ("statement", pk): entry for pk, entry in statements.items()
        }

    rows = [
        *_sortable("ballot", Ballot.objects.published().filter(votes__person=person)),
        *_sortable("statement", Statement.objects.published().filter(people=person)),
    ]
    rows.sort(key=lambda row: row[0], reverse=True)
    versions = [version for _order, version in rows[:MAX_ENTRIES]]
    response = feed_response(request, f"{person}, {person.municipality.name}", versions, build_entries)
    return _noindex(response) if settings.PEOPLE_NOINDEX else response


def _meetings_feed(request: HttpRequest, title: str, meetings: QuerySet[Meeting]) -> HttpResponse:
    return feed_response(request, title, _versions(meetings.order_by(*newest_first())), meeting_entries)


def _versions(rows: QuerySet[Any], to_meeting: str = "") -> list[tuple[int, datetime]]:
    """Primary key and time of change of the first rows, in their order. One query."""
    return list(rows.values_list("pk", changed_at(to_meeting))[:MAX_ENTRIES])


def _sortable(
    kind: str, rows: QuerySet[Any]
) -> list[tuple[tuple[date, date, int], tuple[_PersonKey, datetime]]]:
    """Sort key and version of the newest rows, for merging with rows of another kind. One query."""
    order = [ordering.expression for ordering in newest_first(_TO_MEETING)]
    rows = rows.order_by(*newest_first(_TO_MEETING), "item_id", "position")
    return [
        ((published, day, meeting), ((kind, pk), changed))
        for pk, changed, published, day, meeting in rows.values_list("pk", changed_at(_TO_MEETING), *order)[
            :MAX_ENTRIES
        ]
    ]


def _noindex(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response
