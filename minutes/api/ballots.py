"""Ballots in Popolo's terms: a vote event about a motion, with counts and votes."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import Field

from minutes.api.addresses import ApiUrls
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
)
from minutes.models import Ballot, DeducedVote, KnownVote, Party, Person, Vote
from minutes.models.addresses import Address
from minutes.models.votes import BallotQuerySet
from minutes.vocabulary import BallotKind, BallotResult, VoteChoice, VoteKnown

router = Router(tags=["ballots"])

Option = Literal["yes", "no", "abstain"]
Result = Literal["pass", "fail"]

# The terms of Popolo by those of the archive.
OPTIONS: dict[str, Option] = {
    VoteChoice.FOR: "yes",
    VoteChoice.AGAINST: "no",
    VoteChoice.ABSTAINED: "abstain",
}
_RESULTS: dict[str, Result] = {BallotResult.CARRIED: "pass", BallotResult.LOST: "fail"}
_STORED_RESULTS = {result: stored for stored, result in _RESULTS.items()}


class Group(Schema):
    """A party or list in a municipality. It has no address of its own."""

    letter: str = Field(
        description="Its letter, or its name where it has no letter, as printed.", examples=["A"]
    )
    name: str | None = Field(description="Null where it is not known.", examples=["Socialdemokratiet"])


class Motion(Schema):
    """The question of a vote."""

    text: str = Field(description="The title of the agenda item.", examples=["Cykelsti langs Mosevej"])
    classification: Literal["main", "amendment", "part"] = Field(
        description="The decision itself, an amendment or a procedural motion, or a part of the decision.",
        examples=["main"],
    )
    part: str | None = Field(description="The part, as printed.", examples=[None])
    agenda_item: str = address("The agenda item.", "/api/v1/items/randers/byraadet/2020-01-14/3")
    result: Result | None = Field(
        description="Null where it is neither printed nor certain from the counts.", examples=["pass"]
    )


class Count(Schema):
    """The votes for an option."""

    option: Option = Field(examples=["yes"])
    value: int = Field(examples=[27])


class VoteRecord(Schema):
    """A vote of a person, or of a party where only parties are printed: then `voter` is null.

    The `group` of a person is the party printed at that vote, or null.
    """

    option: Option = Field(examples=["no"])
    voter: PersonRef | None
    group: Group | None = Field(examples=[None])
    weight: int | None = Field(
        description="Number of votes: 1 for a person, the printed number for a party, or null.", examples=[1]
    )


class BallotRecord(Schema):
    """A vote. Options that are not printed are left out of `counts` and `votes`; nothing is guessed."""

    id: str = identity("ballots", "randers/byraadet/2020-01-14/3/1")
    url: str = address("The page of the agenda item.", "/randers/byraadet/2020-01-14/3/")
    kind: BallotKind = Field(description="A motion, an election or a lot.", examples=["motion"])
    motion: Motion
    organization: CommitteeRef
    municipality: MunicipalityRef
    legislative_session: str | None = Field(description="The council's term.", examples=["2018-2021"])
    start_date: date = Field(description="The day of the meeting.", examples=["2020-01-14"])
    result: Result | None = Field(
        description="Null where it is neither printed nor certain from the counts.", examples=["pass"]
    )
    result_from: Literal["printed", "counts"] = Field(
        description="Whether the result is printed, or inferred from the counts.", examples=["printed"]
    )
    counts: list[Count]
    counts_from: Literal["printed", "counted"] = Field(
        description="Whether the counts are printed, or counted from the names.", examples=["printed"]
    )
    votes: list[VoteRecord]
    deduced_votes: list[VoteRecord] = Field(
        description="Votes that are not printed but follow from the counts, the names of the other sides and "
        "those present. They are in no count.",
        examples=[[]],
    )
    text: str = Field(
        description="The passage that reports the vote.",
        examples=["Godkendt med 27 stemmer for og 1 stemme imod. Imod stemte Ane Lund."],
    )
    corrected_on: date | None = Field(
        description="When the municipality corrected or added it.", examples=[None]
    )
    source: Source


class BallotPage(Page[BallotRecord]):
    """A page of ballots."""


class BallotKey(Key):
    municipality: Slug = Field(description="The municipality's slug.", examples=["randers"])
    committee: Slug = Field(description="The committee's slug.", examples=["byraadet"])
    meeting: Slug = Field(description="The meeting's slug.", examples=["2020-01-14"])
    item: Slug = Field(description="The agenda item's slug.", examples=["3"])
    ballot: int = Field(ge=1, le=999, description="The ballot's place in the item, from 1.", examples=[1])


class BallotFilter(PlaceAndTimeFilter):
    result: Result | None = Field(None, description="The result of the motion.", examples=["pass"])
    contested: Truth | None = Field(
        None,
        description="Whether somebody voted against, abstained or took a reservation (`omstridt`).",
        examples=[True],
    )
    topic: Slug | None = Field(None, description="The key of the topic of their item.", examples=["trafik"])
    voter: Slug | None = Field(
        None,
        description="Slug of an elected member whose vote is known, printed or deduced.",
        examples=["ane-lund"],
    )
    known: VoteKnown | None = Field(
        None, description="With `voter`: how the vote is known.", examples=["printed"]
    )
    option: Option | None = Field(
        None, description="With `voter` or `group`: how they voted.", examples=["no"]
    )
    group: str | None = Field(
        None, max_length=60, description="Letter of a party whose vote is printed.", examples=["A"]
    )

    def of(self, ballots: QuerySet[Ballot]) -> QuerySet[Ballot]:
        """Return the matching ballots. One query per place, term and voter in the filter."""
        ballots = self.narrowed(ballots, "item__meeting__")
        if self.result:
            ballots = ballots.filter(result=_STORED_RESULTS[self.result])
        if self.contested is not None:
            ballots = ballots.filter(item__contested=self.contested)
        if self.topic is not None:
            ballots = ballots.filter(item__topic=self.topic)
        stored = [choice for choice, option in OPTIONS.items() if self.option in (None, option)]
        if self.voter is not None:
            people = self.named(Person.objects.published(), "voter", self.voter)
            votes = KnownVote.objects.filter(person__in=people, choice__in=stored)
            if self.known:
                votes = votes.filter(known=self.known)
            ballots = ballots.filter(pk__in=votes.values("ballot"))
        if self.group is not None or (self.option and self.voter is None):
            of_groups = Vote.objects.filter(choice__in=stored)
            if self.group is not None:
                of_groups = of_groups.filter(party__letter=self.group)
            ballots = ballots.filter(pk__in=of_groups.values("ballot"))
        return ballots


_ORDER: Sequence[str] = ("-item__meeting__date", "-item__meeting_id", "-item_id", "position")


@router.get("/ballots", response=BallotPage, operation_id="ballots")
def ballots(request: HttpRequest, filters: Query[BallotFilter]) -> BallotPage:
    """Ballots with their votes, newest first."""
    urls = ApiUrls.for_request(request)
    rows, links = paginate(request, filters.of(_with_votes()), _ORDER, filters.limit, filters.cursor)
    return BallotPage(data=[ballot_record(urls, row) for row in rows], links=links)


@router.get(
    "/ballots/{municipality}/{committee}/{meeting}/{item}/{ballot}",
    response=BallotRecord,
    operation_id="ballot",
)
def ballot(request: HttpRequest, key: Path[BallotKey]) -> BallotRecord:
    """One ballot. Its number is its place in the item, which a corrected version may change."""
    meeting = Address.parse(key.municipality, key.committee, key.meeting).published()
    row = _with_votes().filter(item__meeting=meeting, item__slug=key.item, position=key.ballot).first()
    if meeting is None or row is None:
        raise ApiError(404, "There is no such ballot in the archive.")
    return ballot_record(ApiUrls.for_request(request), row)


def _with_votes() -> BallotQuerySet:
    return (
        Ballot.objects.published()
        .with_places()
        .prefetch_related(votes_of_ballots(), deduced_votes_of_ballots())
    )


def votes_of_ballots(path: str = "") -> "Prefetch[str, QuerySet[Vote], str]":
    """Prefetch the votes of ballots in the order printed; `path` leads to the ballots, as "ballots__"."""
    votes = Vote.objects.select_related("person__municipality", "party", "printed_party").order_by("id")
    return Prefetch(f"{path}votes", votes)


def deduced_votes_of_ballots(path: str = "") -> "Prefetch[str, QuerySet[DeducedVote], str]":
    votes = DeducedVote.objects.select_related("person__municipality", "party").order_by("id")
    return Prefetch(f"{path}deduced_votes", votes)


def ballot_record(urls: ApiUrls, row: Ballot) -> BallotRecord:
    """Return the record of a ballot loaded with its item, the item's places, and the votes."""
    item, meeting = row.item, row.item.meeting
    result = _RESULTS[row.result] if row.result else None
    part = row.subject.removeprefix("part ") if row.subject.startswith("part ") else None
    counts: tuple[tuple[int | None, Option], ...] = (
        (row.for_count, "yes"),
        (row.against_count, "no"),
        (row.abstained_count, "abstain"),
    )
    return BallotRecord.of(
        id=urls.ballot(row),
        url=urls.page(item.get_absolute_url()),
        kind=row.kind,
        motion=Motion.of(
            text=item.title,
            classification="part" if part else row.subject,
            part=part,
            agenda_item=urls.item(item),
            result=result,
        ),
        organization=committee_ref(urls, meeting.committee),
        municipality=municipality_ref(urls, meeting.committee.municipality),
        legislative_session=meeting.term or None,
        start_date=meeting.date,
        result=result,
        result_from=row.result_from,
        counts=[Count(option=option, value=value) for value, option in counts if value is not None],
        counts_from=row.counts_from,
        votes=[_vote(urls, vote) for vote in row.votes.all()],
        deduced_votes=[_deduced_vote(urls, vote) for vote in row.deduced_votes.all()],
        text=row.evidence,
        corrected_on=row.corrected_on,
        source=source(urls, item.reading_id, row.start, row.end),
    )


def _vote(urls: ApiUrls, row: Vote) -> VoteRecord:
    return VoteRecord(
        option=OPTIONS[row.choice],
        voter=person_ref(urls, row.person) if row.person else None,
        group=group_record(row.printed_party if row.person else row.party),
        weight=1 if row.person else row.count,
    )


def _deduced_vote(urls: ApiUrls, row: DeducedVote) -> VoteRecord:
    return VoteRecord(
        option=OPTIONS[row.choice],
        voter=person_ref(urls, row.person),
        group=group_record(row.party),
        weight=1,
    )


def group_record(party: Party | None) -> Group | None:
    return Group(letter=party.letter, name=party.name or None) if party else None
