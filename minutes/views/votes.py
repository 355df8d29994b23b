"""The list of ballots."""

from django.db.models import Prefetch
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from minutes.export.files import as_file
from minutes.export.lists import BALLOTS, VOTES
from minutes.filters import BallotFilter
from minutes.models import Ballot, Statement
from minutes.statistics.ballots import ballots_by_year
from minutes.statistics.vote_blocks import MeetingLists
from minutes.views.pages import page_of

_RESERVATIONS = Prefetch(
    "item__statements",
    Statement.objects.filter(kind=Statement.Kind.RESERVATION).order_by("position"),
    to_attr="reservations",
)


def votes(request: HttpRequest) -> HttpResponseBase:
    """List published ballots, filtered, by year and one by one; newest or closest first. Ten queries.

    Report an invalid filter on the page with status 400. With ?format=, send a file of the ballots, or with
    ?vis=stemmer too, of each known vote in them. Four queries.
    """
    published = Ballot.objects.published().with_contested().newest_first()
    ballot_filter = BallotFilter(request.GET, published)
    valid = ballot_filter.is_valid()
    if valid and (file := _file(request, ballot_filter)):
        return file
    ballots = ballot_filter.qs if valid else Ballot.objects.none()
    page = page_of(request, ballots.with_places().with_votes().prefetch_related(_RESERVATIONS))
    context = {
        "filter": ballot_filter,
        "valid": valid,
        "is_filtered": valid and any(ballot_filter.form.cleaned_data.values()),
        "years": ballots_by_year(ballots),
        "page": page,
        "lists": MeetingLists(page),
        "printed_only": valid and ballot_filter.printed_only,
    }
    return render(request, "minutes/votes.html", context, status=200 if valid else 400)


def _file(request: HttpRequest, ballot_filter: BallotFilter) -> HttpResponseBase | None:
    if request.GET.get("vis") == "stemmer":
        return as_file(request, VOTES, ballot_filter.votes())
    return as_file(request, BALLOTS, ballot_filter.qs)
