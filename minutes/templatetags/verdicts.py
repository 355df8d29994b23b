"""The sentence about what was decided under an item."""

from django import template

from minutes.statistics.verdicts import short_verdict, verdict

register = template.Library()
register.filter("verdict", verdict)
register.filter("short_verdict", short_verdict)
