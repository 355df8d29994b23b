"""Compare the archive's search with five others, on the same items and queries, without HTTP.

    ARCHIVE_DATA=... python -m benchmarks.search.compare queries.json [--only tantivy …]

Needs `pip install '.[benchmarks]'`. Each search returns the first twenty items by rank, and the total.
Prints tables of milliseconds; each query is repeated before it is measured.
"""

import argparse
import json
import os
import shutil
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.search.latencies import percentile
from benchmarks.search.load import set_up_archive

if TYPE_CHECKING:
    from benchmarks.search.engines import Engine

_ROUNDS = 3
# A query that has taken so long in total is not repeated.
_MAX_MILLISECONDS = 1500
_WIDTH = 24


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("queries", type=Path, help="JSON of benchmarks.search.queries")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="prefixes of the names of engines")
    options = parser.parse_args()
    queries = json.loads(options.queries.read_text(encoding="utf-8"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.search.settings"
    set_up_archive()
    from django.core.management import call_command
    from django.core.management.commands import migrate

    from benchmarks.search.engines import all_engines, create_texts, delete_indexes

    # Django's own command: the archive's would project the loaded meetings, which have no facts.
    call_command(migrate.Command(), verbosity=0)
    print(f"{queries['items']:,} items, {len(queries['queries'])} queries, each for 20 items and a total")
    create_texts()
    folder = Path(tempfile.mkdtemp(prefix="referatarkivet-compare-"))
    try:
        engines = [
            engine
            for engine in all_engines(folder)
            if not options.only or any(engine.name.startswith(name) for name in options.only)
        ]
        print(f"\n{'':<{_WIDTH}}{'built in s':>12}{'MB':>9}")
        for engine in engines:
            start = time.monotonic()
            engine.build()
            print(
                f"{engine.name:<{_WIDTH}}{time.monotonic() - start:12.1f}{engine.bytes() / 1e6:9.1f}",
                flush=True,
            )
        times = measure(engines, queries["queries"])
    finally:
        shutil.rmtree(folder)
        delete_indexes()
    print_times(times, queries["queries"])


# Milliseconds of each query that an engine supports, by its index in the list.
QueryTimes = dict[int, float]


def measure(engines: Sequence["Engine"], queries: list[dict[str, Any]]) -> dict[str, QueryTimes]:
    """Return the median time of each query by the name of the engine, without queries it does not support.

    Every query is measured with all engines before the next one, so that other work of the machine affects
    them equally.
    """
    from benchmarks.search.engines import Unsupported

    times: dict[str, QueryTimes] = {engine.name: {} for engine in engines}
    unsupported: dict[str, set[str]] = defaultdict(set)
    totals: dict[str, dict[str, list[int]]] = {engine.name: defaultdict(list) for engine in engines}
    for index, query in enumerate(queries):
        for engine in engines:
            try:
                result = engine.search(query)
            except Unsupported as reason:
                unsupported[f"{engine.name} ({reason})"].add(query["class"])
                continue
            totals[engine.name][query["class"]].append(result.total)
            times[engine.name][index] = _median_milliseconds(engine, query)
    print("\nItems found, fewest to most:")
    for name, by_class in totals.items():
        ranges = (f"{kind} {min(values):,}–{max(values):,}" for kind, values in by_class.items())
        print(f"{name}: {', '.join(ranges)}")
    for name, classes in unsupported.items():
        print(f"Not supported by {name}: {', '.join(sorted(classes))}")
    return times


def _median_milliseconds(engine: "Engine", query: dict[str, Any]) -> float:
    rounds: list[float] = []
    while len(rounds) < _ROUNDS and sum(rounds) <= _MAX_MILLISECONDS:
        start = time.perf_counter()
        engine.search(query)
        rounds.append((time.perf_counter() - start) * 1000)
    return percentile(rounds, 0.5)


def print_times(times: dict[str, QueryTimes], queries: list[dict[str, Any]]) -> None:
    """Print p50/p95 by class and engine, and both relative to the first engine, over queries both support."""
    indexes: dict[str, list[int]] = defaultdict(list)
    for index, query in enumerate(queries):
        indexes[query["class"]].append(index)
    indexes["all"] = list(range(len(queries)))
    reference_name, reference = next(iter(times.items()))
    print(f"\n{'p50/p95 ms':<14}" + "".join(f"{name:>{_WIDTH}}" for name in times))
    for kind, of_kind in indexes.items():
        cells = [_cell(_p50_p95(engine_times, of_kind)) for engine_times in times.values()]
        print(f"{kind:<14}" + "".join(f"{cell:>{_WIDTH}}" for cell in cells))
    print(f"\n{f'times {reference_name}':<14}")
    for kind, of_kind in indexes.items():
        cells = []
        for engine_times in times.values():
            both = [index for index in of_kind if index in engine_times and index in reference]
            pairs = zip(_p50_p95(engine_times, both), _p50_p95(reference, both), strict=True)
            cells.append(_cell([other / own for other, own in pairs]))
        print(f"{kind:<14}" + "".join(f"{cell:>{_WIDTH}}" for cell in cells))


def _p50_p95(times: QueryTimes, indexes: list[int]) -> tuple[float, ...]:
    """Return the percentiles of those of the queries that have a time; empty if none has."""
    values = [times[index] for index in indexes if index in times]
    return (percentile(values, 0.5), percentile(values, 0.95)) if values else ()


def _cell(values: Sequence[float]) -> str:
    return "/".join(f"{value:.1f}" for value in values) or "–"


if __name__ == "__main__":
    main()
