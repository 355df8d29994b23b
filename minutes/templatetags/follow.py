"""Where a page can be followed."""

from django import template
from django.http import QueryDict
from django.urls import NoReverseMatch, reverse

register = template.Library()

# Pages of another name than their feed's.
_FEED_OF = {"home": "meetings"}
# What says which page of a list, and in what order.
_NOT_FOLLOWED = ("side", "sorter")


@register.simple_tag(takes_context=True)
def where_to_follow(context: template.Context) -> dict[str, str]:
    """The addresses of the page's "feed" and "calendar", empty where it has none.

    They are called as the page, with "-feed" or "-calendar" added, take what its address takes, and list what
    its query string lets through. A page without a question or with a wrong one has nothing to follow.
    """
    request = context.get("request")
    match = request.resolver_match if request else None
    wrong = context.get("filter") and context["filter"].form.errors
    if request is None or match is None or wrong or context.get("asked") is False:
        return {}
    name = _FEED_OF.get(match.url_name, match.url_name)
    return {
        "feed": _address(f"{name}-feed", match.kwargs, request.GET),
        "calendar": _address(f"{name}-calendar", match.kwargs, QueryDict()),
    }


def _address(name: str, taken: dict[str, str], asked: QueryDict) -> str:
    try:
        address = reverse(name, kwargs=taken)
    except NoReverseMatch:
        return ""
    # The address of a place or a person says it all.
    kept = QueryDict(mutable=True) if taken else asked.copy()
    for each in _NOT_FOLLOWED:
        kept.pop(each, None)
    return f"{address}?{kept.urlencode()}" if kept else address
