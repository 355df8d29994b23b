"""Health checks, liveness (`/healthz`) and readiness (`/readyz`), and figures for Prometheus (`/metrics`).

Answered before the checks of host and HTTPS, since a probe sends plain HTTP to an IP address.
"""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from psycopg_pool import PoolTimeout

from archive.databases import REPLICA
from archive.errors import service_unavailable
from archive.metrics import metrics
from archive.paths import is_staff_page
from archive.replica import replica
from minutes.importer.queue import workers_are_running
from minutes.publishing import ledger
from minutes.publishing.takedowns import differences
from minutes.service_status import free_bytes, missing_migrations, queue_age_seconds

logger = logging.getLogger(__name__)

# Free space below which uploads and takedowns would fail.
_NEEDED_BYTES = 100 * 1024**2

View = Callable[[HttpRequest], HttpResponse]


class AnswerHealthChecks:
    """Middleware that answers the three addresses and passes on every other request."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return CHECKS.get(request.path_info, self.get_response)(request)


class RequireReplayedLedger:
    """Middleware that answers 503 to public requests until the database agrees with the takedown ledger once.

    A restored database can contain what was taken down since: nothing is public before the ledger has been
    replayed. Active with `REQUIRE_REPLAYED_LEDGER`, which archive/wsgi.py sets. Three queries until they
    agree, none afterwards.
    """

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response
        self._agrees = not settings.REQUIRE_REPLAYED_LEDGER

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not self._agrees and not is_staff_page(request):
            try:
                self._agrees = not differences()[0]
            except (DatabaseError, PoolTimeout):
                logger.error("The database does not answer, so the ledger cannot be compared with it")
                return service_unavailable(request)
            if not self._agrees:
                logger.error(
                    "The ledger has takedowns that the database lacks: run manage.py replay_takedowns"
                )
                return service_unavailable(request)
        return self.get_response(request)


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """Respond 200 while the process runs. No queries."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """Respond 200 if the database answers, is migrated and agrees with the takedown ledger, else 503.

    Also 503 if the disk is full. The body of a 503 is the reason in one line. That of a 200 has further lines
    about what does not stop pages: the replica (without it, pages are read from the primary), the workers
    and the queue.
    """
    try:
        reason = _reason_not_ready()
        notes = "" if reason else f"{_replica_line()}{_queue_lines()}"
    except (DatabaseError, PoolTimeout):
        reason = "the database does not answer"
    if reason:
        return HttpResponse(f"{reason}\n", status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse(f"ok\n{notes}", content_type="text/plain; charset=utf-8")


def _reason_not_ready() -> str:
    """Return why pages cannot be served, in one line; empty if they can."""
    if missing := missing_migrations():
        return f"{missing} migrations are not applied; run manage.py migrate"
    only_in_ledger, only_in_database = differences()
    if only_in_ledger or only_in_database:
        return (
            f"{len(only_in_ledger)} takedowns of the ledger are not in the database, "
            f"{len(only_in_database)} of the database not in the ledger; run manage.py replay_takedowns"
        )
    if unreadable := ledger.read().unreadable:
        return f"{ledger.path().name}: line {unreadable[0]} cannot be read"
    if free_bytes() < _NEEDED_BYTES:
        return f"the disk of ARCHIVE_DATA has less than {_NEEDED_BYTES // 1024**2} MB left"
    return ""


def _replica_line() -> str:
    if REPLICA not in settings.DATABASES:
        return ""
    lag = replica.lag()
    return "the replica is lost\n" if lag is None else f"the replica lags {lag:.1f} s behind\n"


def _queue_lines() -> str:
    """Return a line if no worker runs, and one if a file has waited longer than the setting. Two queries."""
    lines = "" if workers_are_running() else "no worker is running\n"
    age = queue_age_seconds()
    if age is not None and age > settings.QUEUE_WARNING_MINUTES * 60:
        lines += f"an uploaded file has waited for {age / 60:.0f} minutes\n"
    return lines


CHECKS: dict[str, View] = {"/healthz": healthz, "/readyz": readyz, "/metrics": never_cache(metrics)}
