"""Figures for Prometheus at `/metrics`, protected by `METRICS_TOKEN`.

Requests are counted in each process. With several, the variable `PROMETHEUS_MULTIPROC_DIR` names a folder in
which they share their counts (archive/gunicorn.py sets it). What is in the database and on the disk is read
when Prometheus asks.
"""

import os
from collections.abc import Iterator

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from archive.databases import REPLICA
from archive.replica import replica
from minutes.search.figures import SEARCHES, SECONDS
from minutes.service_status import DESCRIPTIONS, Status, status

_REQUESTS = Counter(
    "referatarkivet_requests_total", "Requests, by view, method and status.", ["view", "method", "status"]
)
_SECONDS = Histogram(
    "referatarkivet_request_seconds",
    "Time of a request in seconds, by view.",
    ["view"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
_POOL = Gauge(
    "referatarkivet_pool_connections",
    "Connections of the processes' pools to a database: open, idle, and requests that wait for one.",
    ["database", "state"],
    multiprocess_mode="livesum",
)
_QUERIES = Histogram(
    "referatarkivet_request_queries",
    "Database queries of a request, by view.",
    ["view"],
    buckets=(0, 1, 2, 5, 10, 20, 50, 100),
)
_POOL_STATES = (("open", "pool_size"), ("idle", "pool_available"), ("waiting", "requests_waiting"))


def observe_request(view: str, method: str, status_code: int, seconds: float, queries: int) -> None:
    """Count a request. `view` is the name of its URL pattern, "" if none matches."""
    view = view or "none"
    method = method if method in {"GET", "HEAD", "POST", "OPTIONS"} else "other"
    _REQUESTS.labels(view, method, str(status_code)).inc()
    _SECONDS.labels(view).observe(seconds)
    _QUERIES.labels(view).observe(queries)
    for connection in connections.all(initialized_only=True):
        if pool := getattr(connection, "pool", None):
            statistics = pool.get_stats()
            for state, key in _POOL_STATES:
                _POOL.labels(connection.alias, state).set(statistics.get(key, 0))


def metrics(request: HttpRequest) -> HttpResponse:
    """Respond with all figures in Prometheus' text format. Twelve queries.

    404 without the right token, as if the address did not exist.
    """
    token = settings.METRICS_TOKEN
    given = request.META.get("HTTP_AUTHORIZATION", "").removeprefix("Bearer ")
    if not token or not constant_time_compare(given, token):
        return HttpResponse("not found\n", status=404, content_type="text/plain; charset=utf-8")
    registry = CollectorRegistry()
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    else:
        for collector in (_REQUESTS, _SECONDS, _QUERIES, _POOL, SEARCHES, SECONDS):
            registry.register(collector)
    registry.register(_StatusCollector(status()))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)


class _StatusCollector:
    """The archive's status as gauges; None, as of the age of a backup that does not exist, is left out."""

    def __init__(self, present: Status) -> None:
        self._present = present

    def describe(self) -> Iterator[GaugeMetricFamily]:
        return self.collect()

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for field, value in self._present._asdict().items():
            if value is not None:
                yield GaugeMetricFamily(f"referatarkivet_{field}", DESCRIPTIONS[field], value=value)
        if REPLICA in settings.DATABASES:
            lag = replica.lag()
            yield GaugeMetricFamily(
                "referatarkivet_replica_lost", "1 if the replica is lost.", value=lag is None
            )
            if lag is not None:
                name = "referatarkivet_replica_lag_seconds"
                yield GaugeMetricFamily(name, "How far the replica lags behind.", value=lag)
