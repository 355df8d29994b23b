"""Rebuild the search tables while the site runs.

New tables are filled beside the ones in use by COPY, and get their indexes last. Meetings that changed in the
meantime (`Meeting.indexed_at`) are copied again before the new tables replace the old ones; only writers wait
for this, readers do not.
"""

import multiprocessing
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime

import django
from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg.errors import LockNotAvailable

from minutes.models import Meeting, SearchEntry
from minutes.search.batches import MEETINGS_PER_BATCH, batches
from minutes.search.index import ENTRIES, WORDS, copy_entries, entry_version
from minutes.search.items import published_items
from minutes.search.spelling import deletion_keys

_NEXT = "_next"
# The words copied by all processes, with duplicates.
_COPIED_WORDS = "minutes_searchword_copied"
_MIN_MEETINGS_FOR_PROCESSES = 2_000
# How often the swap of the tables is tried, and how long each attempt waits for the lock.
_SWAP_ATTEMPTS, _LOCK_TIMEOUT = 120, "1s"

# Rows are short, with the full vector outside, uncompressed, and the small vector, which is read for
# every candidate, inside. The planner gets the frequencies of ten thousand lexemes; with fewer it takes rare
# words for common ones.
STORAGE_SQL = """
ALTER TABLE {0} SET (toast_tuple_target = 128);
ALTER TABLE {0} ALTER COLUMN vector SET STORAGE EXTERNAL, ALTER COLUMN vector SET STATISTICS 1000;
ALTER TABLE {0} ALTER COLUMN ranks SET STORAGE MAIN, ALTER COLUMN ranks SET STATISTICS 0;
"""


def rebuild(jobs: int = 1) -> int:
    """Rebuild the index of the whole archive with `jobs` processes; return the number of items.

    Searches and imports continue meanwhile; imports wait only while the tables are swapped.
    """
    with connection.cursor() as cursor:
        _create_next_tables(cursor)
        started = _time_without_writers(cursor)
        meetings = list(Meeting.objects.published().order_by("date", "id").values_list("pk", flat=True))
        _fill_tables(meetings, jobs)
        _create_indexes(cursor, ENTRIES)
        cursor.execute(
            f"INSERT INTO {WORDS}{_NEXT}"
            f" SELECT DISTINCT ON (word) word, form, keys FROM {_COPIED_WORDS} ORDER BY word, form"
        )
        _create_indexes(cursor, WORDS)
        _swap_tables(cursor, started)
        cursor.execute(f"ANALYZE {ENTRIES}")
        cursor.execute(f"ANALYZE {WORDS}")
        return SearchEntry.objects.count()


def is_stale() -> bool:
    """Return whether there are entries of another version, or none although there should be. Two queries."""
    if not SearchEntry.objects.exists():
        return Meeting.objects.published().filter(items__isnull=False).exists()
    return SearchEntry.objects.exclude(version=entry_version()).exists()


def _create_next_tables(cursor: CursorWrapper) -> None:
    """Create empty tables beside those in use; drop what an interrupted rebuild left."""
    cursor.execute(f"DROP TABLE IF EXISTS {ENTRIES}{_NEXT}, {WORDS}{_NEXT}, {_COPIED_WORDS}")
    for table in (ENTRIES, WORDS):
        cursor.execute(f"CREATE TABLE {table}{_NEXT} (LIKE {table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)")
    cursor.execute(STORAGE_SQL.format(ENTRIES + _NEXT))
    cursor.execute(f"CREATE UNLOGGED TABLE {_COPIED_WORDS} (word text, form text, keys int[])")


def _time_without_writers(cursor: CursorWrapper) -> datetime:
    """Return a time at which no change is in progress: earlier ones are committed, later ones can be seen."""
    with transaction.atomic():
        cursor.execute(f"LOCK TABLE {ENTRIES} IN SHARE MODE")
        cursor.execute("SELECT clock_timestamp()")
        (now,) = cursor.fetchone()
        assert isinstance(now, datetime)
        return now


def _fill_tables(meetings: Sequence[int], jobs: int) -> None:
    if jobs == 1 or len(meetings) < _MIN_MEETINGS_FOR_PROCESSES:
        seen: set[str] = set()
        for batch in batches(meetings, MEETINGS_PER_BATCH):
            _copy(batch, seen)
        return
    with ProcessPoolExecutor(
        max_workers=jobs,
        # A forked process would share the database connection.
        mp_context=multiprocessing.get_context("spawn"),
        initializer=django.setup,
    ) as pool:
        for _done in pool.map(_copy_in_process, batches(meetings, MEETINGS_PER_BATCH)):
            pass


_seen_by_process: set[str] = set()


def _copy_in_process(meetings: Sequence[int]) -> None:
    _copy(meetings, _seen_by_process)


def _copy(meetings: Sequence[int], seen: set[str]) -> None:
    """Copy the entries of meetings, and their words that are not in `seen`, which they are added to."""
    items = published_items(meetings)
    with transaction.atomic(), connection.cursor() as cursor:
        words = copy_entries(cursor, ENTRIES + _NEXT, items).words
        with cursor.copy(f"COPY {_COPIED_WORDS} (word, form, keys) FROM STDIN") as copy:
            for word in words.keys() - seen:
                if keys := deletion_keys(word):
                    copy.write_row((word, words[word], keys))
        seen.update(words)


def _create_indexes(cursor: CursorWrapper, table: str) -> None:
    """Create the indexes of a table in use on the new one, under temporary names."""
    with transaction.atomic():
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for name, definition in _indexes(cursor, table):
            renamed = definition.replace(f" {name} ON ", f" {name}{_NEXT} ON ", 1)
            cursor.execute(renamed.replace(f".{table} ", f".{table}{_NEXT} ", 1))
    cursor.execute(f"ANALYZE {table}{_NEXT}")


def _indexes(cursor: CursorWrapper, table: str) -> list[tuple[str, str]]:
    """Return the names and definitions of a table's indexes."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s ORDER BY indexname", [table]
    )
    return list(cursor.fetchall())


def _swap_tables(cursor: CursorWrapper, started: datetime) -> None:
    """Replace the tables when no long query reads them.

    Each attempt waits only shortly for the lock, because all later queries wait behind it.
    """
    for attempt in range(_SWAP_ATTEMPTS):
        try:
            with transaction.atomic():
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [_LOCK_TIMEOUT])
                _copy_changed_meetings(cursor, started)
                # A table with pending constraint checks cannot be dropped.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                for table in (ENTRIES, WORDS):
                    _replace_table(cursor, table)
                cursor.execute(f"DROP TABLE {_COPIED_WORDS}")
                return
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable) or attempt == _SWAP_ATTEMPTS - 1:
                raise
            time.sleep(1)


def _copy_changed_meetings(cursor: CursorWrapper, started: datetime) -> None:
    """Copy the meetings changed since `started` again; writers wait until the transaction ends."""
    cursor.execute(f"LOCK TABLE {ENTRIES}, {WORDS} IN SHARE ROW EXCLUSIVE MODE")
    changed = list(Meeting.objects.filter(indexed_at__gt=started).values_list("pk", flat=True))
    cursor.execute(
        f"DELETE FROM {ENTRIES}{_NEXT} entry USING minutes_agendaitem item"
        " WHERE item.id = entry.item_id AND item.meeting_id = ANY(%s)",
        [changed],
    )
    cursor.execute(
        f"DELETE FROM {ENTRIES}{_NEXT} entry"
        " WHERE NOT EXISTS (SELECT 1 FROM minutes_agendaitem WHERE id = entry.item_id)"
    )
    words = copy_entries(cursor, ENTRIES + _NEXT, published_items(changed)).words
    cursor.executemany(
        f"INSERT INTO {WORDS}{_NEXT} (word, form, keys) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
        [(word, words[word], keys) for word in sorted(words) if (keys := deletion_keys(word))],
    )


def _replace_table(cursor: CursorWrapper, table: str) -> None:
    """Drop a table, and give the new one its name and the names of its indexes and constraints."""
    indexes = _indexes(cursor, table)
    cursor.execute(
        "SELECT conname, contype, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE conrelid = %s::regclass AND contype IN ('p', 'f') ORDER BY contype DESC",
        [table],
    )
    constraints = cursor.fetchall()
    cursor.execute(f"DROP TABLE {table}")
    cursor.execute(f"ALTER TABLE {table}{_NEXT} RENAME TO {table}")
    for name, _definition in indexes:
        cursor.execute(f'ALTER INDEX "{name}{_NEXT}" RENAME TO "{name}"')
    for name, kind, definition in constraints:
        constraint = f'PRIMARY KEY USING INDEX "{name}"' if kind == "p" else definition
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {constraint}')
