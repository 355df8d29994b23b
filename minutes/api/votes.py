"""Votes one by one: ballot by voter, printed and deduced."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from minutes.api.addresses import ApiUrls
from minutes.api.ballots import OPTIONS, Group, Option, group_record
from minutes.api.paging import paginate
from minutes.api.parameters import PlaceAndTimeFilter, Slug
from minutes.api.records import (
    CommitteeRef,
    MunicipalityRef,
    Page,
    PersonRef,
    Schema,
    Source,
    address,
    committee_ref,
    municipality_ref,
    person_ref,
    source,
)
from minutes.models import CaseNumber, KnownVote, Person
from minutes.vocabulary import VoteKnown

router = Router(tags=["ballots"])

_Known = Literal["printed", "deduced"]
# A ballot's votes follow each other, and the indexes of both kinds of votes are in this order.
_ORDER: Sequence[str] = ("-ballot_id", "id")


class KnownVoteRecord(Schema):
    """A vote of a person in a ballot, or of a party that is printed as one voter: then `voter` is null."""

    ballot: str = address("The ballot.", "/api/v1/ballots/randers/byraadet/2020-01-14/3/1")
    agenda_item: str = address("The agenda item.", "/api/v1/items/randers/byraadet/2020-01-14/3")
    url: str = address("The page of the agenda item.", "/randers/byraadet/2020-01-14/3/")
    text: str = Field(description="The title of the agenda item.", examples=["Cykelsti langs Mosevej"])
    case_numbers: list[str] = Field(description="As printed.", examples=[["05.01.00-P20-1-19"]])
    organization: CommitteeRef
    municipality: MunicipalityRef
    start_date: date = Field(description="The day of the meeting.", examples=["2020-01-14"])
    option: Option = Field(examples=["no"])
    voter: PersonRef | None
    group: Group | None = Field(
        description="The party of the voter: printed at the vote, else in the lists of the meeting.",
        examples=[None],
    )
    weight: int | None = Field(
        description="1 for a person; for a party the printed number of votes, or null.", examples=[1]
    )
    known: _Known = Field(
        description="Printed, or deduced from the counts, the other sides and those present.",
        examples=["printed"],
    )
    source: Source


class KnownVotePage(Page[KnownVoteRecord]):
    """A page of votes."""


class KnownVoteFilter(PlaceAndTimeFilter):
    voter: Slug | None = Field(
        None, description="Slug of an elected member (`person`).", examples=["ane-lund"]
    )
    option: Option | None = Field(None, description="The vote.", examples=["no"])
    known: _Known | None = Field(
        None, description="Only printed votes (`referat`), or only deduced ones.", examples=["printed"]
    )

    def of(self, votes: QuerySet[KnownVote]) -> QuerySet[KnownVote]:
        """Return the matching votes. One query per place, term and voter in the filter."""
        votes = self.narrowed(votes, "ballot__item__meeting__")
        if self.voter is not None:
            votes = votes.filter(person__in=self.named(Person.objects.published(), "voter", self.voter))
        if self.option:
            votes = votes.filter(
                choice__in=[choice for choice, name in OPTIONS.items() if name == self.option]
            )
        return votes.filter(known=VoteKnown(self.known)) if self.known else votes


@router.get("/votes", response=KnownVotePage, operation_id="votes")
def votes(request: HttpRequest, filters: Query[KnownVoteFilter]) -> KnownVotePage:
    """Known votes one by one, those of a ballot together, the latest imported ballots first."""
    urls = ApiUrls.for_request(request)
    rows, links = paginate(request, filters.of(_with_places()), _ORDER, filters.limit, filters.cursor)
    return KnownVotePage(data=[_record(urls, row) for row in rows], links=links)


def _with_places() -> QuerySet[KnownVote]:
    numbers = CaseNumber.objects.filter(item=OuterRef("ballot__item")).order_by("position")
    places = ("ballot__item__meeting__committee__municipality", "person__municipality", "party")
    votes = KnownVote.objects.published().select_related(*places)
    return votes.annotate(numbers=ArraySubquery(numbers.values_list("printed")))


def _record(urls: ApiUrls, row: Any) -> KnownVoteRecord:
    ballot, item = row.ballot, row.ballot.item
    committee = item.meeting.committee
    return KnownVoteRecord.of(
        ballot=urls.ballot(ballot),
        agenda_item=urls.item(item),
        url=urls.page(item.get_absolute_url()),
        text=item.title,
        case_numbers=row.numbers,
        organization=committee_ref(urls, committee),
        municipality=municipality_ref(urls, committee.municipality),
        start_date=item.meeting.date,
        option=OPTIONS[row.choice],
        voter=person_ref(urls, row.person) if row.person else None,
        group=group_record(row.party),
        weight=1 if row.person else row.count,
        known=row.known,
        source=source(urls, item.reading_id, ballot.start, ballot.end),
    )
