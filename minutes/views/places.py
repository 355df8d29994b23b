"""Pages of municipalities: the list, one with its committees, and its elected members."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from minutes.models import Committee, GazetteerPlace, Meeting, Municipality
from minutes.statistics.committees import coverage_by_committee, meeting_counts_by_year
from minutes.statistics.members import current_since, member_activity
from minutes.statistics.outcomes import contested_items
from minutes.statistics.recent_topics import recent_topics
from minutes.views.committees import MAX_CONTESTED
from minutes.views.pages import page_of

_PUBLISHED = Q(all_meetings__state="published")
_MAX_LATEST = 10
_MAX_MEMBERS, _MEMBERS_PER_PAGE = 40, 100
# Columns of the table of coverage; earlier years share one.
_YEAR_COLUMNS = 6


def municipalities(request: HttpRequest) -> HttpResponse:
    """List the municipalities with published meetings. One query."""
    published = Q(committees__meetings__state="published")
    committees = Committee.objects.published().filter(municipality=OuterRef("pk")).order_by()
    municipalities = (
        Municipality.objects.published()
        .annotate(
            committee_count=Subquery(
                committees.values("municipality").annotate(count=Count("pk")).values("count")
            ),
            meeting_count=Count("committees__meetings", filter=published),
            latest=Max("committees__meetings__date", filter=published),
        )
        .in_danish_order()
    )
    return render(request, "minutes/municipalities.html", {"municipalities": municipalities})


def municipality(request: HttpRequest, municipality_slug: str) -> HttpResponse:
    """Show a municipality's committees, latest meetings, members, contested items, topics, coverage.

    Twelve queries.
    """
    municipality = get_object_or_404(Municipality.objects.published(), slug=municipality_slug)
    meetings = Meeting.objects.published().filter(committee__municipality=municipality)
    committees: list[Any] = list(
        Committee.objects.published()
        .filter(municipality=municipality)
        .annotate(
            meeting_count=Count("all_meetings", filter=_PUBLISHED),
            latest=Max("all_meetings__date", filter=_PUBLISHED),
        )
        .council_first()
    )
    since = current_since(max(committee.latest for committee in committees))
    members = member_activity(municipality)
    current = [member for member in members if member.last >= since][:_MAX_MEMBERS]
    place = {"kommune": municipality.slug}
    context = {
        "municipality": municipality,
        "committees": committees,
        "latest": meetings.with_places().with_item_counts().newest_first()[:_MAX_LATEST],
        "since": since,
        "current": current,
        "more_members": len(members) - len(current),
        "contested": contested_items(municipality).prefetch_related("ballots")[:MAX_CONTESTED],
        "all_contested": f"{reverse('search')}?{urlencode({**place, 'omstridt': 'on'})}",
        "all_votes": f"{reverse('votes')}?{urlencode(place)}",
        "has_places": GazetteerPlace.objects.published().filter(municipality=municipality).exists(),
        "topics": recent_topics(municipality),
        "coverage": CoverageTable.of(municipality, committees),
    }
    return render(request, "minutes/municipality.html", context)


def people(request: HttpRequest, municipality_slug: str) -> HttpResponse:
    """List a municipality's elected members, current ones first; ?parti=v only a party's. Five queries.

    A member is of the party that is printed last with the name. Raise `Http404` if the party has no members.
    """
    municipality = get_object_or_404(Municipality.objects.published(), slug=municipality_slug)
    meetings = Meeting.objects.published().filter(committee__municipality=municipality)
    since = current_since(meetings.aggregate(latest=Max("date"))["latest"])
    members = sorted(member_activity(municipality), key=lambda member: member.last < since)
    parties = sorted(
        {member.latest_party for member in members if member.latest_party}, key=lambda party: party.sort_key
    )
    chosen = request.GET.get("parti", "")
    if chosen:
        members = [member for member in members if member.latest_party and member.latest_party.slug == chosen]
        if not members:
            raise Http404
    page = page_of(request, members, _MEMBERS_PER_PAGE)
    context = {
        "municipality": municipality,
        "since": since,
        "parties": parties,
        "chosen": chosen,
        "page": page,
        "current": [member for member in page if member.last >= since],
        "former": [member for member in page if member.last < since],
    }
    return render(request, "minutes/people.html", context)


@dataclass(frozen=True)
class CoverageRow:
    """Meetings of a committee: before the years of the table, in each of them, and the possible gaps.

    `gaps` is None where the meetings do not show whether any is missing.
    """

    committee: Committee
    earlier: int
    counts: list[tuple[int, int]]  # (year, meetings)
    gaps: int | None


@dataclass(frozen=True)
class CoverageTable:
    """Meetings by committee and year: a column for each of the latest years and one for earlier ones."""

    years: list[int]
    has_earlier: bool
    rows: list[CoverageRow]

    @classmethod
    def of(cls, municipality: Municipality, committees: Iterable[Committee]) -> "CoverageTable":
        """Build the table of a municipality that has meetings. Two queries."""
        counts_by_year = meeting_counts_by_year(municipality)
        coverage = coverage_by_committee(municipality)
        all_years = {year for counts in counts_by_year.values() for year in counts}
        first, last = min(all_years), max(all_years)
        years = list(range(max(first, last - _YEAR_COLUMNS + 1), last + 1))
        rows = []
        for committee in committees:
            counts = counts_by_year.get(committee.pk, {})
            signs = coverage.get(committee.pk)
            gaps = len(signs.gaps) if signs and (signs.gaps or signs.is_readable) else None
            earlier = sum(count for year, count in counts.items() if year < years[0])
            rows.append(
                CoverageRow(committee, earlier, [(year, counts.get(year, 0)) for year in years], gaps)
            )
        return cls(years, first < years[0], rows)
