"""The form of the log: a line for each event, as JSON in production and as text on a terminal.

A line has no text of a document, no query string (people search for names), no network address and no
name: a request has an id, and a member of staff is a number.
"""

from typing import Any

import structlog

_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def logging_config(*, as_json: bool, level: str) -> dict[str, Any]:
    """Return the value of Django's setting `LOGGING`, and configure structlog to log through it."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    renderers: list[Any] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if as_json:
        renderers += [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    else:
        renderers.append(structlog.dev.ConsoleRenderer(colors=False))
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "processors": renderers,
        "foreign_pre_chain": _SHARED,
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "archive": {"level": level},
            "minutes": {"level": level},
            "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
            # Each request has its line from archive/request_log.py.
            "django.request": {"level": "ERROR"},
            # Gunicorn warns at every HEAD request, because Django leaves it to the server to drop the body.
            "gunicorn.http.wsgi": {"level": "ERROR"},
        },
    }


def without_personal_data(event: Any, hint: Any) -> Any:
    """Remove from an event for Sentry what can contain names or text, as query strings and messages."""
    request = event.get("request", {})
    for key in ("query_string", "cookies", "headers", "data", "env"):
        request.pop(key, None)
    request["url"] = request.get("url", "").partition("?")[0]
    event.pop("breadcrumbs", None)
    for exception in event.get("exception", {}).get("values", []):
        # Messages of the database quote values.
        exception["value"] = ""
    return event
