"""What staff do with a meeting as a whole: publish, withdraw, take down, redact, judge, answer."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from minutes import publishing
from minutes.admin.pages import attempt, meeting_for, staff_page
from minutes.models import Meeting, Reading
from minutes.models.meetings import State


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Begrundelse"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "For kolleger og tilsyn; vises ikke for offentligheden. Skriv ikke persondata."
        ),
    )


class PassageForm(ReasonForm):
    field_order = ("passage", "reason")

    passage = forms.CharField(
        label=gettext_lazy("Tekst, der skal fjernes"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=gettext_lazy("Ordene, som de står i kilden; linjeskift er ligegyldige."),
    )


@require_POST
def change_state(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Publish, withdraw, take a waiting version into use or leave it aside."""
    meeting = meeting_for(request, meeting_id, "publish")
    reason = _reason(request)
    by = request.user
    act = request.POST.get("act")
    if act in {"accept", "reject"}:
        reading = _reading(meeting, request)
        if act == "reject":
            attempt(
                request,
                lambda: publishing.reject(reading, by=by, reason=reason),
                _("Udgaven er lagt til side."),
            )
        else:
            _with_second(
                request,
                lambda: publishing.accept(reading, by=by, reason=reason),
                _("Udgaven er taget i brug."),
            )
    elif act == "publish":
        _with_second(
            request,
            lambda: publishing.publish(meeting, by=by, reason=reason),
            _("Mødet er offentliggjort."),
        )
    elif act == "withdraw":
        attempt(
            request,
            lambda: publishing.withdraw(meeting, by=by, reason=reason),
            _("Mødet er trukket tilbage."),
        )
    else:
        raise Http404
    return redirect("admin:minutes_meeting_change", meeting.pk)


def _with_second(request: HttpRequest, do: Callable[[], bool], done: str) -> None:
    try:
        finished = do()
    except publishing.PublishingError as refusal:
        messages.error(request, str(refusal))
        return
    if finished:
        messages.success(request, done)
    else:
        messages.info(request, _("Du har godkendt. En anden skal også godkende, før offentligheden ser det."))


@require_POST
def personal_data(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Redact one possible personal number or all, or judge one to be something else."""
    act = request.POST.get("act")
    meeting = meeting_for(request, meeting_id, "judge_hits" if act == "false" else "redact")
    by = request.user
    if act == "all":
        attempt(
            request,
            lambda: publishing.redact_all_numbers(meeting, by=by),
            _("Alle mulige CPR-numre er fjernet."),
        )
        return redirect("admin:minutes_meeting_change", meeting.pk)
    reading = _reading(meeting, request)
    try:
        start = int(request.POST.get("start", ""))
    except ValueError:
        raise Http404 from None
    if act == "redact":
        attempt(
            request,
            lambda: publishing.redact_number(reading, start, by=by),
            _("Nummeret er fjernet overalt i mødets tekster."),
        )
    elif act == "false":
        reason = _reason(request)
        attempt(
            request,
            lambda: publishing.dismiss_match(reading, start, by=by, reason=reason),
            _("Fundet er vurderet: intet CPR-nummer."),
        )
    else:
        raise Http404
    return redirect("admin:minutes_meeting_reading", meeting.pk, reading.pk)


def redact(request: HttpRequest, meeting_id: int, reading_id: int) -> HttpResponse:
    """Cover a passage in every text of the meeting, for good."""
    meeting = meeting_for(request, meeting_id, "redact")
    reading = get_object_or_404(meeting.readings.select_related("source"), pk=reading_id)
    form = PassageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            places = publishing.redact_passage(
                reading, told["passage"], by=request.user, reason=told["reason"]
            )
        except publishing.PublishingError as refusal:
            form.add_error("passage", str(refusal))
        else:
            done = ngettext("Teksten er fjernet.", "Teksten er fjernet %d steder.", places)
            messages.success(request, done % places if places > 1 else done)
            return redirect("admin:minutes_meeting_reading", meeting.pk, reading.pk)
    ctx = staff_page(request, _("Fjern tekst")) | {
        "meeting": meeting,
        "reading": reading,
        "form": form,
        "text": publishing.masked_text(reading),
        "opts": Meeting._meta,
    }
    return render(request, "admin/redact.html", ctx, status=400 if form.is_bound else 200)


def take_down(request: HttpRequest, meeting_id: int, item_slug: str = "") -> HttpResponse:
    """Take the meeting, or one of its items, from the public for good; first a page says what that is."""
    meeting = meeting_for(request, meeting_id, "take_down")
    item = None
    if item_slug:
        item = get_object_or_404(meeting.items.select_related("reading"), slug=item_slug)
        item.meeting = meeting
    elif meeting.state == State.TAKEN_DOWN:
        raise Http404
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            if item:
                publishing.take_down_item(item, by=request.user, reason=reason)
            else:
                publishing.take_down_meeting(meeting, by=request.user, reason=reason)
        except publishing.PublishingError as refusal:
            form.add_error("reason", str(refusal))
        else:
            messages.success(request, _("Punktet er taget ned.") if item else _("Mødet er taget ned."))
            return redirect("admin:minutes_meeting_change", meeting.pk)
    title = _("Tag punkt ned") if item else _("Tag møde ned")
    ctx = staff_page(request, title) | {"meeting": meeting, "item": item, "form": form, "opts": Meeting._meta}
    return render(request, "admin/take_down.html", ctx, status=400 if form.is_bound else 200)


@require_POST
def answer_correction(request: HttpRequest, meeting_id: int, correction_id: int) -> HttpResponse:
    """Keep a correction that is asked about, agree to one that is proposed, or let it go."""
    meeting = meeting_for(request, meeting_id, "correct")
    correction = get_object_or_404(meeting.corrections.all(), pk=correction_id)
    act = request.POST.get("act")
    if act == "confirm":
        attempt(request, lambda: publishing.confirm(correction, by=request.user), _("Rettelsen gælder."))
    elif act == "drop":
        attempt(request, lambda: publishing.drop(correction, by=request.user), _("Rettelsen er fjernet."))
    else:
        raise Http404
    return redirect("admin:minutes_meeting_change", meeting.pk)


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "").replace("\0", "").strip()


def _reading(meeting: Meeting, request: HttpRequest) -> Reading:
    number = request.POST.get("reading", "")
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        raise Http404
    reading: Reading = get_object_or_404(meeting.readings.all(), pk=int(number))
    if not request.user.has_perm("minutes.view_reading", reading):
        raise PermissionDenied
    return reading
