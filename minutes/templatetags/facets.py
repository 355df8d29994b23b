"""The values of a facet. Built in Python because a search page can have hundreds of them."""

from collections.abc import Iterable
from html import escape

from django import template
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

register = template.Library()

# Larger numbers get a thousands separator.
_MAX_PLAIN = 999

_VALUE = '<li><a rel="nofollow" href="{}">{}</a> <span class="number">{}{}</span></li>'
_CHOSEN = (
    '<li class="chosen"><a rel="nofollow" href="{}" aria-current="true"><span aria-hidden="true">✓ </span>{}'
    '<span class="hidden"> ({})</span></a> <span class="number">{}{}</span></li>'
)


@register.simple_tag
def facet_values(values: Iterable[tuple[str, int, bool, str]], exact: bool) -> SafeString:
    """A list item for each value: label, number of items, whether it is chosen, address.

    Numbers are marked as estimates unless `exact`.
    """
    about = "" if exact else f"{_('ca.')} "
    chosen = _("valgt; fjern")
    lines = []
    for label, items, is_chosen, address in values:
        number = intcomma(items) if items > _MAX_PLAIN else str(items)
        if is_chosen:
            lines.append(_CHOSEN.format(escape(address), escape(label), chosen, about, number))
        else:
            lines.append(_VALUE.format(escape(address), escape(label), about, number))
    return mark_safe("".join(lines))  # noqa: S308 — everything variable is escaped above
