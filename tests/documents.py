"""Builders of the reader's records, and helpers that ingest or import them."""

import hashlib
from typing import Any

from django.db import transaction

from minutes import publishing
from minutes.importer import Overrides, import_upload
from minutes.models import Meeting, Municipality, Source
from minutes.models.states import State
from minutes.publishing import IngestResult, Relation
from minutes.reader.records import Ballot, Document, Item, MunicipalityFound, Section, SourceInfo
from minutes.vocabulary import SectionKind

RANDERS = MunicipalityFound(code="730", name="Randers", evidence="Randers Kommune")


def document(*items: Item, **fields: Any) -> Document:
    """Return a document; by default of Randers' Beskæftigelsesudvalg on 14 January 2020 at 16:00."""
    text = fields.pop("text", "\n".join(["REFERAT", *(item.title for item in items)]))
    defaults: dict[str, Any] = {
        "municipality": RANDERS,
        "committee": "Beskæftigelsesudvalget",
        "date": "2020-01-14",
        "start_time": "16:00",
        "source": SourceInfo(
            name="referat.txt",
            sha256=hashlib.sha256(text.encode()).hexdigest(),
            bytes=len(text.encode()),
            encoding="utf-8",
            repaired=False,
        ),
    }
    return Document(text=text, items=items, **{**defaults, **fields})


def item(number: str | None, title: str, **fields: Any) -> Item:
    return Item(number=number, title=title, **fields)


def section(kind: SectionKind, clean: str, heading: str | None = None) -> Section:
    return Section(heading=heading, kind=kind, text="", clean=clean, start=0, end=0)


def ballot(in_favour: int | None, against: int | None, **fields: Any) -> Ballot:
    defaults: dict[str, Any] = {
        "subject": "main",
        "result": "carried",
        "evidence": "Godkendt med stemmer.",
        "start": 0,
        "end": 0,
    }
    return Ballot(in_favour=in_favour, against=against, **{**defaults, **fields})


def source(name: str = "referat.txt", **fields: Any) -> Source:
    """Create a source whose bytes differ from every other's."""
    number = Source.objects.count()
    return Source.objects.create(
        sha256=hashlib.sha256(f"{name}{number}".encode()).hexdigest(), size=1, name=name, **fields
    )


def file(
    document: Document, *, publish: bool = True, relation: Relation | None = None, **overrides: Any
) -> IngestResult:
    """Ingest `document` as the importer would; `overrides` are fields of its source."""
    with transaction.atomic():
        return publishing.ingest_document(source(**overrides), document, publish=publish, relation=relation)


def store(*items: Item, **fields: Any) -> Meeting:
    """Ingest a `document` with these items and fields; return its meeting."""
    return file(document(*items, **fields)).meeting


def imported(text: str) -> Meeting:
    """Import `text` as a file of Randers, and publish it unless it has a possible CPR number."""
    return imported_for(randers(), text)


def imported_for(municipality: Municipality, text: str) -> Meeting:
    _run, results = import_upload(
        [("referat.txt", text.encode())], Overrides(municipality=municipality), None
    )
    meeting = Meeting.objects.with_places().get(pk=results[0].meeting_id)
    if meeting.state == State.DRAFT and not meeting.readings.exclude(unresolved_cpr_matches=[]).exists():
        publishing.publish(meeting)
        meeting.refresh_from_db()
    return meeting


def drafted(text: str, municipality: Municipality | None = None) -> Meeting:
    """Import `text` as a file of the municipality, by default Randers, and leave it as a draft."""
    _run, (result,) = import_upload(
        [("referat.txt", text.encode())], Overrides(municipality=municipality or randers()), None
    )
    return Meeting.objects.with_places().get(pk=result.meeting_id)


def randers() -> Municipality:
    return Municipality.objects.get(code="730")


def herning() -> Municipality:
    return Municipality.objects.get(code="657")
