"""Checks of the settings that a public site needs (`manage.py check --deploy`)."""

from typing import Any

from django.conf import settings
from django.core import checks

# What the law requires a site to say: who publishes it, and who answers questions about personal data.
_REQUIRED = ("name", "address", "email", "phone", "dpo")


@checks.register(deploy=True)
def check_publisher(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Warn when a setting about the publisher is missing."""
    missing = [f"PUBLISHER_{field.upper()}" for field in _REQUIRED if not settings.PUBLISHER[field]]
    if not missing:
        return []
    return [
        checks.Warning(
            f"The site does not say who publishes it: {', '.join(missing)} not set.",
            hint="Pages about personal data and accessibility need them: docs/operations.md, Settings.",
            id="archive.W001",
        )
    ]
