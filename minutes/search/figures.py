"""Figures of searches for Prometheus: how many, how fast and with what outcome, by the class of the query."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from prometheus_client import Counter, Histogram

if TYPE_CHECKING:
    from minutes.search.results import SearchResult

SEARCHES = Counter(
    "referatarkivet_searches_total", "Searches, by class of the query and outcome.", ["query", "outcome"]
)
SECONDS = Histogram(
    "referatarkivet_search_seconds",
    "Time of a search in seconds, by class of the query.",
    ["query"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)


def class_of(text: str) -> str:
    """Return the class of a query: "filters" without text, "field", "phrase", "word" or "words"."""
    if not text.strip():
        return "filters"
    if ":" in text:
        return "field"
    if '"' in text:
        return "phrase"
    return "words" if len(text.split()) > 1 else "word"


@contextmanager
def observed(text: str) -> Iterator[list["SearchResult"]]:
    """Measure a search. The block adds its result to the list; without one it has failed."""
    start = time.perf_counter()
    results: list[SearchResult] = []
    try:
        yield results
    finally:
        query = class_of(text)
        SECONDS.labels(query).observe(time.perf_counter() - start)
        SEARCHES.labels(query, _outcome(results)).inc()


def _outcome(results: list["SearchResult"]) -> str:
    if not results:
        return "failed"
    result = results[0]
    if result.items:
        return "items"
    return "similar" if result.similar else "none"
