"""The search in the header of every page."""

from typing import Any

from django import template

from minutes.models import Committee, Municipality

register = template.Library()

# Pages whose content begins with a search of its own.
_PAGES_WITH_SEARCH = ("home", "search")


@register.inclusion_tag("minutes/_site_search.html", takes_context=True)
def site_search(context: template.Context) -> dict[str, Any]:
    """Show a search of the municipality of the page, or else of all; nothing on a page with a search."""
    request = context.get("request")
    match = request.resolver_match if request else None
    municipality, committee = context.get("municipality"), context.get("committee")
    if not isinstance(municipality, Municipality):
        municipality = None
    place = municipality.slug if municipality else ""
    if municipality and isinstance(committee, Committee):
        place = f"{municipality.slug}/{committee.slug}"
    return {
        "is_shown": match is None or match.url_name not in _PAGES_WITH_SEARCH,
        "municipality": municipality,
        "place": place,
    }
