"""What a corrected version of the minutes says otherwise than the one before it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from minutes.models import Reading
from minutes.models.addresses import Address
from minutes.publishing import previous_versions, version_diff
from minutes.views.meetings import instead


def version_diff_page(
    request: HttpRequest, municipality_slug: str, committee_slug: str, meeting_slug: str
) -> HttpResponse:
    """The version in force beside an earlier one: ?udgave= names which, else the last. Ten queries at most.

    404 where no earlier version was public.
    """
    address = Address.parse(municipality_slug, committee_slug, meeting_slug)
    meeting = address.published()
    if meeting is None:
        return instead(request, address, "aendringer")
    versions = previous_versions(meeting)
    asked = request.GET.get("udgave", "")
    chosen = next((each for each in versions if asked in ("", str(each.pk))), None)
    if chosen is None:
        raise Http404
    ctx = {
        "meeting": meeting,
        "committee": meeting.committee,
        "municipality": meeting.committee.municipality,
        "versions": versions,
        "chosen": chosen,
        "changes": version_diff(meeting, Reading.objects.select_related("source").get(pk=chosen.pk)),
    }
    return render(request, "minutes/changes.html", ctx)
