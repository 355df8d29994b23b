"""Makes the search tables anew beside those in use, and proves that they agree with the archive.

The new tables are filled by COPY and get their indexes last. Meetings that change meanwhile are known by
`Meeting.indexed_at` and taken again, with writers waiting and readers not, before the new take the place of
the old.
"""

import multiprocessing
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from itertools import islice
from typing import NamedTuple

import django
from django.db import OperationalError, connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg.errors import LockNotAvailable

from minutes.models import Meeting, SearchEntry
from minutes.search.index import ENTRIES, VERSION, WORDS, copy_entries
from minutes.search.items import published_items
from minutes.search.spelling import keys

_NEXT = "_next"
_SAID = "minutes_searchword_said"
_MEETINGS_A_TIME = 200
_FEWEST_FOR_PROCESSES = 2_000
_ATTEMPTS, _PATIENCE = 120, "1s"

# How the entries are stored: the row is short, and the big vector stands outside it, as it is; the small one,
# which is read of each candidate, within. The planner knows ten thousand words' frequencies; with fewer it
# takes rare words for common ones.
TUNE = """
ALTER TABLE {0} SET (toast_tuple_target = 128);
ALTER TABLE {0} ALTER COLUMN vector SET STORAGE EXTERNAL, ALTER COLUMN vector SET STATISTICS 1000;
ALTER TABLE {0} ALTER COLUMN ranks SET STORAGE MAIN, ALTER COLUMN ranks SET STATISTICS 0;
"""


def rebuild(jobs: int = 1) -> int:
    """Index the whole archive anew, `jobs` processes at a time; returns the number of items.

    Searches go on meanwhile, imports too; imports wait while the last changes are taken in.
    """
    with connection.cursor() as cursor:
        _make_room(cursor)
        began = _when_nobody_writes(cursor)
        meetings = list(Meeting.objects.published().order_by("date", "id").values_list("pk", flat=True))
        _fill(meetings, jobs)
        _index(cursor, ENTRIES)
        cursor.execute(
            f"INSERT INTO {WORDS}{_NEXT}"
            f" SELECT DISTINCT ON (word) word, form, keys FROM {_SAID} ORDER BY word, form"
        )
        _index(cursor, WORDS)
        _swap(cursor, began)
        cursor.execute(f"ANALYZE {ENTRIES}")
        cursor.execute(f"ANALYZE {WORDS}")
        return SearchEntry.objects.count()


def is_stale() -> bool:
    """Whether entries are of an older version, or missing altogether. Two queries."""
    if not SearchEntry.objects.exists():
        return Meeting.objects.published().filter(items__isnull=False).exists()
    return SearchEntry.objects.exclude(version=VERSION).exists()


class Difference(NamedTuple):
    """An item whose entry is not what the archive says: "missing", "too many" or "other"."""

    item_id: int
    what: str


def differences(items_a_time: int = _MEETINGS_A_TIME) -> Iterator[Difference]:
    """Items whose entry differs from what the archive would make of them now, all read again.

    Of one moment per batch of meetings, so that an import beside it is no difference.
    """
    known = Meeting.objects.order_by("id").values_list("pk", flat=True)
    for meetings in _batches(known.iterator(chunk_size=10_000), items_a_time):
        yield from _differences_of(meetings)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT item_id FROM {ENTRIES} entry"
            " WHERE NOT EXISTS (SELECT 1 FROM minutes_agendaitem WHERE id = entry.item_id)"
        )
        yield from (Difference(item, "too many") for (item,) in cursor.fetchall())


def _differences_of(meetings: Sequence[int]) -> list[Difference]:
    with transaction.atomic(), connection.cursor() as cursor:
        if not connection.in_atomic_block or len(connection.savepoint_ids) == 0:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute(f"CREATE TEMPORARY TABLE expected (LIKE {ENTRIES}) ON COMMIT DROP")
        copy_entries(cursor, "expected", published_items(meetings))
        cursor.execute(
            f"""
            SELECT coalesce(expected.item_id, entry.item_id),
                CASE WHEN entry.item_id IS NULL THEN 'missing'
                     WHEN expected.item_id IS NULL THEN 'too many' ELSE 'other' END
            FROM expected FULL JOIN (
                SELECT entry.* FROM {ENTRIES} entry JOIN minutes_agendaitem item ON item.id = entry.item_id
                WHERE item.meeting_id = ANY(%s)
            ) entry ON entry.item_id = expected.item_id
            WHERE (expected.date, expected.outcome, expected.contested, expected.sampled, expected.version,
                   expected.committee_id, expected.municipality_id, expected.vector, expected.ranks)
                IS DISTINCT FROM
                  (entry.date, entry.outcome, entry.contested, entry.sampled, entry.version,
                   entry.committee_id, entry.municipality_id, entry.vector, entry.ranks)
            """,
            [list(meetings)],
        )
        found = [Difference(*row) for row in cursor.fetchall()]
        cursor.execute("DROP TABLE expected")
        return found


def _batches(numbers: Iterable[int], size: int) -> Iterator[list[int]]:
    all_of_them = iter(numbers)
    while batch := list(islice(all_of_them, size)):
        yield batch


def _make_room(cursor: CursorWrapper) -> None:
    """Empty tables beside those in use; what a rebuilding that was broken off left goes."""
    cursor.execute(f"DROP TABLE IF EXISTS {ENTRIES}{_NEXT}, {WORDS}{_NEXT}, {_SAID}")
    for table in (ENTRIES, WORDS):
        cursor.execute(f"CREATE TABLE {table}{_NEXT} (LIKE {table} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)")
    cursor.execute(TUNE.format(ENTRIES + _NEXT))
    cursor.execute(f"CREATE UNLOGGED TABLE {_SAID} (word text, form text, keys int[])")


def _when_nobody_writes(cursor: CursorWrapper) -> datetime:
    """A moment before which all changes are committed and after which all have a later `indexed_at`."""
    with transaction.atomic():
        cursor.execute(f"LOCK TABLE {ENTRIES} IN SHARE MODE")
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def _fill(meetings: Sequence[int], jobs: int) -> None:
    batches = _batches(meetings, _MEETINGS_A_TIME)
    if jobs == 1 or len(meetings) < _FEWEST_FOR_PROCESSES:
        seen: set[str] = set()
        for batch in batches:
            _copy(batch, seen)
        return
    with ProcessPoolExecutor(
        max_workers=jobs,
        # A fork would share the database connection.
        mp_context=multiprocessing.get_context("spawn"),
        initializer=django.setup,
    ) as pool:
        for _done in pool.map(_copy_in_process, batches):
            pass


_seen_by_process: set[str] = set()


def _copy_in_process(meetings: Sequence[int]) -> None:
    _copy(meetings, _seen_by_process)


def _copy(meetings: Sequence[int], seen: set[str]) -> None:
    """Copy the meetings' entries and the words that were not `seen` before into the new tables."""
    items = published_items(meetings)
    with transaction.atomic(), connection.cursor() as cursor:
        said = copy_entries(cursor, ENTRIES + _NEXT, items)
        with cursor.copy(f"COPY {_SAID} (word, form, keys) FROM STDIN") as copy:
            for word in said.keys() - seen:
                numbers = keys(word)
                if numbers:
                    copy.write_row((word, said[word], numbers))
        seen.update(said)


def _index(cursor: CursorWrapper, table: str) -> None:
    """Give the new table the indexes of the one in use, under names of their own for now."""
    cursor.execute("SELECT current_setting('maintenance_work_mem')")
    (before,) = cursor.fetchone()
    cursor.execute("SET maintenance_work_mem = '512MB'")
    for name, definition in _indexes(cursor, table):
        made = definition.replace(f" {name} ON ", f" {name}{_NEXT} ON ", 1).replace(
            f".{table} ", f".{table}{_NEXT} ", 1
        )
        cursor.execute(made)
    cursor.execute("SELECT set_config('maintenance_work_mem', %s, false)", [before])
    cursor.execute(f"ANALYZE {table}{_NEXT}")


def _indexes(cursor: CursorWrapper, table: str) -> list[tuple[str, str]]:
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s ORDER BY indexname", [table]
    )
    return cursor.fetchall()


def _swap(cursor: CursorWrapper, began: datetime) -> None:
    """Put the new tables in place of the old, when no long question of those is under way.

    It waits in short turns, as everybody else would wait behind it.
    """
    for attempt in range(_ATTEMPTS):
        try:
            with transaction.atomic():
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [_PATIENCE])
                _take_in_what_changed(cursor, began)
                # What they wait to check would be in the way.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                for table in (ENTRIES, WORDS):
                    _put_in_place(cursor, table)
                cursor.execute(f"DROP TABLE {_SAID}")
                return
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable) or attempt == _ATTEMPTS - 1:
                raise
            time.sleep(1)


def _take_in_what_changed(cursor: CursorWrapper, began: datetime) -> None:
    """Take the meetings again that changed since; writers wait until the new tables are in place."""
    cursor.execute(f"LOCK TABLE {ENTRIES}, {WORDS} IN SHARE ROW EXCLUSIVE MODE")
    changed = list(Meeting.objects.filter(indexed_at__gt=began).values_list("pk", flat=True))
    cursor.execute(
        f"DELETE FROM {ENTRIES}{_NEXT} entry USING minutes_agendaitem item"
        " WHERE item.id = entry.item_id AND item.meeting_id = ANY(%s)",
        [changed],
    )
    cursor.execute(
        f"DELETE FROM {ENTRIES}{_NEXT} entry"
        " WHERE NOT EXISTS (SELECT 1 FROM minutes_agendaitem WHERE id = entry.item_id)"
    )
    items = published_items(changed)
    said = copy_entries(cursor, ENTRIES + _NEXT, items)
    cursor.executemany(
        f"INSERT INTO {WORDS}{_NEXT} (word, form, keys) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
        [(word, said[word], keys(word)) for word in sorted(said) if keys(word)],
    )


def _put_in_place(cursor: CursorWrapper, table: str) -> None:
    """The new table takes the old one's name, and its indexes and constraints their names."""
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
        told = f'PRIMARY KEY USING INDEX "{name}"' if kind == "p" else definition
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {told}')
