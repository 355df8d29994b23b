"""Publishes the certain drafts among those of the queue, after a page that lists them."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.admin import helpers
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Max, Min, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minutes import publishing, rights
from minutes.admin import bulk
from minutes.admin.drafts import with_current_readings
from minutes.admin.pages import staff_page
from minutes.admin.queue_filters import QueueForm
from minutes.models import Claim, Correction, Meeting, PlannedPublication, Reading
from minutes.vocabulary import Grade

# Meetings on a page: they are published while the browser waits.
_MOST = 50


def approve_certain(request: HttpRequest) -> HttpResponse:
    """Ask which of the certain drafts of the queue to publish; then publish the ticked ones.

    Eight queries for the page at most.
    """
    if not request.user.has_perm("minutes.publish"):
        raise PermissionDenied
    form = QueueForm(request.GET, user=request.user)
    drafts = certain_drafts(form.meetings(), request.user)
    queue = f"{reverse('admin:review_queue')}?{form.query()}"
    if request.method == "POST":
        if "all" in request.POST:
            return _publish_all(request, drafts, queue, form.query())
        _publish(request, drafts)
        return redirect(queue)
    shown = list(with_current_readings(_with_item_counts(drafts))[: _MOST + 1])
    context = staff_page(request, _("Offentliggør de sikre kladder")) | {
        "action": "publish",
        "are_certain": True,
        "address": f"{reverse('admin:approve_certain')}?{form.query()}",
        "back": queue,
        "candidates": [bulk.Candidate(meeting, [], "") for meeting in shown[:_MOST]],
        "left_out": len(shown) > _MOST,
        "shown_count": _MOST,
        "all_count": drafts.count() if len(shown) > _MOST and not settings.REQUIRE_SECOND_REVIEWER else 0,
        "checkbox_name": helpers.ACTION_CHECKBOX_NAME,
        "opts": Meeting._meta,
    }
    return render(request, "admin/bulk.html", context)


def certain_drafts(drafts: QuerySet[Meeting], user: Any) -> QuerySet[Meeting]:
    """Return the drafts that can be published without a look at each of them.

    All their readings are certain and without possible CPR numbers, nothing waits for an answer, no other
    user reviews them, and the user may publish them.
    """
    readings = Reading.objects.filter(current=True)
    uncertain = readings.exclude(grade=Grade.CERTAIN.value) | readings.exclude(unresolved_cpr_matches=[])
    certain = drafts.filter(
        pk__in=readings.values("meeting"),
        committee__municipality__in=rights.municipalities_with(user, "publish"),
    )
    left_out: tuple[QuerySet[Any], ...] = (
        uncertain,
        Reading.objects.filter(pending=True),
        Correction.objects.unanswered(),
        PlannedPublication.objects.all(),
        Claim.objects.by_others(user),
    )
    for rows in left_out:
        certain = certain.exclude(pk__in=rows.order_by().values_list("meeting", flat=True))
    if settings.REQUIRE_SECOND_REVIEWER:
        # Approved by the user, they wait for another one.
        certain = certain.exclude(approved_by=user)
    return certain


def _with_item_counts(drafts: Any) -> QuerySet[Meeting]:
    meetings: QuerySet[Meeting] = drafts.with_places().with_item_counts()
    return meetings


def _publish(request: HttpRequest, drafts: Any) -> None:
    """Publish the ticked ones of the drafts; report those that are not certain any longer."""
    ticked = [pk for pk in request.POST.getlist(helpers.ACTION_CHECKBOX_NAME) if pk.isdecimal()][:_MOST]
    meetings = list(bulk.as_shown(request, drafts.filter(pk__in=ticked)))
    lost = len(ticked) - drafts.filter(pk__in=ticked).count()
    if lost:
        text = ngettext(
            "%d møde er ændret i mellemtiden. Se det igennem først.",
            "%d møder er ændret i mellemtiden. Se dem igennem først.",
            lost,
        )
        messages.error(request, text % lost)
    bulk.apply(request, meetings, publishing.publish)


def _publish_all(request: HttpRequest, drafts: QuerySet[Meeting], queue: str, query: str) -> HttpResponse:
    """Let workers publish all certain drafts of the queue, also those that are not on the page.

    First a page asks, with their number by committee; again if the number is another one by then.
    """
    count = drafts.count()
    if request.POST.get("count") != str(count):
        context = staff_page(request, _("Offentliggør de sikre kladder")) | {
            "count": count,
            "groups": _by_committee(drafts),
            "address": f"{reverse('admin:approve_certain')}?{query}",
            "back": queue,
            "opts": Meeting._meta,
        }
        return render(request, "admin/publish_all.html", context)
    try:
        count = publishing.plan_now(drafts, by=request.user)
    except publishing.PublishingError as error:
        messages.error(request, str(error))
        return redirect(queue)
    text = ngettext(
        "%d møde bliver offentliggjort i baggrunden, fra om højst et minut.",
        "%d møder bliver offentliggjort i baggrunden, fra om højst et minut.",
        count,
    )
    messages.success(request, text % count)
    return redirect(queue)


def _by_committee(drafts: QuerySet[Meeting]) -> Any:
    """Return number, first and last date of the drafts by committee. One query."""
    names = ("committee__municipality__name", "committee__name")
    rows = Meeting.objects.filter(pk__in=drafts.order_by().values("pk")).order_by(*names).values(*names)
    return rows.annotate(count=Count("pk"), first=Min("date"), last=Max("date"))
