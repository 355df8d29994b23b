"""Elected members."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from minutes.export.files import as_file
from minutes.export.lists import ballots_of
from minutes.models import Ballot, Person
from minutes.views.pages import page_of


def person(request: HttpRequest, municipality_slug: str, person_slug: str) -> HttpResponseBase:
    """A member's votes, newest first. Four queries; as a file, two."""
    found = get_object_or_404(
        Person.objects.published().select_related("municipality"),
        municipality__slug=municipality_slug,
        slug=person_slug,
    )
    ballots = Ballot.objects.published().with_places().filter(votes__person=found).with_votes().newest_first()
    if file := as_file(request, ballots_of(found), ballots):
        return file
    ctx = {"person": found, "municipality": found.municipality, "page": page_of(request, ballots)}
    return render(request, "minutes/person.html", ctx)
