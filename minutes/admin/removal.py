"""Removes content: possible CPR numbers, passages, items and whole meetings."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from minutes import publishing
from minutes.admin.pages import attempt, meeting_for, posted_reading, posted_reason, staff_page
from minutes.models import Meeting
from minutes.models.states import State


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
def personal_data(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Redact one possible CPR number, all of them or a known name, or dismiss a match as another number."""
    act = request.POST.get("act")
    meeting = meeting_for(request, meeting_id, "judge_hits" if act == "false" else "redact")
    by = request.user
    if act == "all":
        done = _("Alle mulige CPR-numre er fjernet.")
        attempt(request, lambda: publishing.redact_all_numbers(meeting, by=by), done)
        return redirect("admin:minutes_meeting_change", meeting.pk)
    reading = posted_reading(request, meeting)
    try:
        start = int(request.POST.get("start", ""))
    except ValueError:
        raise Http404 from None
    if act == "redact":
        done = _("Nummeret er fjernet overalt i mødets tekster.")
        attempt(request, lambda: publishing.redact_number(reading, start, by=by), done)
    elif act == "name":
        done = _("Navnet er fjernet overalt i mødets tekster.")
        attempt(request, lambda: publishing.redact_known_name(reading, start, by=by), done)
    elif act == "false":
        reason = posted_reason(request)
        done = _("Fundet er vurderet: intet CPR-nummer.")
        attempt(request, lambda: publishing.dismiss_match(reading, start, by=by, reason=reason), done)
    else:
        raise Http404
    return redirect("admin:minutes_meeting_reading", meeting.pk, reading.pk)


def redact(request: HttpRequest, meeting_id: int, reading_id: int) -> HttpResponse:
    """Redact a passage in every text of the meeting, for good."""
    meeting = meeting_for(request, meeting_id, "redact")
    reading = get_object_or_404(meeting.readings.select_related("source"), pk=reading_id)
    form = PassageForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        passage, reason = form.cleaned_data["passage"], form.cleaned_data["reason"]
        try:
            places = publishing.redact_passage(reading, passage, by=request.user, reason=reason)
        except publishing.PublishingError as error:
            form.add_error("passage", str(error))
        else:
            done = ngettext("Teksten er fjernet.", "Teksten er fjernet %d steder.", places)
            messages.success(request, done % places if places > 1 else done)
            return redirect("admin:minutes_meeting_reading", meeting.pk, reading.pk)
    context = staff_page(request, _("Fjern tekst")) | {
        "meeting": meeting,
        "reading": reading,
        "form": form,
        "text": publishing.masked_text(reading),
        "opts": Meeting._meta,
    }
    return render(request, "admin/redact.html", context, status=400 if form.is_bound else 200)


def take_down(request: HttpRequest, meeting_id: int, item_slug: str = "") -> HttpResponse:
    """Take the meeting or one of its items down for good; first a page says what that means."""
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
        except publishing.PublishingError as error:
            form.add_error("reason", str(error))
        else:
            messages.success(request, _("Punktet er taget ned.") if item else _("Mødet er taget ned."))
            return redirect("admin:minutes_meeting_change", meeting.pk)
    title = _("Tag punkt ned") if item else _("Tag møde ned")
    context = staff_page(request, title) | {
        "meeting": meeting,
        "item": item,
        "form": form,
        "opts": Meeting._meta,
    }
    return render(request, "admin/take_down.html", context, status=400 if form.is_bound else 200)
