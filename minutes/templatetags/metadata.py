"""What a page says of itself to programs: Open Graph in its head, schema.org's terms as JSON-LD."""

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
from minutes.privacy import replace_masks

register = template.Library()

_COPENHAGEN = ZoneInfo("Europe/Copenhagen")


class _Block(template.Node):
    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, context: template.Context) -> SafeString:
        block = context.render_context[BLOCK_CONTEXT_KEY].get_block(self.name)
        return mark_safe(" ".join(block.render(context).split()))  # noqa: S308 — escaped when it was rendered


@register.tag
def block_again(parser: Parser, token: Token) -> _Block:
    """What the page has in a block of base.html once more, on one line: {% block_again title %}."""
    _tag, name = token.split_contents()
    return _Block(name)


@register.simple_tag(takes_context=True)
def event_data(context: template.Context, meeting: Meeting) -> SafeString:
    """The meeting as schema.org's Event; local time with its offset, or the day where no time is printed."""
    committee = meeting.committee
    day = date_format(meeting.date, "j. F Y")
    start = datetime.combine(meeting.date, meeting.start_time, _COPENHAGEN) if meeting.start_time else None
    told = {
        "@type": "Event",
        "name": f"{committee.name}, {committee.municipality.name}, {day}",
        "url": _absolute(context, meeting),
        "startDate": (start or meeting.date).isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "inLanguage": "da",
        "organizer": _committee(context, committee),
    }
    if meeting.location:
        place = {"@type": "Place", "name": replace_masks(meeting.location)}
        told["location"] = place | {"address": committee.municipality.name}
    return _data(told)


@register.simple_tag(takes_context=True)
def organization_data(context: template.Context, of: Committee | Municipality) -> SafeString:
    """The committee, or the municipality, as schema.org's GovernmentOrganization."""
    return _data(_committee(context, of) if isinstance(of, Committee) else _municipality(context, of))


def _committee(context: template.Context, committee: Committee) -> dict[str, Any]:
    return _organization(context, committee) | {
        "parentOrganization": _municipality(context, committee.municipality)
    }


def _municipality(context: template.Context, municipality: Municipality) -> dict[str, Any]:
    return _organization(context, municipality) | {"areaServed": municipality.name}


def _organization(context: template.Context, of: Committee | Municipality) -> dict[str, Any]:
    return {"@type": "GovernmentOrganization", "name": of.name, "url": _absolute(context, of)}


def _absolute(context: template.Context, row: Meeting | Committee | Municipality) -> str:
    return context["request"].build_absolute_uri(row.get_absolute_url())


def _data(told: dict[str, Any]) -> SafeString:
    """A data block, which no browser runs; `json_script` writes < > and & so that nothing ends it early."""
    script = json_script({"@context": "https://schema.org", **told})
    return mark_safe(script.replace("application/json", "application/ld+json", 1))  # noqa: S308 — as above
