"""Creates the public rows below a meeting and its items from what the public may see of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, TypeVar

from django.db import models

from minutes.models import (
    AgendaItem,
    Attachment,
    Attendance,
    Ballot,
    CaseNumber,
    DeducedVote,
    Election,
    GazetteerMention,
    Meeting,
    PersonSplit,
    PublicText,
    Reference,
    Section,
    Statement,
    Vote,
)
from minutes.publishing.cases import case_slug, cases_of
from minutes.publishing.corrected import CorrectedItem
from minutes.publishing.gazetteer import mentions_in
from minutes.publishing.members import Members
from minutes.reader.records import Document, PriorDecision
from minutes.reader.records import Item as ItemFacts
from minutes.reader.records import Reference as ReferenceFacts
from minutes.vocabulary import ResultFrom, SectionKind

Row = TypeVar("Row", bound=models.Model)

# Tables of rows that belong to an item; votes and speakers follow their ballots and statements.
_OF_ITEMS = (Section, Attachment, CaseNumber, Ballot, Election, Statement, Reference, GazetteerMention)


def clear_rows(meeting: Meeting, items: Sequence[AgendaItem]) -> None:
    """Delete the meeting's public rows, except its items. Three queries, and more if it had `items`."""
    meeting.attendances.all().delete()
    meeting.files.all().delete()
    PublicText.objects.filter(reading__meeting=meeting).delete()
    if not items:
        return
    for model in _OF_ITEMS:
        # By their keys: in a database without statistics, a join with the items can read all of both tables.
        model._default_manager.filter(item__in=items).delete()


@dataclass(frozen=True)
class PublicContent:
    """The documents and items of a meeting as the public may see them, the items with their rows."""

    meeting: Meeting
    documents: Sequence[Document]
    items: Sequence[tuple[AgendaItem, CorrectedItem]]

    @property
    def facts(self) -> list[tuple[AgendaItem, ItemFacts]]:
        """The rows of the items, and the items as corrected."""
        return [(row, corrected.item) for row, corrected in self.items]


def create_rows(contents: Sequence[PublicContent]) -> tuple[list[PersonSplit], list[Reference]]:
    """Create the rows of published meetings of one municipality. The number of queries is constant.

    Returns the splits that were created because a meeting lists two people of one name, and the references.
    """
    members = Members.of([(content.meeting, content.documents) for content in contents])
    facts = [pair for content in contents for pair in content.facts]
    cases = cases_of(
        contents[0].meeting.committee.municipality,
        [[item for _, item in content.facts] for content in contents],
    )
    _create(Section, (section for row, item in facts for section in _sections(row, item)))
    _create(Attachment, (attachment for row, item in facts for attachment in _attachments(row, item)))
    _create(
        CaseNumber,
        (
            CaseNumber(item=row, case=cases[address], printed=(item.case_number or "")[:100])
            for row, item in facts
            if (address := case_slug(item))
        ),
    )
    _create(GazetteerMention, mentions_in(contents[0].meeting.committee.municipality, facts))
    references = _create(
        Reference, (reference for row, item in facts for reference in _references(row, item))
    )
    of_meetings = list(zip(contents, members, strict=True))
    _create_ballots(of_meetings)
    _create(Election, (election for row, item in facts for election in _elections(row, item)))
    _create_statements(of_meetings)
    _create(
        Attendance,
        chain.from_iterable(people.attendances(content.facts) for content, people in of_meetings),
    )
    return [split for people in members for split in people.namesakes.created], references


def _create_ballots(of_meetings: Sequence[tuple[PublicContent, Members]]) -> None:
    """Create the ballots and their votes, printed and deduced. Three queries."""
    items = [pair for content, _ in of_meetings for pair in content.items]
    ballots = iter(_create(Ballot, (ballot for pair in items for ballot in _ballots(*pair))))
    printed = [
        (people, next(ballots), ballot)
        for content, people in of_meetings
        for _, item in content.facts
        for ballot in item.ballots
    ]
    _create(Vote, (vote for people, row, facts in printed for vote in people.votes(row, facts)))
    _create(
        DeducedVote, (vote for people, row, facts in printed for vote in people.deduced_votes(row, facts))
    )


def _create_statements(of_meetings: Sequence[tuple[PublicContent, Members]]) -> None:
    """Create the statements, and link them to the speakers. Two queries."""
    statements = [
        (people, statement)
        for content, people in of_meetings
        for pair in content.facts
        for statement in people.statements(*pair)
    ]
    _create(Statement, (statement for _, statement in statements))
    Statement.people.through.objects.bulk_create(
        chain.from_iterable(people.speakers(statement) for people, statement in statements), batch_size=2000
    )


def _create(model: type[Row], rows: Iterable[Row]) -> list[Row]:
    return model._default_manager.bulk_create(list(rows), batch_size=2000)


def _sections(row: AgendaItem, item: ItemFacts) -> Iterable[Section]:
    for position, section in enumerate(item.sections, start=1):
        yield Section(
            item=row,
            position=position,
            heading=(section.heading or "")[:300],
            kind=SectionKind(section.kind),
            text=section.clean,
            start=section.start,
            end=section.end,
        )


def _attachments(row: AgendaItem, item: ItemFacts) -> Iterable[Attachment]:
    for position, title in enumerate(item.attachments, start=1):
        yield Attachment(item=row, position=position, title=title)


def _ballots(row: AgendaItem, corrected: CorrectedItem) -> Iterable[Ballot]:
    dated = zip(corrected.item.ballots, corrected.ballot_dates, strict=True)
    for position, (ballot, day) in enumerate(dated, start=1):
        yield Ballot(
            item=row,
            position=position,
            kind=ballot.kind,
            subject=ballot.subject[:30],
            for_count=ballot.in_favour,
            against_count=ballot.against,
            abstained_count=ballot.abstained,
            counts_from=ballot.counts_from,
            result=ballot.result,
            result_from=ballot.result_from or ResultFrom.PRINTED,
            evidence=ballot.evidence,
            corrected_on=day,
            start=ballot.start,
            end=ballot.end,
        )


def _most_votes_first(candidate: list[Any]) -> tuple[int, str]:
    name, votes = candidate
    return 1 if votes is None else -votes, name


def _elections(row: AgendaItem, item: ItemFacts) -> Iterable[Election]:
    for position, election in enumerate(item.elections, start=1):
        yield Election(
            item=row,
            position=position,
            office=(election.office or "")[:300],
            elected=list(election.elected),
            votes=sorted(map(list, election.votes.items()), key=_most_votes_first),
            start=election.start,
            end=election.end,
        )


def _references(row: AgendaItem, item: ItemFacts) -> Iterable[Reference]:
    kinds = Reference.Kind
    unplaced = [
        *(_reference(kinds.PRIOR_DECISION, decision, decision.text) for decision in item.prior_decisions),
        *(_reference(kinds.MENTION, mention, mention.evidence) for mention in item.references),
        *(
            Reference(
                kind=kinds.CASE_FLOW,
                committee_name=(step.committee or "")[:200],
                date=date.fromisoformat(step.date) if step.date else None,
            )
            for step in item.case_flow
        ),
    ]
    for position, reference in enumerate(unplaced, start=1):
        reference.item, reference.position = row, position
        yield reference


def _reference(kind: Reference.Kind, mention: PriorDecision | ReferenceFacts, text: str) -> Reference:
    return Reference(
        kind=kind,
        committee_name=(mention.committee or "")[:200],
        date=date.fromisoformat(mention.date) if mention.date else None,
        item_number=(mention.item or "")[:30],
        text=text,
        start=mention.start,
        end=mention.end,
    )
