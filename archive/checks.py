"""Checks of the settings that a public site needs (`manage.py check --deploy`)."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks

from minutes.accounts.breached_passwords import problem_of_file

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


@checks.register
def check_breached_passwords(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Report a file of breached passwords that cannot be searched: no password would be accepted, or any."""
    path = settings.BREACHED_PASSWORDS_FILE
    problem = problem_of_file(Path(path)) if path else ""
    if not problem:
        return []
    hint = "docs/security.md, Breached passwords."
    return [checks.Error(f"BREACHED_PASSWORDS_FILE {path}: {problem}.", hint=hint, id="archive.E001")]


@checks.register(deploy=True)
def check_mail(app_configs: Any, **kwargs: Any) -> list[checks.CheckMessage]:
    """Warn when a mail server is set, but mail cannot be sent, or not safely. Without one, alerts are off."""
    if not settings.EMAIL_HOST:
        return []
    problems = [
        f"{name} is not set, so no e-mail alerts are sent"
        for name in ("DEFAULT_FROM_EMAIL", "SITE_URL")
        if not getattr(settings, name)
    ]
    site = urlsplit(settings.SITE_URL)
    if settings.SITE_URL and (site.scheme != "https" or site.path or not site.hostname):
        problems.append("SITE_URL is not of the form https://referater.example.dk")
    if settings.EMAIL_HOST_USER and not (settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL):
        problems.append("EMAIL_USE_TLS and EMAIL_USE_SSL are off, so the password is sent unencrypted")
    hint = "docs/operations.md, Settings, and docs/alerts.md."
    return [checks.Warning(f"{problem}.", hint=hint, id="archive.W002") for problem in problems]
