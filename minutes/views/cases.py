"""Cases: a matter's way through the committees."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render

from minutes.export import lists
from minutes.export.files import as_file
from minutes.models import Case
from minutes.publishing.cases import SUBJECT
from minutes.statistics.cases import MAX_STEPS, items_of, timeline
from minutes.views.pages import page_of


def case(request: HttpRequest, municipality_slug: str, case_slug: str) -> HttpResponseBase:
    """A case's way as a timeline; of a number that names no single matter its items. Eleven queries.

    As a file, two.
    """
    found = get_object_or_404(
        Case.objects.published().select_related("municipality"),
        municipality__slug=municipality_slug,
        slug=case_slug,
    )
    items = items_of(found).order_by("meeting__date", "meeting_id", "position")
    if file := as_file(request, lists.items_of(found), items):
        return file
    ctx: dict[str, object] = {"case": found, "municipality": found.municipality}
    count = items_of(found).count()
    if found.standing or count > MAX_STEPS:
        ctx |= {
            "page": page_of(request, items_of(found).order_by("-meeting__date", "-meeting_id", "position")),
            "is_subject": bool(SUBJECT.fullmatch(found.number)),
            "count": count,
        }
    else:
        ctx["timeline"] = timeline(found)
    return render(request, "minutes/case.html", ctx)
