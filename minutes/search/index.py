"""Write the search tables of a meeting, in the transaction that changes it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.backends.utils import CursorWrapper

from minutes.models import Case, Meeting
from minutes.models.states import State
from minutes.search.fields import SAMPLES
from minutes.search.inflections import lemmas
from minutes.search.items import published_items
from minutes.search.spelling import deletion_keys
from minutes.search.vectors import IndexableItem, build_entry

# Increase it when a change of tokenizer, lexicon or vectors changes the entries; `migrate` then rebuilds the
# index.
VERSION = 9
# Added to the version of entries without the text of attachments, so that they are outdated once
# SEARCH_ATTACHMENTS is changed.
_WITHOUT_ATTACHMENTS = 10_000
ENTRIES, WORDS = "minutes_searchentry", "minutes_searchword"

_COLUMNS = (
    "item_id, committee_id, joint_committees, municipality_id, date, outcome, contested, topic, case_id,"
    " sampled, version, vector, ranks"
)
_DELETE_ENTRIES = """
WITH deleted AS (
    DELETE FROM minutes_searchentry entry USING minutes_agendaitem item
    WHERE item.id = entry.item_id AND item.meeting_id = ANY(%s) RETURNING entry.vector
)
SELECT DISTINCT lemma FROM deleted, unnest(tsvector_to_array(deleted.vector)) lemma WHERE lemma NOT LIKE '=%%'
"""
# Words with one of the lemmas, unless an item still has it.
_DELETE_WORDS = """
DELETE FROM minutes_searchword word
WHERE word.form = ANY(%s) AND NOT EXISTS (
    SELECT 1 FROM minutes_searchentry WHERE vector @@ quote_literal(word.form)::tsquery
)
"""
_SET_CASES = """
UPDATE minutes_searchentry entry SET case_id = (
    SELECT number.case_id
    FROM minutes_casenumber number JOIN minutes_case numbered ON numbered.id = number.case_id
    WHERE number.item_id = entry.item_id AND NOT numbered.standing ORDER BY number.position LIMIT 1
)
WHERE entry.item_id IN (SELECT item_id FROM minutes_casenumber WHERE case_id = %s)
"""
_INSERT_WORDS = """
INSERT INTO minutes_searchword (word, form, keys)
SELECT word, form, string_to_array(keys, ',')::int[]
FROM unnest(%s::text[], %s::text[], %s::text[]) new (word, form, keys)
ON CONFLICT DO NOTHING
"""
_UNKNOWN_WORDS = """
SELECT word FROM unnest(%s::text[]) candidate (word)
WHERE NOT EXISTS (SELECT 1 FROM minutes_searchword known WHERE known.word = candidate.word)
"""


class Copied(NamedTuple):
    """The words of copied entries for spelling corrections with their lemmas, and lemmas of attachments."""

    words: dict[str, str]
    attached: set[str]


def entry_version() -> int:
    """Return the version of the entries that this program writes with its present settings."""
    return VERSION if settings.SEARCH_ATTACHMENTS else VERSION + _WITHOUT_ATTACHMENTS


def refresh(*meetings: Meeting, is_new: bool = False) -> None:
    """Replace the entries of the meetings' items: all items of one that is published, none otherwise.

    A constant number of queries, in the caller's transaction. Words that no published item has any more are
    no longer suggested either. `is_new` says that the meetings have no entries yet.
    """
    keys = [meeting.pk for meeting in meetings]
    with connection.cursor() as cursor:
        old_lemmas: set[str] = set()
        if not is_new:
            cursor.execute(_DELETE_ENTRIES, [keys])
            old_lemmas = {lemma for (lemma,) in cursor.fetchall()}
        words, attached = copy_entries(cursor, ENTRIES, _items(meetings))
        # After the first statement that locks the table, so that a concurrent rebuild sees the change.
        cursor.execute("UPDATE minutes_meeting SET indexed_at = clock_timestamp() WHERE id = ANY(%s)", [keys])
        if old_lemmas:
            removed = old_lemmas.difference(words.values(), attached, *(lemmas(word) for word in words))
            if removed:
                cursor.execute(_DELETE_WORDS, [sorted(removed)])
        if words:
            add_words(cursor, words)


def set_case(case: Case) -> None:
    """Group the results of a case, or no longer, after a change of `standing`. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_SET_CASES, [case.pk])


def _items(meetings: Sequence[Meeting]) -> list[IndexableItem]:
    """Return the published items of the meetings, in the order of these. One query, or none."""
    order = {(meeting.committee_id, meeting.date): place for place, meeting in enumerate(meetings)}
    published = [meeting.pk for meeting in meetings if meeting.state == State.PUBLISHED]
    items = published_items(published) if published else []
    return sorted(items, key=lambda item: order[_day(item)])


def _day(item: IndexableItem) -> tuple[int, date]:
    return item.committee_id, item.date


def copy_entries(cursor: CursorWrapper, table: str, items: Iterable[IndexableItem]) -> Copied:
    """Copy the items' entries into `table`; return their words.

    Of two days that map a word to different lemmas, the first determines it.
    """
    words: dict[str, str] = {}
    attached: set[str] = set()
    version = entry_version()
    with cursor.copy(f"COPY {table} ({_COLUMNS}) FROM STDIN") as copy:
        for _committee_and_date, of_day in groupby(items, key=_day):
            words_of_day: dict[str, str] = {}
            for item in of_day:
                entry = build_entry(item)
                words_of_day |= entry.words
                attached |= entry.attached
                copy.write_row(
                    (
                        *(item.item_id, item.committee_id, item.joint_committees, item.municipality_id),
                        *(item.date, item.outcome, item.contested, item.topic, item.case_id),
                        *(item.item_id % SAMPLES[0] == 0, version, entry.vector, entry.ranks),
                    )
                )
            words = words_of_day | words
    return Copied(words, attached)


def add_words(cursor: CursorWrapper, words: Mapping[str, str]) -> None:
    """Add words, mapped to their lemmas, to the table of spelling corrections. Two queries."""
    cursor.execute(_UNKNOWN_WORDS, [list(words)])
    # Sorted, to avoid deadlocks.
    new_words = sorted(word for (word,) in cursor.fetchall())
    rows = [(word, words[word], keys) for word in new_words if (keys := deletion_keys(word))]
    if rows:
        joined_keys = [",".join(map(str, keys)) for _, _, keys in rows]
        cursor.execute(
            _INSERT_WORDS, [[word for word, _, _ in rows], [lemma for _, lemma, _ in rows], joined_keys]
        )
