"""SQL that turns the records of an export, as JSON in the table `import_record`, into rows of the archive.

Records refer to each other by address. The first statement of a kind must affect one row per record;
`restore` compares the counts, so that a record whose reference is missing stops the import.
"""

# ruff: noqa: S608  The statements contain only constants.

from minutes.item_facts import ITEM_FACTS


def _records(columns: str) -> str:
    """FROM clause: one row `new` with these columns per record."""
    return f"import_record CROSS JOIN LATERAL jsonb_to_record(record) AS new ({columns})"


def _elements(name: str, columns: str) -> str:
    """FROM clause: one row `new` per element of the records' list `name`, with its place in the list."""
    return (
        f"import_record CROSS JOIN LATERAL jsonb_array_elements(record->'{name}')"
        " WITH ORDINALITY AS element (value, place)"
        f" CROSS JOIN LATERAL jsonb_to_record(element.value) AS new ({columns})"
    )


_MUNICIPALITY = "JOIN minutes_municipality municipality ON municipality.slug = record->>'municipality'"
_COMMITTEE = f"""{_MUNICIPALITY}
JOIN minutes_committee committee
    ON committee.municipality_id = municipality.id AND committee.slug = record->>'committee'"""
_MEETING = "JOIN meeting_key meeting ON meeting.key = record->>'meeting'"
_PERSON_AND_PARTY = """LEFT JOIN minutes_person person
    ON person.municipality_id = meeting.municipality_id AND person.slug = new.person
LEFT JOIN minutes_party party
    ON party.municipality_id = meeting.municipality_id AND party.letter = new.party->>'letter'
    AND party.valid_from IS NOT DISTINCT FROM (new.party->>'valid_from')::date"""
_MUNICIPALITY_COLUMNS = "municipality text, code text, name text, region text, valid_from date, valid_to date"
_ATTENDANCE_COLUMNS = (
    "position int, role text, name text, note text, time time, at_item text, person text, party jsonb"
)
_FILE_COLUMNS = (
    "item text, source bigint, position int, title text, name text, media_type text, sha256 text,"
    " size bigint, text text, place int, number text, caption text, attachment int"
)
_FACT_COLUMNS = ", ".join(f"{fact.name} {'boolean' if fact.type is bool else 'text'}" for fact in ITEM_FACTS)
# A record of an earlier version may lack a fact.
_FACT_VALUES = {fact.name: f"coalesce(new.{fact.name}, '{fact.default}')" for fact in ITEM_FACTS}
_ID = "(record->>'id')::bigint"
# Exported readings are of published meetings: a person has seen their doubts.
_GRADE = "CASE WHEN new.facts->'items' = '[]' THEN 'unread' ELSE 'certain' END"

_NEW_SOURCES = f"""
INSERT INTO minutes_source (sha256, size, name, origin, received_at, given_committee, given_encoding)
SELECT new.sha256, new.size, new.name, '', new.received_at, '', ''
FROM {_records("sha256 text, size bigint, name text, received_at timestamptz")}
ORDER BY line
"""

# An older record has no municipality: the meeting's own.
_FORMER_ADDRESSES = f"""
INSERT INTO minutes_formeraddress (meeting_id, committee_id, date, sequence)
SELECT {_ID}, committee.id, new.date, new.sequence
FROM {_elements("former", "municipality text, committee text, date date, sequence int")}
JOIN minutes_municipality municipality
    ON municipality.slug = coalesce(new.municipality, record->>'municipality')
JOIN minutes_committee committee
    ON committee.municipality_id = municipality.id AND committee.slug = new.committee
ORDER BY line, place
"""

# The meetings by `Meeting.key`, by which other records refer to them.
_MEETING_KEYS = """
CREATE TEMPORARY TABLE meeting_key ON COMMIT DROP AS
SELECT meeting.id, committee.municipality_id,
    municipality.slug || '/' || committee.slug || '/' || meeting.date
        || CASE WHEN meeting.sequence > 1 THEN '-' || meeting.sequence ELSE '' END AS key
FROM minutes_meeting meeting
JOIN minutes_committee committee ON committee.id = meeting.committee_id
JOIN minutes_municipality municipality ON municipality.id = committee.municipality_id
"""

STATEMENTS: dict[str, tuple[str, ...]] = {
    "municipalities": (
        f"""
        INSERT INTO minutes_municipality (code, name, slug, region, valid_from, valid_to)
        SELECT code, name, municipality, region, valid_from, valid_to
        FROM {_records(_MUNICIPALITY_COLUMNS)}
        ORDER BY line
        ON CONFLICT (slug) DO UPDATE SET code = excluded.code, name = excluded.name,
            region = excluded.region, valid_from = excluded.valid_from, valid_to = excluded.valid_to
        """,
    ),
    "committees": (
        f"""
        INSERT INTO minutes_committee (id, municipality_id, slug, name)
        SELECT new.id, municipality.id, new.committee, new.name
        FROM {_records("id bigint, committee text, name text")} {_MUNICIPALITY}
        """,
        f"""
        UPDATE minutes_committee committee SET successor_id = successor.id
        FROM import_record, minutes_committee successor
        JOIN minutes_municipality municipality ON municipality.id = successor.municipality_id
        WHERE committee.id = {_ID} AND municipality.slug || '/' || successor.slug = record->>'successor'
        """,
        f"""
        INSERT INTO minutes_committeealias (committee_id, name, slug, valid_from, valid_to)
        SELECT {_ID}, new.name, new.slug, new.valid_from, new.valid_to
        FROM {_elements("aliases", "name text, slug text, valid_from date, valid_to date")}
        ORDER BY line, place
        """,
        "ANALYZE minutes_municipality, minutes_committee",
    ),
    "parties": (
        f"""
        INSERT INTO minutes_party (id, municipality_id, letter, name, valid_from, valid_to)
        SELECT new.id, municipality.id, new.letter, new.name, new.valid_from, new.valid_to
        FROM {_records("id bigint, letter text, name text, valid_from date, valid_to date")} {_MUNICIPALITY}
        """,
        "ANALYZE minutes_party",
    ),
    "people": (
        f"""
        INSERT INTO minutes_person (id, municipality_id, slug, name, distinction)
        SELECT new.id, municipality.id, new.person, new.name, coalesce(new.distinction, '')
        FROM {_records("id bigint, person text, name text, distinction text")} {_MUNICIPALITY}
        """,
        f"""
        INSERT INTO minutes_personalias (municipality_id, person_id, name, slug, made_at)
        SELECT municipality.id, {_ID}, new.name, new.slug, now()
        FROM {_elements("aliases", "name text, slug text")} {_MUNICIPALITY}
        ORDER BY line, place
        """,
        f"""
        INSERT INTO minutes_personsplit (original_id, person_id, party_letter, committee_id, made_at)
        SELECT {_ID}, person.id, new.party, committee.id, now()
        FROM {_elements("splits", "person text, party text, committee text")} {_MUNICIPALITY}
        JOIN minutes_person person ON person.municipality_id = municipality.id AND person.slug = new.person
        LEFT JOIN minutes_committee committee
            ON committee.municipality_id = municipality.id AND committee.slug = new.committee
        WHERE new.committee IS NULL OR committee.id IS NOT NULL
        ORDER BY line, place
        """,
        "ANALYZE minutes_person",
    ),
    "cases": (
        f"""
        INSERT INTO minutes_case (id, municipality_id, slug, number, standing)
        SELECT new.id, municipality.id, new."case", new.number, new.standing
        FROM {_records('id bigint, "case" text, number text, standing boolean')} {_MUNICIPALITY}
        """,
        "ANALYZE minutes_case",
    ),
    "meetings": (
        f"""
        INSERT INTO minutes_meeting (
            id, committee_id, date, sequence, start_time, end_time, location, term, kind, document,
            committee_as_printed, cancelled, state, published_at, created_at, updated_at, indexed_at
        )
        SELECT new.id, committee.id, new.date, new.sequence, new.start_time, new.end_time, new.location,
            new.term, new.kind, new.document, new.committee_as_printed, coalesce(new.cancelled, false),
            'published', new.published_at,
            coalesce(new.published_at, new.updated_at), new.updated_at, new.indexed_at
        FROM {
            _records(
                "id bigint, date date, sequence int, start_time time, end_time time, location text,"
                " term text, kind text, document text, committee_as_printed text, cancelled boolean,"
                " published_at timestamptz, updated_at timestamptz, indexed_at timestamptz"
            )
        }
        {_COMMITTEE}
        """,
        _FORMER_ADDRESSES,
        f"""
        INSERT INTO minutes_correction (
            meeting_id, item_slug, field, seen, value, state, agrees, reason, made_at
        )
        SELECT {_ID}, new.item_slug, new.field, new.seen, new.value, 'in_force', false, '', new.made_at
        FROM {
            _elements(
                "corrections", "item_slug text, field text, seen jsonb, value jsonb, made_at timestamptz"
            )
        }
        ORDER BY line, place
        """,
        f"""
        INSERT INTO minutes_personsplit (original_id, person_id, party_letter, meeting_id, made_at)
        SELECT original.id, person.id, new.party, {_ID}, now()
        FROM {_elements("person_splits", "original text, person text, party text")} {_MUNICIPALITY}
        JOIN minutes_person original
            ON original.municipality_id = municipality.id AND original.slug = new.original
        JOIN minutes_person person ON person.municipality_id = municipality.id AND person.slug = new.person
        ORDER BY line, place
        """,
        f"""
        INSERT INTO minutes_meeting_joint_committees (meeting_id, committee_id)
        SELECT {_ID}, committee.id
        FROM import_record
        CROSS JOIN LATERAL jsonb_array_elements_text(record->'joint_committees') AS joint (slug)
        {_MUNICIPALITY} JOIN minutes_committee committee
            ON committee.municipality_id = municipality.id AND committee.slug = joint.slug
        """,
        _MEETING_KEYS,
        "CREATE UNIQUE INDEX ON meeting_key (key)",
        "ANALYZE meeting_key",
        f"""
        INSERT INTO minutes_attendance (
            meeting_id, position, role, name, note, time, at_item, person_id, party_id
        )
        SELECT meeting.id, new.position, new.role, new.name, new.note, new.time, coalesce(new.at_item, ''),
            person.id, party.id
        FROM {_elements("attendances", _ATTENDANCE_COLUMNS)}
        JOIN meeting_key meeting ON meeting.id = {_ID}
        {_PERSON_AND_PARTY}
        ORDER BY line, place
        """,
    ),
    "sources": (
        _NEW_SOURCES,
        f"""
        INSERT INTO minutes_reading (
            id, source_id, meeting_id, text, facts, warnings, reader_version, document, supplement,
            current, pending, unresolved_cpr_matches, doubts, grade, created_at
        )
        SELECT new.id, source.id, meeting.id, new.text, new.facts, '[]', new.reader_version,
            new.document, new.supplement, true, false, '[]', '[]', {_GRADE},
            new.created_at
        FROM {
            _records(
                "id bigint, sha256 text, text text, facts jsonb, reader_version int, document text,"
                " supplement boolean, created_at timestamptz"
            )
        }
        JOIN minutes_source source ON source.sha256 = new.sha256
        {_MEETING}
        """,
        f"""
        INSERT INTO minutes_publictext (reading_id, text)
        SELECT new.id, new.text FROM {_records("id bigint, text text")}
        ORDER BY line
        """,
    ),
    "items": (
        f"""
        INSERT INTO minutes_agendaitem (
            id, meeting_id, reading_id, reading_index, slug, position, {", ".join(_FACT_VALUES)}
        )
        SELECT new.id, meeting.id, new.source, new.source_index, new.item, new.position,
            {", ".join(_FACT_VALUES.values())}
        FROM {
            _records(f"id bigint, source bigint, source_index int, item text, position int, {_FACT_COLUMNS}")
        }
        {_MEETING}
        """,
        f"""
        INSERT INTO minutes_section (item_id, position, heading, kind, text, start, "end")
        SELECT {_ID}, new.position, new.heading, new.kind, new.text, new.start, new."end"
        FROM {_elements("sections", 'position int, heading text, kind text, text text, start int, "end" int')}
        ORDER BY line, place
        """,
        f"""
        INSERT INTO minutes_attachment (item_id, position, title)
        SELECT {_ID}, new.position, new.title FROM {_elements("attachments", "position int, title text")}
        ORDER BY line, place
        """,
        f"""
        INSERT INTO minutes_casenumber (item_id, case_id, position, label, printed)
        SELECT {_ID}, matter.id, new.position, new.label, new.printed
        FROM {_elements("case_numbers", '"case" text, position int, label text, printed text')}
        {_MEETING}
        JOIN minutes_case matter
            ON matter.municipality_id = meeting.municipality_id AND matter.slug = new."case"
        ORDER BY line, place
        """,
        f"""
        INSERT INTO minutes_statement (item_id, position, kind, who, text, start, "end")
        SELECT {_ID}, new.position, new.kind, new.who, new.text, new.start, new."end"
        FROM {_elements("statements", 'position int, kind text, who text, text text, start int, "end" int')}
        ORDER BY line, place
        """,
        "ANALYZE minutes_statement",
        f"""
        INSERT INTO minutes_election (item_id, position, office, elected, votes, start, "end")
        SELECT {_ID}, new.position, new.office, new.elected, new.votes, new.start, new."end"
        FROM {
            _elements(
                "elections",
                'position int, office text, elected jsonb, votes jsonb, start int, "end" int',
            )
        }
        ORDER BY line, place
        """,
        f"""
        INSERT INTO minutes_statement_people (statement_id, person_id)
        SELECT statement.id, person.id
        FROM {_elements("statements", "position int, people jsonb")}
        CROSS JOIN LATERAL jsonb_array_elements_text(new.people) AS speaker (slug)
        {_MEETING}
        JOIN minutes_statement statement
            ON statement.item_id = {_ID} AND statement.position = new.position
        JOIN minutes_person person
            ON person.municipality_id = meeting.municipality_id AND person.slug = speaker.slug
        ORDER BY line, place, person.id
        """,
        f"""
        INSERT INTO minutes_attendance (
            meeting_id, item_id, position, role, name, note, time, at_item, person_id, party_id
        )
        SELECT meeting.id, {_ID}, new.position, new.role, new.name, new.note, new.time,
            coalesce(new.at_item, ''), person.id, party.id
        FROM {_elements("attendances", _ATTENDANCE_COLUMNS)}
        {_MEETING}
        {_PERSON_AND_PARTY}
        ORDER BY line, place
        """,
        "ANALYZE minutes_agendaitem",
        f"""
        INSERT INTO minutes_reference (
            item_id, position, kind, committee_name, date, item_number, text, start, "end",
            target_meeting_id, target_item_id
        )
        SELECT {_ID}, new.position, new.kind, new.committee_name, new.date, new.item_number, new.text,
            new.start, new."end", target.id, target_item.id
        FROM {
            _elements(
                "references",
                "position int, kind text, committee_name text, date date, item_number text, text text,"
                ' start int, "end" int, target_meeting text, target_item text',
            )
        }
        LEFT JOIN meeting_key target ON target.key = new.target_meeting
        LEFT JOIN meeting_key item_meeting
            ON item_meeting.key = regexp_replace(new.target_item, '/[^/]*$', '')
        LEFT JOIN minutes_agendaitem target_item ON target_item.meeting_id = item_meeting.id
            AND target_item.slug = substring(new.target_item FROM '[^/]*$')
        ORDER BY line, place
        """,
    ),
    # Files of exports were public, so a person need not release them.
    "files": (
        f"""
        INSERT INTO minutes_enclosedfile (
            source_id, position, item_number, caption, name, media_type, sha256, size, text, note, waits_for,
            cpr_matches, decision
        )
        SELECT reading.source_id, new.place, new.number, new.caption, new.name, new.media_type, new.sha256,
            new.size, new.text, '', '{{}}', '[]', 'released'
        FROM {_records(_FILE_COLUMNS)}
        JOIN minutes_reading reading ON reading.id = new.source
        ORDER BY line
        """,
        f"""
        INSERT INTO minutes_publicfile (
            meeting_id, item_id, attachment_id, file_id, position, title, name, media_type, sha256, size, text
        )
        SELECT meeting.id, item.id, attachment.id, file.id, new.position, new.title, new.name, new.media_type,
            new.sha256, new.size, new.text
        FROM {_records(_FILE_COLUMNS)}
        {_MEETING}
        JOIN minutes_reading reading ON reading.id = new.source
        JOIN minutes_enclosedfile file ON file.source_id = reading.source_id AND file.position = new.place
        LEFT JOIN minutes_agendaitem item ON item.meeting_id = meeting.id AND item.slug = new.item
        LEFT JOIN minutes_attachment attachment
            ON attachment.item_id = item.id AND attachment.position = new.attachment
        ORDER BY line
        """,
    ),
    # A source document may belong to several meetings.
    "earlier": (
        f"SELECT 1 FROM import_record {_MEETING}",
        f"{_NEW_SOURCES} ON CONFLICT (sha256) DO NOTHING",
        f"""
        INSERT INTO minutes_reading (
            id, source_id, meeting_id, text, facts, warnings, reader_version, document, supplement,
            current, pending, unresolved_cpr_matches, doubts, grade, created_at, public_until
        )
        SELECT new.id, source.id, meeting.id, new.text, new.facts, '[]', new.reader_version,
            new.document, false, false, false, '[]', '[]', {_GRADE},
            new.created_at, new.public_until
        FROM {
            _records(
                "id bigint, sha256 text, text text, facts jsonb, reader_version int, document text,"
                " created_at timestamptz, public_until timestamptz"
            )
        }
        JOIN minutes_source source ON source.sha256 = new.sha256
        {_MEETING}
        """,
    ),
    "ballots": (
        f"""
        INSERT INTO minutes_ballot (
            id, item_id, position, kind, subject, for_count, against_count, abstained_count, counts_from,
            result, result_from, evidence, corrected_on, start, "end"
        )
        SELECT new.id, item.id, new.position, coalesce(new.kind, 'motion'), new.subject, new.for_count,
            new.against_count, new.abstained_count, new.counts_from, new.result, new.result_from,
            new.evidence, new.corrected_on, new.start, new."end"
        FROM {
            _records(
                "id bigint, item text, position int, kind text, subject text, for_count int,"
                " against_count int, abstained_count int, counts_from text, result text, result_from text,"
                ' evidence text, corrected_on date, start int, "end" int'
            )
        }
        {_MEETING}
        JOIN minutes_agendaitem item ON item.meeting_id = meeting.id AND item.slug = new.item
        """,
        f"""
        INSERT INTO minutes_vote (ballot_id, choice, count, person_id, party_id, printed_party_id)
        SELECT {_ID}, new.choice, new.count, person.id, party.id, printed.id
        FROM {_elements("votes", "choice text, count int, person text, party jsonb, printed_party jsonb")}
        {_MEETING}
        {_PERSON_AND_PARTY}
        LEFT JOIN minutes_party printed
            ON printed.municipality_id = meeting.municipality_id
            AND printed.letter = new.printed_party->>'letter'
            AND printed.valid_from IS NOT DISTINCT FROM (new.printed_party->>'valid_from')::date
        ORDER BY line, place
        """,
        f"""
        INSERT INTO minutes_deducedvote (ballot_id, choice, person_id, party_id)
        SELECT {_ID}, new.choice, person.id, party.id
        FROM {_elements("deduced_votes", "choice text, person text, party jsonb")}
        {_MEETING}
        {_PERSON_AND_PARTY}
        ORDER BY line, place
        """,
    ),
    "gone": (
        f"""
        INSERT INTO minutes_meeting (
            id, committee_id, date, sequence, location, term, kind, document, committee_as_printed, cancelled,
            state, created_at, updated_at
        )
        SELECT new.id, committee.id, new.date, new.sequence, '', '', 'ordinary', 'minutes', '', false,
            'taken_down', now(), now()
        FROM {_records("id bigint, date date, sequence int")}
        {_COMMITTEE}
        """,
        _FORMER_ADDRESSES,
    ),
}
