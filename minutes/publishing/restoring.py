"""Takes an export into an empty archive: all of it, or nothing.

The records of `minutes.export.kinds` are copied as they are into a table beside the archive's, and the server
puts them into its tables, kind by kind (`staged`); so memory does not grow with the archive. What the ledger
tells of and the export does not is taken down again in the same transaction.
"""

import json
from collections.abc import Callable, Iterable, Mapping

from django.db import DataError, IntegrityError, connection, transaction
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
from minutes.publishing.covers import facts_of
from minutes.publishing.staged import STATEMENTS
from minutes.reader.records import Document, SourceInfo

# Tables whose rows keep their numbers.
_NUMBERED = (Committee, Party, Person, Case, Meeting, Reading, AgendaItem, Ballot)
# The document of every meeting that was taken down, so that the addresses of its sources say so.
_NO_DOCUMENT = SourceInfo(name="", sha256="0" * 64, bytes=0, encoding="utf-8", repaired=False)
# Where a number stands in a source's text that was judged to be no personal number.
_JUDGED = """
SELECT meeting.id, substring(record->>'text', (hit->>0)::int + 1, (hit->>1)::int - (hit->>0)::int)
FROM staged CROSS JOIN LATERAL jsonb_array_elements(record->'judged') AS hit
JOIN meeting_told meeting ON meeting.key = record->>'meeting'
"""


class Unrestorable(Exception):
    """Nothing was changed; `str` says in one line what is wrong, for whoever runs the command."""


def last_numbers() -> dict[str, int]:
    """The last number given to a row of each table that keeps them, 0 for none. Two queries each."""
    last = {}
    with connection.cursor() as cursor:
        for model in _NUMBERED:
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [model._meta.db_table])
            (sequence,) = cursor.fetchone()
            cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")  # noqa: S608  Its own name.
            (last[_name(model)],) = cursor.fetchone()
    return last


@transaction.atomic
def restore(
    lines: Callable[[str], Iterable[bytes]],
    counts: Mapping[str, int],
    last: Mapping[str, int],
    told: Callable[[str, int], None],
) -> None:
    """Fill the empty archive with the `lines` of each kind, as many as `counts` says.

    No row gets a number up to those in `last` again. Search is not indexed. `told` is called with each kind
    that is done. Raises `Unrestorable` when the archive holds anything, or records do not go together.
    """
    with connection.cursor() as cursor:
        # Nobody files anything meanwhile.
        cursor.execute("LOCK TABLE minutes_source, minutes_meeting IN EXCLUSIVE MODE")
        _refuse_unless_empty()
        cursor.execute("CREATE TEMPORARY TABLE staged (line bigint, record jsonb) ON COMMIT DROP")
        cursor.execute("ALTER TABLE staged ALTER record SET STATISTICS 0")
        for kind, statements in STATEMENTS.items():
            try:
                _take_in(cursor, kind, lines(kind), statements, counts[kind])
            except (IntegrityError, DataError) as error:
                reason = str(error).splitlines()[0]
                raise Unrestorable(f"{kind}.jsonl does not go with the rest: {reason}") from error
            if kind in ("sources", "earlier"):
                _judge_again(cursor)
            told(kind, counts[kind])
        cursor.execute("DROP TABLE staged, meeting_told")
        _go_on_counting(cursor, last)
    _restore_gone(map(json.loads, lines("gone")))
    takedowns.restore(map(_entry, map(json.loads, lines("takedowns"))))
    told("takedowns", counts["takedowns"])


def _refuse_unless_empty() -> None:
    for model in (Meeting, Source, Committee, Party, Person, Case):
        if model._default_manager.exists():
            raise Unrestorable("The archive is not empty. An export is taken into one without any meetings.")


def _take_in(
    cursor: CursorWrapper, kind: str, lines: Iterable[bytes], statements: Iterable[str], records: int
) -> None:
    cursor.execute("TRUNCATE staged")
    with cursor.copy("COPY staged (line, record) FROM STDIN") as copy:
        for number, line in enumerate(lines):
            copy.write_row((number, line.decode()))
    cursor.execute("ANALYZE staged")
    for at, statement in enumerate(statements):
        cursor.execute(statement)
        if at == 0 and cursor.rowcount != records:
            lost = records - cursor.rowcount
            raise Unrestorable(f"{kind}.jsonl: {lost} records name what is not in the export.")


def _judge_again(cursor: CursorWrapper) -> None:
    """Know the numbers again that were judged to be no personal numbers, under this archive's own key."""
    cursor.execute(_JUDGED)
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


def _go_on_counting(cursor: CursorWrapper, last: Mapping[str, int]) -> None:
    for model in _NUMBERED:
        number = last.get(_name(model), 0)
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence(%s, 'id'), greatest(%s, 1), %s)",
            [model._meta.db_table, number, number > 0],
        )


def _restore_gone(records: Iterable[dict]) -> None:
    """Readings without a word for those of the meetings that were taken down."""
    numbers = {number: record["id"] for record in records for number in record["sources"]}
    if not numbers:
        return
    source = Source.objects.create(sha256=_NO_DOCUMENT.sha256, size=0, name=_NO_DOCUMENT.name)
    facts = facts_of(Document(text="", source=_NO_DOCUMENT))
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
        for number, meeting in numbers.items()
    )


def _entry(record: dict) -> ledger.Entry:
    entry = {"id": record["id"], "meeting": record["meetings"], "sources": [], "at": record["at"]}
    return entry | ({"kind": "item", "item": record["item"]} if record["item"] else {"kind": "meeting"})


def _name(model: type) -> str:
    return model.__name__.lower()
