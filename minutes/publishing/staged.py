"""Statements that make rows of an export's records, which stand in the table `staged` as JSON.

Records refer to each other by address. The first statement of a kind gives one row for each record that
refers to nothing but what is there; `restoring` counts them.
"""

# ruff: noqa: S608  The statements are put together of this file's own words.


def _all(columns: str) -> str:
    """Each record as a row of these columns."""
    return f"staged CROSS JOIN LATERAL jsonb_to_record(record) AS told ({columns})"


def _each(of: str, columns: str) -> str:
    """Each entry of a list in the records as a row, with its place in the list."""
    return (
        f"staged CROSS JOIN LATERAL jsonb_array_elements(record->'{of}')"
        " WITH ORDINALITY AS each (value, place)"
        f" CROSS JOIN LATERAL jsonb_to_record(each.value) AS told ({columns})"
    )


_TOWN = "JOIN minutes_municipality town ON town.slug = record->>'municipality'"
_COMMITTEE = f"""{_TOWN}
JOIN minutes_committee committee
    ON committee.municipality_id = town.id AND committee.slug = record->>'committee'"""
_MEETING = "JOIN meeting_told meeting ON meeting.key = record->>'meeting'"
_WHO = """LEFT JOIN minutes_person person
    ON person.municipality_id = meeting.municipality_id AND person.slug = told.person
LEFT JOIN minutes_party party
    ON party.municipality_id = meeting.municipality_id AND party.letter = told.party->>'letter'
    AND party.valid_from IS NOT DISTINCT FROM (told.party->>'valid_from')::date"""
_ID = "(record->>'id')::bigint"

_NEW_SOURCES = f"""
INSERT INTO minutes_source (sha256, size, name, origin, received_at, given_committee, given_encoding)
SELECT told.sha256, told.size, told.name, '', told.received_at, '', ''
FROM {_all("sha256 text, size bigint, name text, received_at timestamptz")}
ORDER BY line
"""

_FORMER = f"""
INSERT INTO minutes_formeraddress (meeting_id, committee_id, date, sequence)
SELECT {_ID}, committee.id, told.date, told.sequence
FROM {_each("former", "committee text, date date, sequence int")}
{_TOWN} JOIN minutes_committee committee
    ON committee.municipality_id = town.id AND committee.slug = told.committee
ORDER BY line, place
"""

# Meetings by what other records call them, as `Meeting.key` does.
_KEYS = """
CREATE TEMPORARY TABLE meeting_told ON COMMIT DROP AS
SELECT meeting.id, committee.municipality_id, town.slug || '/' || committee.slug || '/' || meeting.date
    || CASE WHEN meeting.sequence > 1 THEN '-' || meeting.sequence ELSE '' END AS key
FROM minutes_meeting meeting
JOIN minutes_committee committee ON committee.id = meeting.committee_id
JOIN minutes_municipality town ON town.id = committee.municipality_id
"""

STATEMENTS: dict[str, tuple[str, ...]] = {
    "municipalities": (
        f"""
        INSERT INTO minutes_municipality (code, name, slug, region, valid_from, valid_to)
        SELECT code, name, municipality, region, valid_from, valid_to
        FROM {_all("municipality text, code text, name text, region text, valid_from date, valid_to date")}
        ORDER BY line
        ON CONFLICT (slug) DO UPDATE SET code = excluded.code, name = excluded.name,
            region = excluded.region, valid_from = excluded.valid_from, valid_to = excluded.valid_to
        """,
    ),
    "committees": (
        f"""
        INSERT INTO minutes_committee (id, municipality_id, slug, name)
        SELECT told.id, town.id, told.committee, told.name
        FROM {_all("id bigint, committee text, name text")} {_TOWN}
        """,
        f"""
        UPDATE minutes_committee committee SET successor_id = successor.id
        FROM staged, minutes_committee successor
        JOIN minutes_municipality town ON town.id = successor.municipality_id
        WHERE committee.id = {_ID} AND town.slug || '/' || successor.slug = record->>'successor'
        """,
        f"""
        INSERT INTO minutes_committeealias (committee_id, name, slug, valid_from, valid_to)
        SELECT {_ID}, told.name, told.slug, told.valid_from, told.valid_to
        FROM {_each("aliases", "name text, slug text, valid_from date, valid_to date")}
        ORDER BY line, place
        """,
        "ANALYZE minutes_municipality, minutes_committee",
    ),
    "parties": (
        f"""
        INSERT INTO minutes_party (id, municipality_id, letter, name, valid_from, valid_to)
        SELECT told.id, town.id, told.letter, told.name, told.valid_from, told.valid_to
        FROM {_all("id bigint, letter text, name text, valid_from date, valid_to date")} {_TOWN}
        """,
        "ANALYZE minutes_party",
    ),
    "people": (
        f"""
        INSERT INTO minutes_person (id, municipality_id, slug, name)
        SELECT told.id, town.id, told.person, told.name
        FROM {_all("id bigint, person text, name text")} {_TOWN}
        """,
        f"""
        INSERT INTO minutes_personalias (municipality_id, person_id, name, slug, made_at)
        SELECT town.id, {_ID}, told.name, told.slug, now()
        FROM {_each("aliases", "name text, slug text")} {_TOWN}
        ORDER BY line, place
        """,
        "ANALYZE minutes_person",
    ),
    "cases": (
        f"""
        INSERT INTO minutes_case (id, municipality_id, slug, number, standing)
        SELECT told.id, town.id, told."case", told.number, told.standing
        FROM {_all('id bigint, "case" text, number text, standing boolean')} {_TOWN}
        """,
        "ANALYZE minutes_case",
    ),
    "meetings": (
        f"""
        INSERT INTO minutes_meeting (
            id, committee_id, date, sequence, start_time, location, term, kind, document,
            committee_as_printed, state, published_at, created_at, updated_at, indexed_at
        )
        SELECT told.id, committee.id, told.date, told.sequence, told.start_time, told.location, told.term,
            told.kind, told.document, told.committee_as_printed, 'published', told.published_at,
            coalesce(told.published_at, told.updated_at), told.updated_at, told.indexed_at
        FROM {
            _all(
                "id bigint, date date, sequence int, start_time time, location text, term text, kind text,"
                " document text, committee_as_printed text, published_at timestamptz,"
                " updated_at timestamptz, indexed_at timestamptz"
            )
        }
        {_COMMITTEE}
        """,
        _FORMER,
        f"""
        INSERT INTO minutes_correction (meeting_id, item_slug, field, seen, value, state, reason, made_at)
        SELECT {_ID}, told.item_slug, told.field, told.seen, told.value, 'in_force', '', told.made_at
        FROM {
            _each("corrections", "item_slug text, field text, seen jsonb, value jsonb, made_at timestamptz")
        }
        ORDER BY line, place
        """,
        _KEYS,
        "CREATE UNIQUE INDEX ON meeting_told (key)",
        "ANALYZE meeting_told",
        f"""
        INSERT INTO minutes_attendance (meeting_id, position, role, name, note, person_id, party_id)
        SELECT meeting.id, told.position, told.role, told.name, told.note, person.id, party.id
        FROM {_each("attendances", "position int, role text, name text, note text, person text, party jsonb")}
        JOIN meeting_told meeting ON meeting.id = {_ID}
        {_WHO}
        ORDER BY line, place
        """,
    ),
    "sources": (
        _NEW_SOURCES,
        f"""
        INSERT INTO minutes_reading (
            id, source_id, meeting_id, text, facts, warnings, reader_version, document, supplement,
            current, waiting, open_hits, created_at
        )
        SELECT told.id, source.id, meeting.id, told.text, told.facts, '[]', told.reader_version,
            told.document, told.supplement, true, false, '[]', told.created_at
        FROM {
            _all(
                "id bigint, sha256 text, text text, facts jsonb, reader_version int, document text,"
                " supplement boolean, created_at timestamptz"
            )
        }
        JOIN minutes_source source ON source.sha256 = told.sha256
        {_MEETING}
        """,
    ),
    "items": (
        f"""
        INSERT INTO minutes_agendaitem (
            id, meeting_id, reading_id, reading_index, slug, position, number, title, closed, decision,
            outcome, contested
        )
        SELECT told.id, meeting.id, told.source, told.source_index, told.item, told.position, told.number,
            told.title, told.closed, told.decision, told.outcome, told.contested
        FROM {
            _all(
                "id bigint, source bigint, source_index int, item text, position int, number text,"
                " title text, closed boolean, decision text, outcome text, contested boolean"
            )
        }
        {_MEETING}
        """,
        f"""
        INSERT INTO minutes_section (item_id, position, heading, kind, text, start, "end")
        SELECT {_ID}, told.position, told.heading, told.kind, told.text, told.start, told."end"
        FROM {_each("sections", 'position int, heading text, kind text, text text, start int, "end" int')}
        ORDER BY line, place
        """,
        f"""
        INSERT INTO minutes_attachment (item_id, position, title)
        SELECT {_ID}, told.position, told.title FROM {_each("attachments", "position int, title text")}
        ORDER BY line, place
        """,
        f"""
        INSERT INTO minutes_casenumber (item_id, case_id, position, label, printed)
        SELECT {_ID}, numbered.id, told.position, told.label, told.printed
        FROM {_each("case_numbers", '"case" text, position int, label text, printed text')}
        {_MEETING}
        JOIN minutes_case numbered
            ON numbered.municipality_id = meeting.municipality_id AND numbered.slug = told."case"
        ORDER BY line, place
        """,
        f"""
        INSERT INTO minutes_statement (item_id, position, kind, who, text, start, "end")
        SELECT {_ID}, told.position, told.kind, told.who, told.text, told.start, told."end"
        FROM {_each("statements", 'position int, kind text, who text, text text, start int, "end" int')}
        ORDER BY line, place
        """,
        "ANALYZE minutes_statement",
        f"""
        INSERT INTO minutes_statement_people (statement_id, person_id)
        SELECT statement.id, person.id
        FROM {_each("statements", "position int, people jsonb")}
        CROSS JOIN LATERAL jsonb_array_elements_text(told.people) AS speaker (slug)
        {_MEETING}
        JOIN minutes_statement statement
            ON statement.item_id = {_ID} AND statement.position = told.position
        JOIN minutes_person person
            ON person.municipality_id = meeting.municipality_id AND person.slug = speaker.slug
        ORDER BY line, place, person.id
        """,
        f"""
        INSERT INTO minutes_attendance (meeting_id, item_id, position, role, name, note, person_id, party_id)
        SELECT meeting.id, {_ID}, told.position, told.role, told.name, told.note, person.id, party.id
        FROM {_each("attendances", "position int, role text, name text, note text, person text, party jsonb")}
        {_MEETING}
        {_WHO}
        ORDER BY line, place
        """,
        "ANALYZE minutes_agendaitem",
        f"""
        INSERT INTO minutes_reference (
            item_id, position, kind, committee_name, date, item_number, text, start, "end",
            target_meeting_id, target_item_id
        )
        SELECT {_ID}, told.position, told.kind, told.committee_name, told.date, told.item_number, told.text,
            told.start, told."end", target.id, target_item.id
        FROM {
            _each(
                "references",
                "position int, kind text, committee_name text, date date, item_number text, text text,"
                ' start int, "end" int, target_meeting text, target_item text',
            )
        }
        LEFT JOIN meeting_told target ON target.key = told.target_meeting
        LEFT JOIN meeting_told around ON around.key = regexp_replace(told.target_item, '/[^/]*$', '')
        LEFT JOIN minutes_agendaitem target_item ON target_item.meeting_id = around.id
            AND target_item.slug = substring(told.target_item FROM '[^/]*$')
        ORDER BY line, place
        """,
    ),
    # A document may have been filed under several meetings.
    "earlier": (
        f"SELECT 1 FROM staged {_MEETING}",
        f"{_NEW_SOURCES} ON CONFLICT (sha256) DO NOTHING",
        f"""
        INSERT INTO minutes_reading (
            id, source_id, meeting_id, text, facts, warnings, reader_version, document, supplement,
            current, waiting, open_hits, created_at, public_until
        )
        SELECT told.id, source.id, meeting.id, told.text, told.facts, '[]', told.reader_version,
            told.document, false, false, false, '[]', told.created_at, told.public_until
        FROM {
            _all(
                "id bigint, sha256 text, text text, facts jsonb, reader_version int, document text,"
                " created_at timestamptz, public_until timestamptz"
            )
        }
        JOIN minutes_source source ON source.sha256 = told.sha256
        {_MEETING}
        """,
    ),
    "ballots": (
        f"""
        INSERT INTO minutes_ballot (
            id, item_id, position, subject, for_count, against_count, abstained_count, counts_from, result,
            result_from, evidence, corrected_on, start, "end"
        )
        SELECT told.id, item.id, told.position, told.subject, told.for_count, told.against_count,
            told.abstained_count, told.counts_from, told.result, told.result_from, told.evidence,
            told.corrected_on, told.start, told."end"
        FROM {
            _all(
                "id bigint, item text, position int, subject text, for_count int, against_count int,"
                " abstained_count int, counts_from text, result text, result_from text, evidence text,"
                ' corrected_on date, start int, "end" int'
            )
        }
        {_MEETING}
        JOIN minutes_agendaitem item ON item.meeting_id = meeting.id AND item.slug = told.item
        """,
        f"""
        INSERT INTO minutes_vote (ballot_id, choice, count, person_id, party_id)
        SELECT {_ID}, told.choice, told.count, person.id, party.id
        FROM {_each("votes", "choice text, count int, person text, party jsonb")}
        {_MEETING}
        {_WHO}
        ORDER BY line, place
        """,
    ),
    "gone": (
        f"""
        INSERT INTO minutes_meeting (
            id, committee_id, date, sequence, location, term, kind, document, committee_as_printed, state,
            created_at, updated_at
        )
        SELECT told.id, committee.id, told.date, told.sequence, '', '', 'ordinary', 'minutes', '',
            'taken_down', now(), now()
        FROM {_all("id bigint, date date, sequence int")}
        {_COMMITTEE}
        """,
        _FORMER,
    ),
}
