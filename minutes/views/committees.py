"""A committee: its meetings, who took part, what became of its items, and what seems to be missing."""

from urllib.parse import urlencode

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minutes.models import Committee, Meeting
from minutes.statistics.committees import (
    OutcomeShare,
    OutcomeSummary,
    contested_items,
    coverage_by_committee,
    current_since,
    member_activity,
    outcome_summary,
)
from minutes.views.pages import page_of

CONTESTED_SHOWN = 5
_SHARES = {
    "decided": _("Besluttet"),
    "noted": _("Drøftet eller taget til efterretning"),
    "postponed": _("Udsat"),
    "none": _("Ingen trykt beslutning"),
}


def committee(request: HttpRequest, municipality_slug: str, committee_slug: str) -> HttpResponse:
    """A committee's meetings of a year (?aar=), else of the latest, and its figures of all years.

    Thirteen queries, one more with a successor.
    """
    found = (
        Committee.objects.published()
        .select_related("municipality")
        .filter(municipality__slug=municipality_slug, slug=committee_slug)
        .first()
    )
    if found is None:
        return _by_alias(municipality_slug, committee_slug)
    meetings = Meeting.objects.published().filter(committee=found)
    years = list(
        meetings.annotate(year=ExtractYear("date"))
        .values("year")
        .annotate(count=Count("id"))
        .order_by("-year")
    )
    year = _year(request, [row["year"] for row in years])
    ctx = {
        "committee": found,
        "municipality": found.municipality,
        "aliases": found.aliases.all(),
        "successor": _successor(found),
        "years": years,
        "year": year,
        "page": page_of(
            request, meetings.filter(date__year=year).with_places().with_item_counts().newest_first(), 50
        ),
    }
    return render(request, "minutes/committee.html", ctx | _figures(found, meetings))


def _figures(committee: Committee, meetings: QuerySet[Meeting]) -> dict[str, object]:
    """Of all years. Seven queries."""
    told = meetings.aggregate(
        latest=Max("date"),
        published=Max("published_at"),
        read=Max("readings__created_at", filter=Q(readings__current=True)),
    )
    since = current_since(told["latest"])
    everyone = member_activity(committee)
    found = outcome_summary(committee)
    place = {"kommune": committee.municipality.slug, "udvalg": committee.slug}
    return {
        "since": since,
        "current": [each for each in everyone if each.last >= since],
        "former": sorted(
            (each for each in everyone if each.last < since), key=lambda each: each.last, reverse=True
        ),
        "outcomes": found,
        "shares": _shares(found, place),
        "contested": contested_items(committee).prefetch_related("ballots")[:CONTESTED_SHOWN],
        "all_contested": f"{reverse('search')}?{urlencode({**place, 'omstridt': 'on'})}",
        "coverage": coverage_by_committee(committee)[committee.pk],
        "updated": max(filter(None, (told["published"], told["read"])), default=None),
    }


def _shares(found: OutcomeSummary, place: dict[str, str]) -> list[tuple[object, OutcomeShare, str]]:
    """Each share with its name and the search that finds its items."""
    search = reverse("search")
    return [
        (_SHARES[share.name], share, f"{search}?{urlencode(place | {'udfald': share.outcomes}, doseq=True)}")
        for share in found.shares
    ]


def _successor(committee: Committee) -> Committee | None:
    """The one that took its place, once it has a page. One query, none without."""
    if not committee.successor_id:
        return None
    published = Committee.objects.published().select_related("municipality")
    return published.filter(pk=committee.successor_id).first()


def _year(request: HttpRequest, years: list[int]) -> int:
    asked = request.GET.get("aar")
    if not asked:
        return years[0]
    if not asked.isascii() or not asked.isdigit() or len(asked) > 4 or int(asked) not in years:
        raise Http404
    return int(asked)


def _by_alias(municipality_slug: str, committee_slug: str) -> HttpResponse:
    """Lead another name's address to the committee's own."""
    found = get_object_or_404(
        Committee.objects.published().select_related("municipality"),
        municipality__slug=municipality_slug,
        aliases__slug=committee_slug,
    )
    return redirect(found, permanent=True)
