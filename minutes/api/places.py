"""Municipalities and their committees."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, Prefetch, Q
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from ninja import Path, Query, Router
from pydantic import Field

from minutes.api.addresses import ApiUrls
from minutes.api.paging import paginate
from minutes.api.parameters import ListParameters, MunicipalityFilter, MunicipalityKey, Slug
from minutes.api.problems import ApiError
from minutes.api.records import (
    CommitteeRef,
    MunicipalityRef,
    Page,
    Schema,
    address,
    committee_ref,
    identity,
    municipality_ref,
)
from minutes.models import Committee, Municipality
from minutes.models.places import CommitteeQuerySet, MunicipalityQuerySet
from minutes.models.states import State

router = Router(tags=["places"])


class MunicipalityRecord(Schema):
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


class OtherName(Schema):
    """Another spelling, or an earlier or later name."""

    name: str = Field(examples=["Kommunalbestyrelsen"])
    start_date: date | None = Field(examples=[None])
    end_date: date | None = Field(examples=[None])


class CommitteeRecord(Schema):
    """A committee or council, under its name without the term."""

    id: str = identity("committees", "randers/byraadet")
    url: str = address("Its page.", "/randers/byraadet/")
    name: str = Field(examples=["Byrådet"])
    municipality: MunicipalityRef
    other_names: list[OtherName]
    successor: CommitteeRef | None = Field(description="The committee that replaced it, if known.")
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
def municipalities(request: HttpRequest, filters: Query[ListParameters]) -> MunicipalityPage:
    """Municipalities with published minutes, by name in Danish order."""
    urls = ApiUrls.for_request(request)
    rows, links = paginate(request, _municipalities(), _MUNICIPALITIES, filters.limit, filters.cursor)
    return MunicipalityPage(data=[_municipality(urls, row) for row in rows], links=links)


@router.get("/municipalities/{municipality}", response=MunicipalityRecord, operation_id="municipality")
def municipality(request: HttpRequest, key: Path[MunicipalityKey]) -> MunicipalityRecord:
    """One municipality."""
    row = _municipalities().filter(slug=key.municipality).first()
    if row is None:
        raise ApiError(404, "There are no published minutes of such a municipality.")
    return _municipality(ApiUrls.for_request(request), row)


@router.get("/committees", response=CommitteePage, operation_id="committees")
def committees(request: HttpRequest, filters: Query[MunicipalityFilter]) -> CommitteePage:
    """Committees with published minutes, by municipality and name in Danish order."""
    urls = ApiUrls.for_request(request)
    narrowed = filters.in_municipality(_committees())
    rows, links = paginate(request, narrowed, _COMMITTEES, filters.limit, filters.cursor)
    return CommitteePage(data=[_committee(urls, row) for row in rows], links=links)


@router.get("/committees/{municipality}/{committee}", response=CommitteeRecord, operation_id="committee")
def committee(request: HttpRequest, key: Path[CommitteeKey]) -> CommitteeRecord | HttpResponse:
    """One committee. Another name redirects to its address (301)."""
    urls = ApiUrls.for_request(request)
    rows = _committees().filter(municipality__slug=key.municipality)
    row = rows.filter(slug=key.committee).first()
    if row is not None:
        return _committee(urls, row)
    renamed = rows.filter(aliases__slug=key.committee).order_by("id").first()
    if renamed is None:
        raise ApiError(404, "There are no published minutes of such a committee.")
    return HttpResponsePermanentRedirect(urls.committee(renamed))


def _municipalities() -> MunicipalityQuerySet:
    """Return published municipalities with the number, first and last date of their meetings."""
    meetings, published = "committees__meetings", Q(committees__meetings__state=State.PUBLISHED)
    return Municipality.objects.published().annotate(
        meeting_count=Count(meetings, filter=published),
        first_meeting=Min(f"{meetings}__date", filter=published),
        latest_meeting=Max(f"{meetings}__date", filter=published),
    )


def _committees() -> CommitteeQuerySet:
    published = Q(all_meetings__state=State.PUBLISHED)
    successors = Committee.objects.published().select_related("municipality")
    return (
        Committee.objects.published()
        .select_related("municipality")
        .prefetch_related("aliases", Prefetch("successor", successors))
        .annotate(
            meeting_count=Count("all_meetings", filter=published),
            first_meeting=Min("all_meetings__date", filter=published),
            latest_meeting=Max("all_meetings__date", filter=published),
        )
    )


def _municipality(urls: ApiUrls, row: Any) -> MunicipalityRecord:
    lists = {
        kind: urls.list(kind, f"municipality={row.slug}")
        for kind in ("committees", "meetings", "people", "cases")
    }
    return MunicipalityRecord.of(
        id=urls.municipality(row),
        url=urls.page(row.get_absolute_url()),
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


def _committee(urls: ApiUrls, row: Any) -> CommitteeRecord:
    return CommitteeRecord.of(
        id=urls.committee(row),
        url=urls.page(row.get_absolute_url()),
        name=row.name,
        municipality=municipality_ref(urls, row.municipality),
        other_names=[
            OtherName(name=alias.name, start_date=alias.valid_from, end_date=alias.valid_to)
            for alias in row.aliases.all()
        ],
        successor=committee_ref(urls, row.successor) if row.successor else None,
        meeting_count=row.meeting_count,
        first_meeting=row.first_meeting,
        latest_meeting=row.latest_meeting,
        meetings=urls.list("meetings", f"municipality={row.municipality.slug}&committee={row.slug}"),
    )
