"""Check that the search index agrees with the published items."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.db import connection, transaction

from minutes.models import Meeting
from minutes.search.batches import MEETINGS_PER_BATCH, batches
from minutes.search.index import ENTRIES, copy_entries
from minutes.search.items import published_items


class Difference(NamedTuple):
    """An item whose entry is "missing", of an item that should have none ("too many"), or "other"."""

    item_id: int
    what: str


def differences(meetings_per_batch: int = MEETINGS_PER_BATCH) -> Iterator[Difference]:
    """Yield the items whose entry is not what would be indexed now. Reads all items.

    Each batch is read in one snapshot, so that a concurrent import is not reported.
    """
    meetings = Meeting.objects.order_by("id").values_list("pk", flat=True)
    for batch in batches(meetings.iterator(chunk_size=10_000), meetings_per_batch):
        yield from _differences_in(batch)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT item_id FROM {ENTRIES} entry"
            " WHERE NOT EXISTS (SELECT 1 FROM minutes_agendaitem WHERE id = entry.item_id)"
        )
        yield from (Difference(item, "too many") for (item,) in cursor.fetchall())


def _differences_in(meetings: Sequence[int]) -> list[Difference]:
    with transaction.atomic(), connection.cursor() as cursor:
        # Not within a caller's transaction, where it would be too late.
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
            WHERE (expected.date, expected.outcome, expected.contested, expected.topic, expected.case_id,
                   expected.sampled, expected.version, expected.committee_id,
                   expected.joint_committees, expected.municipality_id, expected.vector, expected.ranks)
                IS DISTINCT FROM
                  (entry.date, entry.outcome, entry.contested, entry.topic, entry.case_id,
                   entry.sampled, entry.version, entry.committee_id,
                   entry.joint_committees, entry.municipality_id, entry.vector, entry.ranks)
            """,
            [list(meetings)],
        )
        differing = [Difference(*row) for row in cursor.fetchall()]
        cursor.execute("DROP TABLE expected")
        return differing
