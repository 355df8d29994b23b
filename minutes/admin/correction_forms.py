"""Forms that correct a meeting's date and committee, and the facts of an item."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from minutes import rights
from minutes.models import Municipality
from minutes.models.meetings import OUTCOMES


class _CorrectionForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Begrundelse"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("For kolleger; vises ikke for offentligheden."),
    )


class MeetingForm(_CorrectionForm):
    """Date and committee; the municipality only for users who may correct in several."""

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
            cast(
                "forms.ModelChoiceField[Municipality]", self.fields["municipality"]
            ).queryset = municipalities
        else:
            del self.fields["municipality"]


class ItemForm(_CorrectionForm):
    """The facts of an item. An empty decision or case number is cleaned to None."""

    field_order = ("title", "decision", "outcome", "closed", "case_number", "reason")

    title = forms.CharField(label=gettext_lazy("Titel"), widget=forms.Textarea(attrs={"rows": 2}))
    decision = forms.CharField(
        label=gettext_lazy("Beslutning"), required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    outcome = forms.ChoiceField(label=gettext_lazy("Udfald"), choices=OUTCOMES)
    closed = forms.BooleanField(label=gettext_lazy("Lukket punkt"), required=False)
    case_number = forms.CharField(label=gettext_lazy("Sagsnummer"), required=False, max_length=100)

    def clean_decision(self) -> str | None:
        return self.cleaned_data["decision"].replace("\r\n", "\n").strip() or None

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_case_number(self) -> str | None:
        return self.cleaned_data["case_number"].strip() or None
