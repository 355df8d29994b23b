"""Elected members."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from minutes.models import Ballot, Person
from minutes.views.pages import page_of


def person(request: HttpRequest, municipality_slug: str, person_slug: str) -> HttpResponse:
    """A member's votes, newest first. Four queries."""
    found = get_object_or_404(
        Person.objects.published().select_related("municipality"),
        municipality__slug=municipality_slug,
        slug=person_slug,
    )
    ballots = Ballot.objects.published().with_places().filter(votes__person=found).with_votes().newest_first()
    ctx = {"person": found, "municipality": found.municipality, "page": page_of(request, ballots)}
    return render(request, "minutes/person.html", ctx)
