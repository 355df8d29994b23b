"""Keeps the search table in step with what is published, in the caller's transaction."""

from django.db import connection

from minutes.models import Meeting, SearchEntry
from minutes.search.query import PARTING

# The most characters of a part that are indexed: PostgreSQL refuses a vector past 1 MB.
_LONGEST_PART = 50_000
_LONGEST_BODY = 250_000

# One row for each item of the published meetings named; a closed item shows its title and decision alone.
_INSERT = """
INSERT INTO minutes_searchentry (item_id, municipality_id, committee_id, date, outcome, contested, vector)
SELECT
    item.id, committee.municipality_id, committee.id, meeting.date, item.outcome, item.contested,
    setweight(to_tsvector('danish', translate(left(parts.title, %(part)s), %(parting)s, '   ')), 'A')
    || setweight(to_tsvector('danish', translate(left(parts.decision, %(part)s), %(parting)s, '   ')), 'B')
    || setweight(to_tsvector('danish', translate(left(parts.resume, %(part)s), %(parting)s, '   ')), 'C')
    || setweight(to_tsvector('danish', translate(left(parts.body, %(body)s), %(parting)s, '   ')), 'D')
FROM minutes_agendaitem item
JOIN minutes_meeting meeting ON meeting.id = item.meeting_id
JOIN minutes_committee committee ON committee.id = meeting.committee_id
LEFT JOIN LATERAL (
    SELECT string_agg(printed, ' ' ORDER BY position) AS numbers
    FROM minutes_casenumber WHERE item_id = item.id
) cases ON true
LEFT JOIN LATERAL (
    SELECT
        string_agg(text, E'\\n' ORDER BY position) FILTER (WHERE kind = 'resume') AS resume,
        string_agg(concat_ws(E'\\n', heading, text), E'\\n' ORDER BY position)
            FILTER (WHERE kind NOT IN ('resume', 'decision')) AS body
    FROM minutes_section WHERE item_id = item.id AND NOT item.closed
) texts ON true
CROSS JOIN LATERAL (
    SELECT
        concat_ws(' ', item.title, cases.numbers) AS title,
        item.decision AS decision,
        coalesce(texts.resume, '') AS resume,
        coalesce(texts.body, '') AS body
) parts
WHERE meeting.state = 'published' AND (%(meeting)s::bigint IS NULL OR meeting.id = %(meeting)s::bigint)
"""


def refresh(meeting: Meeting) -> None:
    """Index the meeting's items as they are now: all when it is published, none otherwise. Two queries."""
    SearchEntry.objects.filter(item__meeting=meeting).delete()
    _insert(meeting.pk)


def rebuild() -> int:
    """Index the whole archive anew, in the caller's transaction; returns the number of items."""
    SearchEntry.objects.all().delete()
    return _insert(None)


def _insert(meeting_id: int | None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            _INSERT, {"meeting": meeting_id, "parting": PARTING, "part": _LONGEST_PART, "body": _LONGEST_BODY}
        )
        return cursor.rowcount
