"""Agenda items: the list, and one with all that is printed under it; of a closed one its decision alone."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from ninja import Path, Query, Router
from pydantic import Field, create_model

from minutes.api.addresses import Addresses
from minutes.api.ballots import BallotRecord, Group, ballot_record, group_record, votes_of_ballots
from minutes.api.paging import page_of
from minutes.api.parameters import InPlaceAndTime, Key, Slug, Truth
from minutes.api.problems import Refusal
from minutes.api.records import (
    CommitteeRef,
    MunicipalityRef,
    Page,
    PersonRef,
    Record,
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
    Meeting,
    Person,
    Reference,
    Section,
    Statement,
    Takedown,
)
from minutes.models.addresses import Address
from minutes.models.meetings import AgendaItemQuerySet
from minutes.publishing.redactions import keys_of
from minutes.vocabulary import Outcome, SectionKind

router = Router(tags=["items"])

# A field called date needs another name for its type.
Day = date

# Told in other ways than as a passage: as `decision`, as `attachments`, as `attendances`.
_TOLD_APART = (SectionKind.DECISION, SectionKind.ATTACHMENTS, SectionKind.ABSENT)


class MeetingRef(Record):
    id: str = identity("meetings", "randers/byraadet/2020-01-14")
    date: Day = Field(examples=["2020-01-14"])


class NumberRecord(Record):
    """A case number as printed."""

    label: str | None = Field(description="Its kind, where that is printed.", examples=["Sagsnr."])
    printed: str = Field(examples=["05.01.00-P20-1-19"])
    case: str = address("The case.", "/api/v1/cases/randers/05-01-00-p20-1-19")


class ItemAddresses(Record):
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
    """An item of a meeting's agenda. Of a closed one only its heading and a printed decision are told."""

    meeting: MeetingRef
    committee: CommitteeRef
    municipality: MunicipalityRef
    case_numbers: list[NumberRecord]
    sources: list[Source] = Field(description="Where the decision stands.")


class SectionRecord(Record):
    """A passage of an item other than its decision."""

    kind: SectionKind = Field(examples=["presentation"])
    heading: str | None = Field(description="As printed.", examples=["Sagsfremstilling"])
    text: str = Field(
        description="Paragraphs with an empty line between, tables with tabs between cells.",
        examples=["Der har været holdt to møder med naboerne."],
    )
    source: Source


class AttachmentRecord(Record):
    """An attachment's title. The archive has not the attachment itself."""

    title: str = Field(examples=["Kort over stien"])


class StatementRecord(Record):
    """A remark, a reservation or a referral to the council that is entered in the minutes."""

    kind: Literal["remark", "reservation", "referral"] = Field(examples=["reservation"])
    who: str = Field(description="As printed.", examples=["Ane Lund"])
    text: str | None = Field(description="Null where it is only told that there was one.", examples=[None])
    people: list[PersonRef] = Field(description="The elected members among them.")
    source: Source | None


class AttendanceRecord(Record):
    """Somebody who was there, or was not; `person` where it is an elected member whom the archive knows."""

    role: Literal["present", "absent", "recused", "guest"] = Field(examples=["present"])
    name: str = Field(description="As printed.", examples=["Ane Lund"])
    note: str | None = Field(description="The reason, or a guest's position.", examples=[None])
    person: PersonRef | None
    group: Group | None


class ReferenceRecord(Record):
    """A mention of another meeting or its item, as far as printed; its address if the archive has it."""

    kind: Literal["mention", "prior_decision", "case_flow"] = Field(examples=["mention"])
    committee_name: str | None = Field(examples=["Byrådet"])
    date: Day | None = Field(examples=["2019-09-09"])
    item_number: str | None = Field(examples=["386"])
    meeting: str | None = address("The meeting meant.", "/api/v1/meetings/randers/byraadet/2019-09-09")
    agenda_item: str | None = address("The item meant.", "/api/v1/items/randers/byraadet/2019-09-09/386")
    source: Source | None


class CorrectionRecord(Record):
    """What the municipality says should have been read otherwise; the object already says it so."""

    field: Literal["title", "decision", "outcome", "closed", "case_number", "meeting", "ballot"] = Field(
        examples=["title"]
    )
    corrected_on: Day = Field(examples=["2020-02-01"])


class ItemDetail(ItemRecord):
    """An agenda item with all that is printed under it."""

    sections: list[SectionRecord]
    attachments: list[AttachmentRecord]
    ballots: list[BallotRecord]
    statements: list[StatementRecord]
    attendances: list[AttendanceRecord] = Field(
        description="Those who were absent, recused or guests at this item alone."
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


class AskedOfItems(InPlaceAndTime):
    outcome: Outcome | None = Field(None, description="What became of it (`udfald`).", examples=["approved"])
    contested: Truth | None = Field(
        None,
        description="Whether somebody voted against, abstained or took a reservation (`omstridt`).",
        examples=[True],
    )
    case: Slug | None = Field(
        None, description="Slug of a case whose number they carry.", examples=["05-01-00-p20-1-19"]
    )

    def of(self, items: QuerySet[AgendaItem]) -> QuerySet[AgendaItem]:
        """Those asked for. One query for each of place, term and case that is asked."""
        found = self.narrowed(items, "meeting__")
        if self.outcome:
            found = found.filter(outcome=self.outcome)
        if self.contested is not None:
            found = found.filter(contested=self.contested)
        if self.case is not None:
            cases = self.named(Case.objects.published(), "case", self.case)
            found = found.filter(pk__in=CaseNumber.objects.filter(case__in=cases).values("item"))
        return found


_ORDER: Sequence[str] = ("-meeting__date", "-meeting_id", "position", "id")


@router.get("/items", response=ItemPage, operation_id="items")
def items(request: HttpRequest, asked: Query[AskedOfItems]) -> ItemPage:
    """Agenda items with what was decided, of the newest meetings first."""
    at = Addresses.seen_by(request)
    found = asked.of(with_numbers(AgendaItem.objects.published().with_places()))
    rows, links = page_of(request, found, _ORDER, asked.limit, asked.cursor)
    return ItemPage(data=[item_record(at, row) for row in rows], links=links)


@router.get("/items/{municipality}/{committee}/{meeting}/{item}", response=ItemDetail, operation_id="item")
def item(request: HttpRequest, key: Path[ItemKey]) -> ItemDetail | HttpResponse:
    """One agenda item with all that is printed under it. An address that it had before leads to it (301)."""
    at = Addresses.seen_by(request)
    named = Address.of(key.municipality, key.committee, key.meeting)
    meeting = named.published()
    if meeting is None:
        return HttpResponsePermanentRedirect(at.item_of(elsewhere(named, key.item), key.item))
    found = (
        with_numbers(_with_all(AgendaItem.objects.published())).filter(meeting=meeting, slug=key.item).first()
    )
    if found is None:
        gone = Takedown.objects.of(keys_of(meeting), []).filter(item_slug=key.item).exists()
        raise Refusal(410) if gone else Refusal(404, "The meeting has no such item.")
    found.meeting = meeting
    for ballot in found.ballots.all():
        ballot.item = found
    return _detail(at, found)


def elsewhere(named: Address, item_slug: str = "") -> Meeting:
    """The meeting that had this address before, where none has it now. Raises 410 or 404. Two queries."""
    if named.is_taken_down(item_slug):
        raise Refusal(410)
    moved = named.moved_to()
    if moved is None:
        raise Refusal(404, "There is no such meeting in the archive.")
    return moved


def with_numbers(items: AgendaItemQuerySet) -> AgendaItemQuerySet:
    """What `item_record` needs besides the places, by two queries."""
    decisions = Section.objects.filter(kind=SectionKind.DECISION).order_by("position").defer("text")
    numbers = CaseNumber.objects.select_related("case__municipality").order_by("position")
    return items.prefetch_related(
        Prefetch("sections", decisions, to_attr="decisions"), Prefetch("case_numbers", numbers)
    )


def _with_all(items: AgendaItemQuerySet) -> AgendaItemQuerySet:
    """What a single item needs besides, by ten queries."""
    meetings = Meeting.objects.published().with_places()
    passages = Section.objects.exclude(kind__in=_TOLD_APART).order_by("position")
    return items.prefetch_related(
        Prefetch("sections", passages, to_attr="passages"),
        "attachments",
        Prefetch("ballots", Ballot.objects.published().order_by("position")),
        votes_of_ballots("ballots__"),
        Prefetch("statements", Statement.objects.order_by("position")),
        Prefetch("statements__people", Person.objects.published().select_related("municipality")),
        Prefetch("attendances", with_attendees(Attendance.objects.all())),
        Prefetch("references", Reference.objects.order_by("position")),
        Prefetch("references__target_meeting", meetings),
        Prefetch("references__target_item", AgendaItem.objects.published().with_places()),
    )


def with_attendees(attendances: QuerySet[Attendance]) -> QuerySet[Attendance]:
    return attendances.select_related("person__municipality", "party").order_by("position", "id")


def item_record(at: Addresses, row: AgendaItem) -> ItemRecord:
    """Needs the meeting with its places, and `with_numbers`."""
    return ItemRecord.of(**_told(at, row))


def _told(at: Addresses, row: Any) -> dict[str, Any]:
    """The fields of an item that stands in a list."""
    committee = row.meeting.committee
    return {
        "id": at.item(row),
        "url": at.page(row.get_absolute_url()),
        **{
            fact.name: (getattr(row, fact.name) or None) if fact.nullable else getattr(row, fact.name)
            for fact in ITEM_FACTS
        },
        "meeting": MeetingRef(id=at.meeting(row.meeting), date=row.meeting.date),
        "committee": committee_ref(at, committee),
        "municipality": municipality_ref(at, committee.municipality),
        "case_numbers": [
            NumberRecord(label=each.label or None, printed=each.printed, case=at.case(each.case))
            for each in row.case_numbers.all()
        ],
        "sources": sources(at, row.reading_id, row.decisions) if row.decision else [],
    }


def _detail(at: Addresses, row: AgendaItem) -> ItemDetail:
    """All of an item. Of a closed one the passages, names and mentions are left out."""
    return ItemDetail.of(
        **_told(at, row),
        ballots=[ballot_record(at, each) for each in row.ballots.all()],
        corrections=corrections_of(row.meeting, row.slug),
        **_open_to_all(at, row),
    )


def _open_to_all(at: Addresses, row: Any) -> dict[str, Any]:
    """What an open item tells besides; a closed one has none of it."""
    reading, told = row.reading_id, not row.closed
    return {
        "sections": [_section(at, reading, each) for each in row.passages if told],
        "attachments": [AttachmentRecord(title=each.title) for each in row.attachments.all() if told],
        "statements": [_statement(at, reading, each) for each in row.statements.all() if told],
        "attendances": [attendance_record(at, each) for each in row.attendances.all() if told],
        "references": [_reference(at, reading, each) for each in row.references.all() if told],
    }


def _section(at: Addresses, reading: int, row: Section) -> SectionRecord:
    return SectionRecord.of(
        kind=row.kind,
        heading=row.heading or None,
        text=row.text,
        source=source(at, reading, row.start, row.end),
    )


def _statement(at: Addresses, reading: int, row: Statement) -> StatementRecord:
    return StatementRecord.of(
        kind=row.kind,
        who=row.who,
        text=row.text or None,
        people=[person_ref(at, each) for each in row.people.all()],
        source=_source(at, reading, row),
    )


def attendance_record(at: Addresses, row: Attendance) -> AttendanceRecord:
    return AttendanceRecord.of(
        role=row.role,
        name=row.name,
        note=row.note or None,
        person=person_ref(at, row.person) if row.person else None,
        group=group_record(row.party),
    )


def _reference(at: Addresses, reading: int, row: Reference) -> ReferenceRecord:
    return ReferenceRecord.of(
        kind=row.kind,
        committee_name=row.committee_name or None,
        date=row.date,
        item_number=row.item_number or None,
        meeting=at.meeting(row.target_meeting) if row.target_meeting else None,
        agenda_item=at.item(row.target_item) if row.target_item else None,
        source=_source(at, reading, row),
    )


def _source(at: Addresses, reading: int, row: Statement | Reference) -> Source | None:
    return source(at, reading, row.start, row.end) if row.start is not None else None


def corrections_of(meeting: Meeting, item_slug: str) -> list[CorrectionRecord]:
    """Those in force of an item, or ("") of the meeting itself. One query."""
    found: Iterable[Correction] = meeting.corrections.in_force().filter(item_slug=item_slug)
    return [
        CorrectionRecord.of(field=each.field, corrected_on=timezone.localdate(each.made_at))
        for each in sorted(found, key=lambda each: each.made_at)
    ]
