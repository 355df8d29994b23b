"""Configuration of gunicorn: `gunicorn -c python:archive.gunicorn archive.wsgi`.

`WEB_WORKERS` is the number of processes, by default one for each processor and at least two. `WEB_THREADS` is
the number of threads of each: a client that sends its request slowly occupies one until its request is
complete, so there are more threads than requests that are worked on at once. How many of those use the
database is limited by the pool of connections (`archive/settings.py`).
"""

import os
import shutil
import tempfile
from typing import Any

# The folder in which workers share their figures for /metrics, one for each start of the server.
os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="referatarkivet-metrics-")

bind = os.environ.get("WEB_BIND") or "127.0.0.1:8000"
preload_app = True
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS") or max(2, os.cpu_count() or 2))
threads = int(os.environ.get("WEB_THREADS") or 64)
worker_connections = 1000
keepalive = 5
# A worker that does not respond at all for this long is replaced.
timeout = 60
graceful_timeout = 30
# Replace a worker now and then, so that no leak lasts; with the jitter, not all at the same time.
max_requests = 20_000
max_requests_jitter = 2_000
limit_request_line = 8190
limit_request_field_size = 8190
# The heartbeat file of a worker must not wait for a disk.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112, S108
loglevel = "error"


def child_exit(server: Any, worker: Any) -> None:
    """Forget the gauges of a worker that has ended."""
    from prometheus_client import multiprocess  # noqa: PLC0415  After the variable above is set.

    multiprocess.mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def on_exit(server: Any) -> None:
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
