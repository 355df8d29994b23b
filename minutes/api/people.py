"""Elected members."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, F, Max, Min
from django.http import HttpRequest
from django.urls import reverse
from ninja import Path, Query, Router
from pydantic import Field

from minutes.api.addresses import ApiUrls
from minutes.api.paging import paginate
from minutes.api.parameters import MunicipalityFilter, MunicipalityKey, Slug
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
from minutes.models import Attendance, Committee, Person
from minutes.models.states import State
from minutes.statistics.known_parties import PartyIdentity
from minutes.statistics.parties import party_history

router = Router(tags=["people"])


class PersonRecord(Schema):
    """An elected member in a municipality. Guests and citizens have no address."""

    id: str = identity("people", "randers/ane-lund")
    url: str = address("Their page.", "/randers/personer/ane-lund/")
    name: str = Field(examples=["Ane Lund"])
    distinction: str | None = Field(
        description="What tells them from another person of the same name, as a party or a committee.",
        examples=[None],
    )
    municipality: MunicipalityRef
    ballots: str = address(
        "The ballots in which their vote is printed.", "/api/v1/ballots?municipality=randers&voter=ane-lund"
    )


class Participation(Schema):
    """The meetings of a committee at which somebody was present, as the minutes print it."""

    organization: CommitteeRef
    meeting_count: int = Field(examples=[31])
    first_meeting: date = Field(examples=["2018-01-09"])
    latest_meeting: date = Field(examples=["2020-01-14"])


class PartyMembership(Schema):
    """A party that the minutes print with somebody's name, in lists of members and at votes."""

    letter: str | None = Field(description="On ballot papers; null if not known.", examples=["V"])
    name: str | None = Field(
        description="Null where only a letter is printed that may be of several lists.", examples=["Venstre"]
    )
    url: str | None = Field(
        description="The party's page; null for members of no party.",
        examples=["https://referatarkivet.dk/randers/partier/v/"],
        json_schema_extra={"format": "uri"},
    )
    first_printed: date = Field(examples=["2018-01-09"])
    latest_printed: date = Field(examples=["2020-01-14"])


class PersonDetail(PersonRecord):
    """An elected member with the committees they took part in and the parties printed with their name."""

    participations: list[Participation]
    memberships: list[PartyMembership]


class PersonPage(Page[PersonRecord]):
    """A page of elected members."""


class PersonKey(MunicipalityKey):
    person: Slug = Field(description="The member's slug.", examples=["ane-lund"])


_ORDER: Sequence[str] = ("municipality__sort_key", "sort_key", "id")


@router.get("/people", response=PersonPage, operation_id="people")
def people(request: HttpRequest, filters: Query[MunicipalityFilter]) -> PersonPage:
    """Elected members, by municipality and name in Danish order."""
    urls = ApiUrls.for_request(request)
    rows = filters.in_municipality(Person.objects.published().select_related("municipality"))
    page, links = paginate(request, rows, _ORDER, filters.limit, filters.cursor)
    return PersonPage(data=[PersonRecord.of(**_summary(urls, row)) for row in page], links=links)


@router.get("/people/{municipality}/{person}", response=PersonDetail, operation_id="person")
def person(request: HttpRequest, key: Path[PersonKey]) -> PersonDetail:
    """One elected member. Participation is what the minutes print, not what the council decided."""
    rows = Person.objects.published().select_related("municipality")
    member = rows.filter(municipality__slug=key.municipality, slug=key.person).first()
    if member is None:
        raise ApiError(404, "There is no such elected member in the archive.")
    urls = ApiUrls.for_request(request)
    return PersonDetail.of(
        **_summary(urls, member),
        participations=_participations(urls, member),
        memberships=_memberships(urls, member),
    )


def _summary(urls: ApiUrls, row: Person) -> dict[str, Any]:
    return {
        "id": urls.person(row),
        "url": urls.page(row.get_absolute_url()),
        "name": row.name,
        "distinction": row.distinction or None,
        "municipality": municipality_ref(urls, row.municipality),
        "ballots": urls.list("ballots", f"municipality={row.municipality.slug}&voter={row.slug}"),
    }


def _participations(urls: ApiUrls, row: Person) -> list[Participation]:
    """Return the committees that the member took part in, newest first. Two queries."""
    present = (
        Attendance.objects.filter(
            person=row, item=None, role=Attendance.Role.PRESENT, meeting__state=State.PUBLISHED
        )
        .order_by()
        .values(committee=F("meeting__committees"))
        .annotate(
            meeting_count=Count("meeting", distinct=True),
            first_meeting=Min("meeting__date"),
            latest_meeting=Max("meeting__date"),
        )
        .order_by("-latest_meeting", "committee")
    )
    participations = list(present)
    committees = Committee.objects.select_related("municipality").in_bulk(
        [row["committee"] for row in participations]
    )
    return [
        Participation(
            organization=committee_ref(urls, committees[participation["committee"]]),
            meeting_count=participation["meeting_count"],
            first_meeting=participation["first_meeting"],
            latest_meeting=participation["latest_meeting"],
        )
        for participation in participations
    ]


def _memberships(urls: ApiUrls, row: Person) -> list[PartyMembership]:
    """Return the parties printed with the member's name, newest first. One query."""

    def page(party: PartyIdentity) -> str | None:
        return (
            urls.page(reverse("party", args=[row.municipality.slug, party.slug])) if party.is_party else None
        )

    return [
        PartyMembership(
            letter=period.party.letter or None,
            name=period.party.name or None,
            url=page(period.party),
            first_printed=period.first,
            latest_printed=period.last,
        )
        for period in party_history(row).periods
    ]
