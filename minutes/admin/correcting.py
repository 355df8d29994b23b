"""The forms that correct what was understood: the meeting's day and committee, an item, its ballots."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minutes import publishing, rights
from minutes.admin.pages import meeting_for, staff_page
from minutes.models import AgendaItem, Correction, Meeting, Municipality
from minutes.models.meetings import OUTCOMES
from minutes.models.votes import BALLOT_RESULTS
from minutes.publishing.corrected import without_place
from minutes.publishing.corrections import ITEM_FIELDS, read_ballots, read_value
from minutes.vocabulary import BallotSubject, CountsFrom, ResultFrom

_SIDES = ("for", "against", "abstained")
_SUBJECTS = [
    (BallotSubject.MAIN.value, gettext_lazy("Sagen")),
    (BallotSubject.AMENDMENT.value, gettext_lazy("Ændringsforslag")),
]


class _Reasoned(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Begrundelse"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("For kolleger; vises ikke for offentligheden."),
    )


class MeetingForm(_Reasoned):
    """The meeting's place; the municipality only for users who correct in more than one."""

    field_order = ("municipality", "day", "committee", "reason")

    day = forms.DateField(
        label=gettext_lazy("Mødedato"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    committee = forms.CharField(label=gettext_lazy("Udvalg"), max_length=200)
    municipality = forms.ModelChoiceField(
        Municipality.objects.none(), label=gettext_lazy("Kommune"), empty_label=None, required=False
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        municipalities = rights.municipalities_with(user, "correct")
        if municipalities.count() > 1:
            cast("forms.ModelChoiceField", self.fields["municipality"]).queryset = municipalities
        else:
            del self.fields["municipality"]


class ItemForm(_Reasoned):
    """An item's own facts; empty texts are allowed where minutes can lack them."""

    field_order = ("title", "decision", "outcome", "closed", "case_number", "reason")

    title = forms.CharField(label=gettext_lazy("Titel"), widget=forms.Textarea(attrs={"rows": 2}))
    decision = forms.CharField(
        label=gettext_lazy("Beslutning"), required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    outcome = forms.ChoiceField(label=gettext_lazy("Udfald"), choices=OUTCOMES)
    closed = forms.BooleanField(label=gettext_lazy("Lukket punkt"), required=False)
    case_number = forms.CharField(label=gettext_lazy("Sagsnummer"), required=False, max_length=100)

    def clean_decision(self) -> str | None:
        return _lines(self.cleaned_data["decision"]) or None

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_case_number(self) -> str | None:
        return self.cleaned_data["case_number"].strip() or None


def _names(label: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Et navn på hver linje."),
    )


def _count(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=9999, help_text=gettext_lazy("Tom, hvis ukendt.")
    )


class BallotForm(forms.Form):
    """A ballot: one that was read or added, or, left empty, none."""

    subject = forms.ChoiceField(
        label=gettext_lazy("Om"),
        choices=_SUBJECTS,
    )
    for_count = _count(gettext_lazy("For"))
    against_count = _count(gettext_lazy("Imod"))
    abstained_count = _count(gettext_lazy("Undlod"))
    for_names = _names(gettext_lazy("Navne for"))
    against_names = _names(gettext_lazy("Navne imod"))
    abstained_names = _names(gettext_lazy("Navne, der undlod"))
    result = forms.TypedChoiceField(
        label=gettext_lazy("Resultat"),
        choices=[("", gettext_lazy("Fremgår ikke")), *BALLOT_RESULTS],
        required=False,
        empty_value=None,
    )
    evidence = forms.CharField(
        label=gettext_lazy("Ordlyd i referatet"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("De ord, afstemningen fremgår af, kopieret fra kilden."),
    )
    false = forms.BooleanField(label=gettext_lazy("Det er ingen afstemning: fjern den"), required=False)

    def __init__(self, *args: Any, subject: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["subject"])
        if subject and subject not in {BallotSubject.MAIN, BallotSubject.AMENDMENT}:
            field.choices = [*_SUBJECTS, (subject, subject.replace("part", "Del"))]

    def facts(self, before: dict[str, Any] | None) -> dict[str, Any] | None:
        """What the form says, as the reader would; `before` where that is the same. None for no ballot."""
        told = self.cleaned_data
        if told["false"]:
            return None
        names = {
            side: [" ".join(n.split()) for n in told[f"{side}_names"].splitlines() if n.strip()]
            for side in _SIDES
        }
        parties = {f"{side}_parties": (before or {}).get(f"{side}_parties", {}) for side in _SIDES}
        facts = {
            "subject": told["subject"],
            **{side: told[f"{side}_count"] for side in _SIDES},
            **{f"{side}_names": names[side] for side in _SIDES},
            **parties,
            "result": told["result"],
            "counts_from": CountsFrom.PRINTED.value,
            "result_from": ResultFrom.PRINTED.value,
            "evidence": told["evidence"].strip() or (before or {}).get("evidence", ""),
            "start": 0,
            "end": 0,
        }
        if before is None:
            return facts
        same = {**facts, "counts_from": before["counts_from"], "result_from": before["result_from"]}
        return before if without_place(same) == without_place(before) else facts


@dataclass
class _Slot:
    """A ballot that the page has a form for: as `seen` by the reader, as it is `now`, and the correction."""

    seen: dict[str, Any] | None
    now: dict[str, Any] | None
    held: Correction | None
    form: BallotForm


def correct_meeting(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Correct the meeting's day, committee and municipality."""
    meeting = meeting_for(request, meeting_id, "correct")
    committee = meeting.committee
    initial = {"day": meeting.date, "committee": committee.name, "municipality": committee.municipality_id}
    form = MeetingForm(request.POST or None, initial=initial, user=request.user)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        done = _attempt(
            form,
            lambda: publishing.move(
                meeting,
                day=told["day"],
                committee=told["committee"],
                municipality=told.get("municipality"),
                by=request.user,
                reason=told["reason"],
            ),
        )
        if done:
            _say_saved(request, meeting)
            return redirect("admin:minutes_meeting_change", meeting.pk)
    ctx = staff_page(request, _("Ret møde")) | {"meeting": meeting, "form": form, "opts": Meeting._meta}
    return render(request, "admin/correct.html", ctx, status=400 if form.is_bound else 200)


def correct_item(request: HttpRequest, meeting_id: int, item_slug: str) -> HttpResponse:
    """An item of the meeting, its ballots, and one that was missed."""
    meeting = meeting_for(request, meeting_id, "correct")
    item = get_object_or_404(meeting.items.select_related("reading"), slug=item_slug)
    form = ItemForm(request.POST or None, initial=_item_initial(item))
    slots = _slots(meeting, item, request.POST or None)
    if request.method == "POST":
        # Every form is looked at, so that all its errors are shown at once.
        valid = [form.is_valid(), *(slot.form.is_valid() for slot in slots if _is_filled(slot))]
        if all(valid) and _attempt(form, lambda: _correct(request, meeting, item, form, slots)):
            _say_saved(request, meeting)
            return redirect("admin:minutes_meeting_change", meeting.pk)
    ctx = staff_page(request, _("Ret punkt %s") % (item.number or item.position)) | {
        "meeting": meeting,
        "item": item,
        "form": form,
        "slots": slots,
        "opts": Meeting._meta,
        "source": _source_of(item),
    }
    return render(request, "admin/correct.html", ctx, status=400 if form.is_bound else 200)


def _say_saved(request: HttpRequest, meeting: Meeting) -> None:
    if publishing.needs_second_reviewer(meeting):
        messages.info(request, _("Rettelsen er gemt og venter på, at en anden godkender den."))
    else:
        messages.success(request, _("Rettelsen er gemt."))


@transaction.atomic
def _correct(
    request: HttpRequest, meeting: Meeting, item: AgendaItem, form: ItemForm, slots: list[_Slot]
) -> None:
    reason, by = form.cleaned_data["reason"], request.user
    for field in ITEM_FIELDS:
        # What the form shows differs in white space from what was read; only a change is a correction.
        told, now = form.cleaned_data[field.value], _now(item, field)
        if _plain(told) != _plain(now):
            publishing.correct(meeting, item, field, told, by=by, reason=reason)
    for slot in slots:
        if not _is_filled(slot):
            continue
        value = slot.form.facts(slot.now or slot.seen)
        if slot.seen is not None and value is not None and without_place(value) == without_place(slot.seen):
            value = slot.seen
        if value != slot.now or (slot.held and value == slot.seen):
            publishing.correct_ballot(
                meeting, item, slot.seen, value, by=by, reason=reason, present=slot.held
            )


def _slots(meeting: Meeting, item: AgendaItem, data: Any) -> list[_Slot]:
    """A form for each ballot that was read or added, and an empty one."""
    held = list(
        meeting.corrections.in_force()
        .filter(item_slug=item.slug, field=Correction.Field.BALLOT)
        .order_by("id")
    )
    found: list[tuple[dict[str, Any] | None, dict[str, Any] | None, Correction | None]] = []
    for seen in read_ballots(item):
        correction = next((each for each in held if each.seen and _told_alike(each.seen, seen)), None)
        held = [each for each in held if each is not correction]
        found.append((seen, correction.value if correction else seen, correction))
    found += [(None, each.value, each) for each in held if each.seen is None]
    found.append((None, None, None))
    return [
        _Slot(
            seen,
            now,
            correction,
            BallotForm(
                data,
                prefix=f"ballot{number}",
                initial=_ballot_initial(now, seen),
                subject=(now or seen or {}).get("subject", ""),
                use_required_attribute=False,
            ),
        )
        for number, (seen, now, correction) in enumerate(found)
    ]


def _told_alike(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return one["evidence"].split() == other["evidence"].split() and one["subject"] == other["subject"]


def _is_filled(slot: _Slot) -> bool:
    """Whether the form is of a ballot, or somebody wrote in the empty one."""
    return bool(slot.seen or slot.held) or slot.form.has_changed()


def _ballot_initial(now: dict[str, Any] | None, seen: dict[str, Any] | None) -> dict[str, Any]:
    told = now or seen
    if told is None:
        return {"subject": BallotSubject.MAIN.value}
    return {
        "subject": told["subject"],
        **{f"{side}_count": told[side] for side in _SIDES},
        **{f"{side}_names": "\n".join(told[f"{side}_names"]) for side in _SIDES},
        "result": told["result"],
        "evidence": told["evidence"],
        "false": now is None,
    }


def _item_initial(item: AgendaItem) -> dict[str, Any]:
    return {field.value: _now(item, field) for field in ITEM_FIELDS}


def _now(item: AgendaItem, field: Correction.Field) -> Any:
    """What holds of the item's field: as corrected, else as read."""
    held = item.meeting.corrections.in_force().filter(item_slug=item.slug, field=field).first()
    return held.value if held else read_value(item, field)


def _plain(value: Any) -> Any:
    return " ".join(value.split()) if isinstance(value, str) else value or None


def _source_of(item: AgendaItem) -> str:
    facts = item.reading.facts["items"][item.reading_index]
    return publishing.masked_text(item.reading)[facts["start"] : facts["end"]]


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _attempt(form: forms.Form, do: Callable[[], object]) -> bool:
    try:
        do()
    except publishing.PublishingError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
