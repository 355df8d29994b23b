"""The front page."""

from django.db.models import Count, Max, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from minutes.models import AgendaItem, Committee, Meeting, Municipality


def home(request: HttpRequest) -> HttpResponse:
    """What the archive is and holds, and the latest meetings. Five queries."""
    published = Q(committees__meetings__state="published")
    ctx = {
        "municipalities": Municipality.objects.published()
        .annotate(meeting_count=Count("committees__meetings", filter=published))
        .in_danish_order(),
        "latest": Meeting.objects.published().with_places().with_item_counts().newest_first()[:10],
        "period": Meeting.objects.published().aggregate(
            count=Count("id"), first=Min("date"), last=Max("date")
        ),
        "item_count": AgendaItem.objects.published().count(),
        "committee_count": Committee.objects.published().count(),
    }
    return render(request, "minutes/home.html", ctx)
