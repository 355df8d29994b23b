"""The values of a facet: as lists of the search have a hundred of them, not made by a template."""

from collections.abc import Iterable
from html import escape

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.safestring import SafeString, mark_safe
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
    lines = []
    for label, items, is_chosen, address in values:
        number = intcomma(items) if items > 999 else str(items)
        if is_chosen:
            lines.append(_CHOSEN.format(escape(address), escape(label), chosen, about, number))
        else:
            lines.append(_VALUE.format(escape(address), escape(label), about, number))
    return mark_safe("".join(lines))  # noqa: S308  All that comes from outside is escaped above.
