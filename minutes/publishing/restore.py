"""Imports an export into an empty archive, in one transaction.

The records are copied unchanged into a temporary table, and PostgreSQL distributes them to the archive's
tables kind by kind (`restore_sql`), so memory use does not grow with the archive. Takedowns that are in this
archive's ledger but not in the export are applied again in the same transaction.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import DataError, IntegrityError, connection, models, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from minutes.models import (
    AgendaItem,
    Ballot,
    Case,
    Committee,
    FalseHit,
    Meeting,
    Party,
    Person,
    Reading,
    Source,
)
from minutes.publishing import ledger, takedowns
from minutes.publishing.gazetteer import find_all_places
from minutes.publishing.projection import project_missing
from minutes.publishing.readings import storable_facts
from minutes.publishing.restore_sql import STATEMENTS
from minutes.publishing.topics import assign_topics
from minutes.reader.records import Document, SourceInfo

# Models whose rows have permanent ids.
_WITH_PERMANENT_IDS = (Committee, Party, Person, Case, Meeting, Reading, AgendaItem, Ballot)
# Source of every meeting that was taken down, so that the addresses of its sources still answer 410.
_NO_DOCUMENT = SourceInfo(name="", sha256="0" * 64, bytes=0, encoding="utf-8", repaired=False)
# Numbers in source texts that staff judged not to be CPR numbers.
_FALSE_HITS = """
SELECT meeting.id, substring(record->>'text', (hit->>0)::int + 1, (hit->>1)::int - (hit->>0)::int)
FROM import_record CROSS JOIN LATERAL jsonb_array_elements(record->'judged') AS hit
JOIN meeting_key meeting ON meeting.key = record->>'meeting'
"""
# The texts of meetings with closed items; a supplement is projected with its meeting.
_DELETE_CLOSED_TEXTS = """
DELETE FROM minutes_publictext USING minutes_reading reading
WHERE reading.id = reading_id
    AND reading.meeting_id IN (SELECT meeting_id FROM minutes_agendaitem WHERE closed)
"""


class RestoreError(Exception):
    """The export cannot be imported, and nothing was changed. `str` is one line for the command's user."""


def last_ids() -> dict[str, int]:
    """Return the highest id ever used by each model with permanent ids, 0 for none. Two queries per model."""
    ids = {}
    with connection.cursor() as cursor:
        for model in _WITH_PERMANENT_IDS:
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [model._meta.db_table])
            (sequence,) = cursor.fetchone()
            cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")  # noqa: S608  Its own name.
            (ids[_name(model)],) = cursor.fetchone()
    return ids


@transaction.atomic
def restore(
    lines: Callable[[str], Iterable[bytes]],
    counts: Mapping[str, int],
    last: Mapping[str, int],
    progress: Callable[[str, int], None],
    *,
    shows_closed_texts: bool = False,
) -> None:
    """Fill the empty archive with the records of each kind; `lines(kind)` yields them as JSON.

    `counts` is the number of records of each kind, `last` the result of `last_ids` at the export: no row gets
    an id up to those again. Calls `progress` after each kind. Does not index for search. Raises
    `RestoreError` when the archive is not empty or a record refers to something that is missing.

    `shows_closed_texts` says that the text of a source includes what is not public of closed items. Their
    meetings are then projected again, each in memory at a time.
    """
    with connection.cursor() as cursor:
        # No import may run at the same time.
        cursor.execute("LOCK TABLE minutes_source, minutes_meeting IN EXCLUSIVE MODE")
        _refuse_unless_empty()
        cursor.execute("CREATE TEMPORARY TABLE import_record (line bigint, record jsonb) ON COMMIT DROP")
        cursor.execute("ALTER TABLE import_record ALTER record SET STATISTICS 0")
        for kind, statements in STATEMENTS.items():
            try:
                _import_kind(cursor, kind, lines(kind), statements, counts[kind])
            except (IntegrityError, DataError) as error:
                reason = str(error).splitlines()[0]
                raise RestoreError(f"{kind}.jsonl does not go with the rest: {reason}") from error
            if kind in ("sources", "earlier"):
                _restore_false_hits(cursor)
            progress(kind, counts[kind])
        if shows_closed_texts:
            cursor.execute(_DELETE_CLOSED_TEXTS)
        cursor.execute("DROP TABLE import_record, meeting_key")
        _set_sequences(cursor, last)
    # An export of an earlier version has no topics, or others.
    assign_topics()
    project_missing(_refuse_unreadable)
    find_all_places()
    _restore_sources_taken_down(map(json.loads, lines("gone")))
    takedowns.restore(map(_ledger_entry, map(json.loads, lines("takedowns"))))
    progress("takedowns", counts["takedowns"])


def _refuse_unreadable(meeting: int, error: Exception) -> None:
    raise RestoreError(f"The facts of the readings of meeting {meeting} cannot be read: {error}") from error


def _refuse_unless_empty() -> None:
    for model in (Meeting, Source, Committee, Party, Person, Case):
        if model._default_manager.exists():
            raise RestoreError("The archive is not empty. An export is taken into one without any meetings.")


def _import_kind(
    cursor: CursorWrapper, kind: str, lines: Iterable[bytes], statements: Iterable[str], records: int
) -> None:
    cursor.execute("TRUNCATE import_record")
    with cursor.copy("COPY import_record (line, record) FROM STDIN") as copy:
        for number, line in enumerate(lines):
            copy.write_row((number, line.decode()))
    cursor.execute("ANALYZE import_record")
    for position, statement in enumerate(statements):
        cursor.execute(statement)
        if position == 0 and cursor.rowcount != records:
            missing = records - cursor.rowcount
            raise RestoreError(f"{kind}.jsonl: {missing} records name what is not in the export.")


def _restore_false_hits(cursor: CursorWrapper) -> None:
    """Fingerprint the numbers judged not to be CPR numbers with this archive's own key."""
    cursor.execute(_FALSE_HITS)
    FalseHit.objects.bulk_create(
        [
            FalseHit(
                meeting_id=meeting,
                fingerprint=ledger.fingerprints().of_number(number),
                reason="Vurderet i det arkiv, eksporten er fra.",
            )
            for meeting, number in cursor.fetchall()
        ],
        ignore_conflicts=True,
    )


def _set_sequences(cursor: CursorWrapper, last: Mapping[str, int]) -> None:
    for model in _WITH_PERMANENT_IDS:
        number = last.get(_name(model), 0)
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), greatest(%s, 1), %s)",
            [model._meta.db_table, number, number > 0],
        )


def _restore_sources_taken_down(records: Iterable[dict[str, Any]]) -> None:
    """Create an empty reading for each source of a meeting that was taken down."""
    meetings = {number: record["id"] for record in records for number in record["sources"]}
    if not meetings:
        return
    source = Source.objects.create(sha256=_NO_DOCUMENT.sha256, size=0, name=_NO_DOCUMENT.name)
    facts = storable_facts(Document(text="", source=_NO_DOCUMENT))
    Reading.objects.bulk_create(
        Reading(
            pk=number,
            source=source,
            meeting_id=meeting,
            text="",
            facts=facts,
            reader_version=0,
            document="minutes",
            created_at=timezone.now(),
        )
        for number, meeting in meetings.items()
    )


def _ledger_entry(record: dict[str, Any]) -> ledger.Entry:
    entry = {"id": record["id"], "meeting": record["meetings"], "sources": [], "at": record["at"]}
    return entry | ({"kind": "item", "item": record["item"]} if record["item"] else {"kind": "meeting"})


def _name(model: type[models.Model]) -> str:
    return model.__name__.lower()
