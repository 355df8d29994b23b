"""The cost of an import does not depend on the size of the archive."""

from datetime import timedelta

import pytest
from django.db import connection

from minutes.models import AgendaItem, Case, CaseNumber, Meeting, Reference, SearchEntry
from minutes.reader.records import Participant
from minutes.reader.records import Reference as Mention
from tests.documents import document, file, item, randers

pytestmark = pytest.mark.django_db

MEETINGS, ITEMS = 300, 10
# Rows of a table that an import of two items may read.
FEW = 500


def rows_read() -> dict[str, int]:
    """Return the rows that this transaction has read so far, by table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, seq_tup_read + COALESCE(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables"
        )
        return dict(cursor.fetchall())


def large_archive() -> None:
    """Create hundreds of meetings of a committee, whose items have case numbers and references."""
    first = file(document(item("1", "Budget"), committee="Byrådet", date="1999-01-01")).meeting
    reading = first.readings.get()
    meetings = Meeting.objects.bulk_create(
        Meeting(committee=first.committee, date=first.date + timedelta(weeks=number), state=first.state)
        for number in range(1, MEETINGS)
    )
    items = AgendaItem.objects.bulk_create(
        AgendaItem(
            meeting=meeting,
            reading=reading,
            position=number,
            number=str(number),
            slug=str(number),
            title="Sag",
        )
        for meeting in meetings
        for number in range(ITEMS)
    )
    cases = Case.objects.bulk_create(
        Case(municipality=randers(), slug=f"sag-{number}", number=f"SAG-{number}")
        for number in range(len(items))
    )
    CaseNumber.objects.bulk_create(
        CaseNumber(item=row, case=case, printed=case.number) for row, case in zip(items, cases, strict=True)
    )
    Reference.objects.bulk_create(
        Reference(item=row, position=1, committee_name="Byrådet", date="1998-01-01") for row in items
    )
    with connection.cursor() as cursor:
        # As in an archive where reading a whole table is not the quickest plan.
        cursor.execute("SET LOCAL enable_seqscan = off")
        for model in (AgendaItem, Case, CaseNumber, Reference, SearchEntry, Meeting):
            cursor.execute(f"ANALYZE {model._meta.db_table}")


def test_an_import_into_a_large_archive_reads_few_rows_of_each_table():
    large_archive()
    mention = Mention(committee="Byrådet", date="1999-01-08", item="3", evidence="Byrådet", start=0, end=4)
    before = rows_read()
    file(
        document(
            item("1", "Cykelsti", case_number="20/1", references=(mention,)),
            item("2", "Skole", case_number="20/2"),
        )
    )
    read = {table: count - before.get(table, 0) for table, count in rows_read().items()}
    assert {table: count for table, count in read.items() if count > FEW} == {}
    assert Reference.objects.exclude(target_item=None).count() == 1


def test_a_further_meeting_of_a_committee_takes_few_statements(django_assert_max_num_queries):
    people = {"participants": (Participant(name="Ida Holm"), Participant(name="Bo Friis"))}
    file(document(item("1", "Budget", case_number="20/1"), committee="Byrådet", date="2020-01-07", **people))
    later = document(item("1", "Skole", case_number="20/2"), committee="Byrådet", date="2020-02-04", **people)
    # Of these, three are advisory locks and eight store rows.
    with django_assert_max_num_queries(31):
        file(later)
    assert Meeting.objects.published().count() == 2
