"""Whether the site is alive (`/healthz`) and ready to serve (`/readyz`).

Answered before anything looks at the host or at HTTPS: those who ask speak plain HTTP to an address.
"""

from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from psycopg_pool import PoolTimeout

from minutes.management.database import missing_migrations
from minutes.publishing import ledger
from minutes.publishing.takedowns import differences

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
    """200 when the database answers, has every migration and all that was taken down; else 503, and why."""
    try:
        missing = missing_migrations()
    except (DatabaseError, PoolTimeout):
        return _not_ready("the database does not answer")
    if missing:
        return _not_ready(f"{missing} migrations are not applied; run manage.py migrate")
    undone, lacking = differences()
    if undone or lacking:
        return _not_ready(
            f"{len(undone)} takedowns of the ledger are not in the database, {len(lacking)} of the database "
            "not in the ledger; run manage.py replay_takedowns"
        )
    if unreadable := ledger.read().unreadable:
        return _not_ready(f"{ledger.path().name}: line {unreadable[0]} cannot be read")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


def _not_ready(reason: str) -> HttpResponse:
    return HttpResponse(f"{reason}\n", status=503, content_type="text/plain; charset=utf-8")


_CHECKS: dict[str, Answer] = {"/healthz": healthz, "/readyz": readyz}
