"""The page that compares the version of the minutes in force with an earlier public one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from minutes.models import Reading
from minutes.models.addresses import Address
from minutes.publishing import previous_versions, version_diff
from minutes.views.meetings import missing_meeting


def version_diff_page(
    request: HttpRequest, municipality_slug: str, committee_slug: str, meeting_slug: str
) -> HttpResponse:
    """Show what changed since an earlier version: the one named by ?udgave=, else the last.

    Raises `Http404` if no earlier version was public. At most ten queries.
    """
    address = Address.parse(municipality_slug, committee_slug, meeting_slug)
    meeting = address.published()
    if meeting is None:
        return missing_meeting(request, address, "aendringer")
    versions = previous_versions(meeting)
    number = request.GET.get("udgave", "")
    chosen = next((version for version in versions if number in ("", str(version.pk))), None)
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
