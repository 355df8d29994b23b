"""Forms that correct a meeting's date, committee, place and times, and the facts of an item."""

from datetime import time
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy

from minutes import rights
from minutes.models import Municipality
from minutes.models.meetings import OUTCOMES


class CorrectionForm(forms.Form):
    """A form of a correction, with its reason."""

    reason = forms.CharField(
        label=gettext_lazy("Begrundelse"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("For kolleger; vises ikke for offentligheden."),
    )


def time_field(label: Any) -> forms.TimeField:
    """Return an optional field for hours and minutes."""
    return forms.TimeField(
        label=label,
        required=False,
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )


def hours_and_minutes(value: time | None) -> str | None:
    """Return a time as facts have it, "16:00"."""
    return f"{value:%H:%M}" if value else None


class MeetingForm(CorrectionForm):
    """Date, committee, place and times; the municipality only for users who may correct in several.

    An empty place or time is cleaned to None, a time to "HH:MM".
    """

    field_order = ("municipality", "day", "committee", "location", "start_time", "end_time", "reason")

    day = forms.DateField(
        label=gettext_lazy("Mødedato"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    committee = forms.CharField(label=gettext_lazy("Udvalg"), max_length=200)
    location = forms.CharField(label=gettext_lazy("Mødested"), max_length=300, required=False)
    start_time = time_field(gettext_lazy("Mødet begynder"))
    end_time = time_field(gettext_lazy("Mødet slutter"))
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

    def clean_location(self) -> str | None:
        return " ".join(self.cleaned_data["location"].split()) or None

    def clean_start_time(self) -> str | None:
        return hours_and_minutes(self.cleaned_data["start_time"])

    def clean_end_time(self) -> str | None:
        return hours_and_minutes(self.cleaned_data["end_time"])


class ItemForm(CorrectionForm):
    """The facts of an item. An empty number, decision or case number is cleaned to None."""

    field_order = ("number", "title", "decision", "outcome", "closed", "case_number", "reason")

    number = forms.CharField(label=gettext_lazy("Nummer"), required=False, max_length=30)
    title = forms.CharField(label=gettext_lazy("Titel"), widget=forms.Textarea(attrs={"rows": 2}))
    decision = forms.CharField(
        label=gettext_lazy("Beslutning"), required=False, widget=forms.Textarea(attrs={"rows": 8})
    )
    outcome = forms.ChoiceField(label=gettext_lazy("Udfald"), choices=OUTCOMES)
    closed = forms.BooleanField(label=gettext_lazy("Lukket punkt"), required=False)
    case_number = forms.CharField(label=gettext_lazy("Sagsnummer"), required=False, max_length=100)

    def clean_number(self) -> str | None:
        return " ".join(self.cleaned_data["number"].split()) or None

    def clean_decision(self) -> str | None:
        return self.cleaned_data["decision"].replace("\r\n", "\n").strip() or None

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean_case_number(self) -> str | None:
        return self.cleaned_data["case_number"].strip() or None
