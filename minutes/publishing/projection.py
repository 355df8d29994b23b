"""Turns a meeting's current readings into its public rows.

Every text is masked on its way to a row. Rows that came from an earlier reading are replaced; an item
that is paired with one of them keeps its row, so that its address and what points at it stay.
"""

from collections.abc import Iterable, Sequence
from datetime import date, time
from itertools import chain
from typing import Any, TypeVar

from django.db import models

from minutes.models import (
    AgendaItem,
    Attachment,
    Attendance,
    Ballot,
    Case,
    CaseNumber,
    Meeting,
    Reading,
    Reference,
    Section,
    Statement,
    Vote,
)
from minutes.models.danish import slug
from minutes.privacy import mask
from minutes.publishing.members import Members
from minutes.publishing.pairing import Printed, pair
from minutes.reader.records import Document, from_facts
from minutes.reader.records import Item as ItemFacts
from minutes.search import index
from minutes.vocabulary import DocumentKind, MeetingKind, SectionKind

Row = TypeVar("Row", bound=models.Model)


def project(meeting: Meeting) -> None:
    """Replace the rows of `meeting` by what its current readings say, and index them.

    Call it in a transaction that holds the meeting. A constant number of queries.
    """
    readings = list(meeting.readings.filter(current=True).order_by("supplement", "id"))
    documents = [(reading, document_of(reading)) for reading in readings]
    _describe(meeting, documents)
    facts = [(reading, item) for reading, document in documents for item in document.items]
    held = list(meeting.items.prefetch_related("case_numbers").order_by("position"))
    items = _items(meeting, held, facts)
    _clear(meeting, had_items=bool(held))
    _fill(meeting, documents, [(item, each) for item, (_, each) in zip(items, facts, strict=True)])
    index.refresh(meeting)


def document_of(reading: Reading) -> Document:
    """The facts of a reading as the reader gave them, its text and its sections' put back."""
    facts: dict[str, Any] = {**reading.facts, "text": reading.text}
    facts["items"] = [
        {
            **item,
            "sections": [
                {**section, "text": reading.text[section["start"] : section["end"]]}
                for section in item["sections"]
            ],
        }
        for item in facts["items"]
    ]
    return from_facts(facts)


def _describe(meeting: Meeting, documents: Sequence[tuple[Reading, Document]]) -> None:
    """Set the meeting's own fields from its main reading, or from a supplement while it has no other."""
    if not documents:
        return
    reading, document = documents[0]
    meeting.start_time = time.fromisoformat(document.start_time) if document.start_time else None
    meeting.location = _fit(meeting, "location", document.location)
    meeting.term = _fit(meeting, "term", document.term)
    meeting.committee_as_printed = _fit(meeting, "committee_as_printed", document.committee_as_printed)
    meeting.document = DocumentKind(reading.document)
    meeting.kind = MeetingKind.ORDINARY if reading.supplement else document.kind
    meeting.save()


def _items(
    meeting: Meeting, held: Sequence[AgendaItem], facts: Sequence[tuple[Reading, ItemFacts]]
) -> list[AgendaItem]:
    """The rows of the items printed, in their order: those the archive has `held`, changed; others, new."""
    before = [
        Printed(
            item.number, item.title, next((each.printed for each in item.case_numbers.all()), ""), item.slug
        )
        for item in held
    ]
    now = [
        Printed(mask(item.number or ""), mask(item.title), mask(item.case_number or ""), "")
        for _, item in facts
    ]
    rows, changed = [], []
    for position, ((reading, item), (old, address)) in enumerate(
        zip(facts, pair(before, now), strict=True), start=1
    ):
        row = held[old] if old is not None else AgendaItem(meeting=meeting)
        row.reading = reading
        row.position = position
        row.slug = address
        row.number = _fit(row, "number", item.number)
        row.title = mask(item.title)
        row.closed = item.closed
        row.decision = mask(item.decision or "")
        row.outcome = item.outcome
        row.contested = is_contested(item)
        rows.append(row)
        if old is not None:
            changed.append(row)
    if len(changed) < len(held):
        meeting.items.exclude(pk__in=[row.pk for row in changed]).delete()
    AgendaItem.objects.bulk_update(
        changed,
        ["reading", "position", "number", "title", "closed", "decision", "outcome", "contested"],
    )
    AgendaItem.objects.bulk_create([row for row in rows if row.pk is None])
    return rows


def is_contested(item: ItemFacts) -> bool:
    """Whether somebody voted against, abstained or took a reservation."""
    return bool(item.reservations) or any(
        ballot.against
        or ballot.abstained
        or ballot.against_names
        or ballot.against_parties
        or ballot.abstained_names
        or ballot.abstained_parties
        or (ballot.result == "lost" and ballot.in_favour)
        for ballot in item.ballots
    )


def _clear(meeting: Meeting, *, had_items: bool) -> None:
    """Remove what an earlier reading said of the meeting and of the items that stay."""
    meeting.attendances.all().delete()
    if not had_items:
        return
    for model in (Section, Attachment, CaseNumber, Ballot, Statement, Reference):
        model.objects.filter(item__meeting=meeting).delete()


def _fill(
    meeting: Meeting,
    documents: Sequence[tuple[Reading, Document]],
    items: Sequence[tuple[AgendaItem, ItemFacts]],
) -> None:
    members = Members.of(meeting, (document for _, document in documents))
    cases = _cases(meeting, items)
    _create(Section, (row for item, facts in items for row in _sections(item, facts)))
    _create(Attachment, (row for item, facts in items for row in _attachments(item, facts)))
    _create(
        CaseNumber,
        (
            CaseNumber(
                item=item, case=cases[slug(mask(facts.case_number))], printed=mask(facts.case_number)[:100]
            )
            for item, facts in items
            if facts.case_number and slug(facts.case_number)
        ),
    )
    _create(Reference, (row for item, facts in items for row in _references(item, facts)))
    ballots = _create(Ballot, (row for item, facts in items for row in _ballots(item, facts)))
    votes = zip(ballots, chain.from_iterable(facts.ballots for _, facts in items), strict=True)
    _create(Vote, (row for ballot, facts in votes for row in members.votes(ballot, facts)))
    statements = _create(Statement, (row for item, facts in items for row in members.statements(item, facts)))
    Statement.people.through.objects.bulk_create(
        chain.from_iterable(map(members.speakers, statements)), batch_size=2000
    )
    _create(Attendance, members.attendances(items))


def _create(model: type[Row], rows: Iterable[Row]) -> list[Row]:
    return model._default_manager.bulk_create(list(rows), batch_size=2000)


def _sections(item: AgendaItem, facts: ItemFacts) -> Iterable[Section]:
    for position, section in enumerate(facts.sections, start=1):
        yield Section(
            item=item,
            position=position,
            heading=mask(section.heading or "")[:300],
            kind=SectionKind(section.kind),
            text=mask(section.clean),
            start=section.start,
            end=section.end,
        )


def _attachments(item: AgendaItem, facts: ItemFacts) -> Iterable[Attachment]:
    for position, title in enumerate(facts.attachments, start=1):
        yield Attachment(item=item, position=position, title=mask(title))


def _ballots(item: AgendaItem, facts: ItemFacts) -> Iterable[Ballot]:
    for position, ballot in enumerate(facts.ballots, start=1):
        yield Ballot(
            item=item,
            position=position,
            subject=ballot.subject[:30],
            for_count=ballot.in_favour,
            against_count=ballot.against,
            abstained_count=ballot.abstained,
            counts_from=ballot.counts_from,
            result=ballot.result,
            result_from=ballot.result_from,
            evidence=mask(ballot.evidence),
            start=ballot.start,
            end=ballot.end,
        )


def _references(item: AgendaItem, facts: ItemFacts) -> Iterable[Reference]:
    rows = [
        *(
            (
                Reference.Kind.PRIOR_DECISION,
                each.committee,
                each.date,
                each.item,
                each.text,
                each.start,
                each.end,
            )
            for each in facts.prior_decisions
        ),
        *(
            (
                Reference.Kind.MENTION,
                each.committee,
                each.date,
                each.item,
                each.evidence,
                each.start,
                each.end,
            )
            for each in facts.references
        ),
        *(
            (Reference.Kind.CASE_FLOW, step.committee, step.date, None, "", None, None)
            for step in facts.case_flow
        ),
    ]
    for position, (kind, committee, day, number, text, start, end) in enumerate(rows, start=1):
        yield Reference(
            item=item,
            position=position,
            kind=kind,
            committee_name=mask(committee or "")[:200],
            date=date.fromisoformat(day) if day else None,
            item_number=(number or "")[:30],
            text=mask(text),
            start=start,
            end=end,
        )


def _cases(meeting: Meeting, items: Sequence[tuple[AgendaItem, ItemFacts]]) -> dict[str, Case]:
    """The cases that the items name, by slug; those the municipality does not have are made. Two queries."""
    municipality = meeting.committee.municipality
    numbers = {
        slug(mask(facts.case_number)): mask(facts.case_number)
        for _, facts in items
        if facts.case_number and slug(facts.case_number)
    }
    # In one order for every process, so that two cannot wait for each other.
    Case.objects.bulk_create(
        [
            Case(municipality=municipality, slug=address[:120], number=number[:100])
            for address, number in sorted(numbers.items())
        ],
        ignore_conflicts=True,
    )
    held = Case.objects.filter(municipality=municipality, slug__in=[address[:120] for address in numbers])
    by_slug = {case.slug: case for case in held}
    return {address: by_slug[address[:120]] for address in numbers}


def _fit(row: models.Model, field: str, value: str | None) -> str:
    """`value` masked and no longer than the field; the reading keeps all of it."""
    longest = row._meta.get_field(field).max_length  # type: ignore[union-attr]
    return mask(value or "")[:longest]
