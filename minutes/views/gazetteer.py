"""Pages of the places of a gazetteer: the list of a municipality, and the items that name one of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from minutes.models import AgendaItem, GazetteerPlace, Municipality
from minutes.views.pages import page_of

_PLACES_PER_PAGE = 200
_Kind = GazetteerPlace.Kind
_LABELS = {
    _Kind.STREET: _("Veje"),
    _Kind.SCHOOL: _("Skoler"),
    _Kind.PLAN: _("Planer"),
    _Kind.OTHER: _("Andre steder"),
}


def places(request: HttpRequest, municipality_slug: str) -> HttpResponse:
    """List the places that items name, by name; ?art=street only those of a kind. Four queries.

    Raise `Http404` if there are none.
    """
    municipality = get_object_or_404(Municipality.objects.published(), slug=municipality_slug)
    published = GazetteerPlace.objects.published().filter(municipality=municipality)
    kinds = list(published.order_by("kind").values_list("kind", flat=True).distinct())
    chosen = request.GET.get("art", "")
    if not kinds or (chosen and chosen not in kinds):
        raise Http404
    listed = (published.filter(kind=chosen) if chosen else published).with_counts()
    context = {
        "municipality": municipality,
        "kinds": [(kind.value, label) for kind, label in _LABELS.items() if kind in kinds],
        "chosen": chosen,
        "page": page_of(request, listed.order_by("sort_key", "id"), _PLACES_PER_PAGE),
    }
    return render(request, "minutes/places.html", context)


def place(request: HttpRequest, municipality_slug: str, place_slug: str) -> HttpResponse:
    """Show the items that name a place, newest first, with what was decided. Four queries."""
    place = get_object_or_404(
        GazetteerPlace.objects.published().select_related("municipality"),
        municipality__slug=municipality_slug,
        slug=place_slug,
    )
    items = AgendaItem.objects.published().with_places().filter(place_mentions__place=place)
    newest_first = items.order_by("-meeting__date", "-meeting_id", "position").prefetch_related("ballots")
    page = page_of(request, newest_first)
    context = {"place": place, "municipality": place.municipality, "page": page}
    return render(request, "minutes/place.html", context)
