"""The sentence about what was decided under an item."""

from django import template

from minutes.models import AgendaItem
from minutes.statistics.verdicts import verdict

register = template.Library()


@register.filter(name="verdict")
def verdict_of(item: AgendaItem) -> str:
    return verdict(item)
