"""Redacts a name in all meetings of a municipality: a page with every place of it, then the redaction."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce, Greatest, Substr
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from procrastinate.contrib.django import app

from minutes import publishing, rights
from minutes.admin.own import ReadOnlyAdmin
from minutes.admin.pages import staff_page
from minutes.admin.removal import ReasonForm
from minutes.models import Municipality, NamePlace, NameRedaction
from minutes.privacy import CPR_MASK, mask_cpr_numbers, mask_spans

_PER_PAGE = 50
_LATEST = 10
# Seconds of a request in which meetings are redacted.
_SECONDS = 10
# Characters of the text that are loaded around a place, to mask CPR numbers in, and those that are shown.
_LOADED, _SHOWN = 300, 60


class NameForm(ReasonForm):
    """A name and a reason; the municipality if the user has several."""

    field_order = ("municipality", "name", "reason")

    municipality = forms.ModelChoiceField(
        Municipality.objects.none(), label=gettext_lazy("Kommune"), empty_label=None
    )
    name = forms.CharField(
        label=gettext_lazy("Navn"),
        max_length=200,
        help_text=gettext_lazy("For- og efternavn, som de står i referaterne. Ejefald bliver også fundet."),
    )

    def __init__(self, *args: Any, municipalities: QuerySet[Municipality], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(municipalities) == 1:
            del self.fields["municipality"]
        else:
            field: Any = self.fields["municipality"]
            field.queryset = municipalities


@dataclass(frozen=True)
class ShownPlace:
    """A place with the words around it, CPR numbers masked; no words for one outside a text."""

    place: NamePlace
    before: str
    text: str
    after: str


def redact_name(request: HttpRequest) -> HttpResponse:
    """Ask for a name and find its places; list the names that are being redacted."""
    municipalities = rights.municipalities_with(request.user, "redact").order_by("sort_key", "id")
    if not municipalities:
        raise PermissionDenied
    form = NameForm(request.POST or None, municipalities=municipalities)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            redaction = publishing.prepare_name(
                data.get("municipality") or municipalities[0],
                data["name"],
                by=request.user,
                reason=data["reason"],
            )
        except publishing.PublishingError as error:
            form.add_error("name", str(error))
        else:
            return redirect("admin:name_redaction", redaction.pk)
    latest = NameRedaction.objects.filter(municipality__in=municipalities)
    context = staff_page(request, _("Fjern et navn")) | {
        "form": form,
        "latest": latest.select_related("municipality", "made_by")[:_LATEST],
    }
    return render(request, "admin/redact_name.html", context, status=400 if form.is_bound else 200)


def name_redaction(request: HttpRequest, redaction_id: int) -> HttpResponse:
    """Show the places of a name, store which are selected, redact them or undo it all."""
    redactions = NameRedaction.objects.select_related("municipality", "made_by")
    redaction = get_object_or_404(rights.within(redactions, request.user), pk=redaction_id)
    if not request.user.has_perm("minutes.redact", redaction):
        raise PermissionDenied
    if request.method == "POST":
        try:
            return _act(request, redaction)
        except publishing.PublishingError as error:
            messages.error(request, str(error))
            return redirect("admin:name_redaction", redaction.pk)
    page = Paginator(_places(redaction), _PER_PAGE).get_page(request.GET.get("side"))
    selected = redaction.places.filter(selected=True)
    context = staff_page(request, _("Fjern et navn")) | {
        "redaction": redaction,
        "page": page,
        "places": [_shown(place, redaction.name) for place in page],
        "selected_count": selected.count(),
        "meeting_count": selected.order_by().values("meeting").distinct().count(),
        "failed": _failed(redaction),
    }
    return render(request, "admin/name_redaction.html", context)


def _act(request: HttpRequest, redaction: NameRedaction) -> HttpResponse:
    act = request.POST.get("act", "")
    if act == "undo":
        publishing.undo_name(redaction)
        messages.success(request, _("Intet er fjernet."))
        return redirect("admin:redact_name")
    is_new = redaction.confirmed_at is None
    if is_new:
        publishing.select_places(redaction, _numbers(request, "shown"), _numbers(request, "place"))
    if act != "confirm":
        return _to_page(redaction, request.POST.get("side", ""))
    left = publishing.carry_out(redaction, by=request.user, seconds=_SECONDS)
    if left:
        if is_new:
            task = app.configure_task(publishing.CARRY_OUT_TASK)
            task.defer(redaction_id=redaction.pk, user_id=request.user.pk)
        text = ngettext("%d møde mangler endnu.", "%d møder mangler endnu.", left)
        messages.warning(request, text % left)
    else:
        messages.success(request, _("Navnet er fjernet."))
    return redirect("admin:name_redaction", redaction.pk)


def _to_page(redaction: NameRedaction, number: str) -> HttpResponseRedirect:
    address = reverse("admin:name_redaction", args=[redaction.pk])
    return HttpResponseRedirect(f"{address}?side={number}" if number.isdecimal() else address)


def _numbers(request: HttpRequest, name: str) -> list[int]:
    """Return the ids in a field of the form; raise `Http404` if one is no number."""
    values = request.POST.getlist(name)
    if not all(value.isascii() and value.isdigit() and len(value) <= 18 for value in values):
        raise Http404
    return [int(value) for value in values]


def _places(redaction: NameRedaction) -> QuerySet[NamePlace]:
    """Return the places, newest meeting first, with the text `around` each and its offset `low`."""
    low = Greatest(F("start") - _LOADED, 0)
    length = F("end") - low + _LOADED
    return (
        redaction.places.select_related("meeting__committee")
        .annotate(
            low=low,
            around=Coalesce(Substr("reading__text", low + 1, length), Substr("file__text", low + 1, length)),
            cpr_matches=F("reading__unresolved_cpr_matches"),
        )
        .order_by("-meeting__date", "meeting_id", "id")
    )


def _shown(place: Any, name: str) -> ShownPlace:
    if place.around is None:
        return ShownPlace(place, "", name, "")
    known = [(start - place.low, end - place.low) for start, end in place.cpr_matches or []]
    text = mask_cpr_numbers(mask_spans(place.around, [(max(a, 0), max(b, 0)) for a, b in known], CPR_MASK))
    start, end = place.start - place.low, place.end - place.low
    return ShownPlace(place, text[max(start - _SHOWN, 0) : start], text[start:end], text[end : end + _SHOWN])


def _failed(redaction: NameRedaction) -> list[NamePlace]:
    """Return a place for each meeting in which the name could not be redacted. One query."""
    failed = redaction.places.filter(selected=True).exclude(error="")
    one_each = failed.order_by("meeting_id", "id").distinct("meeting_id")
    return list(one_each.select_related("meeting__committee"))[:_PER_PAGE]


@admin.register(NameRedaction)
class NameRedactionAdmin(ReadOnlyAdmin):
    list_display = ("made_at", "municipality", "name", "done_places", "done_meetings", "made_by", "reason")
    list_select_related = ("municipality", "made_by")
    search_fields = ("name", "reason")
    raw_id_fields = ("municipality", "made_by")


@admin.register(NamePlace)
class NamePlaceAdmin(ReadOnlyAdmin):
    list_display = ("meeting", "item_number", "where", "selected", "error")
    list_filter = ("selected",)
    list_select_related = ("meeting__committee",)
    search_fields = ("meeting__committee__name",)
    raw_id_fields = ("redaction", "meeting", "reading", "file")
    exclude = ("fingerprint",)
