"""Form fields that several of the staff's forms have."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minutes.models.danish import slug


class CommitteeField(forms.CharField):
    """The name of a committee, which has letters or digits for its address."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=gettext_lazy("Udvalg"), max_length=200, **kwargs)

    def clean(self, value: Any) -> Any:
        name = super().clean(value)
        if name and not slug(name):
            raise forms.ValidationError(_("Et navn har bogstaver eller tal."))
        return name
