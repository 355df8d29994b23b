"""The forms to follow a page and to get the link to one's subscriptions."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from archive.visitors import VisitorForm
from minutes.models import Subscription

DEFAULT_HOUR = 7


class LinkForm(VisitorForm):
    """An e-mail address."""

    email = forms.EmailField(
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        label=_("Din e-mail"),
        error_messages={
            "required": _("Skriv din e-mailadresse."),
            "invalid": _("Skriv hele adressen, for eksempel navn@eksempel.dk."),
        },
    )
    field_order: Iterable[str] | None = ("email",)


class ChoiceForm(forms.Form):
    """The frequency and the hour of mails."""

    frequency = forms.ChoiceField(
        choices=Subscription.Frequency.choices,
        label=_("Hvor ofte"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Vælg, hvor ofte du vil have mails.")),
    )
    hour = forms.TypedChoiceField(
        choices=[(hour, f"kl. {hour}") for hour in range(24)],
        coerce=int,
        initial=DEFAULT_HOUR,
        label=_("Hvornår"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Vælg et klokkeslæt på listen.")),
    )


class FollowForm(LinkForm, ChoiceForm):
    """An address, and how often and when mails are sent to it."""

    field_order: Iterable[str] | None = ("email", "frequency", "hour", "website")
