"""Documents without a meeting: staff give the municipality, committee and date, or discard them."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minutes import rights
from minutes.admin.fields import CommitteeField
from minutes.admin.own import ReadOnlyAdmin
from minutes.admin.pages import staff_page
from minutes.importer import Overrides, discard_unplaced_document, place_document
from minutes.models import Municipality, UnplacedDocument
from minutes.publishing import PublishingError

# Characters of the text on the page; what is missing is printed early, if at all.
_SHOWN = 20_000


class PlaceForm(forms.Form):
    """The facts that decide a document's meeting."""

    municipality = forms.ModelChoiceField(Municipality.objects.none(), label=gettext_lazy("Kommune"))
    committee = CommitteeField()
    date = forms.DateField(
        label=gettext_lazy("Mødedato"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: Any, *, user: Any, unplaced: UnplacedDocument) -> None:
        known = {
            "municipality": unplaced.municipality,
            "committee": unplaced.committee,
            "date": unplaced.date,
        }
        super().__init__(data, initial=known)
        field = cast("forms.ModelChoiceField[Municipality]", self.fields["municipality"])
        field.queryset = rights.municipalities_with(user, "upload")

    def overrides(self) -> Overrides:
        return Overrides(**self.cleaned_data)


@admin.register(UnplacedDocument)
class UnplacedDocumentAdmin(ReadOnlyAdmin):
    """The change page of a document asks for what is missing."""

    list_display = ("name", "received_at", "municipality", "committee", "date")
    list_display_links = ("name",)
    list_filter = (("municipality", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("source", "municipality")
    search_fields = ("source__name", "committee", "text")

    @admin.display(description=gettext_lazy("filnavn"), ordering="source__name")
    def name(self, unplaced: UnplacedDocument) -> str:
        return unplaced.source.name

    @admin.display(description=gettext_lazy("modtaget"), ordering="source__received_at")
    def received_at(self, unplaced: UnplacedDocument) -> Any:
        return unplaced.source.received_at

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        unplaced = self.get_object(request, object_id)
        if unplaced is None or not self.has_view_permission(request, unplaced):
            # The admin reports what is missing or forbidden.
            return super().change_view(request, object_id, form_url, extra_context)
        may_upload = _may(request, "upload", unplaced)
        may_discard = _may(request, "take_down", unplaced)
        if request.method == "POST":
            if not (may_discard if "discard" in request.POST else may_upload):
                raise PermissionDenied
            if "discard" in request.POST:
                return _discard(request, unplaced)
        form = PlaceForm(
            request.POST if request.method == "POST" else None, user=request.user, unplaced=unplaced
        )
        if form.is_valid():
            result = place_document(unplaced, form.overrides(), by=request.user)
            if result.meeting_id is not None:
                return redirect("admin:minutes_meeting_reading", result.meeting_id, result.reading_id)
            form.add_error(None, result.message)
        context = staff_page(request, unplaced.source.name) | {
            "unplaced": unplaced,
            "text": unplaced.text[:_SHOWN],
            "is_shortened": len(unplaced.text) > _SHOWN,
            "form": form,
            "may_upload": may_upload,
            "may_discard": may_discard,
            "opts": UnplacedDocument._meta,
        }
        return render(request, "admin/unplaced.html", context, status=400 if form.is_bound else 200)


def _may(request: HttpRequest, perm: str, unplaced: UnplacedDocument) -> bool:
    """Return True if the user has the permission in the document's municipality.

    Only superusers see a document whose municipality is not known.
    """
    return request.user.has_perm(f"minutes.{perm}", unplaced)


def _discard(request: HttpRequest, unplaced: UnplacedDocument) -> HttpResponse:
    try:
        discard_unplaced_document(unplaced, by=request.user, reason=request.POST.get("reason", ""))
    except PublishingError as error:
        messages.error(request, str(error))
        return redirect("admin:minutes_unplaceddocument_change", unplaced.pk)
    messages.success(request, _("Dokumentet er kasseret. Samme fil kan indlæses igen."))
    return redirect("admin:minutes_unplaceddocument_changelist")
