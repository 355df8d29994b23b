"""The sentence about what was decided under an item."""

from django import template

from minutes.statistics.verdicts import verdict

register = template.Library()
register.filter("verdict", verdict)
