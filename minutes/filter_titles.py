"""Titles of lists with their filters, for feeds and e-mail alerts."""

from collections.abc import Iterator
from datetime import date

from django import forms
from django.db import models
from django.utils.formats import date_format


def title_with_filters(title: str, form: forms.BaseForm) -> str:
    """The title with the filters in use: "Møder (Randers, Byrådet, fra dato 1. januar 2020)"."""
    labels = [label for name in form.cleaned_data for label in _filter_labels(form, name)]
    return f"{title} ({', '.join(labels)})" if labels else title


def _filter_labels(form: forms.BaseForm, name: str) -> Iterator[str]:
    """The label of each value chosen in a field of the form."""
    field = form.fields[name]
    values = form.cleaned_data[name]
    for value in values if isinstance(values, list) else [values]:
        if isinstance(value, date):
            yield f"{str(field.label).lower()} {date_format(value, 'DATE_FORMAT')}"
        elif value is True:
            yield str(field.label).lower()
        elif isinstance(value, models.Model):
            yield str(value)
        elif value:
            yield str(dict(getattr(field, "choices", ())).get(value, value))
