"""Cases in OParl's terms: a paper and its consultations."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, Q, Subquery
from django.http import HttpRequest
from ninja import Path, Query, Router
from pydantic import Field

from minutes.api.addresses import ApiUrls
from minutes.api.paging import paginate
from minutes.api.parameters import MunicipalityFilter, MunicipalityKey, Slug, Truth
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
from minutes.models import AgendaItem, Case
from minutes.models.cases import CaseQuerySet
from minutes.models.states import State
from minutes.vocabulary import Outcome

router = Router(tags=["cases"])

# Consultations included in a case. A standing number can have thousands of items, which `items` lists.
MOST_CONSULTATIONS = 100
# A field called date needs another name for its type.
Day = date


class PaperRecord(Schema):
    """A matter under its number. Names are OParl's, in its spelling, where OParl has them."""

    id: str = identity("cases", "randers/05-01-00-p20-1-19")
    url: str = address("Its page.", "/randers/sager/05-01-00-p20-1-19/")
    reference: str = Field(description="The case number, as printed.", examples=["05.01.00-P20-1-19"])
    name: str | None = Field(
        description="The title of the newest item: a case has none of its own.",
        examples=["Cykelsti langs Mosevej"],
    )
    body: MunicipalityRef
    standing: bool = Field(
        description="Whether the number names a subject or a standing item rather than one matter.",
        examples=[False],
    )
    consultation_count: int = Field(description="Items that carry the number.", examples=[3])
    first_date: date = Field(examples=["2019-05-07"])
    latest_date: date = Field(examples=["2020-01-14"])
    items: str = address(
        "Its agenda items, newest first.", "/api/v1/items?municipality=randers&case=05-01-00-p20-1-19"
    )


class Consultation(Schema):
    """A committee's treatment of the case, as an item of a meeting."""

    agendaItem: str = address("The agenda item.", "/api/v1/items/randers/byraadet/2020-01-14/3")
    meeting: str = address("The meeting.", "/api/v1/meetings/randers/byraadet/2020-01-14")
    organization: CommitteeRef
    date: Day = Field(examples=["2020-01-14"])
    title: str = Field(examples=["Cykelsti langs Mosevej"])
    outcome: Outcome = Field(examples=["approved"])
    contested: bool = Field(examples=[True])


class PaperDetail(PaperRecord):
    """A case with its consultations in the committees."""

    consultation: list[Consultation] = Field(
        description=f"Oldest first, at most {MOST_CONSULTATIONS}; `items` has all of them."
    )


class CasePage(Page[PaperRecord]):
    """A page of cases."""


class CaseKey(MunicipalityKey):
    case: Slug = Field(description="The case number as a slug.", examples=["05-01-00-p20-1-19"])


class CaseFilter(MunicipalityFilter):
    standing: Truth | None = Field(
        None, description="Whether the number names a subject rather than one matter.", examples=[False]
    )


_ORDER: Sequence[str] = ("municipality__sort_key", "number", "id")


@router.get("/cases", response=CasePage, operation_id="cases")
def cases(request: HttpRequest, filters: Query[CaseFilter]) -> CasePage:
    """Cases, by municipality and number."""
    urls = ApiUrls.for_request(request)
    rows = filters.in_municipality(_cases())
    if filters.standing is not None:
        rows = rows.filter(standing=filters.standing)
    page, links = paginate(request, rows, _ORDER, filters.limit, filters.cursor)
    return CasePage(data=[PaperRecord.of(**_summary(urls, row)) for row in page], links=links)


@router.get("/cases/{municipality}/{case}", response=PaperDetail, operation_id="case")
def case(request: HttpRequest, key: Path[CaseKey]) -> PaperDetail:
    """One case with its consultations in the committees."""
    paper = _cases().filter(municipality__slug=key.municipality, slug=key.case).first()
    if paper is None:
        raise ApiError(404, "There is no such case in the archive.")
    urls = ApiUrls.for_request(request)
    items = AgendaItem.objects.published().with_places().filter(case_numbers__case=paper)
    items = items.order_by("meeting__date", "meeting_id", "position", "id")[:MOST_CONSULTATIONS]
    return PaperDetail.of(**_summary(urls, paper), consultation=[_consultation(urls, item) for item in items])


def _cases() -> CaseQuerySet:
    """Return published cases with the number, first and last date of their items and the newest title."""
    published = Q(case_numbers__item__meeting__state=State.PUBLISHED)
    day = "case_numbers__item__meeting__date"
    newest = (
        AgendaItem.objects.published()
        .filter(case_numbers__case=OuterRef("pk"))
        .order_by("-meeting__date", "-meeting_id", "position", "id")
    )
    return (
        Case.objects.published()
        .select_related("municipality")
        .annotate(
            consultation_count=Count("case_numbers", filter=published),
            first_date=Min(day, filter=published),
            latest_date=Max(day, filter=published),
            newest_title=Subquery(newest.values("title")[:1]),
        )
    )


def _summary(urls: ApiUrls, row: Any) -> dict[str, Any]:
    """Return the fields that a case of `_cases` has in a list."""
    return {
        "id": urls.case(row),
        "url": urls.page(row.get_absolute_url()),
        "reference": row.number,
        "name": row.newest_title,
        "body": municipality_ref(urls, row.municipality),
        "standing": row.standing,
        "consultation_count": row.consultation_count,
        "first_date": row.first_date,
        "latest_date": row.latest_date,
        "items": urls.list("items", f"municipality={row.municipality.slug}&case={row.slug}"),
    }


def _consultation(urls: ApiUrls, row: AgendaItem) -> Consultation:
    return Consultation.of(
        agendaItem=urls.item(row),
        meeting=urls.meeting(row.meeting),
        organization=committee_ref(urls, row.meeting.committee),
        date=row.meeting.date,
        title=row.title,
        outcome=row.outcome,
        contested=row.contested,
    )
