"""Views that correct what the reader read: facts of a meeting, an item, its ballots."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from minutes import publishing
from minutes.admin.ballot_forms import BallotSlot, ballot_slots
from minutes.admin.correction_forms import ItemForm, MeetingForm
from minutes.admin.pages import meeting_for, staff_page
from minutes.models import AgendaItem, Correction, Meeting
from minutes.publishing.corrected import ITEM_FIELDS, MEETING_FIELDS, plain_value
from minutes.publishing.corrections import facts_of, read_value


def correct_meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Correct the meeting's date, committee, municipality, place and times."""
    meeting = meeting_for(request, meeting_id, "correct")
    committee = meeting.committee
    initial = {"day": meeting.date, "committee": committee.name, "municipality": committee.municipality_id}
    initial |= {field.value: getattr(meeting, field.value) for field in MEETING_FIELDS}
    form = MeetingForm(request.POST or None, initial=initial, user=request.user)
    submitted = request.method == "POST" and form.is_valid()
    if submitted and attempt_in(form, lambda: _correct_meeting(request, meeting, form)):
        report_saved(request, meeting)
        return redirect("admin:minutes_meeting_change", meeting.pk)
    context = staff_page(request, _("Ret møde")) | {"meeting": meeting, "form": form, "opts": Meeting._meta}
    return render(request, "admin/correct.html", context, status=400 if form.is_bound else 200)


def correct_item(request: HttpRequest, meeting_id: int, item_slug: str) -> HttpResponse:
    """Correct an item and its ballots, and add a ballot that the reader missed."""
    meeting = meeting_for(request, meeting_id, "correct")
    item = get_object_or_404(meeting.items.select_related("reading"), slug=item_slug)
    initial = {field.value: _current_value(item, field) for field in ITEM_FIELDS}
    form = ItemForm(request.POST or None, initial=initial)
    slots = ballot_slots(meeting, item, request.POST or None)
    if request.method == "POST":
        # A list, so that every form is validated and the page shows all errors.
        valid = [form.is_valid(), *(slot.form.is_valid() for slot in slots if slot.is_filled)]
        if all(valid) and attempt_in(form, lambda: _correct(request, meeting, item, form, slots)):
            report_saved(request, meeting)
            return redirect("admin:minutes_meeting_change", meeting.pk)
    context = staff_page(request, _("Ret punkt %s") % (item.number or item.position)) | {
        "meeting": meeting,
        "item": item,
        "form": form,
        "slots": slots,
        "opts": Meeting._meta,
        "source": _source_of(item),
    }
    return render(request, "admin/correct.html", context, status=400 if form.is_bound else 200)


@transaction.atomic
def _correct_meeting(request: HttpRequest, meeting: Meeting, form: MeetingForm) -> None:
    cleaned = form.cleaned_data
    for field in MEETING_FIELDS:
        # A field that was not sent stays as it is.
        if field.value in form.changed_data and field.value in form.data:
            publishing.correct_meeting_fact(
                meeting, field, cleaned[field.value], by=request.user, reason=cleaned["reason"]
            )
    publishing.move(
        meeting,
        day=cleaned["day"],
        committee=cleaned["committee"],
        municipality=cleaned.get("municipality"),
        by=request.user,
        reason=cleaned["reason"],
    )


@transaction.atomic
def _correct(
    request: HttpRequest, meeting: Meeting, item: AgendaItem, form: ItemForm, slots: list[BallotSlot]
) -> None:
    reason, by = form.cleaned_data["reason"], request.user
    for field in ITEM_FIELDS:
        if field.value not in form.data and field != Correction.Field.CLOSED:
            # A field that was not sent stays as it is; an empty checkbox never is.
            continue
        value = form.cleaned_data[field.value]
        # The form normalises white space, which is no correction.
        if _normalized(value) != _normalized(_current_value(item, field)):
            publishing.correct(meeting, item, field, value, by=by, reason=reason)
    for slot in slots:
        if not slot.is_filled:
            continue
        facts = slot.submitted()
        if slot.is_changed_to(facts):
            publishing.correct_ballot(
                meeting, item, slot.seen, facts, by=by, reason=reason, present=slot.correction
            )


def _current_value(item: AgendaItem, field: Correction.Field) -> Any:
    """Return the corrected value of the item's field, else the reader's."""
    correction = item.meeting.corrections.in_force().filter(item_slug=item.slug, field=field).first()
    return plain_value(correction.value) if correction else read_value(item, field)


def _normalized(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value or None


def _source_of(item: AgendaItem) -> str:
    facts = facts_of(item)
    return publishing.masked_text(item.reading)[facts["start"] : facts["end"]]


def report_saved(request: HttpRequest, meeting: Meeting) -> None:
    """Tell the user that a correction is in force, or waits for a second person."""
    if publishing.needs_second_reviewer(meeting):
        messages.info(request, _("Rettelsen er gemt og venter på, at en anden godkender den."))
    else:
        messages.success(request, _("Rettelsen er gemt."))


def attempt_in(form: forms.Form, do: Callable[[], object]) -> bool:
    """Call `do`; add a `PublishingError` to the form and return False."""
    try:
        do()
    except publishing.PublishingError as error:
        form.add_error(None, str(error))
        return False
    return True
