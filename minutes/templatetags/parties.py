"""Parties on a page: a mark in the party's colour, and links to the party's page."""

from datetime import date

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from minutes.models import Municipality, Party
from minutes.statistics.known_parties import PartyIdentity, identify

register = template.Library()

# Decorative: the letter or name beside it says the same.
_MARK = (
    '<svg class="party-mark" viewBox="0 0 10 10" aria-hidden="true" focusable="false">'
    '<circle cx="5" cy="5" r="5" fill="{}"></circle></svg> '
)


@register.simple_tag
def party_mark(party: PartyIdentity) -> SafeString:
    """A dot in the party's colour, nothing where it has none. The party must be named beside it."""
    return format_html(_MARK, party.colour) if party.colour else mark_safe("")


@register.simple_tag
def party_url(party: PartyIdentity, municipality: Municipality) -> str:
    """The address of the party's page, "" for members of no party."""
    return reverse("party", args=[municipality.slug, party.slug]) if party.is_party else ""


@register.simple_tag
def party_link(printed: Party | str, day: date, municipality: Municipality) -> SafeString:
    """The party as printed in minutes of `day`, in brackets, with a link to its page if it is a party."""
    letter = printed if isinstance(printed, str) else printed.letter
    party = identify(letter, day)
    if not party.is_party:
        return format_html("({})", letter)
    address = reverse("party", args=[municipality.slug, party.slug])
    return format_html('<a class="party" href="{}" title="{}">({})</a>', address, party, letter)
