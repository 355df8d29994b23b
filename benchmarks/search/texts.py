"""Read the texts of the published items, the same for all search engines."""

from collections.abc import Iterator
from typing import NamedTuple

# Of a closed item there are the title and the decision alone.
TEXTS = """
SELECT
    item.id, meeting.date, committee.id AS committee, item.title, item.decision,
    coalesce(texts.resume, '') AS resume, coalesce(texts.body, '') AS body
FROM minutes_agendaitem item
JOIN minutes_meeting meeting ON meeting.id = item.meeting_id AND meeting.state = 'published'
JOIN minutes_committee committee ON committee.id = meeting.committee_id
LEFT JOIN LATERAL (
    SELECT
        string_agg(text, E'\\n' ORDER BY position) FILTER (WHERE kind = 'resume') AS resume,
        string_agg(concat_ws(E'\\n', nullif(heading, ''), text), E'\\n' ORDER BY position)
            FILTER (WHERE kind NOT IN ('resume', 'decision')) AS body
    FROM minutes_section WHERE item_id = item.id AND NOT item.closed
) texts ON true
"""
_BATCH_SIZE = 2000


class Text(NamedTuple):
    """The texts of an item by their section."""

    item: int
    date: str
    committee: int
    title: str
    decision: str
    resume: str
    body: str


def texts(every: int = 1) -> Iterator[Text]:
    """Yield the texts of the items, oldest first, or of one in `every` items. They are read in batches."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.connection.cursor("texts") as cursor:
        cursor.itersize = _BATCH_SIZE
        cursor.execute(f"{TEXTS} WHERE item.id % {int(every)} = 0 ORDER BY item.id")
        yield from map(Text._make, cursor)
