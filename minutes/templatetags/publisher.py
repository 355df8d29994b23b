"""Template tags about the publisher of the site."""

from django import template
from django.conf import settings
from django.urls import reverse

register = template.Library()


@register.simple_tag
def publisher() -> dict[str, str]:
    """Return `PUBLISHER`: name, address, email, phone and dpo, each "" where it is not set."""
    return settings.PUBLISHER


@register.simple_tag
def is_demo() -> bool:
    return settings.DEMO


@register.simple_tag
def statement_url() -> str:
    """Return the address of the statement at was.digst.dk, else that of our own page."""
    return str(settings.ACCESSIBILITY_STATEMENT_URL) or reverse("accessibility")
