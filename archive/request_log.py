"""A line of the log for each request, with its id, and its figures for `/metrics`."""

import re
import time
import uuid
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import structlog
from django.db import connections
from django.http import HttpRequest, HttpResponse

from archive import metrics
from archive.databases import PRIMARY
from archive.health import CHECKS

logger = structlog.get_logger("archive.requests")

# The id that a proxy or a client gives a request, if it is harmless.
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class LogRequests:
    """Middleware that logs and measures each request, and gives it an id, which the response names.

    The line has the method, the path, the view, the status, the time in milliseconds, the number and time of
    the queries, the database that the page was read from, the number of the signed-in user, and the
    municipality. Streamed content comes after it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        start = time.perf_counter()
        queries = _Queries()
        with structlog.contextvars.bound_contextvars(request_id=request_id), ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(queries))
            response = self.get_response(request)
            seconds = time.perf_counter() - start
            if request.path_info not in CHECKS:
                self._record(request, response, seconds, queries)
        response["X-Request-ID"] = request_id
        return response

    @staticmethod
    def _record(request: HttpRequest, response: HttpResponse, seconds: float, queries: "_Queries") -> None:
        match = request.resolver_match
        view = match.view_name if match else ""
        metrics.observe_request(view, request.method or "", response.status_code, seconds, queries.count)
        # Not request.user, which would be a query.
        user = request.__dict__.get("_cached_user")
        logger.info(
            "request",
            method=request.method,
            path=_path(request),
            view=view,
            status=response.status_code,
            ms=round(seconds * 1000, 1),
            queries=queries.count,
            database_ms=round(queries.seconds * 1000, 1),
            database=request.META.get("archive.database", PRIMARY),
            user=user.pk if user else None,
            municipality=match.kwargs.get("municipality_slug") if match else None,
        )


def _path(request: HttpRequest) -> str:
    """Return the path, or the pattern of the path of a signed link, which lets anybody in who has it."""
    match = request.resolver_match
    return f"/{match.route}" if match and "token" in match.kwargs else request.path


class _Queries:
    """Counts the statements of a request."""

    def __init__(self) -> None:
        self.count = 0
        self.seconds = 0.0

    def __call__(self, execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
        start = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.count += 1
            self.seconds += time.perf_counter() - start
