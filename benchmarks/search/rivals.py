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
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.search.figures import percentile
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
        for engine in chosen:
            began = time.monotonic()
            engine.build()
            print(
                f"{engine.name:<{_WIDTH}}{time.monotonic() - began:12.1f}{engine.bytes() / 1e6:9.1f}",
                flush=True,
            )
        times = measured(chosen, asked["queries"])
    finally:
        shutil.rmtree(folder)
        clear()
    print_times(times, asked["queries"])


# Milliseconds of each query that an engine answers, by its place among the queries.
Answered = dict[int, float]


def measured(engines: Sequence[Any], queries: list[dict[str, Any]]) -> dict[str, Answered]:
    """The median of a few rounds of each query, by engine; those of a class that one has not are left out.

    All engines are asked a query before any is asked the next, so that what else the machine does meanwhile
    hits them alike.
    """
    from benchmarks.search.engines import Unsupported

    times: dict[str, Answered] = {engine.name: {} for engine in engines}
    unasked: dict[str, set[str]] = defaultdict(set)
    found: dict[str, dict[str, list[int]]] = {engine.name: defaultdict(list) for engine in engines}
    for place, query in enumerate(queries):
        for engine in engines:
            try:
                _items, number = engine.search(query)
            except Unsupported as reason:
                unasked[f"{engine.name} ({reason})"].add(query["class"])
                continue
            found[engine.name][query["class"]].append(number or 0)
            rounds: list[float] = []
            while len(rounds) < _ROUNDS and sum(rounds) <= _MOST_MILLISECONDS:
                began = time.perf_counter()
                engine.search(query)
                rounds.append((time.perf_counter() - began) * 1000)
            times[engine.name][place] = percentile(rounds, 0.5)
    print("\nItems found, fewest to most:")
    for name, classes in found.items():
        told = ", ".join(f"{kind} {min(some):,}–{max(some):,}" for kind, some in classes.items())
        print(f"{name}: {told}")
    for told, kinds in unasked.items():
        print(f"Not asked of {told}: {', '.join(sorted(kinds))}")
    return times


def print_times(times: dict[str, Answered], queries: list[dict[str, Any]]) -> None:
    """p50/p95 of each class and engine, and how many times ours that is over the queries that both answer."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, query in enumerate(queries):
        places[query["class"]].append(place)
    places["all"] = list(range(len(queries)))
    own = next(iter(times.values()))
    print(f"\n{'p50/p95 ms':<14}" + "".join(f"{name:>{_WIDTH}}" for name in times))
    for kind, some in places.items():
        print(f"{kind:<14}" + "".join(f"{_told(_of(each, some)):>{_WIDTH}}" for each in times.values()))
    print(f"\n{f'times {next(iter(times))}':<14}")
    for kind, some in places.items():
        cells = []
        for each in times.values():
            both = [place for place in some if place in each and place in own]
            ours = _of(own, both)
            cells.append(_told([theirs / our for theirs, our in zip(_of(each, both), ours, strict=True)]))
        print(f"{kind:<14}" + "".join(f"{cell:>{_WIDTH}}" for cell in cells))


def _of(times: Answered, places: list[int]) -> tuple[float, ...]:
    """The median and the 95th percentile of those of the places that were answered; nothing of none."""
    some = [times[place] for place in places if place in times]
    return (percentile(some, 0.5), percentile(some, 0.95)) if some else ()


def _told(figures: Sequence[float]) -> str:
    return "/".join(f"{each:.1f}" for each in figures) or "–"


if __name__ == "__main__":
    main()
