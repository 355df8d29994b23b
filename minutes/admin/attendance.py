"""Pages that correct who attended a meeting: the list of people, and the form of one of them."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minutes import publishing
from minutes.admin.correction_forms import CorrectionForm, hours_and_minutes, time_field
from minutes.admin.corrections import attempt_in, report_saved
from minutes.admin.pages import meeting_for, staff_page
from minutes.models import Correction, Meeting
from minutes.publishing.attendance import attendance_corrections, read_people
from minutes.publishing.attendees import Facts

_APOLOGY, _NO_APOLOGY = "afbud", "uden afbud"
_STATUSES = [
    ("present", gettext_lazy("Til stede")),
    ("excused", gettext_lazy("Fraværende med afbud")),
    ("unexcused", gettext_lazy("Fraværende uden afbud")),
    ("absent", gettext_lazy("Fraværende")),
    ("substitute", gettext_lazy("Til stede som stedfortræder")),
    ("removed", gettext_lazy("Skal ikke på listen")),
]


class PersonForm(CorrectionForm):
    """A person of the lists: name and party, presence or absence, and when they came and left."""

    field_order = (
        *("name", "party", "status", "absence_reason", "absentee"),
        *("arrived", "arrived_item", "left", "left_item", "reason"),
    )

    name = forms.CharField(label=gettext_lazy("Navn"), max_length=200)
    party = forms.CharField(label=gettext_lazy("Parti"), max_length=60, required=False)
    status = forms.ChoiceField(label=gettext_lazy("Deltagelse"), choices=_STATUSES)
    absence_reason = forms.CharField(
        label=gettext_lazy("Grund til fraværet"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Som den står i referatet, for eksempel ferie."),
    )
    absentee = forms.CharField(label=gettext_lazy("Stedfortræder for"), max_length=200, required=False)
    arrived = time_field(gettext_lazy("Kom senere, kl."))
    arrived_item = forms.CharField(label=gettext_lazy("Kom senere, ved punkt"), max_length=30, required=False)
    left = time_field(gettext_lazy("Gik før tid, kl."))
    left_item = forms.CharField(label=gettext_lazy("Gik før tid, ved punkt"), max_length=30, required=False)

    def facts(self) -> Facts | None:
        """Return the person as `publishing.attendance` describes one; None to remove the person."""
        cleaned = self.cleaned_data
        status = cleaned["status"]
        if status == "removed":
            return None
        is_absent = status in {"absent", "excused", "unexcused"}
        apology = {"excused": _APOLOGY, "unexcused": _NO_APOLOGY}.get(status, "")
        reason = ", ".join(filter(None, [apology, _squashed(cleaned["absence_reason"])]))
        return {
            "name": _squashed(cleaned["name"]),
            "party": _squashed(cleaned["party"]),
            "status": "absent" if is_absent else status,
            "reason": (reason or None) if is_absent else None,
            "for": _squashed(cleaned["absentee"]) if status == "substitute" else None,
            "arrived": hours_and_minutes(cleaned["arrived"]),
            "arrived_item": _squashed(cleaned["arrived_item"]),
            "left": hours_and_minutes(cleaned["left"]),
            "left_item": _squashed(cleaned["left_item"]),
        }


def _squashed(text: str) -> str | None:
    return " ".join(text.split()) or None


def _initial(facts: Facts) -> dict[str, Any]:
    """Return the form's values of a person."""
    status, reason = facts["status"], facts["reason"] or ""
    for apology, choice in ((_APOLOGY, "excused"), (_NO_APOLOGY, "unexcused")):
        if status == "absent" and reason.split(",")[0].strip() == apology:
            status, reason = choice, reason[len(apology) :].strip(" ,")
    times = {name: facts[name] for name in ("arrived", "arrived_item", "left", "left_item")}
    return {
        "name": facts["name"],
        "party": facts["party"],
        "status": status,
        "absence_reason": reason,
        "absentee": facts["for"],
        **times,
    }


def attendance(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """List the people of the meeting, as corrected, each with a link to its form."""
    meeting = meeting_for(request, meeting_id, "correct")
    context = staff_page(request, _("Ret deltagere")) | {
        "meeting": meeting,
        "people": [
            (key, facts or read, dict(_STATUSES)[_initial(facts or read)["status"]], correction)
            for key, read, facts, correction in _people(meeting)
        ],
        "opts": Meeting._meta,
    }
    return render(request, "admin/attendance.html", context)


def correct_person(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Correct the person whose name has the slug of the query's `navn`; add one without it."""
    meeting = meeting_for(request, meeting_id, "correct")
    key = request.GET.get("navn", "")
    person = next((person for person in _people(meeting) if person[0] == key), None)
    if key and person is None:
        raise Http404
    _key, read, now, _correction = person or ("", {}, {}, None)
    initial = {} if person is None else _initial(now) if now else _initial(read) | {"status": "removed"}
    form = PersonForm(request.POST or None, initial=initial)
    submitted = request.method == "POST" and form.is_valid()
    if submitted and attempt_in(form, lambda: _correct(request, meeting, key, form)):
        report_saved(request, meeting)
        return redirect("admin:minutes_meeting_attendance", meeting.pk)
    context = staff_page(request, _("Ret deltager") if key else _("Tilføj deltager")) | {
        "meeting": meeting,
        "form": form,
        "opts": Meeting._meta,
    }
    return render(request, "admin/correct.html", context, status=400 if form.is_bound else 200)


def _correct(request: HttpRequest, meeting: Meeting, key: str, form: PersonForm) -> None:
    facts, reason = form.facts(), form.cleaned_data["reason"]
    if facts is not None or key:
        publishing.correct_attendance(meeting, key, facts, by=request.user, reason=reason)


def _people(meeting: Meeting) -> list[tuple[str, Facts, Facts | None, Correction | None]]:
    """Return the key of each person, the facts as read or as added, as corrected, and the correction."""
    read, corrections = read_people(meeting), attendance_corrections(meeting)
    people: list[tuple[str, Facts, Facts | None, Correction | None]] = []
    for key, facts in read.items():
        correction = corrections.pop(key, None)
        people.append((key, facts, correction.value if correction else facts, correction))
    for key, correction in corrections.items():
        people.append((key, correction.value or correction.seen, correction.value, correction))
    return people
