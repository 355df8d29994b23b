"""Metadata for programs: blocks of the page repeated for Open Graph, and schema.org data as JSON-LD."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.template.base import Parser, Token
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.formats import date_format
from django.utils.html import json_script
from django.utils.safestring import SafeString, mark_safe

from minutes.models import Committee, Meeting, Municipality

register = template.Library()

_COPENHAGEN = ZoneInfo("Europe/Copenhagen")


class _RepeatedBlock(template.Node):
    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, context: template.Context) -> SafeString:
        block = context.render_context[BLOCK_CONTEXT_KEY].get_block(self.name)
        return mark_safe(" ".join(block.render(context).split()))  # noqa: S308 — escaped by its own render


@register.tag
def repeat_block(parser: Parser, token: Token) -> _RepeatedBlock:
    """Render a block of base.html once more, on one line: {% repeat_block title %}."""
    _tag, name = token.split_contents()
    return _RepeatedBlock(name)


@register.simple_tag(takes_context=True)
def event_data(context: template.Context, meeting: Meeting) -> SafeString:
    """The meeting as a schema.org Event, with local start time and offset, or the date without a time."""
    committee = meeting.committee
    day = date_format(meeting.date, "DATE_FORMAT")
    start = datetime.combine(meeting.date, meeting.start_time, _COPENHAGEN) if meeting.start_time else None
    event = {
        "@type": "Event",
        "name": f"{committee.name}, {committee.municipality.name}, {day}",
        "url": _absolute(context, meeting),
        "startDate": (start or meeting.date).isoformat(),
        "eventStatus": f"https://schema.org/{'EventCancelled' if meeting.cancelled else 'EventScheduled'}",
        "inLanguage": "da",
        "organizer": _committee(context, committee),
    }
    if start and meeting.end_time and meeting.end_time > start.time():
        event["endDate"] = datetime.combine(meeting.date, meeting.end_time, _COPENHAGEN).isoformat()
    if meeting.location:
        place = {"@type": "Place", "name": meeting.location}
        event["location"] = place | {"address": committee.municipality.name}
    return _script(event)


@register.simple_tag(takes_context=True)
def organization_data(context: template.Context, place: Committee | Municipality) -> SafeString:
    """The committee or municipality as a schema.org GovernmentOrganization."""
    if isinstance(place, Committee):
        return _script(_committee(context, place))
    return _script(_municipality(context, place))


def _committee(context: template.Context, committee: Committee) -> dict[str, Any]:
    return _organization(context, committee) | {
        "parentOrganization": _municipality(context, committee.municipality)
    }


def _municipality(context: template.Context, municipality: Municipality) -> dict[str, Any]:
    return _organization(context, municipality) | {"areaServed": municipality.name}


def _organization(context: template.Context, place: Committee | Municipality) -> dict[str, Any]:
    return {"@type": "GovernmentOrganization", "name": place.name, "url": _absolute(context, place)}


def _absolute(context: template.Context, row: Meeting | Committee | Municipality) -> str:
    address: str = context["request"].build_absolute_uri(row.get_absolute_url())
    return address


def _script(data: dict[str, Any]) -> SafeString:
    """A JSON-LD data block. `json_script` escapes <, > and &, so no text can end the element."""
    script = json_script({"@context": "https://schema.org", **data})
    return mark_safe(script.replace("application/json", "application/ld+json", 1))  # noqa: S308 — as above
