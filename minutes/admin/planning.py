"""The time at which a meeting will be published: chosen and cancelled by staff."""

import datetime
from typing import Any

from django import forms
from django.forms.utils import from_current_timezone
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from minutes import publishing
from minutes.admin.pages import attempt, meeting_for, posted_reason, staff_page
from minutes.admin.review_queue import queue_of, review_address
from minutes.admin.states import attempt_with_second
from minutes.models import Meeting, PlannedPublication

# A plan whose time came so long ago has no worker that carries it out.
_OVERDUE = datetime.timedelta(minutes=5)


class PlanForm(forms.Form):
    """Date and time of a publication, in the time zone of Copenhagen."""

    day = forms.DateField(
        label=gettext_lazy("Dato"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    time = forms.TimeField(
        label=gettext_lazy("Klokkeslæt"),
        initial=datetime.time(8),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "day" in cleaned and "time" in cleaned:
            # Raises a `ValidationError` for a time that does not exist, or exists twice, as clocks change.
            cleaned["at"] = from_current_timezone(datetime.datetime.combine(cleaned["day"], cleaned["time"]))
        return cleaned


def plan_of(meeting: Meeting) -> dict[str, Any]:
    """Return the meeting's plan, if it has one, and the form that chooses a time. One query."""
    plan = PlannedPublication.objects.select_related("planned_by").filter(meeting=meeting).first()
    is_overdue = bool(plan and not plan.refusal and plan.publish_at < timezone.now() - _OVERDUE)
    return {"plan": plan, "plan_form": PlanForm(), "plan_is_overdue": is_overdue}


@require_POST
def change_plan(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Plan the publication of a meeting, and continue with the next draft of the queue, or cancel it."""
    meeting = meeting_for(request, meeting_id, "publish")
    queue = queue_of(request, meeting)
    by, here = request.user, review_address(meeting.pk, queue["query"] if queue else None)
    if request.POST.get("act") == "cancel":
        done = _("Offentliggørelsen er annulleret.")
        attempt(request, lambda: publishing.cancel_plan(meeting, by=by), done)
        return redirect(here)
    if request.POST.get("act") != "plan":
        raise Http404
    form = PlanForm(request.POST)
    if not form.is_valid():
        ctx = staff_page(request, _("Planlæg offentliggørelsen"))
        ctx |= {"meeting": meeting, "form": form, "queue": queue, "back": here, "opts": Meeting._meta}
        return render(request, "admin/plan.html", ctx, status=400)
    at, reason = form.cleaned_data["at"], posted_reason(request)
    is_done = attempt_with_second(
        request,
        lambda: publishing.plan_publication(meeting, at, by=by, reason=reason),
        _("Mødet bliver offentliggjort på det valgte tidspunkt."),
    )
    return redirect((queue["next"] or queue["address"]) if is_done and queue else here)
