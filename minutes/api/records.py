"""Schemas and fields that the API's objects share."""

from collections.abc import Iterable
from typing import Any, Generic, Self, TypeVar

from django.urls import reverse
from pydantic import BaseModel, Field

from minutes.api.addresses import ApiUrls
from minutes.models import Committee, Municipality, Person

T = TypeVar("T")


class Schema(BaseModel):
    """Base of the schemas."""

    @classmethod
    def of(cls, **fields: Any) -> Self:
        """Return the object; fields are untyped here and validated by the schema."""
        return cls(**fields)


def identity(kind: str, example: str) -> Any:
    """Return the field `id` of an object."""
    return Field(
        description="The object's permanent address in the API.",
        examples=[f"https://referatarkivet.dk/api/v1/{kind}/{example}"],
        json_schema_extra={"format": "uri"},
    )


def address(description: str, path: str) -> Any:
    """Return a field that is an absolute URL; `path` is that of the example."""
    return Field(
        description=description,
        examples=[f"https://referatarkivet.dk{path}"],
        json_schema_extra={"format": "uri"},
    )


class MunicipalityRef(Schema):
    id: str = identity("municipalities", "randers")
    name: str = Field(examples=["Randers"])


class CommitteeRef(Schema):
    id: str = identity("committees", "randers/byraadet")
    name: str = Field(examples=["Byrådet"])


class PersonRef(Schema):
    id: str = identity("people", "randers/ane-lund")
    name: str = Field(examples=["Ane Lund"])


class Source(Schema):
    """The passage that a fact was read from, in the text of the minutes as they were received."""

    url: str = address(
        "A page of the whole text with the passage marked.", "/kilde/17/?fra=1041&til=1128#fra"
    )
    text: str = address("The whole text.", "/kilde/17/tekst.txt")
    start: int | None = Field(
        description="Start of the passage: characters from the beginning of `text`. Null for all of it.",
        examples=[1041],
    )
    end: int | None = Field(description="End of the passage, exclusive.", examples=[1128])


class Links(Schema):
    """The pages of a list. Follow the links unchanged: a cursor has no meaning of its own."""

    self: str = address("This page.", "/api/v1/meetings?limit=20")
    next: str | None = address("The page after; null on the last.", "/api/v1/meetings?limit=20&cursor=WyIy")
    previous: str | None = Field(
        description="The page before; null on the first.",
        examples=[None],
        json_schema_extra={"format": "uri"},
    )


class Page(Schema, Generic[T]):
    data: list[T]
    links: Links


def municipality_ref(urls: ApiUrls, municipality: Municipality) -> MunicipalityRef:
    return MunicipalityRef(id=urls.municipality(municipality), name=municipality.name)


def committee_ref(urls: ApiUrls, committee: Committee) -> CommitteeRef:
    """Return a reference to a committee that is loaded with its municipality."""
    return CommitteeRef(id=urls.committee(committee), name=committee.name)


def person_ref(urls: ApiUrls, person: Person) -> PersonRef:
    return PersonRef(id=urls.person(person), name=person.name)


def source(urls: ApiUrls, reading: int, start: int | None = None, end: int | None = None) -> Source:
    """Return the source of a passage of a reading, or of all of it without a span."""
    page = urls.page(reverse("source", args=[reading]))
    return Source(
        url=page if start is None else f"{page}?fra={start}&til={end}#fra",
        text=urls.page(reverse("source-text", args=[reading])),
        start=start,
        end=end,
    )


def sources(urls: ApiUrls, reading: int, passages: Iterable[Any]) -> list[Source]:
    """Return the sources of the passages that have a span in the reading."""
    return [
        source(urls, reading, passage.start, passage.end) for passage in passages if passage.start is not None
    ]
