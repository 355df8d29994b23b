"""Generate synthetic minutes in a process of its own, and copy their rows into the archive's tables."""

import heapq
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

import django

from synthetic import SyntheticMinutes, generate_by_municipality

if TYPE_CHECKING:
    from benchmarks.search.rows import MunicipalityRows
    from minutes.reader.records import Document

# Arguments of `generate_by_municipality`: meetings, seed, municipalities.
Plan = tuple[int, int, int]
Documents = Sequence[tuple[SyntheticMinutes, "Document"]]


def run_worker(pipe: Connection, number: int, processes: int, plan: Plan, first_municipality: int) -> None:
    """Generate and copy the minutes of one municipality in `processes`, month by month.

    For each month, the numbers of meetings and items by day are sent through `pipe`, and the first keys of
    each day received.
    """
    # A spawned process has the environment, but no Django yet.
    django.setup()
    from django.db import connection

    from benchmarks.search.rows import COLUMNS, KeySequence
    from minutes.models import Municipality

    keys = {model: KeySequence(number, processes) for model in COLUMNS}
    keys[Municipality] = KeySequence(number, processes, first_municipality)
    generators = generate_by_municipality(*plan, long=True)[number::processes]
    minutes = heapq.merge(*generators, key=lambda generated: generated.day)
    municipalities: dict[str, MunicipalityRows] = {}
    spent = dict.fromkeys(("generating", "rows", "copying", "waiting"), 0.0)
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        # Foreign keys need no checks, as every row refers to one that exists.
        cursor.execute("SET session_replication_role = replica; SET synchronous_commit = off")
        months = groupby(minutes, key=lambda generated: generated.day[:7])
        while True:
            with timed(spent, "generating"):
                month, of_month = next(months, (None, iter(())))
                documents = [(generated, generated.document) for generated in of_month]
            if month is None:
                break
            with timed(spent, "waiting"):
                pipe.send((month, _numbers_by_day(documents)))
                first_keys = pipe.recv()
            with timed(spent, "rows"):
                _add_rows(municipalities, documents, first_keys, keys)
            with timed(spent, "copying"):
                copy_rows(cursor, municipalities.values())
    pipe.send(None)
    durations = ", ".join(f"{name} {seconds:.0f} s" for name, seconds in spent.items())
    print(f"  process {number}: {durations}", flush=True)


def _numbers_by_day(documents: Documents) -> dict[str, tuple[int, int]]:
    """Return the numbers of meetings and items of each day."""
    numbers: dict[str, tuple[int, int]] = {}
    for generated, document in documents:
        meetings, items = numbers.get(generated.day, (0, 0))
        numbers[generated.day] = meetings + 1, items + len(document.items)
    return numbers


def _add_rows(
    municipalities: "dict[str, MunicipalityRows]",
    documents: Documents,
    first_keys: dict[str, tuple[int, int]],
    keys: dict[Any, Any],
) -> None:
    """Add the rows of a month's documents to those of their municipalities; advance the keys of the days."""
    from benchmarks.search.rows import MunicipalityRows

    for generated, document in documents:
        name = generated.municipality
        if name not in municipalities:
            municipalities[name] = MunicipalityRows(name, keys)
        meeting, item = first_keys[generated.day]
        municipalities[name].add(generated, document, meeting, item)
        first_keys[generated.day] = meeting + 1, item + len(document.items)


@contextmanager
def timed(spent: dict[str, float], name: str) -> Iterator[None]:
    """Add the duration of the block to `spent[name]`."""
    start = time.perf_counter()
    yield
    spent[name] += time.perf_counter() - start


def copy_rows(cursor: Any, municipalities: "Iterable[MunicipalityRows]") -> None:
    """Copy the rows of municipalities in one transaction, and clear them."""
    from benchmarks.search.rows import COLUMNS, default_values

    with cursor.connection.transaction():
        for model, columns in COLUMNS.items():
            constants = default_values(model)
            names = ", ".join(f'"{name}"' for name in (*columns, *constants))
            values = tuple(constants.values())
            with cursor.copy(f"COPY {model._meta.db_table} ({names}) FROM STDIN") as copy:
                for municipality in municipalities:
                    for row in municipality.rows[model]:
                        copy.write_row(row + values)
                    municipality.rows[model].clear()
