"""The archive's search beside five others, on the same items and the same queries, as calls of a function.

    ARCHIVE_DATA=... python -m benchmarks.search.rivals queries.json [--only tantivy …]

Needs `pip install '.[benchmarks]'`. An answer is the first twenty items by rank, and the number of all.
Milliseconds, each query warm; prints plain tables.
"""

import argparse
import json
import os
import shutil
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

from benchmarks.search.figures import Times
from benchmarks.search.load import ready

_ROUNDS = 3
# A query that takes so long altogether is not asked again.
_MOST_MILLISECONDS = 1500
_WIDTH = 24


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("queries", type=Path, help="JSON of benchmarks.search.queries")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="beginnings of the names of engines")
    options = parser.parse_args()
    asked = json.loads(options.queries.read_text(encoding="utf-8"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.search.settings"
    ready()
    from django.core.management import call_command

    from benchmarks.search.engines import clear, engines, make_texts

    call_command("migrate", verbosity=0)
    print(
        f"{asked['items']:,} items, {len(asked['queries'])} queries, each answered with 20 items and a count"
    )
    make_texts()
    folder = Path(tempfile.mkdtemp(prefix="referatarkivet-rivals-"))
    try:
        chosen = [
            engine
            for engine in engines(folder)
            if not options.only or any(engine.name.startswith(name) for name in options.only)
        ]
        print(f"\n{'':<{_WIDTH}}{'built in s':>12}{'MB':>9}")
        times = {}
        for engine in chosen:
            began = time.monotonic()
            engine.build()
            print(
                f"{engine.name:<{_WIDTH}}{time.monotonic() - began:12.1f}{engine.bytes() / 1e6:9.1f}",
                flush=True,
            )
            times[engine.name] = measured(engine, asked["queries"])
    finally:
        shutil.rmtree(folder)
        clear()
    print_times(times)


def measured(engine: Any, queries: list[dict[str, Any]]) -> dict[str, Times]:
    """How fast the engine answers, by class, and the class "all"; a class it has not is left out."""
    from benchmarks.search.engines import Unsupported

    times: dict[str, Times] = defaultdict(Times)
    reasons: dict[str, str] = {}
    found: dict[str, list[int]] = defaultdict(list)
    for query in queries:
        try:
            _items, number = engine.search(query)
        except Unsupported as reason:
            reasons[query["class"]] = str(reason)
            continue
        found[query["class"]].append(number or 0)
        spent = 0.0
        for _round in range(_ROUNDS):
            began = time.perf_counter()
            engine.search(query)
            took = (time.perf_counter() - began) * 1000
            times[query["class"]].times.append(took)
            times["all"].times.append(took)
            spent += took
            if spent > _MOST_MILLISECONDS:
                break
    if reasons:
        print(f"  not asked: {', '.join(reasons)} ({next(iter(reasons.values()))})")
    if found:
        told = ", ".join(f"{name} {min(some):,}–{max(some):,}" for name, some in found.items())
        print(f"  found: {told}")
    return times


def print_times(times: dict[str, dict[str, Times]]) -> None:
    """p50/p95 of each class and engine; and how many times ours that is."""
    first = next(iter(times))
    classes = list(dict.fromkeys(name for each in times.values() for name in each if name != "all"))
    print(f"\n{'p50/p95 ms':<14}" + "".join(f"{name:>{_WIDTH}}" for name in times))
    for kind in [*classes, "all"]:
        cells = (
            f"{each[kind].p50:.1f}/{each[kind].p95:.1f}" if kind in each else "–" for each in times.values()
        )
        print(f"{kind:<14}" + "".join(f"{cell:>{_WIDTH}}" for cell in cells))
    if not times[first]:
        return
    print(f"\n{f'times {first}':<14}")
    for kind in [*classes, "all"]:
        own = times[first].get(kind)
        cells = (
            f"{each[kind].p50 / own.p50:.1f}/{each[kind].p95 / own.p95:.1f}" if own and kind in each else "–"
            for each in times.values()
        )
        print(f"{kind:<14}" + "".join(f"{cell:>{_WIDTH}}" for cell in cells))


if __name__ == "__main__":
    main()
