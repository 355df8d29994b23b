"""The search benchmark copies the same rows into the tables as an import of the same minutes."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest
from django.db import connection, transaction

from benchmarks.search.generate import copy_rows
from benchmarks.search.load import reset_sequences
from benchmarks.search.rows import COLUMNS, TEXT, KeySequence, MunicipalityRows
from minutes.models import (
    AgendaItem,
    Attachment,
    Attendance,
    Ballot,
    Case,
    CaseNumber,
    Meeting,
    Municipality,
    Party,
    Person,
    Reading,
    Reference,
    Section,
    Source,
    Statement,
    Vote,
)
from minutes.publishing.ingest import ingest_document
from synthetic import SyntheticMinutes, generate_minutes
from synthetic.formats import FORMATS

_MEETING = ("committee__municipality__name", "committee__slug", "date")
_ITEM = (*(f"meeting__{name}" for name in _MEETING), "slug")
_OF_ITEM = tuple(f"item__{name}" for name in _ITEM)
_OF_BALLOT = tuple(f"ballot__{name}" for name in (*_OF_ITEM, "position"))
# Fields to compare: all but keys, spans and timestamps.
COMPARED_FIELDS: dict[Any, tuple[str, ...]] = {
    Meeting: (
        *(*_MEETING, "committee__name", "committee_as_printed", "sequence", "start_time", "location", "term"),
        *("kind", "document", "state"),
    ),
    AgendaItem: (
        *(*_ITEM, "position", "reading_index", "number", "title", "closed", "decision", "outcome"),
        "contested",
    ),
    Section: (*_OF_ITEM, "position", "heading", "kind", "text"),
    Attachment: (*_OF_ITEM, "position", "title"),
    Case: ("municipality__name", "number", "slug", "standing"),
    CaseNumber: (*_OF_ITEM, "case__slug", "position", "label", "printed"),
    Reference: (*_OF_ITEM, "position", "kind", "committee_name", "date", "item_number", "text"),
    Ballot: (
        *(*_OF_ITEM, "position", "subject", "for_count", "against_count", "abstained_count", "counts_from"),
        *("result", "result_from", "evidence"),
    ),
    Vote: (*_OF_BALLOT, "choice", "person__slug", "party__letter", "count"),
    Statement: (*_OF_ITEM, "position", "kind", "who", "text", "people__slug"),
    Attendance: (
        *(*(f"meeting__{name}" for name in _MEETING), "item__slug", "position", "role", "name", "note"),
        *("person__slug", "party__letter"),
    ),
    Person: ("municipality__name", "name", "slug"),
    Party: ("municipality__name", "letter", "name"),
}


@pytest.fixture(scope="module")
def all_minutes() -> list[SyntheticMinutes]:
    """Minutes of three meetings in every format."""
    return list(generate_minutes(3 * len(FORMATS), 4, len(FORMATS), long=True))


def row_counts() -> dict[str, Counter[tuple[Any, ...]]]:
    """Count the different rows of each model."""
    return {
        model.__name__: Counter(model.objects.order_by().values_list(*names))
        for model, names in COMPARED_FIELDS.items()
    }


def publish(all_minutes: Iterable[SyntheticMinutes]) -> None:
    for minutes in all_minutes:
        document = minutes.document
        name = minutes.municipality
        municipality, _created = Municipality.objects.get_or_create(
            name=name, defaults={"slug": name.lower()}
        )
        source = Source.objects.create(
            sha256=document.source.sha256,
            size=document.source.bytes,
            name=document.source.name,
            given_municipality=municipality,
        )
        ingest_document(source, document, publish=True)


def copy(all_minutes: Iterable[SyntheticMinutes]) -> None:
    first = {Municipality: Municipality.objects.order_by("id").last().pk + 1}
    keys = {model: KeySequence(0, 1, first.get(model, 1)) for model in COLUMNS}
    municipalities: dict[str, MunicipalityRows] = {}
    item = 1
    for meeting, minutes in enumerate(all_minutes, 1):
        name, document = minutes.municipality, minutes.document
        municipality = municipalities.setdefault(name, MunicipalityRows(name, keys))
        municipality.add(minutes, document, meeting, item)
        item += len(document.items)
    with connection.cursor() as cursor:
        copy_rows(cursor, list(municipalities.values()))
        reset_sequences(cursor)


def test_copied_rows_equal_published_rows(db, all_minutes):
    with transaction.atomic():
        publish(all_minutes)
        published = row_counts()
        transaction.set_rollback(True)
    copy(all_minutes)
    copied = row_counts()
    for name, rows in published.items():
        assert rows, name
        assert copied[name] == rows, name


def test_spans_cover_the_text_of_the_reading(db, all_minutes):
    copy(all_minutes)
    assert set(Reading.objects.values_list("text", "public_text__text")) == {(TEXT, TEXT)}
    for model in (Section, Ballot):
        assert set(model.objects.values_list("start", "end")) == {(0, len(TEXT))}


def test_a_copied_item_is_shown(client, db, all_minutes):
    copy(all_minutes)
    for item in AgendaItem.objects.filter(contested=True).with_places()[:5]:
        assert item.title in client.get(item.get_absolute_url()).content.decode()
