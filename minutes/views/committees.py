"""A committee's page: meetings, outcomes, contested items, members and possible gaps."""

import re
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count, Max, Q
from django.db.models.functions import ExtractYear
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minutes.models import Committee, Meeting
from minutes.models.meetings import MeetingQuerySet
from minutes.statistics.committees import coverage_by_committee
from minutes.statistics.members import current_since, member_activity
from minutes.statistics.outcomes import OutcomeShare, OutcomeSummary, contested_items, outcome_summary
from minutes.views.pages import page_of

MAX_CONTESTED = 5

_MEETINGS_PER_PAGE = 50
_YEAR = re.compile(r"[0-9]{1,4}")
_SHARE_LABELS = {
    "decided": _("Besluttet"),
    "noted": _("Drøftet eller taget til efterretning"),
    "postponed": _("Udsat"),
    "withdrawn": _("Taget af dagsordenen"),
    "none": _("Ingen beslutning i referatet"),
}


def committee(request: HttpRequest, municipality_slug: str, committee_slug: str) -> HttpResponse:
    """Show a committee's meetings of a year (?aar=, else the latest) and its statistics of all years.

    The address of an alias redirects to the committee's own. Thirteen queries, one more with a successor.
    """
    committees = Committee.objects.published().select_related("municipality")
    committee = committees.filter(municipality__slug=municipality_slug, slug=committee_slug).first()
    if committee is None:
        committee = get_object_or_404(
            committees, municipality__slug=municipality_slug, aliases__slug=committee_slug
        )
        return redirect(committee, permanent=True)
    meetings = Meeting.objects.published().of_committee(committee)
    years = list(
        meetings.annotate(year=ExtractYear("date"))
        .values("year")
        .annotate(count=Count("id"))
        .order_by("-year")
    )
    year = _chosen_year(request, [row["year"] for row in years])
    meetings_of_year = meetings.filter(date__year=year).with_places().with_item_counts().newest_first()
    context = {
        "committee": committee,
        "municipality": committee.municipality,
        "aliases": committee.aliases.all(),
        "successor": _published_successor(committee),
        "years": years,
        "year": year,
        "page": page_of(request, meetings_of_year, _MEETINGS_PER_PAGE),
        **_statistics(committee, meetings),
    }
    return render(request, "minutes/committee.html", context)


def _statistics(committee: Committee, meetings: MeetingQuerySet) -> dict[str, object]:
    """The context's statistics of all years. Seven queries."""
    dates = meetings.aggregate(
        latest=Max("date"),
        published=Max("published_at"),
        read=Max("readings__created_at", filter=Q(readings__current=True)),
    )
    since = current_since(dates["latest"])
    members = member_activity(committee)
    former = [member for member in members if member.last < since]
    summary = outcome_summary(committee)
    place = {"kommune": committee.municipality.slug, "udvalg": committee.slug}
    return {
        "since": since,
        "current": [member for member in members if member.last >= since],
        "former": sorted(former, key=lambda member: member.last, reverse=True),
        "outcomes": summary,
        "shares": _labelled_shares(summary, place),
        "contested": contested_items(committee).prefetch_related("ballots")[:MAX_CONTESTED],
        "all_contested": f"{reverse('search')}?{urlencode({**place, 'omstridt': 'on'})}",
        "coverage": coverage_by_committee(committee).get(committee.pk),
        "updated": _latest(dates["published"], dates["read"]),
    }


def _labelled_shares(
    summary: OutcomeSummary, place: dict[str, str]
) -> list[tuple[Promise, OutcomeShare, str]]:
    """Each share with its label and the address of a search for its items."""
    search = reverse("search")
    return [
        (
            _SHARE_LABELS[share.name],
            share,
            f"{search}?{urlencode(place | {'udfald': share.outcomes}, doseq=True)}",
        )
        for share in summary.shares
    ]


def _published_successor(committee: Committee) -> Committee | None:
    """The committee's successor if it has a public page. One query, or none without a successor."""
    if not committee.successor_id:
        return None
    committees = Committee.objects.published().select_related("municipality")
    return committees.filter(pk=committee.successor_id).first()


def _chosen_year(request: HttpRequest, years: list[int]) -> int:
    """The year of ?aar=, else the first of `years`. Raise `Http404` for a year without meetings."""
    year = request.GET.get("aar")
    if not year:
        return years[0]
    if not _YEAR.fullmatch(year) or int(year) not in years:
        raise Http404
    return int(year)


def _latest(*times: datetime | None) -> datetime | None:
    return max((time for time in times if time), default=None)
