"""What the search benchmark copies into the tables is what a publication of the same minutes puts there."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

import pytest
from django.db import connection, transaction

from benchmarks.search.load import copy_rows, numbers_follow
from benchmarks.search.rows import COLUMNS, TEXT, Numbers, Town
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
# What tells of a row without keys, places and moments.
TOLD: dict[Any, tuple[str, ...]] = {
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
def made() -> list[SyntheticMinutes]:
    """Three meetings in every form."""
    return list(generate_minutes(3 * len(FORMATS), 4, len(FORMATS), long=True))


def contents() -> dict[str, Counter[tuple[Any, ...]]]:
    return {
        model.__name__: Counter(model.objects.order_by().values_list(*names)) for model, names in TOLD.items()
    }


def publish(made: Iterable[SyntheticMinutes]) -> None:
    for each in made:
        document = each.document
        name = each.municipality
        municipality, _made = Municipality.objects.get_or_create(name=name, defaults={"slug": name.lower()})
        source = Source.objects.create(
            sha256=document.source.sha256,
            size=document.source.bytes,
            name=document.source.name,
            given_municipality=municipality,
        )
        ingest_document(source, document, publish=True)


def copy(made: Iterable[SyntheticMinutes]) -> None:
    first = {Municipality: Municipality.objects.order_by("id").last().pk + 1}
    numbers = {model: Numbers(0, 1, first.get(model, 1)) for model in COLUMNS}
    towns: dict[str, Town] = {}
    item = 1
    for meeting, each in enumerate(made, 1):
        town = towns.setdefault(each.municipality, Town(each.municipality, numbers))
        town.add(each, each.document, meeting, item)
        item += len(each.document.items)
    with connection.cursor() as cursor:
        copy_rows(cursor, list(towns.values()))
        numbers_follow(cursor)


def test_copied_rows_are_those_that_a_publication_makes(db, made):
    with transaction.atomic():
        publish(made)
        published = contents()
        transaction.set_rollback(True)
    copy(made)
    copied = contents()
    for name, rows in published.items():
        assert rows, name
        assert copied[name] == rows, name


def test_every_place_lies_in_the_text_of_the_reading(db, made):
    copy(made)
    assert set(Reading.objects.values_list("text", flat=True)) == {TEXT}
    for model in (Section, Ballot):
        assert set(model.objects.values_list("start", "end")) == {(0, len(TEXT))}


def test_a_copied_item_is_shown(client, db, made):
    copy(made)
    for item in AgendaItem.objects.filter(contested=True).with_places()[:5]:
        assert item.title in client.get(item.get_absolute_url()).content.decode()
