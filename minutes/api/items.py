"""Agenda items: the list, and one item with everything under it."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from ninja import Path, Query, Router
from pydantic import Field, create_model

from minutes.api.addresses import ApiUrls
from minutes.api.ballots import (
    BallotRecord,
    ballot_record,
    deduced_votes_of_ballots,
    votes_of_ballots,
)
from minutes.api.item_parts import (
    AttachmentRecord,
    AttendanceRecord,
    CorrectionRecord,
    ElectionRecord,
    ReferenceRecord,
    SectionRecord,
    StatementRecord,
    attachment_record,
    attendance_record,
    corrections_of,
    election_record,
    reference_record,
    section_record,
    statement_record,
    with_attendees,
)
from minutes.api.paging import paginate
from minutes.api.parameters import Key, PlaceAndTimeFilter, Slug, Truth
from minutes.api.problems import ApiError
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
    sources,
)
from minutes.item_facts import ITEM_FACTS
from minutes.models import (
    AgendaItem,
    Attendance,
    Ballot,
    Case,
    CaseNumber,
    Election,
    Meeting,
    Person,
    Reference,
    Section,
    Statement,
    Takedown,
)
from minutes.models.addresses import Address, repaired_item
from minutes.models.files import attachment_prefetches, attachments_of
from minutes.models.meetings import AgendaItemQuerySet
from minutes.publishing.readings import meeting_keys
from minutes.vocabulary import Outcome, SectionKind

router = Router(tags=["items"])

# A field called date needs another name for its type.
Day = date

# Not in `sections` but in fields of their own: `decision`, `attachments` and `attendances`.
_IN_OTHER_FIELDS = (SectionKind.DECISION, SectionKind.ATTACHMENTS, SectionKind.ABSENT)


class MeetingRef(Schema):
    id: str = identity("meetings", "randers/byraadet/2020-01-14")
    date: Day = Field(examples=["2020-01-14"])


class NumberRecord(Schema):
    """A case number as printed."""

    label: str | None = Field(description="Its kind, where that is printed.", examples=["Sagsnr."])
    printed: str = Field(examples=["05.01.00-P20-1-19"])
    case: str = address("The case.", "/api/v1/cases/randers/05-01-00-p20-1-19")


class ItemAddresses(Schema):
    id: str = identity("items", "randers/byraadet/2020-01-14/3")
    url: str = address("Its page.", "/randers/byraadet/2020-01-14/3/")


if TYPE_CHECKING:
    ItemFactFields = ItemAddresses
else:
    # After the addresses, in the order of ITEM_FACTS.
    ItemFactFields = create_model(
        "ItemFactFields",
        __base__=ItemAddresses,
        **{
            fact.name: (
                fact.type | None if fact.nullable else fact.type,
                Field(description=fact.description, examples=[fact.example]),
            )
            for fact in ITEM_FACTS
        },
    )


class ItemRecord(ItemFactFields):
    """An item of a meeting's agenda. A closed one has only its heading and a printed decision."""

    meeting: MeetingRef
    committee: CommitteeRef
    municipality: MunicipalityRef
    case_numbers: list[NumberRecord]
    sources: list[Source] = Field(description="The passages of the decision.")


class ItemDetail(ItemRecord):
    """An agenda item with everything under it."""

    sections: list[SectionRecord]
    attachments: list[AttachmentRecord]
    ballots: list[BallotRecord]
    elections: list[ElectionRecord]
    statements: list[StatementRecord]
    attendances: list[AttendanceRecord] = Field(
        description="Who was absent, recused or a guest at this item only."
    )
    references: list[ReferenceRecord]
    corrections: list[CorrectionRecord]


class ItemPage(Page[ItemRecord]):
    """A page of agenda items."""


class ItemKey(Key):
    municipality: Slug = Field(description="The municipality's slug.", examples=["randers"])
    committee: Slug = Field(description="The committee's slug.", examples=["byraadet"])
    meeting: Slug = Field(description="The meeting's slug.", examples=["2020-01-14"])
    item: Slug = Field(
        description="The number as printed, as a slug; the second of one number ends in -2.", examples=["3"]
    )


class ItemFilter(PlaceAndTimeFilter):
    outcome: Outcome | None = Field(None, description="The outcome (`udfald`).", examples=["approved"])
    contested: Truth | None = Field(
        None,
        description="Whether somebody voted against, abstained or took a reservation (`omstridt`).",
        examples=[True],
    )
    case: Slug | None = Field(
        None, description="Slug of a case whose number they carry.", examples=["05-01-00-p20-1-19"]
    )

    topic: Slug | None = Field(None, description="The key of their topic.", examples=["trafik"])

    def of(self, items: QuerySet[AgendaItem]) -> QuerySet[AgendaItem]:
        """Return the matching items. One query per place, term and case in the filter."""
        items = self.narrowed(items, "meeting__")
        if self.outcome:
            items = items.filter(outcome=self.outcome)
        if self.contested is not None:
            items = items.filter(contested=self.contested)
        if self.topic is not None:
            items = items.filter(topic=self.topic)
        if self.case is not None:
            cases = self.named(Case.objects.published(), "case", self.case)
            items = items.filter(pk__in=CaseNumber.objects.filter(case__in=cases).values("item"))
        return items


_ORDER: Sequence[str] = ("-meeting__date", "-meeting_id", "position", "id")


@router.get("/items", response=ItemPage, operation_id="items")
def items(request: HttpRequest, filters: Query[ItemFilter]) -> ItemPage:
    """Agenda items with their decisions, newest meetings first."""
    urls = ApiUrls.for_request(request)
    matches = filters.of(with_numbers(AgendaItem.objects.published().with_places()))
    rows, links = paginate(request, matches, _ORDER, filters.limit, filters.cursor)
    return ItemPage(data=[item_record(urls, row) for row in rows], links=links)


@router.get("/items/{municipality}/{committee}/{meeting}/{item}", response=ItemDetail, operation_id="item")
def item(request: HttpRequest, key: Path[ItemKey]) -> ItemDetail | HttpResponse:
    """One agenda item with everything under it.

    A former address redirects to it: with 301, with 302 from an item that was joined to it.
    """
    urls = ApiUrls.for_request(request)
    address = Address.parse(key.municipality, key.committee, key.meeting)
    meeting = address.published()
    if meeting is None:
        return HttpResponsePermanentRedirect(urls.item_of(moved_meeting(address, key.item), key.item))
    row = (
        with_numbers(_with_all(AgendaItem.objects.published())).filter(meeting=meeting, slug=key.item).first()
    )
    if row is None:
        gone = Takedown.objects.of(meeting_keys(meeting), []).filter(item_slug=key.item).exists()
        if not gone and (repaired := repaired_item(meeting, key.item)):
            # Not for good: staff can undo their correction.
            return HttpResponseRedirect(urls.item_of(meeting, repaired))
        raise ApiError(410) if gone else ApiError(404, "The meeting has no such item.")
    row.meeting = meeting
    for ballot in row.ballots.all():
        ballot.item = row
    return _detail(urls, row)


def moved_meeting(address: Address, item_slug: str = "") -> Meeting:
    """Return the meeting that had this address before. Raises 410 or 404. Two queries."""
    if address.is_taken_down(item_slug):
        raise ApiError(410)
    moved = address.moved_to()
    if moved is None:
        raise ApiError(404, "There is no such meeting in the archive.")
    return moved


def with_numbers(items: AgendaItemQuerySet) -> AgendaItemQuerySet:
    """Prefetch what `item_record` needs besides the places. Two queries."""
    decisions = Section.objects.filter(kind=SectionKind.DECISION).order_by("position").defer("text")
    numbers = CaseNumber.objects.select_related("case__municipality").order_by("position")
    return items.prefetch_related(
        Prefetch("sections", decisions, to_attr="decisions"), Prefetch("case_numbers", numbers)
    )


def _with_all(items: AgendaItemQuerySet) -> AgendaItemQuerySet:
    """Prefetch what else the record of a single item needs. Eleven queries."""
    meetings = Meeting.objects.published().with_places()
    passages = Section.objects.exclude(kind__in=_IN_OTHER_FIELDS).order_by("position")
    return items.prefetch_related(
        Prefetch("sections", passages, to_attr="passages"),
        *attachment_prefetches(),
        Prefetch("ballots", Ballot.objects.published().order_by("position")),
        votes_of_ballots("ballots__"),
        deduced_votes_of_ballots("ballots__"),
        Prefetch("elections", Election.objects.order_by("position")),
        Prefetch("statements", Statement.objects.order_by("position")),
        Prefetch("statements__people", Person.objects.published().select_related("municipality")),
        Prefetch("attendances", with_attendees(Attendance.objects.all())),
        Prefetch("references", Reference.objects.order_by("position")),
        Prefetch("references__target_meeting", meetings),
        Prefetch("references__target_item", AgendaItem.objects.published().with_places()),
    )


def item_record(urls: ApiUrls, row: AgendaItem) -> ItemRecord:
    """Return the record of an item loaded with its meeting, places and `with_numbers`."""
    return ItemRecord.of(**_summary(urls, row))


def _summary(urls: ApiUrls, row: Any) -> dict[str, Any]:
    """Return the fields that an item has in a list."""
    committee = row.meeting.committee
    return {
        "id": urls.item(row),
        "url": urls.page(row.get_absolute_url()),
        **{
            fact.name: (getattr(row, fact.name) or None) if fact.nullable else getattr(row, fact.name)
            for fact in ITEM_FACTS
        },
        "meeting": MeetingRef(id=urls.meeting(row.meeting), date=row.meeting.date),
        "committee": committee_ref(urls, committee),
        "municipality": municipality_ref(urls, committee.municipality),
        "case_numbers": [
            NumberRecord(label=number.label or None, printed=number.printed, case=urls.case(number.case))
            for number in row.case_numbers.all()
        ],
        "sources": sources(urls, row.reading_id, row.decisions) if row.decision else [],
    }


def _detail(urls: ApiUrls, row: Any) -> ItemDetail:
    reading = row.reading_id
    return ItemDetail.of(
        **_summary(urls, row),
        ballots=[ballot_record(urls, ballot) for ballot in row.ballots.all()],
        elections=[election_record(election) for election in row.elections.all()],
        corrections=corrections_of(row.meeting, row.slug),
        sections=[section_record(urls, reading, section) for section in row.passages],
        attachments=[attachment_record(urls, title, file) for title, file in attachments_of(row)],
        statements=[statement_record(urls, reading, statement) for statement in row.statements.all()],
        attendances=[attendance_record(urls, attendance) for attendance in row.attendances.all()],
        references=[reference_record(urls, reading, reference) for reference in row.references.all()],
    )
