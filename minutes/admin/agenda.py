"""The page that reorders, joins and adds the items of a meeting."""

from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minutes import publishing
from minutes.admin.correction_forms import CorrectionForm
from minutes.admin.corrections import attempt_in, report_saved
from minutes.admin.pages import attempt, meeting_for, staff_page
from minutes.models import AgendaItem, Meeting


class OrderForm(forms.Form):
    """The place of each item on the agenda; places can be repeated and have gaps."""

    def __init__(self, *args: Any, items: list[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in items:
            label = _("Plads for punkt %s") % (item.number or item.slug)
            self.fields[f"place-{item.slug}"] = forms.DecimalField(
                label=label, min_value=0, max_value=9999, initial=item.position
            )

    def order(self) -> list[str]:
        """Return the addresses of the items in the order of their places."""
        places = {name.removeprefix("place-"): place for name, place in self.cleaned_data.items()}
        return sorted(places, key=lambda address: places[address])


class AddForm(CorrectionForm):
    """An item that the document does not have, or that has no text of its own."""

    field_order = ("number", "title", "behind", "reason")

    number = forms.CharField(label=gettext_lazy("Nummer"), max_length=30, required=False)
    title = forms.CharField(label=gettext_lazy("Titel"), max_length=300)
    behind = forms.ChoiceField(label=gettext_lazy("Efter punkt"), required=False)

    def __init__(self, *args: Any, items: list[AgendaItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(item.slug, f"{item.number or item.slug} {item.title[:60]}") for item in items]
        field = cast("forms.ChoiceField", self.fields["behind"])
        field.choices = [("", _("Først på dagsordenen")), *choices]


def agenda(request: HttpRequest, meeting_id: int) -> HttpResponse:
    """Show the items with their places; reorder them, join one to the item before it, or add one."""
    meeting = meeting_for(request, meeting_id, "correct")
    items = list(meeting.items.select_related("reading").order_by("position"))
    act = request.POST.get("act", "")
    if request.method == "POST" and act not in {"order", "join", "add"}:
        raise Http404
    if act == "join":
        return _join(request, meeting)
    order = OrderForm(request.POST if act == "order" else None, items=items)
    added = AddForm(
        request.POST if act == "add" else None,
        items=items,
        initial={"behind": items[-1].slug if items else ""},
        auto_id="add_%s",
    )
    form = order if act == "order" else added
    if form.is_bound and form.is_valid():
        do = _reorder if act == "order" else _add
        if attempt_in(form, lambda: do(request, meeting, form)):
            report_saved(request, meeting)
            return redirect("admin:minutes_meeting_agenda", meeting.pk)
    context = staff_page(request, _("Ret dagsordenen")) | {
        "meeting": meeting,
        "items": [(item, order[f"place-{item.slug}"]) for item in items],
        "order": order,
        "form": added,
        "opts": Meeting._meta,
    }
    return render(request, "admin/agenda.html", context, status=400 if form.is_bound else 200)


def _join(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    item = get_object_or_404(meeting.items, slug=request.POST.get("item", ""))
    done = _("Punkterne er samlet.")
    if publishing.needs_second_reviewer(meeting):
        done = _("Rettelsen er gemt og venter på, at en anden godkender den.")
    attempt(request, lambda: publishing.join_item(meeting, item, by=request.user), done)
    return redirect("admin:minutes_meeting_agenda", meeting.pk)


def _reorder(request: HttpRequest, meeting: Meeting, form: Any) -> None:
    publishing.reorder(meeting, form.order(), by=request.user)


def _add(request: HttpRequest, meeting: Meeting, form: Any) -> None:
    cleaned = form.cleaned_data
    behind = meeting.items.filter(slug=cleaned["behind"]).first() if cleaned["behind"] else None
    publishing.add_item(
        meeting,
        " ".join(cleaned["title"].split()),
        number=" ".join(cleaned["number"].split()),
        behind=behind,
        by=request.user,
        reason=cleaned["reason"],
    )
