"""Fills an archive with long made minutes by the fastest road, and indexes it.

    python -m benchmarks.search.load --items 100000

Into the embedded server of ARCHIVE_DATA, or of a new folder under /tmp, whose name is printed. Two processes
make the minutes and COPY their rows, month by month, so that keys follow the dates; the search index is
built at the end by the archive itself. Prints how fast each stage is.
"""

import argparse
import heapq
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import groupby
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks import temporary_archive

_SEED = 7
_MOST_TOWNS, _MEETINGS_OF_TOWN, _FEWEST_TOWNS = 98, 700, 14
# How many items a meeting of the made archives has, about.
_ITEMS_OF_MEETING = 8.4
_PROCESSES = 2
_REPORTED_SECONDS = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=100_000, help="about how many")
    parser.add_argument("--seed", type=int, default=_SEED)
    parser.add_argument(
        "--without-index", action="store_true", help="leave the search index to somebody else"
    )
    options = parser.parse_args()
    ready()
    from django.core.management import call_command

    stage("migrate", lambda: call_command("migrate", verbosity=0))
    meetings = max(round(options.items / _ITEMS_OF_MEETING), 1)
    towns = min(max(meetings // _MEETINGS_OF_TOWN, _FEWEST_TOWNS), _MOST_TOWNS)
    print(f"{meetings:,} meetings of {towns} municipalities")
    indexes = without_indexes()
    items = stage("made and copied", lambda: filled(meetings, towns, options.seed))
    stage("indexes and constraints", lambda: with_indexes(indexes), items)
    stage("vacuum and analyze", analyzed, items)
    if not options.without_index:
        stage("search index", indexed, items)
    told_sizes()


def ready() -> None:
    """Django on the server of ARCHIVE_DATA, or of a new folder."""
    told = os.environ.get("ARCHIVE_DATA")
    data = Path(told) if told else temporary_archive.create_folder("search") / "data"
    print(f"ARCHIVE_DATA={data}", flush=True)
    temporary_archive.set_up_django(data)


def stage(name: str, act: Callable[[], Any], items: int = 0) -> Any:
    """Do it, and print how long it took."""
    began = time.monotonic()
    done = act()
    took = time.monotonic() - began
    rate = (items or done) / took if isinstance(items or done, int) else 0
    print(f"{name:<28}{took:9.1f} s" + (f"{rate:10,.0f} items/s" if rate else ""), flush=True)
    return done


def filled(meetings: int, towns: int, seed: int) -> int:
    """Make the minutes and copy their rows; returns the number of items."""
    from django.db import connection, connections

    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM minutes_municipality")
        municipalities = cursor.fetchone()[0] or 0
    connections.close_all()
    clerks, processes = [], []
    context = multiprocessing.get_context("spawn")
    for number in range(_PROCESSES):
        ours, theirs = context.Pipe()
        arguments = (theirs, number, meetings, towns, seed, municipalities + 1)
        process = context.Process(target=work, args=arguments)
        process.start()
        theirs.close()
        clerks.append(ours)
        processes.append(process)
    items = number_all(clerks)
    for process in processes:
        process.join()
        if process.exitcode:
            sys.exit(process.exitcode)
    with connection.cursor() as cursor:
        numbers_follow(cursor)
    return items


def number_all(workers: list[Connection]) -> int:
    """Give the meetings and items of every worker their keys, in the order of days; returns how many items.

    A worker sends a month and (meetings, items) by day, and is sent the first keys of each day.
    """
    meeting, item = 1, 1
    began = reported = time.monotonic()
    waiting = {worker: worker.recv() for worker in workers}
    while waiting := {worker: sent for worker, sent in waiting.items() if sent}:
        month = min(sent[0] for sent in waiting.values())
        now = {worker: sent[1] for worker, sent in waiting.items() if sent[0] == month}
        first: dict[Connection, dict[str, tuple[int, int]]] = {worker: {} for worker in now}
        for day in sorted({day for days in now.values() for day in days}):
            for worker, days in now.items():
                if day in days:
                    first[worker][day] = meeting, item
                    meeting, item = meeting + days[day][0], item + days[day][1]
        for worker, keys in first.items():
            worker.send(keys)
        if time.monotonic() - reported > _REPORTED_SECONDS:
            reported = time.monotonic()
            print(f"  {month}  {item:>10,} items  {item / (reported - began):8,.0f} items/s", flush=True)
        for worker in now:
            waiting[worker] = worker.recv()
    return item - 1


def work(
    clerk: Connection, number: int, meetings: int, towns: int, seed: int, first_municipality: int
) -> None:
    """Make the minutes of every other municipality, and copy their rows."""
    ready_again()
    from django.db import connection

    from benchmarks.search.rows import COLUMNS, Municipality, Numbers, Town
    from synthetic import generate_by_municipality

    numbers = {model: Numbers(number, _PROCESSES) for model in COLUMNS}
    numbers[Municipality] = Numbers(number, _PROCESSES, first_municipality)
    made = heapq.merge(
        *generate_by_municipality(meetings, seed, towns, long=True)[number::_PROCESSES],
        key=lambda each: each.day,
    )
    known: dict[str, Town] = {}
    spent = dict.fromkeys(("making", "rows", "copying", "waiting"), 0.0)
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        # What refers to another row refers to one that is there: nobody needs to look.
        cursor.execute("SET session_replication_role = replica; SET synchronous_commit = off")
        months = groupby(made, key=lambda each: each.day[:7])
        while True:
            with timed(spent, "making"):
                month, some = next(months, (None, iter(())))
                documents = [(each, each.document) for each in some]
            if month is None:
                break
            with timed(spent, "waiting"):
                days: dict[str, tuple[int, int]] = {}
                for each, document in documents:
                    had = days.get(each.day, (0, 0))
                    days[each.day] = had[0] + 1, had[1] + len(document.items)
                clerk.send((month, days))
                first = clerk.recv()
            with timed(spent, "rows"):
                for each, document in documents:
                    if each.municipality not in known:
                        known[each.municipality] = Town(each.municipality, numbers)
                    meeting, item = first[each.day]
                    known[each.municipality].add(each, document, meeting, item)
                    first[each.day] = meeting + 1, item + len(document.items)
            with timed(spent, "copying"):
                copy_rows(cursor, list(known.values()))
    clerk.send(None)
    print(
        f"  process {number}: " + ", ".join(f"{name} {took:.0f} s" for name, took in spent.items()),
        flush=True,
    )


def ready_again() -> None:
    """In a process of its own: the environment says it all."""
    import django

    django.setup()


@contextmanager
def timed(spent: dict[str, float], what: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    spent[what] += time.perf_counter() - began


def copy_rows(cursor: Any, towns: list[Any]) -> None:
    """Copy the towns' rows and forget them, in one transaction."""
    from benchmarks.search.rows import COLUMNS, defaults

    with cursor.connection.transaction():
        for model, columns in COLUMNS.items():
            alike = defaults(model)
            names = ", ".join(f'"{name}"' for name in (*columns, *alike))
            rest = tuple(alike.values())
            with cursor.copy(f"COPY {model._meta.db_table} ({names}) FROM STDIN") as copy:
                for town in towns:
                    for row in town.rows[model]:
                        copy.write_row(row + rest)
                    town.rows[model].clear()


def tables() -> list[str]:
    from benchmarks.search.rows import COLUMNS

    return [model._meta.db_table for model in COLUMNS]


def without_indexes() -> list[str]:
    """Drop the tables' indexes but their primary keys; returns what makes them again."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT index.indrelid::regclass::text, index.indexrelid::regclass::text, con.conname,
                coalesce(pg_get_constraintdef(con.oid), pg_get_indexdef(index.indexrelid))
            FROM pg_index index
            LEFT JOIN pg_constraint con ON con.conindid = index.indexrelid AND con.contype = 'u'
            WHERE index.indrelid = ANY(%s::regclass[]) AND NOT index.indisprimary
            """,
            [tables()],
        )
        again = []
        for table, index, constraint, definition in cursor.fetchall():
            if constraint:
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
                again.append(f"ALTER TABLE {table} ADD CONSTRAINT {constraint} {definition}")
            else:
                cursor.execute(f"DROP INDEX {index}")
                again.append(definition)
        for table in tables():
            cursor.execute(f"ALTER TABLE {table} SET (autovacuum_enabled = off)")
    return again


def with_indexes(again: list[str]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'")
        for statement in again:
            cursor.execute(statement)
        for table in tables():
            cursor.execute(f"ALTER TABLE {table} RESET (autovacuum_enabled)")


def numbers_follow(cursor: Any) -> None:
    """The next row of each table gets a key after the last."""
    for table in tables():
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
        )


def analyzed() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"VACUUM (ANALYZE) {table}")


def indexed() -> int:
    from minutes.search.rebuild import rebuild

    return rebuild(jobs=_PROCESSES)


def told_sizes() -> None:
    """Print how big the largest tables are, and the database."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT relname, pg_table_size(oid), pg_indexes_size(oid) FROM pg_class
            WHERE relkind = 'r' AND relname LIKE 'minutes_%' ORDER BY pg_total_relation_size(oid) DESC LIMIT 8
            """
        )
        print(f"\n{'table':<28}{'MB':>9}{'indexes MB':>12}")
        for name, table, indexes in cursor.fetchall():
            print(f"{name:<28}{table / 1e6:9,.0f}{indexes / 1e6:12,.0f}")


if __name__ == "__main__":
    main()
