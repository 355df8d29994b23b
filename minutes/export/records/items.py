"""Records of cases, agenda items and ballots."""

from django.db.models import Prefetch, QuerySet

from minutes.export.records import JsonObject, fields
from minutes.export.records.people import attendance_record, attendances, party_key, statements
from minutes.item_facts import ITEM_FACTS
from minutes.models import (
    AgendaItem,
    Ballot,
    Case,
    CaseNumber,
    DeducedVote,
    Election,
    Reference,
    Statement,
    Vote,
)
from minutes.models.states import State

_FACTS = tuple(fact.name for fact in ITEM_FACTS)
_COUNTS = ("for_count", "against_count", "abstained_count", "counts_from", "result", "result_from")


def cases() -> QuerySet[Case]:
    return Case.objects.published().select_related("municipality").order_by("id")


def case_record(row: Case) -> JsonObject:
    return {
        "id": row.pk,
        "municipality": row.municipality.slug,
        "case": row.slug,
        "number": row.number,
        "standing": row.standing,
    }


def items() -> QuerySet[AgendaItem]:
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
            Prefetch("statements", statements()),
            "statements__people",
            Prefetch("elections", Election.objects.order_by("position")),
            Prefetch("references", references.order_by("position")),
            Prefetch("attendances", attendances().select_related("person", "party")),
        )
        .order_by("id")
    )


def item_record(row: AgendaItem) -> JsonObject:
    return {
        "id": row.pk,
        "meeting": row.meeting.key,
        "item": row.slug,
        "source": row.reading_id,
        "source_index": row.reading_index,
        **fields(row, "position", *_FACTS),
        "case_numbers": [
            {"case": number.case.slug, **fields(number, "position", "label", "printed")}
            for number in row.case_numbers.all()
        ],
        "sections": [
            fields(section, "position", "heading", "kind", "text", "start", "end")
            for section in row.sections.all()
        ],
        "attachments": [fields(attachment, "position", "title") for attachment in row.attachments.all()],
        "statements": [_statement(statement) for statement in row.statements.all()],
        "elections": [
            fields(election, "position", "office", "elected", "votes", "start", "end")
            for election in row.elections.all()
        ],
        "references": [_reference(reference) for reference in row.references.all()],
        "attendances": [attendance_record(attendance) for attendance in row.attendances.all()],
    }


def _statement(row: Statement) -> JsonObject:
    people = sorted(row.people.all(), key=lambda person: person.pk)
    return {
        **fields(row, "position", "kind", "who", "text", "start", "end"),
        "people": [person.slug for person in people],
    }


def _reference(row: Reference) -> JsonObject:
    meeting, item = row.target_meeting, row.target_item
    item_meeting = item.meeting if item else None
    return {
        **fields(row, "position", "kind", "committee_name", "date", "item_number", "text", "start", "end"),
        "target_meeting": meeting.key if meeting and meeting.state == State.PUBLISHED else None,
        "target_item": f"{item_meeting.key}/{item.slug}"
        if item and item_meeting and item_meeting.state == State.PUBLISHED
        else None,
    }


def ballots() -> QuerySet[Ballot]:
    votes = Vote.objects.select_related("person", "party", "printed_party").order_by("id")
    deduced = DeducedVote.objects.select_related("person", "party").order_by("id")
    prefetches = (Prefetch("votes", votes), Prefetch("deduced_votes", deduced))
    return Ballot.objects.published().with_places().prefetch_related(*prefetches).order_by("id")


def ballot_record(row: Ballot) -> JsonObject:
    return {
        "id": row.pk,
        "meeting": row.item.meeting.key,
        "item": row.item.slug,
        **fields(row, "position", "kind", "subject", *_COUNTS, "evidence", "corrected_on", "start", "end"),
        "votes": [
            {
                "choice": vote.choice,
                "person": vote.person.slug if vote.person else None,
                "party": party_key(vote.party),
                "printed_party": party_key(vote.printed_party),
                "count": vote.count,
            }
            for vote in row.votes.all()
        ],
        "deduced_votes": [
            {"choice": vote.choice, "person": vote.person.slug, "party": party_key(vote.party)}
            for vote in row.deduced_votes.all()
        ],
    }
