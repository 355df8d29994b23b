"""What an export of everything holds of each kind of row: what pages show, by addresses, and no more.

Rows come in the order of their numbers, which is that of their arrival. A row's own number (`id`) is there
because pages order by it and feeds and calendars are named by it; rows refer to each other by address.
`docs/export.md` describes the fields; `minutes.publishing.restore` takes them in again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from minutes.item_facts import ITEM_FACTS
from minutes.models import (
    AgendaItem,
    Attendance,
    Ballot,
    Case,
    CaseNumber,
    Committee,
    CommitteeAlias,
    Correction,
    FormerAddress,
    Meeting,
    Municipality,
    Party,
    Person,
    PersonAlias,
    Reading,
    Reference,
    Statement,
    Takedown,
    Vote,
)
from minutes.models.meetings import State
from minutes.privacy import find_cpr_numbers, mask_cpr_numbers
from minutes.publishing import facts_of, public_text, public_view
from minutes.vocabulary import SectionKind

Record = dict[str, Any]


@dataclass(frozen=True)
class Kind:
    """A file of the export: its name without ".jsonl", its rows in order, and the record of a row."""

    name: str
    rows: Callable[[], QuerySet[Any]]
    record: Callable[[Any], Record]
    # Rows in memory, with all that belongs to them.
    at_once: int = 500


def _attendances() -> QuerySet[Attendance]:
    return Attendance.objects.published().order_by("id")


def _votes() -> QuerySet[Vote]:
    return Vote.objects.published().order_by("id")


def _statements() -> QuerySet[Statement]:
    return Statement.objects.published().order_by("position")


def _municipalities() -> QuerySet[Municipality]:
    return Municipality.objects.filter(pk__in=_committees().order_by().values("municipality")).order_by("id")


def _municipality(row: Municipality) -> Record:
    return {
        "municipality": row.slug,
        "code": row.code,
        "name": row.name,
        "region": row.region,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
    }


def _committees() -> QuerySet[Committee]:
    """Those published, and those of which nothing but an address is public: a former one, or one of a
    meeting that was taken down."""
    known = (State.PUBLISHED, State.TAKEN_DOWN)
    former = FormerAddress.objects.filter(committee=OuterRef("pk"), meeting__state__in=known)
    gone = Meeting.objects.filter(committee=OuterRef("pk"), state=State.TAKEN_DOWN)
    published = Meeting.objects.published().filter(committee=OuterRef("pk"))
    successor = Committee.objects.published().filter(pk=OuterRef("successor"))
    return (
        Committee.objects.filter(Exists(published) | Exists(former) | Exists(gone))
        .annotate(is_published=Exists(published), has_successor=Exists(successor))
        .select_related("municipality", "successor__municipality")
        .prefetch_related(Prefetch("aliases", CommitteeAlias.objects.order_by("id")))
        .order_by("id")
    )


def _committee(row: Any) -> Record:
    return {
        "id": row.pk,
        "municipality": row.municipality.slug,
        "committee": row.slug,
        "name": row.name if row.is_published else "",
        "successor": f"{row.successor.municipality.slug}/{row.successor.slug}"
        if row.is_published and row.has_successor
        else None,
        "aliases": [_fields(each, "name", "slug", "valid_from", "valid_to") for each in row.aliases.all()]
        if row.is_published
        else [],
    }


def _parties() -> QuerySet[Party]:
    named = Exists(_attendances().filter(party=OuterRef("pk"))) | Exists(
        _votes().filter(party=OuterRef("pk"))
    )
    return Party.objects.filter(named).select_related("municipality").order_by("id")


def _party(row: Party) -> Record:
    return {
        "id": row.pk,
        "municipality": row.municipality.slug,
        **_fields(row, "letter", "name", "valid_from", "valid_to"),
    }


def _people() -> QuerySet[Person]:
    """Those a row of the export names, with their other spellings, whose addresses lead to theirs."""
    spoken = Statement.people.through.objects.filter(person=OuterRef("pk"), statement__in=_statements())
    named = (
        Exists(_attendances().filter(person=OuterRef("pk")))
        | Exists(_votes().filter(person=OuterRef("pk")))
        | Exists(spoken)
    )
    return (
        Person.objects.filter(named)
        .select_related("municipality")
        .prefetch_related(Prefetch("aliases", PersonAlias.objects.order_by("id")))
        .order_by("id")
    )


def _person(row: Person) -> Record:
    return {
        "id": row.pk,
        "municipality": row.municipality.slug,
        "person": row.slug,
        "name": row.name,
        "aliases": [_fields(each, "name", "slug") for each in row.aliases.all()],
    }


def _cases() -> QuerySet[Case]:
    return Case.objects.published().select_related("municipality").order_by("id")


def _case(row: Case) -> Record:
    return {
        "id": row.pk,
        "municipality": row.municipality.slug,
        "case": row.slug,
        "number": row.number,
        "standing": row.standing,
    }


def _meetings() -> QuerySet[Meeting]:
    attendances = _attendances().filter(item=None).select_related("person", "party")
    former = FormerAddress.objects.select_related("committee").order_by("id")
    closed = AgendaItem.objects.filter(closed=True).only("slug", "decision", "meeting")
    return (
        Meeting.objects.published()
        .with_places()
        .prefetch_related(
            Prefetch("attendances", attendances),
            Prefetch("former_addresses", former),
            Prefetch("corrections", Correction.objects.in_force().order_by("id")),
            Prefetch("items", closed, to_attr="closed_items"),
        )
        .order_by("id")
    )


def _meeting(row: Any) -> Record:
    hidden = {each.slug for each in row.closed_items if not each.decision}
    return {
        **_place(row),
        **_fields(row, "start_time", "location", "term", "kind", "document", "committee_as_printed"),
        **_fields(row, "published_at", "updated_at", "indexed_at"),
        "former": _former(row),
        "attendances": [_attendance(each) for each in row.attendances.all()],
        "corrections": [
            _fields(each, "item_slug", "field", "seen", "value", "made_at")
            for each in row.corrections.all()
            if each.field != Correction.Field.BALLOT or each.item_slug not in hidden
        ],
    }


def _place(row: Meeting) -> Record:
    return {
        "id": row.pk,
        "municipality": row.committee.municipality.slug,
        "committee": row.committee.slug,
        "date": row.date,
        "sequence": row.sequence,
    }


def _former(row: Meeting) -> list[Record]:
    return [
        {"committee": each.committee.slug, "date": each.date, "sequence": each.sequence}
        for each in row.former_addresses.all()
    ]


def _sources() -> QuerySet[Reading]:
    items = AgendaItem.objects.only("reading", "reading_index", "closed", "decision")
    return (
        Reading.objects.published()
        .select_related("source", "meeting__committee__municipality")
        .prefetch_related(Prefetch("items", items))
        .order_by("id")
    )


def _source(row: Reading) -> Record:
    return {**_read(row, public_text(row), _public_facts(row)), "supplement": row.supplement}


def _read(row: Reading, text: str, facts: Record) -> Record:
    """A reading, of which this text and these facts are public."""
    name = mask_cpr_numbers(row.source.name)
    return {
        "id": row.pk,
        "meeting": row.meeting.key,
        "name": name,
        **_fields(row.source, "sha256", "size", "received_at"),
        **_fields(row, "created_at", "reader_version", "document"),
        "text": text,
        # What is not covered looks like a personal number and was judged to be none.
        "judged": [[hit.start, hit.end] for hit in find_cpr_numbers(text)],
        "facts": {**facts, "source": {**row.facts["source"], "name": name}},
    }


def _public_facts(row: Reading) -> Record:
    """What was read of the text, without what is the staff's and what pages hide of closed items."""
    shown = {item.reading_index: item for item in row.items.all()}
    return {
        **row.facts,
        "warnings": [],
        "items": [_public_item(each, shown.get(at)) for at, each in enumerate(row.facts["items"])],
    }


def _public_item(facts: Record, item: AgendaItem | None) -> Record:
    if not (item.closed if item else facts["closed"]):
        return facts
    decided = bool(item and item.decision)
    kept = ("number", "title", "case_number", "closed", "outcome", "start", "end")
    recused = {each["name"] for each in facts["left_or_recused"]}
    emptied: Record = {key: [] for key, value in facts.items() if isinstance(value, list)}
    return {
        **emptied,
        **{key: facts[key] for key in kept},
        "decision": facts["decision"] if decided else None,
        "sections": [
            {**each, "heading": None, "clean": ""}
            for each in facts["sections"]
            if decided and each["kind"] == SectionKind.DECISION
        ],
        "ballots": facts["ballots"] if decided else [],
        # As the meeting's page tells them: who was recused is told of as such or not at all.
        "absent": [each for each in facts["absent"] if each["name"] not in recused],
    }


def _earlier() -> QuerySet[Reading]:
    readings = Reading.objects.replaced().select_related("source", "meeting__committee__municipality")
    return readings.order_by("id")


def _earlier_version(row: Reading) -> Record:
    shown = public_view(row.meeting, row)
    return {**_read(row, shown.text, facts_of(shown)), "public_until": row.public_until}


def _items() -> QuerySet[AgendaItem]:
    references = Reference.objects.select_related(
        "target_meeting__committee__municipality", "target_item__meeting__committee__municipality"
    )
    return (
        AgendaItem.objects.published()
        .with_places()
        .prefetch_related(
            "sections",
            "attachments",
            Prefetch("case_numbers", CaseNumber.objects.select_related("case").order_by("position")),
            Prefetch("statements", _statements()),
            "statements__people",
            Prefetch("references", references.order_by("position")),
            Prefetch("attendances", _attendances().select_related("person", "party")),
        )
        .order_by("id")
    )


def _item(row: AgendaItem) -> Record:
    return {
        "id": row.pk,
        "meeting": row.meeting.key,
        "item": row.slug,
        "source": row.reading_id,
        "source_index": row.reading_index,
        **_fields(row, "position", *(fact.name for fact in ITEM_FACTS)),
        "case_numbers": [
            {"case": each.case.slug, **_fields(each, "position", "label", "printed")}
            for each in row.case_numbers.all()
        ],
        "sections": _sections(row),
        "attachments": []
        if row.closed
        else [_fields(each, "position", "title") for each in row.attachments.all()],
        "statements": [_statement(each) for each in row.statements.all()],
        "references": [] if row.closed else [_reference(each) for each in row.references.all()],
        "attendances": [_attendance(each) for each in row.attendances.all()],
    }


def _sections(row: AgendaItem) -> list[Record]:
    """Of a closed item nothing but where its decision stands, which is told on its page."""
    if not row.closed:
        return [
            _fields(each, "position", "heading", "kind", "text", "start", "end")
            for each in row.sections.all()
        ]
    return [
        {**_fields(each, "position", "kind", "start", "end"), "heading": "", "text": ""}
        for each in row.sections.all()
        if row.decision and each.kind == SectionKind.DECISION
    ]


def _statement(row: Statement) -> Record:
    people = sorted(row.people.all(), key=lambda person: person.pk)
    return {
        **_fields(row, "position", "kind", "who", "text", "start", "end"),
        "people": [person.slug for person in people],
    }


def _reference(row: Reference) -> Record:
    meeting, item = row.target_meeting, row.target_item
    item_meeting = item.meeting if item else None
    return {
        **_fields(row, "position", "kind", "committee_name", "date", "item_number", "text", "start", "end"),
        "target_meeting": meeting.key if meeting and meeting.state == State.PUBLISHED else None,
        "target_item": f"{item_meeting.key}/{item.slug}"
        if item and item_meeting and item_meeting.state == State.PUBLISHED
        else None,
    }


def _attendance(row: Attendance) -> Record:
    return {
        **_fields(row, "position", "role", "name", "note"),
        "person": row.person.slug if row.person else None,
        "party": _named(row.party),
    }


def _named(party: Party | None) -> Record | None:
    return _fields(party, "letter", "valid_from") if party else None


def _ballots() -> QuerySet[Ballot]:
    votes = Vote.objects.select_related("person", "party").order_by("id")
    return Ballot.objects.published().with_places().prefetch_related(Prefetch("votes", votes)).order_by("id")


_COUNTS = ("for_count", "against_count", "abstained_count", "counts_from", "result", "result_from")


def _ballot(row: Ballot) -> Record:
    return {
        "id": row.pk,
        "meeting": row.item.meeting.key,
        "item": row.item.slug,
        **_fields(row, "position", "subject", *_COUNTS, "evidence", "corrected_on", "start", "end"),
        "votes": [
            {
                "choice": each.choice,
                "person": each.person.slug if each.person else None,
                "party": _named(each.party),
                "count": each.count,
            }
            for each in row.votes.all()
        ],
    }


def _gone() -> QuerySet[Meeting]:
    former = FormerAddress.objects.select_related("committee").order_by("id")
    readings = Reading.objects.only("pk", "meeting").order_by("id")
    return (
        Meeting.objects.filter(state=State.TAKEN_DOWN)
        .with_places()
        .prefetch_related(Prefetch("former_addresses", former), Prefetch("readings", readings))
        .order_by("id")
    )


def _gone_meeting(row: Meeting) -> Record:
    return {**_place(row), "former": _former(row), "sources": [each.pk for each in row.readings.all()]}


def _takedowns() -> QuerySet[Takedown]:
    return Takedown.objects.order_by("made_at", "ledger_id")


def _takedown(row: Takedown) -> Record:
    return {
        "id": str(row.ledger_id),
        "at": row.made_at,
        "meetings": row.meeting_keys,
        "item": row.item_slug,
    }


def _fields(row: Any, *names: str) -> Record:
    return {name: getattr(row, name) for name in names}


# In the order in which they are taken in again.
KINDS = (
    Kind("municipalities", _municipalities, _municipality),
    Kind("committees", _committees, _committee),
    Kind("parties", _parties, _party),
    Kind("people", _people, _person),
    Kind("cases", _cases, _case),
    Kind("meetings", _meetings, _meeting),
    # Whole documents, the longest of which have a megabyte.
    Kind("sources", _sources, _source, at_once=50),
    Kind("items", _items, _item),
    Kind("earlier", _earlier, _earlier_version, at_once=50),
    Kind("ballots", _ballots, _ballot),
    Kind("gone", _gone, _gone_meeting),
    Kind("takedowns", _takedowns, _takedown),
)
