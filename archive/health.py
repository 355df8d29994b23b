"""Whether the site is alive (`/healthz`) and ready to serve (`/readyz`).

Answered before anything looks at the host or at HTTPS: those who ask speak plain HTTP to an address.
"""

from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from psycopg_pool import PoolTimeout

from minutes.management.database import missing_migrations

Answer = Callable[[HttpRequest], HttpResponse]


class AnswerHealthChecks:
    """The middleware of the two addresses."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return _CHECKS.get(request.path_info, self.answer)(request)


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the process answers; asks no database."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and every migration is applied, else 503 with the reason."""
    try:
        missing = missing_migrations()
    except (DatabaseError, PoolTimeout):
        return _not_ready("the database does not answer")
    if missing:
        return _not_ready(f"{missing} migrations are not applied; run manage.py migrate")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def _not_ready(reason: str) -> HttpResponse:
    return HttpResponse(f"{reason}\n", status=503, content_type="text/plain; charset=utf-8")


_CHECKS: dict[str, Answer] = {"/healthz": healthz, "/readyz": readyz}
