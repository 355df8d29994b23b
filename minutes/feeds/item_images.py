"""The view of an item's image, which sites show for a link to it."""

from django.db.models import prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from minutes.feeds.conditional import conditional_response
from minutes.feeds.share_images import BusyError, Content, share_image
from minutes.models import AgendaItem
from minutes.models.addresses import Address
from minutes.statistics.verdicts import main_ballot, verdict


def item_image(
    request: HttpRequest, municipality_slug: str, committee_slug: str, meeting_slug: str, item_slug: str
) -> HttpResponse:
    """Return the PNG of a published item, 304 if it has not changed, 503 while too many are drawn.

    Two queries, and one more unless it has not changed. Raises `Http404` if the item is not public.
    """
    meeting = Address.parse(municipality_slug, committee_slug, meeting_slug).published()
    if meeting is None:
        raise Http404
    item = get_object_or_404(meeting.items.all(), slug=item_slug)
    item.meeting = meeting

    def build() -> HttpResponse:
        try:
            return HttpResponse(share_image(_content(item)), content_type="image/png")
        except BusyError:
            return HttpResponse(status=503, headers={"Retry-After": "5"})

    version = ((item.pk, get_language()), meeting.indexed_at or meeting.updated_at)
    return conditional_response(request, [version], build)


def _content(item: AgendaItem) -> Content:
    prefetch_related_objects([item], "ballots")
    meeting = item.meeting
    ballot = None if item.closed else main_ballot(item)
    day = date_format(meeting.date, "DATE_FORMAT")
    place = f"{meeting.committee.name}, {meeting.committee.municipality.name}, {day}"
    counts: tuple[int, ...] = ()
    if ballot and ballot.for_count is not None and ballot.against_count is not None:
        counts = (ballot.for_count, ballot.against_count, ballot.abstained_count or 0)
    said = _("Lukket punkt") if item.closed else verdict(item)
    return Content(place, item.title, said, counts, _("Referatarkivet"))
