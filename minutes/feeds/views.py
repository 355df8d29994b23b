"""The feeds there are: of meetings, of a search, of contested votes, of a case, of a person."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from minutes.feeds.atom import MAX_ENTRIES, feed, refused
from minutes.feeds.conditional import Stamp, changed_at, newest_first
from minutes.feeds.entries import Entries, of_ballots, of_items, of_meetings, of_statements
from minutes.filters import BallotFilter, MeetingFilter, SearchForm
from minutes.models import AgendaItem, Ballot, Case, Committee, Meeting, Municipality, Person, Statement
from minutes.privacy import replace_masks
from minutes.search.query_parser import MAX_QUERY_LENGTH
from minutes.search.results import newest_matches

# Of the newest meetings, so many of a search's matches are looked at for those published last.
_LOOKED_AT = 400
_TO_MEETING = "item__meeting__"


def meetings(request: HttpRequest) -> HttpResponse:
    """The published meetings that the filter of the list lets through. Seven queries; 400 as there."""
    chosen = MeetingFilter(request.GET, Meeting.objects.published())
    if not chosen.is_valid():
        return refused(chosen.form)
    return _meetings(request, _narrowed(_("Møder"), chosen.form), chosen.qs)


def municipality(request: HttpRequest, municipality_slug: str) -> HttpResponse:
    """A municipality's meetings. Four queries."""
    found = get_object_or_404(Municipality.objects.published(), slug=municipality_slug)
    of_it = Meeting.objects.published().filter(committee__municipality=found)
    return _meetings(request, _("Møder i %s") % found.name, of_it)


def committee(request: HttpRequest, municipality_slug: str, committee_slug: str) -> HttpResponse:
    """A committee's meetings; by another name of it, the way to them. Four queries."""
    published = Committee.objects.published().select_related("municipality")
    published = published.filter(municipality__slug=municipality_slug)
    found = published.filter(slug=committee_slug).first()
    if found is None:
        named = get_object_or_404(published, aliases__slug=committee_slug)
        return redirect("committee-feed", municipality_slug, named.slug, permanent=True)
    title = f"{found.name}, {found.municipality.name}"
    return _meetings(request, title, Meeting.objects.published().filter(committee=found))


def search(request: HttpRequest) -> HttpResponse:
    """Items that match ?q= and the facets exactly: no word of it is mended or left out. Some ten queries.

    400 for what the page refuses, and for no question at all.
    """
    text = request.GET.get("q", "").strip()
    if len(text) > MAX_QUERY_LENGTH:
        raise BadRequest("a query too long")
    form = SearchForm(request.GET)
    if not form.is_valid():
        return refused(form)
    if not text and not any(form.cleaned_data.values()):
        raise BadRequest("nothing is asked for")
    matches = newest_matches(text, form.search_filters, _LOOKED_AT)
    rows = AgendaItem.objects.published().filter(pk__in=matches)
    rows = rows.order_by(*newest_first("meeting__"), "position")
    title = _narrowed(_("Søgning: %s") % text if text else _("Punkter"), form)
    return _unlisted(feed(request, title, _stamps(rows, "meeting__"), of_items))


def votes(request: HttpRequest) -> HttpResponse:
    """Contested ballots that the filter of the list lets through. Ten queries at most; 400 as there."""
    asked = request.GET.copy()
    asked["omstridt"] = "on"
    asked.pop("sorter", None)
    chosen = BallotFilter(asked, Ballot.objects.published())
    if not chosen.is_valid():
        return refused(chosen.form)
    rows = chosen.qs.order_by(*newest_first(_TO_MEETING), "item_id", "position")
    title = _narrowed(_("Afstemninger"), chosen.form)
    return feed(request, title, _stamps(rows, _TO_MEETING), of_ballots)


def case(request: HttpRequest, municipality_slug: str, case_slug: str) -> HttpResponse:
    """The items of a case. Three queries."""
    found = get_object_or_404(
        Case.objects.published().select_related("municipality"),
        municipality__slug=municipality_slug,
        slug=case_slug,
    )
    rows = AgendaItem.objects.published().filter(case_numbers__case=found)
    rows = rows.order_by(*newest_first("meeting__"), "position")
    title = _("Sag %(number)s, %(place)s") % {
        "number": replace_masks(found.number),
        "place": found.municipality.name,
    }
    return feed(request, title, _stamps(rows, "meeting__"), of_items)


def person(request: HttpRequest, municipality_slug: str, person_slug: str) -> HttpResponse:
    """A member's votes and statements. Six queries."""
    found = get_object_or_404(
        Person.objects.published().select_related("municipality"),
        municipality__slug=municipality_slug,
        slug=person_slug,
    )
    ballots = Ballot.objects.published().filter(votes__person=found)
    statements = Statement.objects.published().filter(people=found)

    def entries(keys: Sequence[tuple[str, int]]) -> Entries:
        voted = of_ballots([pk for kind, pk in keys if kind == "ballot"], found)
        said = of_statements([pk for kind, pk in keys if kind == "statement"])
        return {("ballot", pk): entry for pk, entry in voted.items()} | {
            ("statement", pk): entry for pk, entry in said.items()
        }

    rows = [*_dated("ballot", ballots), *_dated("statement", statements)]
    rows.sort(key=lambda row: row[0], reverse=True)
    stamps = [stamp for _order, stamp in rows[:MAX_ENTRIES]]
    response = feed(request, f"{found.name}, {found.municipality.name}", stamps, entries)
    return _unlisted(response) if settings.PEOPLE_NOINDEX else response


def _meetings(request: HttpRequest, title: str, rows: QuerySet[Meeting]) -> HttpResponse:
    return feed(request, title, _stamps(rows.order_by(*newest_first())), of_meetings)


def _stamps(rows: QuerySet[Any], to_meeting: str = "") -> list[Stamp]:
    """The first rows, in their order. One query."""
    return list(rows.values_list("pk", changed_at(to_meeting))[:MAX_ENTRIES])


def _dated(kind: str, rows: QuerySet[Any]) -> list[tuple[tuple[Any, ...], Stamp]]:
    """The newest of the rows, each with what puts it in order among those of another kind. One query."""
    order = [each.expression for each in newest_first(_TO_MEETING)]
    found = rows.order_by(*newest_first(_TO_MEETING), "item_id", "position")
    return [
        (tuple(key), ((kind, pk), when))
        for pk, when, *key in found.values_list("pk", changed_at(_TO_MEETING), *order)[:MAX_ENTRIES]
    ]


def _narrowed(title: str, form: forms.BaseForm) -> str:
    """The title with what the form is narrowed to: "Møder (Randers, Byrådet, fra dato 1. januar 2020)"."""
    said = []
    for name, value in form.cleaned_data.items():
        field = form.fields[name]
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, date):
                said.append(f"{str(field.label).lower()} {date_format(each, 'j. F Y')}")
            elif each is True:
                said.append(str(field.label).lower())
            elif isinstance(each, models.Model):
                said.append(str(each))
            elif each:
                said.append(str(dict(getattr(field, "choices", ())).get(each, each)))
    return f"{title} ({', '.join(said)})" if said else title


def _unlisted(response: HttpResponse) -> HttpResponse:
    """For search engines to leave out."""
    response["X-Robots-Tag"] = "noindex"
    return response
