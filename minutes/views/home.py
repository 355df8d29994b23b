"""The front page."""

from typing import Any

from django.db.models import Count, Max, Min, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from minutes.models import AgendaItem, Committee, Meeting, Municipality
from minutes.statistics.outcomes import contested_items
from minutes.statistics.recent_topics import recent_topics
from minutes.statistics.tile_map import COLUMNS, ROWS, tiles

_MAX_LATEST, _MAX_CARDS, _MAX_COMING = 10, 6, 5


def home(request: HttpRequest) -> HttpResponse:
    """Show what was contested lately, topics, coming and latest meetings, the archive's counts, and a map.

    `?kommune=` with the slug of a municipality shows only its meetings; the choice is stored nowhere else.
    Ten queries.
    """
    published = Q(committees__meetings__state="published")
    municipalities: list[Any] = list(
        Municipality.objects.published()
        .annotate(meeting_count=Count("committees__meetings", filter=published))
        .in_danish_order()
    )
    wanted = request.GET.get("kommune", "")
    chosen = next((place for place in municipalities if place.slug == wanted), None)
    meetings, today = Meeting.objects.published(), timezone.localdate()
    shown = (meetings.filter(committee__municipality=chosen) if chosen else meetings).with_places()
    past, coming = shown.filter(date__lte=today).newest_first(), shown.filter(date__gt=today)
    open_items = contested_items(chosen).filter(closed=False).defer("decision")
    context = {
        "municipalities": municipalities,
        "chosen": chosen,
        "latest": past.with_item_counts()[:_MAX_LATEST],
        "coming": coming.with_item_counts().order_by("date", "id")[:_MAX_COMING],
        "contested": open_items.prefetch_related("ballots")[:_MAX_CARDS],
        "period": meetings.aggregate(count=Count("id"), first=Min("date"), last=Max("date")),
        "item_count": AgendaItem.objects.published().count(),
        "committee_count": Committee.objects.published().count(),
        "topics": recent_topics(chosen),
        "map": _map(municipalities),
    }
    return render(request, "minutes/home.html", context)


def _map(municipalities: list[Any]) -> dict[str, Any] | None:
    """Return the tiles of the map and its size; None if none of the archive is on it. One query."""
    archived = {
        place.code: (place.get_absolute_url(), place.meeting_count) for place in municipalities if place.code
    }
    if not archived:
        return None
    names = dict(Municipality.objects.exclude(code="").order_by().values_list("code", "name"))
    return {"tiles": tiles(names, archived), "columns": COLUMNS, "rows": ROWS, "count": len(archived)}
