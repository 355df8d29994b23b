"""Cases: the items that carry a case number."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from minutes.export.files import as_file
from minutes.export.lists import items_of
from minutes.models import AgendaItem, Case
from minutes.views.pages import page_of


def case(request: HttpRequest, municipality_slug: str, case_slug: str) -> HttpResponseBase:
    """A case's items, oldest first. Three queries; as a file, two."""
    found = get_object_or_404(
        Case.objects.published().select_related("municipality"),
        municipality__slug=municipality_slug,
        slug=case_slug,
    )
    items = AgendaItem.objects.published().with_places().filter(case_numbers__case=found)
    items = items.order_by("meeting__date", "meeting_id", "position")
    if file := as_file(request, items_of(found), items):
        return file
    ctx = {"case": found, "municipality": found.municipality, "page": page_of(request, items)}
    return render(request, "minutes/case.html", ctx)
