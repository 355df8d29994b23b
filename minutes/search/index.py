"""Keeps the search tables in step with what is published, in the caller's transaction."""

from collections.abc import Iterable

from django.db import connection
from django.db.backends.utils import CursorWrapper

from minutes.models import Meeting
from minutes.search.fields import SAMPLES
from minutes.search.inflections import lemmas
from minutes.search.items import published_items
from minutes.search.spelling import keys
from minutes.search.vectors import Indexed, entry

# Counted up by a change of what words, lexicon or vectors make of a text; `migrate` then makes all anew.
VERSION = 5
ENTRIES, WORDS = "minutes_searchentry", "minutes_searchword"

_COLUMNS = "item_id, committee_id, municipality_id, date, outcome, contested, sampled, version, vector, ranks"
# The forms that the meeting's items had, words of texts only.
_FORMS_BEFORE = """
WITH gone AS (
    DELETE FROM minutes_searchentry entry USING minutes_agendaitem item
    WHERE item.id = entry.item_id AND item.meeting_id = %s RETURNING entry.vector
)
SELECT DISTINCT form FROM gone, unnest(tsvector_to_array(gone.vector)) form WHERE form NOT LIKE '=%%'
"""
_FORGET = """
DELETE FROM minutes_searchword spoken
WHERE spoken.form = ANY(%s) AND NOT EXISTS (
    SELECT 1 FROM minutes_searchentry WHERE vector @@ quote_literal(spoken.form)::tsquery
)
"""
_LEARN = """
INSERT INTO minutes_searchword (word, form, keys)
SELECT word, form, string_to_array(keys, ',')::int[]
FROM unnest(%s::text[], %s::text[], %s::text[]) new (word, form, keys)
ON CONFLICT DO NOTHING
"""
_UNKNOWN = """
SELECT word FROM unnest(%s::text[]) said (word)
WHERE NOT EXISTS (SELECT 1 FROM minutes_searchword known WHERE known.word = said.word)
"""


def refresh(meeting: Meeting) -> None:
    """Index the meeting's items as they are now: all when it is published, none otherwise.

    A constant number of queries, in the caller's transaction: what it hides is hidden when that is committed,
    in suggested words too.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FORMS_BEFORE, [meeting.pk])
        before = {form for (form,) in cursor.fetchall()}
        # After the first statement that locks the table, so that a rebuilding knows what it has missed.
        cursor.execute(
            "UPDATE minutes_meeting SET indexed_at = clock_timestamp() WHERE id = %s", [meeting.pk]
        )
        items = published_items([meeting.pk])
        said = copy_entries(cursor, ENTRIES, items)
        if before:
            gone = before.difference(said.values(), *(lemmas(word) for word in said))
            if gone:
                cursor.execute(_FORGET, [sorted(gone)])
        learn(cursor, said)


def copy_entries(cursor: CursorWrapper, table: str, items: Iterable[Indexed]) -> dict[str, str]:
    """Copy the items' rows into `table`; returns their words that can be suggested, each with its form."""
    said: dict[str, str] = {}
    with cursor.copy(f"COPY {table} ({_COLUMNS}) FROM STDIN") as copy:
        for item in items:
            vector, ranks, words = entry(item)
            said |= words
            copy.write_row(
                (
                    *(item.item_id, item.committee_id, item.municipality_id),
                    *(item.date, item.outcome, item.contested),
                    *(item.item_id % SAMPLES[0] == 0, VERSION, vector, ranks),
                )
            )
    return said


def learn(cursor: CursorWrapper, said: dict[str, str]) -> None:
    """Add the words, each with its form, that are not there yet. Two queries."""
    cursor.execute(_UNKNOWN, [list(said)])
    # In one order for every process, so that two cannot wait for each other.
    new = [(word, said[word], keys(word)) for word in sorted(word for (word,) in cursor.fetchall())]
    new = [each for each in new if each[2]]
    if new:
        numbers = [",".join(map(str, each)) for _, _, each in new]
        cursor.execute(_LEARN, [[word for word, _, _ in new], [form for _, form, _ in new], numbers])
