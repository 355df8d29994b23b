"""The kinds of records of an export, each a file of JSON Lines."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from minutes.export.records import JsonObject, files, items, meetings, people, places, sources


@dataclass(frozen=True)
class RecordType:
    """A file of the export: its name without ".jsonl", its rows in order, and the record of a row."""

    name: str
    rows: Callable[[], QuerySet[Any]]
    record: Callable[[Any], JsonObject]
    # Rows in memory at a time, with all that belongs to them.
    chunk_size: int = 500
    # True for a kind that exports of the first programs lack.
    optional: bool = False


# In the order of the import.
KINDS = (
    RecordType("municipalities", places.municipalities, places.municipality_record),
    RecordType("committees", places.committees, places.committee_record),
    RecordType("parties", people.parties, people.party_record),
    RecordType("people", people.people, people.person_record),
    RecordType("cases", items.cases, items.case_record),
    RecordType("meetings", meetings.meetings, meetings.meeting_record),
    # Whole documents, up to a megabyte each.
    RecordType("sources", sources.sources, sources.source_record, chunk_size=50),
    RecordType("items", items.items, items.item_record),
    RecordType("files", files.files, files.file_record, chunk_size=50, optional=True),
    RecordType("earlier", sources.earlier_versions, sources.earlier_version_record, chunk_size=50),
    RecordType("ballots", items.ballots, items.ballot_record),
    RecordType("gone", meetings.meetings_taken_down, meetings.meeting_taken_down_record),
    RecordType("takedowns", meetings.takedowns, meetings.takedown_record),
)
