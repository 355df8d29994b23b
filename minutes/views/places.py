"""Municipalities and committees."""

from django.db.models import Count, Max, Q
from django.db.models.functions import ExtractYear
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from minutes.models import Committee, Meeting, Municipality
from minutes.views.pages import page_of

_PUBLISHED = Q(meetings__state="published")


def municipalities(request: HttpRequest) -> HttpResponse:
    """Every municipality with published meetings. One query."""
    published = Q(committees__meetings__state="published")
    rows = (
        Municipality.objects.published()
        .annotate(
            committee_count=Count("committees", filter=published, distinct=True),
            meeting_count=Count("committees__meetings", filter=published),
            latest=Max("committees__meetings__date", filter=published),
        )
        .in_danish_order()
    )
    return render(request, "minutes/municipalities.html", {"municipalities": rows})


def municipality(request: HttpRequest, municipality_slug: str) -> HttpResponse:
    """A municipality's committees and latest meetings. Three queries."""
    found = get_object_or_404(Municipality.objects.published(), slug=municipality_slug)
    ctx = {
        "municipality": found,
        "committees": Committee.objects.published()
        .filter(municipality=found)
        .annotate(
            meeting_count=Count("meetings", filter=_PUBLISHED),
            latest=Max("meetings__date", filter=_PUBLISHED),
        )
        .council_first(),
        "latest": Meeting.objects.published()
        .filter(committee__municipality=found)
        .with_places()
        .with_item_counts()
        .newest_first()[:10],
    }
    return render(request, "minutes/municipality.html", ctx)


def committee(request: HttpRequest, municipality_slug: str, committee_slug: str) -> HttpResponse:
    """A committee's meetings of a year (?aar=), else of the latest. Five queries, six with a successor."""
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
        "successor": Committee.objects.published()
        .select_related("municipality")
        .filter(pk=found.successor_id)
        .first()
        if found.successor_id
        else None,
        "years": years,
        "year": year,
        "page": page_of(
            request, meetings.filter(date__year=year).with_places().with_item_counts().newest_first(), 50
        ),
    }
    return render(request, "minutes/committee.html", ctx)


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
