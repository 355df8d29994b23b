"""Ways to follow a page: its feed, its calendar and e-mail."""

from typing import Any

from django import template
from django.http import QueryDict
from django.urls import NoReverseMatch, reverse

from minutes.alerts.following import alerts_enabled
from minutes.alerts.forms import FollowForm
from minutes.alerts.subjects import can_be_followed

register = template.Library()

# Pages whose feed has another page's name.
_FEED_OF = {"home": "meetings"}
# Query parameters that only page, sort or group a list.
_PRESENTATION = ("side", "sorter", "vis", "hvor")


@register.simple_tag(takes_context=True)
def follow_urls(context: template.Context) -> dict[str, Any]:
    """The addresses of the page's "feed" and "calendar", empty where it has none, and the "form" for e-mail.

    Their URL patterns are named as the page's, with "-feed" or "-calendar" added. A feed of a list takes the
    list's filters. A page without a query, or with an invalid one, has none.
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
        "form": _form(match.url_name),
    }


@register.simple_tag
def case_form() -> FollowForm | None:
    """The form to follow a case by e-mail from an item; None if the site sends no mail."""
    return _form("case")


def _form(url_name: str | None) -> FollowForm | None:
    """The form to follow a page by e-mail; None for a page that cannot be, or if the site sends no mail."""
    if url_name and can_be_followed(url_name) and alerts_enabled():
        return FollowForm(auto_id="foelg-%s")
    return None


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
