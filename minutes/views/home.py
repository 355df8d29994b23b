"""The front page."""

from django.db.models import Count, Max, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from minutes.models import AgendaItem, Committee, Meeting, Municipality

_MAX_LATEST = 10


def home(request: HttpRequest) -> HttpResponse:
    """Show the archive's counts, its municipalities and the latest meetings. Five queries."""
    meetings = Meeting.objects.published()
    published = Q(committees__meetings__state="published")
    context = {
        "municipalities": Municipality.objects.published()
        .annotate(meeting_count=Count("committees__meetings", filter=published))
        .in_danish_order(),
        "latest": meetings.with_places().with_item_counts().newest_first()[:_MAX_LATEST],
        "period": meetings.aggregate(count=Count("id"), first=Min("date"), last=Max("date")),
        "item_count": AgendaItem.objects.published().count(),
        "committee_count": Committee.objects.published().count(),
    }
    return render(request, "minutes/home.html", context)
