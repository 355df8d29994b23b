"""Municipalities and their committees."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, Prefetch, Q
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from ninja import Path, Query, Router
from pydantic import Field

from minutes.api.addresses import Addresses
from minutes.api.paging import page_of
from minutes.api.parameters import InMunicipality, Listed, MunicipalityKey, Slug
from minutes.api.problems import Refusal
from minutes.api.records import (
    CommitteeRef,
    MunicipalityRef,
    Page,
    Record,
    address,
    committee_ref,
    identity,
    municipality_ref,
)
from minutes.models import Committee, Municipality
from minutes.models.meetings import State
from minutes.models.places import CommitteeQuerySet, MunicipalityQuerySet

router = Router(tags=["places"])


class MunicipalityRecord(Record):
    """A municipality with published minutes; one of the 98, a former one or an invented one."""

    id: str = identity("municipalities", "randers")
    url: str = address("Its page.", "/randers/")
    name: str = Field(examples=["Randers"])
    code: str | None = Field(
        description="The three digits of the register of authorities; null for an invented one.",
        examples=["730"],
    )
    region: str | None = Field(examples=["Region Midtjylland"])
    founding_date: date | None = Field(description="Null where it is not known.", examples=[None])
    dissolution_date: date | None = Field(description="Null while it exists.", examples=[None])
    meeting_count: int = Field(description="Published meetings.", examples=[412])
    first_meeting: date = Field(examples=["2017-01-10"])
    latest_meeting: date = Field(examples=["2020-01-14"])
    committees: str = address("Its committees.", "/api/v1/committees?municipality=randers")
    meetings: str = address("Its meetings.", "/api/v1/meetings?municipality=randers")
    people: str = address("Its elected members.", "/api/v1/people?municipality=randers")
    cases: str = address("Its cases.", "/api/v1/cases?municipality=randers")


class OtherName(Record):
    """Another spelling, or an earlier or later name."""

    name: str = Field(examples=["Kommunalbestyrelsen"])
    start_date: date | None = Field(examples=[None])
    end_date: date | None = Field(examples=[None])


class CommitteeRecord(Record):
    """A committee or council, under its name without the term."""

    id: str = identity("committees", "randers/byraadet")
    url: str = address("Its page.", "/randers/byraadet/")
    name: str = Field(examples=["Byrådet"])
    municipality: MunicipalityRef
    other_names: list[OtherName]
    successor: CommitteeRef | None = Field(description="The committee that took its place, if told.")
    meeting_count: int = Field(description="Published meetings.", examples=[96])
    first_meeting: date = Field(examples=["2017-01-10"])
    latest_meeting: date = Field(examples=["2020-01-14"])
    meetings: str = address("Its meetings.", "/api/v1/meetings?municipality=randers&committee=byraadet")


class MunicipalityPage(Page[MunicipalityRecord]):
    """A page of municipalities."""


class CommitteePage(Page[CommitteeRecord]):
    """A page of committees."""


class CommitteeKey(MunicipalityKey):
    committee: Slug = Field(description="The committee's slug.", examples=["byraadet"])


_MUNICIPALITIES: Sequence[str] = ("sort_key", "id")
_COMMITTEES: Sequence[str] = ("municipality__sort_key", "sort_key", "id")


@router.get("/municipalities", response=MunicipalityPage, operation_id="municipalities")
def municipalities(request: HttpRequest, asked: Query[Listed]) -> MunicipalityPage:
    """Municipalities with published minutes, by name in Danish order."""
    at = Addresses.seen_by(request)
    rows, links = page_of(request, _municipalities(), _MUNICIPALITIES, asked.limit, asked.cursor)
    return MunicipalityPage(data=[_municipality(at, row) for row in rows], links=links)


@router.get("/municipalities/{municipality}", response=MunicipalityRecord, operation_id="municipality")
def municipality(request: HttpRequest, key: Path[MunicipalityKey]) -> MunicipalityRecord:
    """One municipality."""
    found = _municipalities().filter(slug=key.municipality).first()
    if found is None:
        raise Refusal(404, "There are no published minutes of such a municipality.")
    return _municipality(Addresses.seen_by(request), found)


@router.get("/committees", response=CommitteePage, operation_id="committees")
def committees(request: HttpRequest, asked: Query[InMunicipality]) -> CommitteePage:
    """Committees with published minutes, by municipality and name in Danish order."""
    at = Addresses.seen_by(request)
    narrowed = asked.in_municipality(_committees())
    rows, links = page_of(request, narrowed, _COMMITTEES, asked.limit, asked.cursor)
    return CommitteePage(data=[_committee(at, row) for row in rows], links=links)


@router.get("/committees/{municipality}/{committee}", response=CommitteeRecord, operation_id="committee")
def committee(request: HttpRequest, key: Path[CommitteeKey]) -> CommitteeRecord | HttpResponse:
    """One committee. Another name of it leads to its own address (301)."""
    at = Addresses.seen_by(request)
    there = _committees().filter(municipality__slug=key.municipality)
    found = there.filter(slug=key.committee).first()
    if found is not None:
        return _committee(at, found)
    named = there.filter(aliases__slug=key.committee).order_by("id").first()
    if named is None:
        raise Refusal(404, "There are no published minutes of such a committee.")
    return HttpResponsePermanentRedirect(at.committee(named))


def _municipalities() -> MunicipalityQuerySet:
    """With how many meetings, and from when to when."""
    meetings, published = "committees__meetings", Q(committees__meetings__state=State.PUBLISHED)
    return Municipality.objects.published().annotate(
        meeting_count=Count(meetings, filter=published),
        first_meeting=Min(f"{meetings}__date", filter=published),
        latest_meeting=Max(f"{meetings}__date", filter=published),
    )


def _committees() -> CommitteeQuerySet:
    published = Q(meetings__state=State.PUBLISHED)
    successors = Committee.objects.published().select_related("municipality")
    return (
        Committee.objects.published()
        .select_related("municipality")
        .prefetch_related("aliases", Prefetch("successor", successors))
        .annotate(
            meeting_count=Count("meetings", filter=published),
            first_meeting=Min("meetings__date", filter=published),
            latest_meeting=Max("meetings__date", filter=published),
        )
    )


def _municipality(at: Addresses, row: Any) -> MunicipalityRecord:
    lists = {
        kind: at.list(kind, f"municipality={row.slug}")
        for kind in ("committees", "meetings", "people", "cases")
    }
    return MunicipalityRecord.of(
        id=at.municipality(row),
        url=at.page(row.get_absolute_url()),
        name=row.name,
        code=row.code or None,
        region=row.region or None,
        founding_date=row.valid_from,
        dissolution_date=row.valid_to,
        meeting_count=row.meeting_count,
        first_meeting=row.first_meeting,
        latest_meeting=row.latest_meeting,
        **lists,
    )


def _committee(at: Addresses, row: Any) -> CommitteeRecord:
    return CommitteeRecord.of(
        id=at.committee(row),
        url=at.page(row.get_absolute_url()),
        name=row.name,
        municipality=municipality_ref(at, row.municipality),
        other_names=[
            OtherName(name=each.name, start_date=each.valid_from, end_date=each.valid_to)
            for each in row.aliases.all()
        ],
        successor=committee_ref(at, row.successor) if row.successor else None,
        meeting_count=row.meeting_count,
        first_meeting=row.first_meeting,
        latest_meeting=row.latest_meeting,
        meetings=at.list("meetings", f"municipality={row.municipality.slug}&committee={row.slug}"),
    )
