"""What the API's objects are made with."""

from collections.abc import Iterable
from typing import Any, Generic, Self, TypeVar

from django.urls import reverse
from pydantic import BaseModel, Field, field_validator

from minutes.api.addresses import Addresses
from minutes.models import Committee, Municipality, Person
from minutes.privacy import replace_masks

T = TypeVar("T")


class Record(BaseModel):
    """Of text, every field says what is covered in it, as the pages do: "[CPR-nummer fjernet]"."""

    @field_validator("*", mode="before")
    @classmethod
    def _masks_told(cls, value: Any) -> Any:
        return replace_masks(value) if isinstance(value, str) else value

    @classmethod
    def of(cls, **fields: Any) -> Self:
        """The object of what the tables hold: their words become those of the schema, or it fails."""
        return cls(**fields)


def identity(kind: str, example: str) -> Any:
    """The field `id` of an object."""
    return Field(
        description="The object's permanent address in the API.",
        examples=[f"https://referatarkivet.dk/api/v1/{kind}/{example}"],
        json_schema_extra={"format": "uri"},
    )


def address(description: str, path: str) -> Any:
    """A field that is an absolute address; `path` is an example's."""
    return Field(
        description=description,
        examples=[f"https://referatarkivet.dk{path}"],
        json_schema_extra={"format": "uri"},
    )


class MunicipalityRef(Record):
    id: str = identity("municipalities", "randers")
    name: str = Field(examples=["Randers"])


class CommitteeRef(Record):
    id: str = identity("committees", "randers/byraadet")
    name: str = Field(examples=["Byrådet"])


class PersonRef(Record):
    id: str = identity("people", "randers/ane-lund")
    name: str = Field(examples=["Ane Lund"])


class Source(Record):
    """The words that a fact was read from, in the text of the minutes as they were received."""

    url: str = address("A page of the whole text with the words marked.", "/kilde/17/?fra=1041&til=1128#fra")
    text: str = address("The whole text.", "/kilde/17/tekst.txt")
    start: int | None = Field(
        description="Where the words begin: characters from the beginning of `text`. Null: all of it.",
        examples=[1041],
    )
    end: int | None = Field(description="Where they end, exclusive.", examples=[1128])


class Links(Record):
    """The pages of a list. Follow them as they stand: a cursor has no meaning of its own."""

    self: str = address("This page.", "/api/v1/meetings?limit=20")
    next: str | None = address("The page after; null on the last.", "/api/v1/meetings?limit=20&cursor=WyIy")
    previous: str | None = Field(
        description="The page before; null on the first.",
        examples=[None],
        json_schema_extra={"format": "uri"},
    )


class Page(Record, Generic[T]):
    data: list[T]
    links: Links


def municipality_ref(at: Addresses, municipality: Municipality) -> MunicipalityRef:
    return MunicipalityRef(id=at.municipality(municipality), name=municipality.name)


def committee_ref(at: Addresses, committee: Committee) -> CommitteeRef:
    """Needs the municipality loaded, as do the others."""
    return CommitteeRef(id=at.committee(committee), name=committee.name)


def person_ref(at: Addresses, person: Person) -> PersonRef:
    return PersonRef(id=at.person(person), name=person.name)


def source(at: Addresses, reading: int, start: int | None = None, end: int | None = None) -> Source:
    """Of a passage of the reading, or of the whole of it."""
    page = at.page(reverse("source", args=[reading]))
    return Source(
        url=page if start is None else f"{page}?fra={start}&til={end}#fra",
        text=at.page(reverse("source-text", args=[reading])),
        start=start,
        end=end,
    )


def sources(at: Addresses, reading: int, passages: Iterable[Any]) -> list[Source]:
    """Of passages with a place in the reading."""
    return [source(at, reading, each.start, each.end) for each in passages if each.start is not None]
