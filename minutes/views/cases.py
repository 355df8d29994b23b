"""A case's page: its timeline, or the list of items with its number."""

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
    """Show a case's timeline, or a list of items for a number that is no single case. Eleven queries.

    With ?format=, send the items as a file. Two queries.
    """
    case = get_object_or_404(
        Case.objects.published().select_related("municipality"),
        municipality__slug=municipality_slug,
        slug=case_slug,
    )
    items = items_of(case)
    if file := as_file(request, lists.items_of(case), items):
        return file
    context: dict[str, object] = {"case": case, "municipality": case.municipality}
    count = items.count()
    if case.standing or count > MAX_STEPS:
        newest_first = items.order_by("-meeting__date", "-meeting_id", "position")
        context |= {
            "page": page_of(request, newest_first),
            "is_subject": bool(SUBJECT.fullmatch(case.number)),
            "count": count,
        }
    else:
        context["timeline"] = timeline(case)
    return render(request, "minutes/case.html", context)
