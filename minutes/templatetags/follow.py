"""Links to the feed and the calendar of a page."""

from django import template
from django.http import QueryDict
from django.urls import NoReverseMatch, reverse

register = template.Library()

# Pages whose feed has another page's name.
_FEED_OF = {"home": "meetings"}
# Query parameters that only page, sort or group a list.
_PRESENTATION = ("side", "sorter", "vis", "hvor")


@register.simple_tag(takes_context=True)
def follow_urls(context: template.Context) -> dict[str, str]:
    """The addresses of the page's "feed" and "calendar", empty where it has none.

    Their URL patterns are named as the page's, with "-feed" or "-calendar" added. A feed of a list takes the
    list's filters. A page without a query, or with an invalid one, has neither.
    """
    request = context.get("request")
    match = request.resolver_match if request else None
    has_errors = context.get("filter") and context["filter"].form.errors
    if request is None or match is None or has_errors or context.get("has_query") is False:
        return {}
    name = _FEED_OF.get(match.url_name, match.url_name)
    return {
        "feed": _address(f"{name}-feed", match.kwargs, request.GET),
        "calendar": _address(f"{name}-calendar", match.kwargs, QueryDict()),
    }


def _address(name: str, kwargs: dict[str, str], query: QueryDict) -> str:
    try:
        address = reverse(name, kwargs=kwargs)
    except NoReverseMatch:
        return ""
    if kwargs:  # the page of one place, case or person, whose feed has no filters
        return address
    filters = query.copy()
    for parameter in _PRESENTATION:
        filters.pop(parameter, None)
    return f"{address}?{filters.urlencode()}" if filters else address
