"""A new version of a document replaces the rows of the one before; addresses are permanent."""

from datetime import date

import pytest
from django.db import transaction

from minutes import publishing
from minutes.models import (
    AgendaItem,
    Correction,
    Meeting,
    Reading,
    SearchEntry,
)
from minutes.models.states import State
from minutes.publishing import ImportStatus
from minutes.reader.records import (
    Absence,
)
from minutes.vocabulary import SectionKind
from tests.documents import ballot, document, file, item, section, source

pytestmark = pytest.mark.django_db


def addresses(meeting: Meeting) -> list[str]:
    return [row.slug for row in meeting.items.order_by("position")]


def test_a_corrected_version_keeps_the_older_reading_and_every_address():
    file(document(item("1", "Budget"), item("2", "Skolevej")))
    rows_before = {row.slug: row.pk for row in AgendaItem.objects.all()}
    meeting = file(document(item("1", "Budget 2021"), item("2", "Skolevej"), item("3", "Lys"))).meeting
    now = {row.slug: row.pk for row in meeting.items.all()}
    assert now.items() >= rows_before.items()
    assert addresses(meeting) == ["1", "2", "3"]
    assert [reading.current for reading in meeting.readings.order_by("id")] == [False, True]


def test_an_item_that_moves_keeps_its_address():
    file(
        document(item("1", "Budget", case_number="20/1"), item("2", "Skolevej", case_number="20/2")),
    )
    agenda = document(
        item("1", "Nyt punkt"),
        item("2", "Budget", case_number="20/1"),
        item("3", "Skolevej", case_number="20/2"),
    )
    assert addresses(file(agenda).meeting) == ["1-2", "1", "2"]


def test_repeated_and_missing_numbers_get_addresses_of_their_own():
    meeting = file(document(item("1", "Budget"), item("1", "Skolevej"), item(None, "Lys"))).meeting
    assert addresses(meeting) == ["1", "1-2", "3"]


def test_an_item_that_the_new_version_lacks_is_deleted():
    file(document(item("1", "Budget"), item("2", "Skolevej")))
    assert addresses(file(document(item("1", "Budget"))).meeting) == ["1"]
    assert SearchEntry.objects.count() == 1


def test_a_new_version_replaces_the_facts_of_the_earlier_one():
    first = item(
        "1",
        "Budget",
        ballots=(ballot(6, 1, against_names=("Ane Holm",)),),
        attachments=("Notat",),
        absent=(Absence(name="Bo Lind"),),
        sections=(section(SectionKind.RESUME, "Kort"),),
    )
    file(document(first))
    meeting = file(document(item("1", "Budget"))).meeting
    row = meeting.items.get()
    assert not row.contested
    for related in ("ballots", "attachments", "attendances", "sections"):
        assert not getattr(row, related).exists()


def test_a_version_never_publishes_a_draft():
    file(document(item("1", "Budget")), publish=False)
    assert file(document(item("1", "Budget, rettet"))).meeting.state == State.DRAFT


def test_a_new_version_does_not_publish_a_withdrawn_meeting():
    publishing.withdraw(file(document(item("1", "Budget"))).meeting)
    assert file(document(item("1", "Budget, rettet"))).meeting.state == State.WITHDRAWN
    assert not SearchEntry.objects.exists()


def test_reading_again_with_the_same_facts_stores_nothing_new():
    agenda = document(item("1", "Budget"))
    stored = source()
    with transaction.atomic():
        publishing.ingest_document(stored, agenda, publish=True)
        assert publishing.ingest_rereading(stored, agenda).status == ImportStatus.UNCHANGED
    assert Reading.objects.count() == 1


def test_rereading_updates_the_meeting_of_the_document():
    stored = source()
    with transaction.atomic():
        publishing.ingest_document(stored, document(item("1", "Budget")), publish=True)
        better = document(item("1", "Budget", decision="Godkendt."), date="2020-01-15")
        filed = publishing.ingest_rereading(stored, better)
    assert filed.status == ImportStatus.UPDATED
    assert Meeting.objects.get().date == date(2020, 1, 14)
    assert AgendaItem.objects.get().decision == "Godkendt."


def test_a_closing_correction_stays_with_its_item_when_a_version_adds_case_numbers_and_items():
    meeting = file(document(item("1", "Budget"), item("2", "Salg af grund"))).meeting
    publishing.correct(meeting, meeting.items.get(slug="2"), Correction.Field.CLOSED, True, by=None)
    numbered = (item("2", "Skolevej", case_number="20/1"), item("3", "Salg af grund", case_number="20/2"))
    file(document(item("1", "Budget", case_number="20/3"), *numbered))
    assert dict(meeting.items.values_list("title", "closed")) == {
        "Budget": False,
        "Skolevej": False,
        "Salg af grund": True,
    }


@pytest.mark.parametrize(
    "titles",
    [("Skolevej", "Budget"), ("Skolevej",), ("Salg af grund", "Salg af grund")],
    ids=["renamed", "left out", "repeated"],
)
def test_a_version_waits_when_an_item_closed_by_a_correction_is_not_recognised(titles):
    meeting = file(document(item("1", "Budget"), item("2", "Salg af grund"))).meeting
    publishing.correct(meeting, meeting.items.get(slug="2"), Correction.Field.CLOSED, True, by=None)
    items = [item(str(number), title) for number, title in enumerate(titles, 1)]
    result = file(document(*items, text="REFERAT, ny udgave"))
    assert result.reading.pending
    assert {
        "code": "closed_by_staff",
        "params": {"address": "2"},
        "start": 0,
        "end": 0,
    } in result.reading.doubts
    assert meeting.items.get(slug="2").title == "Salg af grund"
