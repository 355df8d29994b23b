"""A deadline for the database work of a web request.

PostgreSQL ends a statement at its `statement_timeout`. A server that is frozen, or whose machine has left the
network, does not do that: the client waits until TCP gives up, a quarter of an hour by default. So each wait
for the server ends at the deadline of the request too.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import psycopg
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from archive.paths import is_staff_page

_deadline: ContextVar[float | None] = ContextVar("deadline", default=None)


@contextmanager
def deadline_in(seconds: float) -> Iterator[None]:
    """Let all waits for the database end after this many seconds, with an `OperationalError`."""
    token = _deadline.set(time.monotonic() + seconds)
    try:
        yield
    finally:
        _deadline.reset(token)


class Connection(psycopg.Connection[Any]):
    """A connection that waits for the server no longer than the deadline allows, and is closed then."""

    def wait(self, gen: Any, interval: float = 0.1, timeout: float | None = None) -> Any:
        deadline = _deadline.get()
        if deadline is None:
            return super().wait(gen, interval, timeout)
        remaining = max(deadline - time.monotonic(), 0.0)
        if timeout is not None and timeout < remaining:
            return super().wait(gen, interval, timeout)
        try:
            return super().wait(gen, interval, remaining)
        except psycopg.OperationalError:
            if time.monotonic() < deadline:
                raise
            # The reply may still come: nothing else can be sent on this connection.
            self.pgconn.finish()
            raise psycopg.OperationalError(
                "the database server did not answer before the request's deadline"
            ) from None


class LimitDatabaseTime:
    """Middleware that gives requests `REQUEST_DEADLINE_SECONDS`, and those to staff pages ten times that."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        seconds = settings.REQUEST_DEADLINE_SECONDS
        if is_staff_page(request):
            seconds *= 10
        with deadline_in(seconds):
            return self.get_response(request)
