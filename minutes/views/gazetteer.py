"""Pages of the places of a gazetteer: the list of a municipality, and the items that name one of them."""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from minutes.models import AgendaItem, GazetteerPlace, Municipality
from minutes.views.pages import page_of

_PLACES_PER_PAGE = 200
_Kind = GazetteerPlace.Kind
# The longest passage around a name, in characters before and after it.
_BEFORE, _AFTER = 120, 200
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
    """Show the items that name a place, newest first: what was decided, and the sentence with the name.

    Six queries.
    """
    place = get_object_or_404(
        GazetteerPlace.objects.published().select_related("municipality"),
        municipality__slug=municipality_slug,
        slug=place_slug,
    )
    items = AgendaItem.objects.published().with_places().filter(place_mentions__place=place)
    newest_first = items.order_by("-meeting__date", "-meeting_id", "position")
    page = page_of(request, newest_first.prefetch_related("ballots", "sections"))
    names = _pattern(place)
    context = {
        "place": place,
        "municipality": place.municipality,
        "page": page,
        "rows": [(item, _sentence(item, names)) for item in page],
    }
    return render(request, "minutes/place.html", context)


def _pattern(place: GazetteerPlace) -> re.Pattern[str]:
    """Return a pattern that matches the names of a place as whole words. One query."""
    names = sorted(place.names.values_list("name", flat=True), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})s?\b", re.IGNORECASE)


def _sentence(item: AgendaItem, names: re.Pattern[str]) -> str:
    """Return the sentence of the item's text that names the place; "" if the title does."""
    if names.search(item.title):
        return ""
    for text in (item.decision, *(section.text for section in item.sections.all())):
        if match := names.search(text):
            before, after = text[: match.start()], text[match.end() :]
            start = max(before.rfind("\n"), before.rfind(". ") + 1, match.start() - _BEFORE)
            ends = [end for mark in ("\n", ". ") if (end := after.find(mark)) >= 0]
            end = match.end() + min([*ends, _AFTER])
            sentence = text[start + 1 : end].strip(" -•")
            return f"… {sentence} …"
    return ""
