"""Meetings: the list, and one meeting with its agenda and participants."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from ninja import Path, Query, Router
from pydantic import Field

from minutes.api.addresses import ApiUrls
from minutes.api.item_parts import (
    AttachmentRecord,
    AttendanceRecord,
    CorrectionRecord,
    attachment_record,
    attendance_record,
    corrections_of,
    with_attendees,
)
from minutes.api.items import ItemRecord, item_record, moved_meeting, with_numbers
from minutes.api.paging import paginate
from minutes.api.parameters import Key, PlaceAndTimeFilter, Slug
from minutes.api.records import (
    CommitteeRef,
    MunicipalityRef,
    Page,
    Schema,
    Source,
    address,
    committee_ref,
    identity,
    municipality_ref,
    source,
)
from minutes.models import AgendaItem, Committee, Meeting, Reading
from minutes.models.addresses import Address
from minutes.models.files import files_of_meeting
from minutes.models.meetings import MeetingQuerySet
from minutes.vocabulary import DocumentKind, MeetingKind

router = Router(tags=["meetings"])

# A field called date needs another name for its type.
Day = date


class MeetingSource(Source):
    document: DocumentKind = Field(description="The type of the document.", examples=["minutes"])
    supplement: bool = Field(description="Whether it adds items to the meeting's own.", examples=[False])


class MeetingRecord(Schema):
    """A meeting of a committee. Day and time are Danish local time."""

    id: str = identity("meetings", "randers/byraadet/2020-01-14")
    url: str = address("Its page.", "/randers/byraadet/2020-01-14/")
    date: Day = Field(examples=["2020-01-14"])
    start_time: str | None = Field(description="Hours and minutes.", examples=["16:00"])
    end_time: str | None = Field(description="Entered by the municipality.", examples=[None])
    location: str | None = Field(examples=["Rådhuset, mødelokale 2"])
    term: str | None = Field(description="The council's term, as printed.", examples=["2018-2021"])
    kind: MeetingKind = Field(examples=["ordinary"])
    document: DocumentKind = Field(
        description="Whether the archive has the minutes, or only an agenda.", examples=["minutes"]
    )
    cancelled: bool = Field(description="Whether the meeting was not held.", examples=[False])
    committee: CommitteeRef
    joint_committees: list[CommitteeRef] = Field(
        description="The other committees of a joint meeting.", examples=[[]]
    )
    municipality: MunicipalityRef
    item_count: int = Field(examples=[24])
    contested_count: int = Field(
        description="Items where somebody voted against, abstained or took a reservation.", examples=[2]
    )
    published_at: datetime | None = Field(examples=["2020-01-20T09:30:00Z"])
    updated_at: datetime = Field(examples=["2020-01-20T09:30:00Z"])
    sources: list[MeetingSource]


class MeetingDetail(MeetingRecord):
    """A meeting with its agenda, in order, and its participants."""

    attendances: list[AttendanceRecord]
    attachments: list[AttachmentRecord] = Field(description="Of the meeting; those of items are with these.")
    corrections: list[CorrectionRecord]
    items: list[ItemRecord]


class MeetingPage(Page[MeetingRecord]):
    """A page of meetings."""


class MeetingKey(Key):
    municipality: Slug = Field(description="The municipality's slug.", examples=["randers"])
    committee: Slug = Field(description="The committee's slug.", examples=["byraadet"])
    meeting: Slug = Field(
        description="The day; a second meeting of that day ends in -2.", examples=["2020-01-14"]
    )


_ORDER: Sequence[str] = ("-date", "-id")


@router.get("/meetings", response=MeetingPage, operation_id="meetings")
def meetings(request: HttpRequest, filters: Query[PlaceAndTimeFilter]) -> MeetingPage:
    """Meetings, newest first."""
    urls = ApiUrls.for_request(request)
    rows, links = paginate(request, filters.narrowed(_meetings()), _ORDER, filters.limit, filters.cursor)
    return MeetingPage(data=[MeetingRecord.of(**_summary(urls, row)) for row in rows], links=links)


@router.get("/meetings/{municipality}/{committee}/{meeting}", response=MeetingDetail, operation_id="meeting")
def meeting(request: HttpRequest, key: Path[MeetingKey]) -> MeetingDetail | HttpResponse:
    """One meeting with its agenda. A former address redirects to it (301)."""
    urls = ApiUrls.for_request(request)
    address = Address.parse(key.municipality, key.committee, key.meeting)
    published = address.published()
    if published is None:
        return HttpResponsePermanentRedirect(urls.meeting(moved_meeting(address)))
    row = _meetings().get(pk=published.pk)
    items = list(with_numbers(AgendaItem.objects.published().filter(meeting=row)).order_by("position"))
    for item in items:
        item.meeting = row
    attendances = row.attendances.filter(item=None)
    return MeetingDetail.of(
        **_summary(urls, row),
        attendances=[attendance_record(urls, attendance) for attendance in with_attendees(attendances)],
        attachments=[attachment_record(urls, file.title, file) for file in files_of_meeting(row)],
        corrections=corrections_of(row, ""),
        items=[item_record(urls, item) for item in items],
    )


def _meetings() -> MeetingQuerySet:
    readings = (
        Reading.objects.published()
        .order_by("supplement", "id")
        .defer("text", "facts", "corrected_items", "warnings")
    )
    return (
        Meeting.objects.published()
        .with_places()
        .with_item_counts()
        .prefetch_related(
            Prefetch("readings", readings, to_attr="current_readings"),
            Prefetch("joint_committees", Committee.objects.select_related("municipality")),
        )
    )


def _summary(urls: ApiUrls, row: Any) -> dict[str, Any]:
    """Return the fields that a meeting of `_meetings` has in a list."""
    return {
        "id": urls.meeting(row),
        "url": urls.page(row.get_absolute_url()),
        "date": row.date,
        "start_time": row.start_time.strftime("%H:%M") if row.start_time else None,
        "end_time": row.end_time.strftime("%H:%M") if row.end_time else None,
        "location": row.location or None,
        "term": row.term or None,
        "kind": row.kind,
        "document": row.document,
        "cancelled": row.cancelled,
        "committee": committee_ref(urls, row.committee),
        "joint_committees": [committee_ref(urls, joint) for joint in row.joint_committees.all()],
        "municipality": municipality_ref(urls, row.committee.municipality),
        "item_count": row.item_count,
        "contested_count": row.contested_count,
        "published_at": row.published_at,
        "updated_at": row.updated_at,
        "sources": [
            MeetingSource.of(
                **source(urls, reading.pk).model_dump(),
                document=reading.document,
                supplement=reading.supplement,
            )
            for reading in row.current_readings
        ],
    }
