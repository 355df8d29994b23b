"""The form on the review page, and a page of its own, that correct an item by words marked in the text."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minutes import publishing
from minutes.admin.corrections import attempt_in, report_saved
from minutes.admin.pages import meeting_for, staff_page
from minutes.models import AgendaItem, Meeting
from minutes.publishing.corrections import facts_of


class MarkForm(forms.Form):
    """Words of the text, the item that they are of, and the offset at which they were selected, if known."""

    words = forms.CharField(
        label=gettext_lazy("Ordene"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=gettext_lazy("Markér dem i teksten, eller kopiér dem hertil. Linjeskift er ligegyldige."),
    )
    item = forms.ChoiceField(label=gettext_lazy("Punkt"), required=False)
    number = forms.CharField(label=gettext_lazy("Et nyt punkts nummer"), max_length=30, required=False)
    title = forms.CharField(
        label=gettext_lazy("Et nyt punkts titel"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Tomme felter: som de står i ordenes første linje."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Begrundelse"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("For kolleger; vises ikke for offentligheden."),
    )
    near = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, items: Sequence[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ChoiceField", self.fields["item"])
        field.choices = [(item.slug, _short(item)) for item in items]


def _short(item: AgendaItem) -> str:
    title = item.title if len(item.title) <= 60 else f"{item.title[:59]}…"
    return f"{item.number or item.slug} {title}"


def mark_form(meeting: Meeting, data: Any = None, **initial: Any) -> dict[str, Any]:
    """Return the template context of the form: the form, and the places of the items in the text."""
    items = list(meeting.items.select_related("reading").order_by("position"))
    return {
        "mark_form": MarkForm(data, items=items, initial=initial, auto_id="mark_%s"),
        "mark_places": " ".join(_places(items)),
    }


def _places(items: Iterable[AgendaItem]) -> Iterable[str]:
    """Yield "start:end:slug" for each item."""
    for item in items:
        facts = facts_of(item)
        yield f"{facts['start']}:{facts['end']}:{item.slug}"


def mark(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Correct an item by words of its text; show the form with the text until that is done."""
    meeting = meeting_for(request, meeting_id, "correct")
    data = request.POST or None
    context = mark_form(meeting, data, item=request.GET.get("punkt", ""))
    form: MarkForm = context["mark_form"]
    submitted = request.method == "POST" and form.is_valid()
    if submitted and attempt_in(form, lambda: _apply(request, meeting, form.cleaned_data)):
        report_saved(request, meeting)
        return redirect("admin:minutes_meeting_change", meeting.pk)
    readings = meeting.readings.filter(current=True).order_by("supplement", "id")
    context |= staff_page(request, _("Brug ord fra teksten")) | {
        "meeting": meeting,
        "texts": [publishing.masked_text(reading) for reading in readings],
        "opts": Meeting._meta,
    }
    return render(request, "admin/mark.html", context, status=400 if form.is_bound else 200)


def _apply(request: HttpRequest, meeting: Meeting, cleaned: dict[str, Any]) -> None:
    act, words = request.POST.get("act", "decision"), cleaned["words"]
    facts: dict[str, Any] = {"near": cleaned["near"], "by": request.user, "reason": cleaned["reason"]}
    names: dict[str, Any] = {name: " ".join(cleaned[name].split()) for name in ("number", "title")}
    if act == "add":
        publishing.add_item_of_text(meeting, words, **facts, **names)
        return
    item = meeting.items.filter(slug=cleaned["item"]).first()
    if item is None:
        raise publishing.PublishingError(_("Vælg punktet."))
    if act == "split":
        publishing.split_item(meeting, item, words, **facts, **names)
    else:
        publishing.mark_decision(meeting, item, words, **facts)
