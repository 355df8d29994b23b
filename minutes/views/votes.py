"""Ballots: every one of them in a list."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from minutes.models import Ballot, Vote
from minutes.views.pages import page_of


def votes(request: HttpRequest) -> HttpResponse:
    """Ballots of published meetings, newest first. Three queries."""
    ballots = (
        Ballot.objects.published()
        .with_places()
        .prefetch_related(Prefetch("votes", Vote.objects.select_related("person", "party").order_by("id")))
        .order_by("-item__meeting__date", "-item_id", "position")
    )
    return render(request, "minutes/votes.html", {"page": page_of(request, ballots)})
