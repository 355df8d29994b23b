"""The filters of a list: a form that folds on narrow windows, and the chosen filters as tags."""

from datetime import date
from typing import Any

from django import template
from django.http import HttpRequest, QueryDict
from django.utils.formats import date_format
from django_filters import FilterSet

register = template.Library()

# Parameters that choose how a list is shown; they are no tags.
_PRESENTATION = ("sorter",)


@register.inclusion_tag("minutes/_filter_form.html", takes_context=True)
def filter_form(context: template.Context, filters: FilterSet, reset_address: str) -> dict[str, Any]:
    """The form of `filters`, which must be validated, with a tag for each filter that is set. No query."""
    return {
        "form": filters.form,
        "chosen": _chosen(context["request"], filters.form),
        "reset_address": reset_address,
    }


def _chosen(request: HttpRequest, form: Any) -> list[tuple[str, str]]:
    """Return a label of each valid filter that is set, and the list's address without it."""
    return [
        (_label(field, value), _without(request.GET, name))
        for name, field in form.fields.items()
        if name not in _PRESENTATION and (value := form.cleaned_data.get(name))
    ]


def _label(field: Any, value: Any) -> str:
    """Return "Randers" for a choice, "Fra dato: 1. februar 2020" for other values, the name of a checkbox."""
    if value is True:
        return str(field.label)
    if isinstance(value, date):
        return f"{field.label}: {date_format(value, 'DATE_FORMAT')}"
    if isinstance(value, str):
        choices = dict(getattr(field, "choices", ()))
        return str(choices[value]) if value in choices else f"{field.label}: {value}"
    return str(value)


def _without(parameters: QueryDict, name: str) -> str:
    rest = parameters.copy()
    for parameter in (name, "side"):
        rest.pop(parameter, None)
    return f"?{rest.urlencode()}"
