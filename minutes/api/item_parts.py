"""Records of what items and meetings contain: sections, statements, elections, attendances, references."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from django.db.models import QuerySet
from django.utils import timezone
from pydantic import Field

from minutes.api.addresses import ApiUrls
from minutes.api.ballots import Group, group_record
from minutes.api.records import PersonRef, Schema, Source, address, person_ref, source
from minutes.models import (
    Attendance,
    Correction,
    Election,
    Meeting,
    PublicFile,
    Reference,
    Section,
    Statement,
)
from minutes.vocabulary import SectionKind

# A field called date needs another name for its type.
Day = date


class SectionRecord(Schema):
    """A passage of an item other than its decision."""

    kind: SectionKind = Field(examples=["presentation"])
    heading: str | None = Field(description="As printed.", examples=["Sagsfremstilling"])
    text: str = Field(
        description="Paragraphs separated by empty lines, cells of tables by tabs.",
        examples=["Der har været holdt to møder med naboerne."],
    )
    source: Source


class FileRecord(Schema):
    """A file as it came. `url` is permanent as long as the file is public, as it is built of its SHA-256."""

    url: str = address("The download.", "/bilag/3f1b0c4e8d2a97561e0c/kort-over-stien.pdf")
    name: str = Field(examples=["Kort over stien.pdf"])
    media_type: str = Field(
        description="`application/octet-stream` where it is not certain.", examples=["application/pdf"]
    )
    size: int = Field(description="In bytes.", examples=[48213])
    sha256: str = Field(examples=["3f1b0c4e8d2a97561e0c" + 44 * "0"])


class AttachmentRecord(Schema):
    """An attachment; `file` is null where the archive has only its printed title."""

    title: str = Field(examples=["Kort over stien"])
    file: FileRecord | None


class StatementRecord(Schema):
    """A remark, a reservation or a referral to the council that is entered in the minutes."""

    kind: Literal["remark", "reservation", "referral"] = Field(examples=["reservation"])
    who: str = Field(description="As printed.", examples=["Ane Lund"])
    text: str | None = Field(description="Null where it is only mentioned.", examples=[None])
    people: list[PersonRef] = Field(description="The elected members among them.")
    source: Source | None


class ElectionRecord(Schema):
    """An election to an office. `votes` is null for a candidate whose votes are not printed."""

    office: str | None = Field(examples=["formand"])
    elected: list[str] = Field(description="Names as printed.", examples=[["Ane Lund"]])
    votes: dict[str, int | None] = Field(
        description="By candidate or list.", examples=[{"Ane Lund": 5, "Bo Dam": 4}]
    )


class AttendanceRecord(Schema):
    """A person present or absent; `person` where it is an elected member with a page."""

    role: Literal["present", "absent", "recused", "guest", "substitute", "arrived", "left"] = Field(
        description="`arrived` late, or `left` early.", examples=["present"]
    )
    name: str = Field(description="As printed.", examples=["Ane Lund"])
    note: str | None = Field(
        description="The reason, a guest's position, or the member whom a substitute replaces.",
        examples=[None],
    )
    time: str | None = Field(description="When somebody arrived or left.", examples=[None])
    at_item: str | None = Field(description="At which item, by its printed number.", examples=[None])
    person: PersonRef | None
    group: Group | None


class ReferenceRecord(Schema):
    """A mention of another meeting or its item, as printed; with its address if it is in the archive."""

    kind: Literal["mention", "prior_decision", "case_flow"] = Field(examples=["mention"])
    committee_name: str | None = Field(examples=["Byrådet"])
    date: Day | None = Field(examples=["2019-09-09"])
    item_number: str | None = Field(examples=["386"])
    meeting: str | None = address("The meeting.", "/api/v1/meetings/randers/byraadet/2019-09-09")
    agenda_item: str | None = address("The item.", "/api/v1/items/randers/byraadet/2019-09-09/386")
    source: Source | None


class CorrectionRecord(Schema):
    """A correction by the municipality, which the object already includes."""

    field: Literal[
        "title",
        "number",
        "decision",
        "outcome",
        "closed",
        "case_number",
        "ballot",
        "meeting",
        "location",
        "start_time",
        "end_time",
        "attendance",
        "split",
        "join",
        "added",
        "order",
    ] = Field(examples=["title"])
    corrected_on: Day = Field(examples=["2020-02-01"])


def attachment_record(urls: ApiUrls, title: str, file: PublicFile | None) -> AttachmentRecord:
    if file is None:
        return AttachmentRecord(title=title, file=None)
    record = FileRecord(
        url=urls.page(file.get_absolute_url()),
        name=file.name,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
    )
    return AttachmentRecord(title=title, file=record)


def with_attendees(attendances: QuerySet[Attendance]) -> QuerySet[Attendance]:
    return attendances.select_related("person__municipality", "party").order_by("position", "id")


def section_record(urls: ApiUrls, reading: int, row: Section) -> SectionRecord:
    return SectionRecord.of(
        kind=row.kind,
        heading=row.heading or None,
        text=row.text,
        source=source(urls, reading, row.start, row.end),
    )


def statement_record(urls: ApiUrls, reading: int, row: Statement) -> StatementRecord:
    return StatementRecord.of(
        kind=row.kind,
        who=row.who,
        text=row.text or None,
        people=[person_ref(urls, person) for person in row.people.all()],
        source=_source(urls, reading, row),
    )


def election_record(row: Election) -> ElectionRecord:
    return ElectionRecord.of(office=row.office or None, elected=row.elected, votes=dict(row.votes))


def attendance_record(urls: ApiUrls, row: Attendance) -> AttendanceRecord:
    return AttendanceRecord.of(
        role=row.role,
        name=row.name,
        note=row.note or None,
        time=row.time.strftime("%H:%M") if row.time else None,
        at_item=row.at_item or None,
        person=person_ref(urls, row.person) if row.person else None,
        group=group_record(row.party),
    )


def reference_record(urls: ApiUrls, reading: int, row: Reference) -> ReferenceRecord:
    return ReferenceRecord.of(
        kind=row.kind,
        committee_name=row.committee_name or None,
        date=row.date,
        item_number=row.item_number or None,
        meeting=urls.meeting(row.target_meeting) if row.target_meeting else None,
        agenda_item=urls.item(row.target_item) if row.target_item else None,
        source=_source(urls, reading, row),
    )


def _source(urls: ApiUrls, reading: int, row: Statement | Reference) -> Source | None:
    return source(urls, reading, row.start, row.end) if row.start is not None else None


def corrections_of(meeting: Meeting, item_slug: str) -> list[CorrectionRecord]:
    """Return the corrections in force of an item, or of the meeting itself with item_slug "". One query."""
    corrections: Iterable[Correction] = meeting.corrections.in_force().filter(item_slug=item_slug)
    return [
        CorrectionRecord.of(field=correction.field, corrected_on=timezone.localdate(correction.made_at))
        for correction in sorted(corrections, key=lambda correction: correction.made_at)
    ]
