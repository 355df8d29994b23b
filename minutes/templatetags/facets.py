"""The values of a facet: as lists of the search have a hundred of them, not made by a template."""

from collections.abc import Iterable

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

_VALUE = '<li><a rel="nofollow" href="{}">{}</a> <span class="number">{}{}</span></li>'
_CHOSEN = (
    '<li class="chosen"><a rel="nofollow" href="{}" aria-current="true"><span aria-hidden="true">✓ </span>{}'
    '<span class="hidden"> ({})</span></a> <span class="number">{}{}</span></li>'
)


@register.simple_tag
def facet_values(values: Iterable[tuple[str, int, bool, str]], exact: bool) -> SafeString:
    """A line for each value, of label, items, whether chosen and address; guesses are said to be."""
    about = "" if exact else f"{_('ca.')} "
    chosen = _("valgt; fjern")
    lines = [
        format_html(_CHOSEN, address, label, chosen, about, intcomma(number))
        if is_chosen
        else format_html(_VALUE, address, label, about, intcomma(number))
        for label, number, is_chosen, address in values
    ]
    return format_html_join("", "{}", ((line,) for line in lines))
