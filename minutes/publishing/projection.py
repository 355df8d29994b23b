"""Turns a meeting's current readings, with the corrections over them, into its public rows.

Facts of a reading are read with personal numbers covered, so no row has one. Rows that came from an
earlier reading are replaced; an item that is paired with one of them keeps its row, so that its address
and what points at it stay.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import chain
from typing import TypeVar

import msgspec
from django.db import models

from minutes.item_facts import ITEM_FACTS
from minutes.models import (
    AgendaItem,
    Attachment,
    Attendance,
    Ballot,
    CaseNumber,
    Meeting,
    Reading,
    Reference,
    Section,
    Statement,
    Takedown,
    Vote,
)
from minutes.models.danish import slug
from minutes.publishing import ledger, references
from minutes.publishing.cases import cases_of
from minutes.publishing.corrected import Corrected, Corrections
from minutes.publishing.members import Members
from minutes.publishing.pairing import Printed, pair
from minutes.publishing.redactions import (
    RedactedDocument,
    document_of,
    is_taken_down,
    keep,
    keys_of,
    without_item,
)
from minutes.reader.records import Document
from minutes.reader.records import Item as ItemFacts
from minutes.search import index
from minutes.vocabulary import DocumentKind, MeetingKind, SectionKind

Row = TypeVar("Row", bound=models.Model)

_CHANGED = ("reading", "reading_index", "position", *(fact.name for fact in ITEM_FACTS))


def project(*meetings: Meeting) -> None:
    """Replace the rows of `meetings` by what their current readings and corrections say, and index them.

    Call it in a transaction that holds the meetings, of one municipality. A constant number of queries for
    each.
    """
    for meeting in meetings:
        _project(meeting)
    references.resolve(meetings)


def _project(meeting: Meeting) -> None:
    readings = list(meeting.readings.filter(current=True).order_by("supplement", "id"))
    documents = [(reading, document_of(reading)) for reading in readings]
    _describe(meeting, documents)
    facts = [
        _Printed(reading, index, item)
        for reading, document in documents
        for index, item in enumerate(document.items)
    ]
    held = list(meeting.items.prefetch_related("case_numbers").order_by("position"))
    corrections = Corrections(meeting)
    addresses = _addresses(held, [each.item for each in facts], corrections)
    _cover_taken_down(meeting, facts, [address for _, address in addresses])
    corrected = [
        corrections.put_over(address, each.item, each.reading.text)
        for each, (_, address) in zip(facts, addresses, strict=True)
    ]
    corrections.ask_about_gone(address for _, address in addresses)
    shown = [place for place, each in enumerate(corrected) if not is_taken_down(each.item)]
    items = _items(meeting, held, facts, addresses, corrected, shown)
    _clear(meeting, had_items=bool(held))
    documents_shown = [
        msgspec.structs.replace(
            document,
            items=tuple(corrected[at].item for at in shown if facts[at].reading is reading),
        )
        for reading, document in documents
    ]
    _fill(meeting, documents_shown, [(row, corrected[at]) for row, at in zip(items, shown, strict=True)])
    index.refresh(meeting)


@dataclass
class _Printed:
    """An item as a reading has it."""

    reading: Reading
    index: int
    item: ItemFacts


def _addresses(
    held: Sequence[AgendaItem], facts: Sequence[ItemFacts], corrections: Corrections
) -> list[tuple[int | None, str]]:
    """For each item printed, the index in `held` of the row that it is, or None, and its address."""
    before = [
        Printed(
            row.number,
            corrections.printed_title(row.slug, row.title),
            corrections.printed_case_number(
                row.slug, next((each.printed for each in row.case_numbers.all()), "")
            ),
            row.slug,
        )
        for row in held
    ]
    # One that was taken down has its address, and leaves the others theirs.
    gone = {at: each.case_number or "" for at, each in enumerate(facts) if is_taken_down(each)}
    now = [
        Printed(each.number or "", each.title, each.case_number or "", "")
        for at, each in enumerate(facts)
        if at not in gone
    ]
    paired = iter(pair(before, now, gone.values()))
    return [(None, gone[at]) if at in gone else next(paired) for at in range(len(facts))]


def addresses_of(meeting: Meeting, document: Document) -> list[str]:
    """The address of each of the document's items, as the meeting would have it. Three queries."""
    held = list(meeting.items.prefetch_related("case_numbers").order_by("position"))
    return [address for _, address in _addresses(held, document.items, Corrections(meeting))]


def _cover_taken_down(meeting: Meeting, facts: Sequence[_Printed], addresses: Sequence[str]) -> None:
    """Cover the items that have the address of one that was taken down. One query, and one for each."""
    taken = set(
        Takedown.objects.of(keys_of(meeting), []).exclude(item_slug="").values_list("item_slug", flat=True)
    )
    if not taken:
        return
    for each, address in zip(facts, addresses, strict=True):
        if address in taken and not is_taken_down(each.item):
            document = document_of(each.reading)
            text, document = without_item(
                each.reading.text, document, each.index, address, ledger.fingerprints()
            )
            hits = [
                hit
                for hit in each.reading.open_hits
                if text[hit[0] : hit[1]] == each.reading.text[hit[0] : hit[1]]
            ]
            keep(each.reading, RedactedDocument(text, document, hits))
            each.item = document.items[each.index]


def _describe(meeting: Meeting, documents: Sequence[tuple[Reading, Document]]) -> None:
    """Set the meeting's own fields from its main reading, or from a supplement while it has no other."""
    # Whoever agreed to what it was has not agreed to what it is.
    meeting.approved_by = None
    if documents:
        reading, document = documents[0]
        meeting.start_time = time.fromisoformat(document.start_time) if document.start_time else None
        meeting.location = _fit(meeting, "location", document.location)
        meeting.term = _fit(meeting, "term", document.term)
        meeting.committee_as_printed = _fit(meeting, "committee_as_printed", document.committee_as_printed)
        meeting.document = DocumentKind(reading.document)
        meeting.kind = MeetingKind.ORDINARY if reading.supplement else document.kind
    meeting.save()


def _items(
    meeting: Meeting,
    held: Sequence[AgendaItem],
    facts: Sequence[_Printed],
    addresses: Sequence[tuple[int | None, str]],
    corrected: Sequence[Corrected],
    shown: Sequence[int],
) -> list[AgendaItem]:
    """The rows of the items `shown`, in their order: those the archive has `held`, changed; others, new."""
    rows, changed = [], []
    for at in shown:
        old, address = addresses[at]
        item = corrected[at].item
        row = held[old] if old is not None else AgendaItem(meeting=meeting)
        row.reading = facts[at].reading
        row.reading_index = facts[at].index
        row.position = at + 1
        row.slug = address
        _set_facts(row, item)
        row.contested = is_contested(item)
        rows.append(row)
        if old is not None:
            changed.append(row)
    if len(changed) < len(held):
        meeting.items.exclude(pk__in=[row.pk for row in changed]).delete()
    AgendaItem.objects.bulk_update(changed, _CHANGED)
    AgendaItem.objects.bulk_create([row for row in rows if row.pk is None])
    return rows


def _set_facts(row: AgendaItem, item: ItemFacts) -> None:
    """Copy the facts that the reader gives, of a closed item those that are public."""
    for fact in ITEM_FACTS:
        if fact.derived:
            continue
        public = fact.public_when_closed or not item.closed
        value = (getattr(item, fact.name) if public else None) or fact.default
        setattr(row, fact.name, _fit(row, fact.name, value) if isinstance(value, str) else value)


def is_contested(item: ItemFacts) -> bool:
    """Whether the public reads that somebody voted against, abstained or took a reservation.

    Of a closed item ballots alone are public, and these only where its decision is printed.
    """
    if item.closed and not item.decision:
        return False
    return (bool(item.reservations) and not item.closed) or any(
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
    meeting: Meeting, documents: Sequence[Document], rows: Sequence[tuple[AgendaItem, Corrected]]
) -> None:
    members = Members.of(meeting, documents)
    items = [(item, corrected.item) for item, corrected in rows]
    cases = cases_of(meeting, [facts for _, facts in items])
    _create(Section, (row for item, facts in items for row in _sections(item, facts)))
    _create(Attachment, (row for item, facts in items for row in _attachments(item, facts)))
    _create(
        CaseNumber,
        (
            CaseNumber(item=item, case=cases[slug(facts.case_number)], printed=facts.case_number[:100])
            for item, facts in items
            if facts.case_number and slug(facts.case_number)
        ),
    )
    _create(Reference, (row for item, facts in items for row in _references(item, facts)))
    ballots = _create(Ballot, (row for item, corrected in rows for row in _ballots(item, corrected)))
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
            heading=(section.heading or "")[:300],
            kind=SectionKind(section.kind),
            text=section.clean,
            start=section.start,
            end=section.end,
        )


def _attachments(item: AgendaItem, facts: ItemFacts) -> Iterable[Attachment]:
    for position, title in enumerate(facts.attachments, start=1):
        yield Attachment(item=item, position=position, title=title)


def _ballots(item: AgendaItem, corrected: Corrected) -> Iterable[Ballot]:
    dated = zip(corrected.item.ballots, corrected.ballot_dates, strict=True)
    for position, (ballot, day) in enumerate(dated, start=1):
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
            evidence=ballot.evidence,
            corrected_on=day,
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
            committee_name=(committee or "")[:200],
            date=date.fromisoformat(day) if day else None,
            item_number=(number or "")[:30],
            text=text,
            start=start,
            end=end,
        )


def _fit(row: models.Model, field: str, value: str | None) -> str:
    """`value`, no longer than the field; the reading keeps all of it."""
    longest = row._meta.get_field(field).max_length  # type: ignore[union-attr]
    return (value or "")[:longest]
