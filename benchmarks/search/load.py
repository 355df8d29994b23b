"""Fill an archive with long synthetic minutes as fast as possible, and index it.

    python -m benchmarks.search.load --items 100000

Uses the embedded server of ARCHIVE_DATA, or of a new folder under /tmp, whose name is printed. Two processes
generate the minutes and copy their rows, month by month, so that primary keys follow the dates; the archive
builds the search index at the end. Prints the speed of each stage.
"""

import argparse
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

from django.db.backends.utils import CursorWrapper

from benchmarks import temporary_archive

_SEED = 7
_MIN_MUNICIPALITIES, _MAX_MUNICIPALITIES, _MEETINGS_PER_MUNICIPALITY = 14, 98, 700
# Items of a synthetic meeting, on average.
_ITEMS_PER_MEETING = 8.4
_PROCESSES = 2
_SECONDS_BETWEEN_REPORTS = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--items", type=int, default=100_000, help="approximate number")
    parser.add_argument("--seed", type=int, default=_SEED)
    parser.add_argument("--without-index", action="store_true", help="do not build the search index")
    options = parser.parse_args()
    set_up_archive()
    run_stage("migrate", migrate)
    meetings = max(round(options.items / _ITEMS_PER_MEETING), 1)
    municipalities = max(meetings // _MEETINGS_PER_MUNICIPALITY, _MIN_MUNICIPALITIES)
    municipalities = min(municipalities, _MAX_MUNICIPALITIES)
    print(f"{meetings:,} meetings of {municipalities} municipalities")
    statements = drop_indexes()
    items = run_stage("generated and copied", lambda: fill(meetings, municipalities, options.seed))
    run_stage("indexes and constraints", lambda: create_indexes(statements), items)
    run_stage("vacuum and analyze", analyze, items)
    if not options.without_index:
        run_stage("search index", rebuild_index, items)
    print_sizes()


def set_up_archive() -> None:
    """Set up Django on the server of ARCHIVE_DATA, or of a new folder."""
    folder = os.environ.get("ARCHIVE_DATA")
    data = Path(folder) if folder else temporary_archive.create_folder("search") / "data"
    print(f"ARCHIVE_DATA={data}", flush=True)
    temporary_archive.set_up_django(data)


def run_stage(name: str, stage: Callable[[], int | None], items: int = 0) -> int:
    """Run a stage and print its duration; return the number of items, which the stage may return."""
    start = time.monotonic()
    items = stage() or items
    seconds = time.monotonic() - start
    rate = f"{items / seconds:10,.0f} items/s" if items else ""
    print(f"{name:<28}{seconds:9.1f} s{rate}", flush=True)
    return items


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def fill(meetings: int, municipalities: int, seed: int) -> int:
    """Generate minutes and copy their rows in several processes; return the number of items."""
    from django.db import connection, connections

    from benchmarks.search.generate import run_worker

    with connection.cursor() as cursor:
        cursor.execute("SELECT max(id) FROM minutes_municipality")
        last_municipality = cursor.fetchone()[0] or 0
    connections.close_all()
    pipes, processes = [], []
    context = multiprocessing.get_context("spawn")
    for number in range(_PROCESSES):
        pipe, worker_pipe = context.Pipe()
        arguments = (worker_pipe, number, _PROCESSES, (meetings, seed, municipalities), last_municipality + 1)
        process = context.Process(target=run_worker, args=arguments)
        process.start()
        worker_pipe.close()
        pipes.append(pipe)
        processes.append(process)
    items = assign_keys(pipes)
    for process in processes:
        process.join()
        if process.exitcode:
            sys.exit(process.exitcode)
    with connection.cursor() as cursor:
        reset_sequences(cursor)
    return items


def assign_keys(workers: Sequence[Connection]) -> int:
    """Assign keys to the meetings and items of all workers, ordered by date.

    A worker sends a month and its (meetings, items) by day, and receives the first keys of each day.
    Returns the number of items.
    """
    meeting, item = 1, 1
    start = reported = time.monotonic()
    waiting = {worker: worker.recv() for worker in workers}
    while waiting := {worker: message for worker, message in waiting.items() if message}:
        month = min(message[0] for message in waiting.values())
        of_month = {worker: message[1] for worker, message in waiting.items() if message[0] == month}
        first_keys: dict[Connection, dict[str, tuple[int, int]]] = {worker: {} for worker in of_month}
        for day in sorted({day for days in of_month.values() for day in days}):
            for worker, days in of_month.items():
                if day in days:
                    first_keys[worker][day] = meeting, item
                    meeting, item = meeting + days[day][0], item + days[day][1]
        for worker, keys in first_keys.items():
            worker.send(keys)
        if time.monotonic() - reported > _SECONDS_BETWEEN_REPORTS:
            reported = time.monotonic()
            print(f"  {month}  {item:>10,} items  {item / (reported - start):8,.0f} items/s", flush=True)
        for worker in of_month:
            waiting[worker] = worker.recv()
    return item - 1


def tables() -> list[str]:
    from benchmarks.search.rows import COLUMNS

    return [model._meta.db_table for model in COLUMNS]


def drop_indexes() -> list[str]:
    """Drop all indexes of the tables except primary keys; return the statements that recreate them."""
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
        statements = []
        for table, index, constraint, definition in cursor.fetchall():
            if constraint:
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
                statements.append(f"ALTER TABLE {table} ADD CONSTRAINT {constraint} {definition}")
            else:
                cursor.execute(f"DROP INDEX {index}")
                statements.append(definition)
        for table in tables():
            cursor.execute(f"ALTER TABLE {table} SET (autovacuum_enabled = off)")
    return statements


def create_indexes(statements: Sequence[str]) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'")
        for statement in statements:
            cursor.execute(statement)
        for table in tables():
            cursor.execute(f"ALTER TABLE {table} RESET (autovacuum_enabled)")


def reset_sequences(cursor: CursorWrapper) -> None:
    """Let the next row of each table get the key after the last one."""
    from django.db.models import AutoField

    from benchmarks.search.rows import COLUMNS

    for table in [model._meta.db_table for model in COLUMNS if isinstance(model._meta.pk, AutoField)]:
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"
        )


def analyze() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"VACUUM (ANALYZE) {table}")


def rebuild_index() -> int:
    from minutes.search.rebuild import rebuild

    return rebuild(jobs=_PROCESSES)


def print_sizes() -> None:
    """Print the sizes of the largest tables and of their indexes."""
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
