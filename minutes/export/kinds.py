"""The kinds of records of an export, each a file of JSON Lines."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from minutes.export.records import Record, items, meetings, people, places, sources


@dataclass(frozen=True)
class Kind:
    """A file of the export: its name without ".jsonl", its rows in order, and the record of a row."""

    name: str
    rows: Callable[[], QuerySet[Any]]
    record: Callable[[Any], Record]
    # Rows in memory at a time, with all that belongs to them.
    chunk_size: int = 500


# In the order of the import.
KINDS = (
    Kind("municipalities", places.municipalities, places.municipality_record),
    Kind("committees", places.committees, places.committee_record),
    Kind("parties", people.parties, people.party_record),
    Kind("people", people.people, people.person_record),
    Kind("cases", items.cases, items.case_record),
    Kind("meetings", meetings.meetings, meetings.meeting_record),
    # Whole documents, up to a megabyte each.
    Kind("sources", sources.sources, sources.source_record, chunk_size=50),
    Kind("items", items.items, items.item_record),
    Kind("earlier", sources.earlier_versions, sources.earlier_version_record, chunk_size=50),
    Kind("ballots", items.ballots, items.ballot_record),
    Kind("gone", meetings.meetings_taken_down, meetings.meeting_taken_down_record),
    Kind("takedowns", meetings.takedowns, meetings.takedown_record),
)
