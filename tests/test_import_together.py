"""Documents that are imported together share statements and a transaction, and are stored as if alone."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from minutes.importer import ImportResult, Overrides
from minutes.importer.document import import_paths
from minutes.importer.results import Handling
from minutes.models import AgendaItem, Meeting, Municipality, Reading, SearchEntry, SearchWord, Source
from minutes.publishing import ImportStatus, ingest
from synthetic import generate_minutes
from tests.test_benchmark_rows import row_counts
from tests.texts import folder_of, minutes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("municipalities")]


def import_together(paths: Sequence[Path], **overrides: Any) -> list[ImportResult]:
    handling = Handling(publish=True, run=None)
    return [result for (result,) in import_paths(paths, Overrides(**overrides), handling)]


def put(folder: Path, *texts: str) -> list[Path]:
    """Write the texts as files of a folder; return their paths."""
    paths = [folder / f"{number}.txt" for number, _text in enumerate(texts)]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def test_eight_meetings_take_hardly_more_statements_than_one(tmp_path):
    first, second, *others = sorted(folder_of(tmp_path, 10).iterdir())
    import_together([first])
    with CaptureQueriesContext(
        connection,
    ) as of_one:
        import_together([second])
    with CaptureQueriesContext(connection) as of_eight:
        import_together(others)
    assert len(of_eight) <= len(of_one) + 4
    assert Meeting.objects.published().count() == 10
    assert SearchEntry.objects.count() == AgendaItem.objects.count() == 50


def test_the_rows_are_those_of_documents_that_are_imported_one_by_one(tmp_path):
    texts = [generated.text for generated in generate_minutes(16, 5, 1, long=True)]
    paths = put(tmp_path, *texts)
    municipality = Municipality.objects.create(name="Lindbjerg", slug="lindbjerg")

    def rows() -> dict[str, Counter[tuple[Any, ...]]]:
        entries = SearchEntry.objects.values_list("item__slug", "date", "outcome", "contested")
        words = SearchWord.objects.values_list("word", "form")
        return row_counts() | {"entries": Counter(entries), "words": Counter(words)}

    with transaction.atomic():
        for path in paths:
            import_together([path], municipality=municipality)
        one_by_one = rows()
        transaction.set_rollback(True)
    import_together(paths, municipality=municipality)
    for model, counts in rows().items():
        assert counts == one_by_one[model], model
    assert len(one_by_one["Meeting"]) > 8


def test_a_document_that_cannot_be_stored_is_refused_and_stops_no_other(tmp_path, monkeypatch):
    days = [f"{day}-01-2020" for day in range(13, 18)]
    paths = put(tmp_path, *(minutes(day=day) for day in days))
    describe = ingest.describe

    def fail_on_the_third(meeting: Meeting, *arguments: Any) -> None:
        if meeting.date.day == 15:
            raise ValueError("a defect")
        describe(meeting, *arguments)

    monkeypatch.setattr(ingest, "describe", fail_on_the_third)
    results = import_together(paths)
    assert [result.status.value for result in results] == [
        *("imported", "imported", "refused", "imported", "imported")
    ]
    assert "ValueError" in results[2].message
    assert Source.objects.count() == Meeting.objects.published().count() == 4


def test_versions_of_a_meeting_and_the_same_bytes_are_recognized_among_documents_imported_together(tmp_path):
    first, corrected = minutes("Budget", "Skole"), minutes("Budget", "Skole", decision="Afvist.")
    paths = put(tmp_path, first, minutes(day="15-01-2020"), corrected, first, minutes(day="16-01-2020"))
    assert [result.status for result in import_together(paths)] == [
        *(ImportStatus.IMPORTED, ImportStatus.IMPORTED, ImportStatus.UPDATED, ImportStatus.UNCHANGED),
        ImportStatus.IMPORTED,
    ]
    assert Meeting.objects.count() == 3
    assert set(AgendaItem.objects.filter(meeting__date="2020-01-14").values_list("decision", flat=True)) == {
        "Afvist."
    }


def test_documents_of_several_municipalities_and_of_none_are_imported_together(tmp_path):
    paths = put(
        tmp_path,
        minutes(),
        minutes(municipality="Frederikssund"),
        minutes(day="15-01-2020"),
        minutes(municipality="Nowhere", day="16-01-2020"),
        minutes(municipality="Frederikssund", day="15-01-2020"),
    )
    statuses = [result.status.value for result in import_together(paths)]
    assert statuses == ["imported", "imported", "imported", "unplaced", "imported"]
    by_municipality = Counter(Meeting.objects.values_list("committee__municipality__name", flat=True))
    assert by_municipality == {"Randers": 2, "Frederikssund": 2}
    assert Reading.objects.count() == 4
