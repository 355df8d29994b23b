"""Read published items as they are indexed."""

from collections.abc import Sequence

from django.conf import settings
from django.db import connection

from minutes.item_facts import SEARCHED_FACTS
from minutes.search.vectors import IndexableItem

# The facts with a search prefix, as an array in the order of `fields.FACTS`.
_FACTS = f"ARRAY[{', '.join(f'item.{fact.name}' for fact, _search in SEARCHED_FACTS)}]::text[]"

# Characters of all files of an item that are indexed.
_MAX_ATTACHED = 100_000

_ITEMS = f"""
SELECT
    item.id, committee.id, joint.ids, municipality.id,
    concat_ws(' ', committee.name, joint.names), municipality.name, meeting.date,
    item.outcome, item.contested, item.title, item.decision,
    coalesce(texts.resume, ''), coalesce(texts.body, ''),
    coalesce(cases.numbers, '{{}}'), coalesce(people.names, '{{}}') || coalesce(votes.people, '{{}}'),
    coalesce(votes.in_favour, '{{}}'), coalesce(votes.against, '{{}}'), coalesce(files.text, ''), {_FACTS},
    item.topic, cases.case_id
FROM minutes_agendaitem item
JOIN minutes_meeting meeting ON meeting.id = item.meeting_id
JOIN minutes_committee committee ON committee.id = meeting.committee_id
JOIN minutes_municipality municipality ON municipality.id = committee.municipality_id
LEFT JOIN LATERAL (
    SELECT array_agg(other.id ORDER BY other.id) AS ids,
        string_agg(other.name, ' ' ORDER BY other.id) AS names
    FROM minutes_meeting_joint_committees shared JOIN minutes_committee other
        ON other.id = shared.committee_id
    WHERE shared.meeting_id = meeting.id
) joint ON true
LEFT JOIN LATERAL (
    SELECT array_agg(number.printed ORDER BY number.position)::text[] AS numbers,
        (array_agg(number.case_id ORDER BY number.position) FILTER (WHERE NOT numbered.standing))[1]
            AS case_id
    FROM minutes_casenumber number JOIN minutes_case numbered ON numbered.id = number.case_id
    WHERE number.item_id = item.id
) cases ON true
LEFT JOIN LATERAL (
    SELECT
        string_agg(text, E'\\n' ORDER BY position) FILTER (WHERE kind = 'resume') AS resume,
        string_agg(concat_ws(E'\\n', nullif(heading, ''), text), E'\\n' ORDER BY position)
            FILTER (WHERE kind NOT IN ('resume', 'decision')) AS body
    FROM minutes_section WHERE item_id = item.id
) texts ON true
LEFT JOIN LATERAL (
    SELECT
        array_agg(person.name ORDER BY vote.id) FILTER (WHERE person.id IS NOT NULL)::text[] AS people,
        array_agg(coalesce(person.name, concat_ws(' ', party.letter, party.name)) ORDER BY vote.id)
            FILTER (WHERE vote.choice = 'for')::text[] AS in_favour,
        array_agg(coalesce(person.name, concat_ws(' ', party.letter, party.name)) ORDER BY vote.id)
            FILTER (WHERE vote.choice = 'against')::text[] AS against
    FROM minutes_ballot ballot
    JOIN minutes_vote vote ON vote.ballot_id = ballot.id
    LEFT JOIN minutes_person person ON person.id = vote.person_id
    LEFT JOIN minutes_party party ON party.id = vote.party_id
    WHERE ballot.item_id = item.id
) votes ON true
LEFT JOIN LATERAL (
    SELECT array_agg(named.name ORDER BY named.part, named.position, named.person)::text[] AS names
    FROM (
        SELECT 1 AS part, position, 0 AS person, who AS name FROM minutes_statement
        WHERE item_id = item.id
        UNION ALL
        SELECT 2, statement.position, person.id, person.name FROM minutes_statement statement
        JOIN minutes_statement_people speaker ON speaker.statement_id = statement.id
        JOIN minutes_person person ON person.id = speaker.person_id
        WHERE statement.item_id = item.id
        UNION ALL
        SELECT 3, position, 0, name FROM minutes_attendance
        WHERE item_id = item.id AND role <> 'absent'
    ) named
) people ON true
LEFT JOIN LATERAL (
    SELECT left(string_agg(text, E'\n' ORDER BY position), {_MAX_ATTACHED}) AS text
    FROM minutes_publicfile WHERE item_id = item.id AND %s
) files ON true
WHERE meeting.state = 'published' AND meeting.id = ANY(%s)
ORDER BY meeting.date, item.id
"""


def published_items(meetings: Sequence[int]) -> list[IndexableItem]:
    """Return the items of the meetings that are published, oldest first. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_ITEMS, [settings.SEARCH_ATTACHMENTS, list(meetings)])
        return [IndexableItem(*row) for row in cursor.fetchall()]
