"""Publishes and withdraws a meeting, decides about its documents, and answers questioned corrections."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minutes import publishing, rights
from minutes.admin.pages import attempt, meeting_for, posted_reading, posted_reason, staff_page
from minutes.admin.removal import ReasonForm
from minutes.admin.review_queue import queue_of, review_address
from minutes.importer import discard_document
from minutes.models import Correction, Meeting
from minutes.publishing import Relation


@require_POST
def change_state(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Publish or withdraw a meeting, or accept or reject a pending version.

    Continue with the next draft of the queue from which the meeting was opened and published.
    """
    meeting = meeting_for(request, meeting_id, "publish")
    queue = queue_of(request, meeting)
    reason, by = posted_reason(request), request.user
    act = request.POST.get("act")
    if act == "accept":
        reading = posted_reading(request, meeting)
        done = _("Udgaven er taget i brug.")
        attempt_with_second(request, lambda: publishing.accept(reading, by=by, reason=reason), done)
    elif act == "reject":
        reading = posted_reading(request, meeting)
        done = _("Udgaven er lagt til side.")
        attempt(request, lambda: publishing.reject(reading, by=by, reason=reason), done)
    elif act == "publish":
        done = _("Mødet er offentliggjort.")
        is_done = attempt_with_second(
            request, lambda: publishing.publish(meeting, by=by, reason=reason), done
        )
        if is_done and queue:
            return redirect(queue["next"] or queue["address"])
    elif act == "withdraw":
        done = _("Mødet er trukket tilbage.")
        attempt(request, lambda: publishing.withdraw(meeting, by=by, reason=reason), done)
    else:
        raise Http404
    return redirect(review_address(meeting.pk, queue["query"] if queue else None))


@require_POST
def change_relation(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Store a document as a new version, another meeting or a supplement."""
    meeting = meeting_for(request, meeting_id, "publish")
    reading = posted_reading(request, meeting)
    if request.POST.get("relation") not in set(Relation):
        raise Http404
    relation = Relation(request.POST["relation"])
    try:
        meeting = publishing.change_relation(
            reading, relation, by=request.user, reason=posted_reason(request)
        )
    except publishing.PublishingError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Dokumentet er flyttet på plads."))
    return redirect("admin:minutes_meeting_change", meeting.pk)


def discard(request: HttpRequest, meeting_id: int, reading_id: int) -> HttpResponse:
    """Delete a document that should not have been imported; first a page says what that means."""
    meeting = meeting_for(request, meeting_id, "take_down")
    reading = get_object_or_404(meeting.readings.select_related("source"), pk=reading_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            left = discard_document(reading, by=request.user, reason=form.cleaned_data["reason"])
        except publishing.PublishingError as error:
            form.add_error("reason", str(error))
        else:
            messages.success(request, _("Dokumentet er kasseret. Samme fil kan indlæses igen."))
            if left:
                return redirect("admin:minutes_meeting_change", left.pk)
            return redirect("admin:minutes_meeting_changelist")
    context = staff_page(request, _("Kassér dokument")) | {
        "meeting": meeting,
        "reading": reading,
        "form": form,
        "is_only": not meeting.readings.exclude(source=reading.source).exists(),
        "opts": Meeting._meta,
    }
    return render(request, "admin/discard.html", context, status=400 if form.is_bound else 200)


@require_POST
def answer_correction(request: HttpRequest, meeting_id: int, correction_id: int) -> HttpResponse:
    """Confirm a correction that is questioned or proposed, or drop it."""
    meeting = meeting_for(request, meeting_id, "correct")
    correction = get_object_or_404(meeting.corrections.all(), pk=correction_id)
    act = request.POST.get("act")
    if act == "confirm":
        if not _may_confirm(request, correction):
            raise PermissionDenied
        attempt(request, lambda: publishing.confirm(correction, by=request.user), _("Rettelsen gælder."))
    elif act == "drop":
        attempt(request, lambda: publishing.drop(correction, by=request.user), _("Rettelsen er fjernet."))
    else:
        raise Http404
    return redirect("admin:minutes_meeting_change", meeting.pk)


def _may_confirm(request: HttpRequest, correction: Correction) -> bool:
    """Return True unless it moves the meeting to a municipality where the user may not correct."""
    if correction.field != Correction.Field.MEETING or "municipality" not in correction.value:
        return True
    allowed = rights.municipalities_with(request.user, "correct")
    return allowed.filter(slug=correction.value["municipality"]).exists()


def attempt_with_second(request: HttpRequest, do: Callable[[], bool], done: str) -> bool:
    """Call `do`, and report that it is done, waits for a second reviewer, or why it was refused.

    Return False if it was refused.
    """
    try:
        finished = do()
    except publishing.PublishingError as error:
        messages.error(request, str(error))
        return False
    if finished:
        messages.success(request, done)
    else:
        messages.info(request, _("Du har godkendt. En anden skal også godkende, før offentligheden ser det."))
    return True
