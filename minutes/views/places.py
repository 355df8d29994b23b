"""Municipalities: the list, one with its committees, and those who were elected there."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from minutes.models import Committee, Meeting, Municipality
from minutes.statistics.committees import (
    contested_items,
    coverage_by_committee,
    current_since,
    meeting_counts_by_year,
    member_activity,
)
from minutes.views.committees import CONTESTED_SHOWN
from minutes.views.pages import page_of

_PUBLISHED = Q(meetings__state="published")
_PEOPLE_SHOWN, _PEOPLE_PER_PAGE = 40, 100
# Columns of the table of coverage; earlier years stand in one.
_YEARS_SHOWN = 6


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
    """A municipality's committees, latest meetings, members, contested items and coverage. Ten queries."""
    found = get_object_or_404(Municipality.objects.published(), slug=municipality_slug)
    meetings = Meeting.objects.published().filter(committee__municipality=found)
    committees = list(
        Committee.objects.published()
        .filter(municipality=found)
        .annotate(
            meeting_count=Count("meetings", filter=_PUBLISHED),
            latest=Max("meetings__date", filter=_PUBLISHED),
        )
        .council_first()
    )
    since = current_since(max(each.latest for each in committees))
    everyone = member_activity(found)
    current = [each for each in everyone if each.last >= since]
    place = {"kommune": found.slug}
    ctx = {
        "municipality": found,
        "committees": committees,
        "latest": meetings.with_places().with_item_counts().newest_first()[:10],
        "since": since,
        "current": current[:_PEOPLE_SHOWN],
        "not_shown": len(everyone) - len(current[:_PEOPLE_SHOWN]),
        "contested": contested_items(found).prefetch_related("ballots")[:CONTESTED_SHOWN],
        "all_contested": f"{reverse('search')}?{urlencode({**place, 'omstridt': 'on'})}",
        "votes": f"{reverse('votes')}?{urlencode(place)}",
        "coverage": CoverageTable.of(committees, meeting_counts_by_year(found), _gaps(found)),
    }
    return render(request, "minutes/municipality.html", ctx)


def people(request: HttpRequest, municipality_slug: str) -> HttpResponse:
    """Those who were elected in a municipality, the present ones first. Five queries."""
    found = get_object_or_404(Municipality.objects.published(), slug=municipality_slug)
    meetings = Meeting.objects.published().filter(committee__municipality=found)
    since = current_since(meetings.aggregate(latest=Max("date"))["latest"])
    everyone = sorted(member_activity(found), key=lambda each: each.last < since)
    page = page_of(request, everyone, _PEOPLE_PER_PAGE)
    ctx = {
        "municipality": found,
        "since": since,
        "page": page,
        "current": [each for each in page if each.last >= since],
        "former": [each for each in page if each.last < since],
    }
    return render(request, "minutes/people.html", ctx)


def _gaps(municipality: Municipality) -> dict[int, int]:
    """How many gaps there seem to be in each committee's meetings. One query."""
    return {committee: len(each.gaps) for committee, each in coverage_by_committee(municipality).items()}


@dataclass(frozen=True)
class CoverageTable:
    """Meetings by committee and year: the latest years each in a column, those before in one.

    `rows` are (committee, meetings before, meetings of each year, gaps).
    """

    years: list[int]
    has_before: bool
    rows: list[tuple[Committee, int, list[tuple[int, int]], int]]

    @classmethod
    def of(
        cls, committees: Iterable[Committee], by_year: dict[int, dict[int, int]], gaps: dict[int, int]
    ) -> "CoverageTable":
        last = max(max(years) for years in by_year.values())
        first = min(min(years) for years in by_year.values())
        shown = list(range(max(first, last - _YEARS_SHOWN + 1), last + 1))
        rows = []
        for committee in committees:
            counts = by_year.get(committee.pk, {})
            before = sum(n for year, n in counts.items() if year < shown[0])
            of_years = [(year, counts.get(year, 0)) for year in shown]
            rows.append((committee, before, of_years, gaps.get(committee.pk, 0)))
        return cls(shown, first < shown[0], rows)
