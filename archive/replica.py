"""Reads visitors' pages from a replica of the database (`REPLICA_DATABASE_URL`).

The staff's pages, everything that writes, and what follows the links of mails and previews use the primary.
So do all pages while the replica is lost, lags more than `REPLICA_MAX_LAG_SECONDS`, or lacks a transaction
that changed public rows (`minutes/publishing/replication.py`).
"""

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextvars import ContextVar
from typing import Any, NamedTuple

import psycopg
from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import Error, connections
from django.http import HttpRequest, HttpResponse
from psycopg_pool import PoolTimeout

from archive.databases import PRIMARY, REPLICA
from archive.deadlines import Connection, deadline_in
from archive.language import without_language
from minutes.publishing.replication import Transactions

logger = logging.getLogger(__name__)

# Beginnings of the addresses of pages that write, or must be exactly as staff or a subscriber left them.
_PRIMARY_PATHS = ("/admin/", "/moeder/forhaandsvisning/", "/om/fejl/", "/om/foelg/")
# Of the request's time, so that the primary has the rest of it if the replica does not answer.
_SHARE = 0.6
_CHECK_SECONDS = 1.0
# A result of the check that is older says nothing, as when its thread waits for a frozen server.
_VALID_SECONDS = 5.0

# Which transactions have ended on the replica. One that it has not heard of has no status there.
_ENDED = """
SELECT number FROM unnest(%s::text[]) number
WHERE number::xid8 < pg_snapshot_xmax(pg_current_snapshot())
    AND pg_xact_status(number::xid8) IS DISTINCT FROM 'in progress'
"""

_alias: ContextVar[str] = ContextVar("database", default=PRIMARY)


class Router:
    """Django's database router: reads of the present request go where the middleware decided.

    After a write, the rest of the request reads from the primary too.
    """

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return _alias.get()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        _alias.set(PRIMARY)
        return PRIMARY

    def allow_relation(self, first: Any, second: Any, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == PRIMARY


class ReadFromReplica:
    """Middleware that lets visitors' pages read from the replica, and from the primary if that fails.

    No query; one to the replica while it may lack a change. It must be the last in the list, so that a page
    is rendered again without what the others do.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if REPLICA not in settings.DATABASES:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not _is_of_visitor(request):
            return self.get_response(request)
        token = _alias.set(REPLICA)
        try:
            if not replica.is_current():
                _alias.set(PRIMARY)
                return self.get_response(request)
            request.META["archive.database"] = REPLICA
            with deadline_in(settings.REQUEST_DEADLINE_SECONDS * _SHARE):
                response = self.get_response(request)
        finally:
            _alias.reset(token)
        if isinstance(response, _Failed):
            request.META["archive.database"] = PRIMARY
            return self.get_response(request)
        if response.streaming:
            response.streaming_content = _reading(response.streaming_content)  # type: ignore[attr-defined]
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if request.META.get("archive.database") != REPLICA or not isinstance(exception, Error | PoolTimeout):
            return None
        logger.warning("The replica did not answer %s: %s", request.path, type(exception))
        if not isinstance(exception, PoolTimeout):
            connections[REPLICA].close()
        replica.distrust()
        return _Failed(status=503)


class _Failed(HttpResponse):
    """The response that is replaced by the page as read from the primary."""


def _is_of_visitor(request: HttpRequest) -> bool:
    return (
        request.method in {"GET", "HEAD"}
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not without_language(request.path_info).startswith(_PRIMARY_PATHS)
    )


def _reading(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the pieces of a streamed page, whose queries go to the replica."""
    iterator = iter(pieces)
    while True:
        token = _alias.set(REPLICA)
        try:
            piece = next(iterator, None)
        finally:
            _alias.reset(token)
        if piece is None:
            return
        yield piece


class State(NamedTuple):
    """The result of a check, at a time of the monotonic clock; `lag` in seconds, None if it is not known."""

    at: float
    lag: float | None


class Replica:
    """Checks once a second, in a thread of its own, how far the replica has come.

    The lag is the age of the newest position in the primary's log that the replica has replayed. While the
    primary is away there is no newer one: pages are then read from the replica as it is.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._state = State(0.0, None)
        self._transactions = Transactions()
        self._missing: set[int] = set()
        # Times and positions of the primary.
        self._positions: deque[tuple[float, int]] = deque(maxlen=600)
        self._connected: dict[str, Connection] = {}

    def lag(self) -> float | None:
        """Return the seconds that the replica lags behind; None if it is lost or that is not known yet."""
        if self._thread is None:
            self._start()
        state = self._state
        return state.lag if time.monotonic() - state.at < _VALID_SECONDS else None

    def is_current(self) -> bool:
        """Return True if visitors' pages can be read from the replica. One query to it after a change."""
        lag = self.lag()
        if lag is None or lag > settings.REPLICA_MAX_LAG_SECONDS:
            return False
        with self._lock:
            self._missing.update(self._transactions.added())
            missing = set(self._missing)
        if not missing:
            return True
        try:
            with deadline_in(_CHECK_SECONDS / 2), connections[REPLICA].cursor() as cursor:
                cursor.execute(_ENDED, [[str(number) for number in missing]])
                ended = {int(number) for (number,) in cursor.fetchall()}
        except (Error, PoolTimeout):
            self.distrust()
            return False
        with self._lock:
            self._missing -= ended
        return missing == ended

    def distrust(self) -> None:
        """Do not use the replica until the next check."""
        self._state = State(time.monotonic(), None)

    def _start(self) -> None:
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._check_for_ever, name="replica", daemon=True)
                self._thread.start()

    def _check_for_ever(self) -> None:
        while True:
            lag = self._measure()
            self._state = State(time.monotonic(), lag)
            time.sleep(_CHECK_SECONDS)

    def _measure(self) -> float | None:
        """Return the lag in seconds, or None if the replica does not answer or is none (any more)."""
        primary = self._ask(PRIMARY, "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint")
        if primary is not None:
            self._positions.append((time.monotonic(), primary))
        replayed = self._ask(
            REPLICA,
            "SELECT CASE WHEN pg_is_in_recovery() "
            "THEN pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::bigint END",
        )
        if replayed is None or not self._positions:
            return None
        newest, _position = self._positions[-1]
        reached = [at for at, position in self._positions if position <= replayed]
        return newest - reached[-1] if reached else None

    def _ask(self, alias: str, statement: str) -> int | None:
        """Return the number that the server answers; None if it does not."""
        try:
            with deadline_in(_CHECK_SECONDS):
                connected = self._connected.get(alias)
                if connected is None or connected.closed:
                    parameters = connections[alias].get_connection_params()
                    connected = Connection.connect(**parameters, autocommit=True)
                    self._connected[alias] = connected
                row = connected.execute(statement).fetchone()
        except psycopg.Error:
            if connected := self._connected.pop(alias, None):
                connected.close()
            return None
        return row[0] if row else None


# One for the process.
replica = Replica()
