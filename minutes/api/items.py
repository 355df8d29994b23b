"""Agenda items: the list, and one item with everything under it."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from ninja import Path, Query, Router
from pydantic import Field, create_model

from minutes.api.addresses import ApiUrls
from minutes.api.ballots import (
    BallotRecord,
    Group,
    ballot_record,
    deduced_votes_of_ballots,
    group_record,
    votes_of_ballots,
)
from minutes.api.paging import paginate
from minutes.api.parameters import Key, PlaceAndTimeFilter, Slug, Truth
from minutes.api.problems import ApiError
from minutes.api.records import (
    CommitteeRef,
    MunicipalityRef,
    Page,
    PersonRef,
    Schema,
    Source,
    address,
    committee_ref,
    identity,
    municipality_ref,
    person_ref,
    source,
    sources,
)
from minutes.item_facts import ITEM_FACTS
from minutes.models import (
    AgendaItem,
    Attendance,
    Ballot,
    Case,
    CaseNumber,
    Correction,
    Election,
    Meeting,
    Person,
    Reference,
    Section,
    Statement,
    Takedown,
)
from minutes.models.addresses import Address
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


class SectionRecord(Schema):
    """A passage of an item other than its decision."""

    kind: SectionKind = Field(examples=["presentation"])
    heading: str | None = Field(description="As printed.", examples=["Sagsfremstilling"])
    text: str = Field(
        description="Paragraphs separated by empty lines, cells of tables by tabs.",
        examples=["Der har været holdt to møder med naboerne."],
    )
    source: Source


class AttachmentRecord(Schema):
    """An attachment's title. The archive does not have the attachment itself."""

    title: str = Field(examples=["Kort over stien"])


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

    field: Literal["title", "decision", "outcome", "closed", "case_number", "meeting", "ballot"] = Field(
        examples=["title"]
    )
    corrected_on: Day = Field(examples=["2020-02-01"])


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

    def of(self, items: QuerySet[AgendaItem]) -> QuerySet[AgendaItem]:
        """Return the matching items. One query per place, term and case in the filter."""
        items = self.narrowed(items, "meeting__")
        if self.outcome:
            items = items.filter(outcome=self.outcome)
        if self.contested is not None:
            items = items.filter(contested=self.contested)
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
    """One agenda item with everything under it. A former address redirects to it (301)."""
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
    """Prefetch what else the record of a single item needs. Ten queries."""
    meetings = Meeting.objects.published().with_places()
    passages = Section.objects.exclude(kind__in=_IN_OTHER_FIELDS).order_by("position")
    return items.prefetch_related(
        Prefetch("sections", passages, to_attr="passages"),
        "attachments",
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


def with_attendees(attendances: QuerySet[Attendance]) -> QuerySet[Attendance]:
    return attendances.select_related("person__municipality", "party").order_by("position", "id")


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
        elections=[
            ElectionRecord.of(
                office=election.office or None, elected=election.elected, votes=dict(election.votes)
            )
            for election in row.elections.all()
        ],
        corrections=corrections_of(row.meeting, row.slug),
        sections=[_section(urls, reading, section) for section in row.passages],
        attachments=[AttachmentRecord(title=attachment.title) for attachment in row.attachments.all()],
        statements=[_statement(urls, reading, statement) for statement in row.statements.all()],
        attendances=[attendance_record(urls, attendance) for attendance in row.attendances.all()],
        references=[_reference(urls, reading, reference) for reference in row.references.all()],
    )


def _section(urls: ApiUrls, reading: int, row: Section) -> SectionRecord:
    return SectionRecord.of(
        kind=row.kind,
        heading=row.heading or None,
        text=row.text,
        source=source(urls, reading, row.start, row.end),
    )


def _statement(urls: ApiUrls, reading: int, row: Statement) -> StatementRecord:
    return StatementRecord.of(
        kind=row.kind,
        who=row.who,
        text=row.text or None,
        people=[person_ref(urls, person) for person in row.people.all()],
        source=_source(urls, reading, row),
    )


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


def _reference(urls: ApiUrls, reading: int, row: Reference) -> ReferenceRecord:
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
