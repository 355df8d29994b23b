"""Settings of processes that import many documents."""

import gc
import multiprocessing
import os
import signal
import threading
from functools import cache
from multiprocessing.connection import wait

# Objects that are created before the youngest are collected. The default of 700 costs a seventh of an import.
_THRESHOLDS = (50_000, 20, 20)


def collect_garbage_less_often() -> None:
    """Exempt what is loaded from garbage collection, and collect less often."""
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)


@cache
def set_up_child() -> None:
    """Set up a process of a batch, once: it ends with the one that started it, not by signals to both."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    collect_garbage_less_often()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        wait([parent.sentinel])
        os._exit(1)
