"""The invented minutes of the everyday relevance set are read as they were judged."""

import json

import pytest

from benchmarks.relevance.measure import EVERYDAY_MINUTES, HERE, MUNICIPALITIES
from minutes.importer.files import read_file
from minutes.reader.records import Document

JUDGED = json.loads((HERE / "everyday.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    """Return what is read of each file, by its stem."""
    paths = EVERYDAY_MINUTES.glob("*.txt")
    return {path.stem: read_file(path.read_bytes(), path.name) for path in paths}


def test_all_are_read_without_warnings_and_doubts(documents: dict[str, Document]) -> None:
    assert documents
    assert [stem for stem, document in documents.items() if document.warnings or document.doubts] == []


def test_every_judged_item_of_them_is_read(documents: dict[str, Document]) -> None:
    municipalities = {stem.partition("_")[0] for stem in documents}
    assert municipalities <= MUNICIPALITIES.keys()
    items = {
        (stem.partition("_")[0], str(document.date), item.number)
        for stem, document in documents.items()
        for item in document.items
    }
    judged = {
        (municipality, date, number)
        for query in JUDGED
        for municipality, _committee, date, number in (
            address.strip("/").split("/") for address in query["relevant"]
        )
        if municipality in municipalities
    }
    assert judged
    assert judged - items == set()


def test_queries_are_distinct_and_grades_are_one_or_two() -> None:
    assert len({query["query"] for query in JUDGED}) == len(JUDGED)
    assert {grade for query in JUDGED for grade in query["relevant"].values()} == {1, 2}
