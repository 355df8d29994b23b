"""The query parameters of the lists, and their validation."""

from datetime import date
from typing import Annotated, Any, TypeVar, get_origin

from django.db.models import Model, QuerySet
from django.http import QueryDict
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator

from minutes.api.problems import ApiError, Fault, invalid_parameter
from minutes.models import Committee, Meeting, Municipality

Row = TypeVar("Row", bound=Model)

_SLUG = r"^[-a-z0-9_]+$"


def _day(value: Any) -> Any:
    # Pydantic would take seconds since 1970 too.
    if isinstance(value, str) and not (len(value) == 10 and value[4:5] == value[7:8] == "-"):
        raise ValueError("Not a day, as 2020-01-14.")
    return value


def _truth(value: Any) -> Any:
    # Pydantic would take "yes", "on" and "1" too.
    if isinstance(value, str) and value not in {"true", "false"}:
        raise ValueError("Neither true nor false.")
    return value


Day = Annotated[date, BeforeValidator(_day)]
Truth = Annotated[bool, BeforeValidator(_truth)]
Slug = Annotated[str, Field(pattern=_SLUG, max_length=200)]


class Parameters(BaseModel):
    """Query parameters. Unknown ones are refused, as a misspelt filter must not return everything."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    @model_validator(mode="before")
    @classmethod
    def _refuse_unknown(cls, values: Any, info: ValidationInfo) -> Any:
        query: QueryDict = info.context["request"].GET if info.context else QueryDict()
        known = cls._known()
        faults = [
            Fault(parameter=name, message="Unknown here.")
            if name not in known
            else Fault(parameter=name, message="Given more than once.")
            for name in query
            if name not in known or (len(query.getlist(name)) > 1 and not known[name])
        ]
        if faults:
            names = ", ".join(f"“{name}”" for name in known) or "none"
            raise ApiError(400, f"Parameters unknown or given twice; known here: {names}.", faults)
        return values

    @classmethod
    def _known(cls) -> dict[str, bool]:
        """Return the names of the parameters, True for those that may be repeated."""
        return {
            field.alias or name: get_origin(field.annotation) is list
            for name, field in cls.model_fields.items()
        }


class Key(Parameters):
    """The parts of an object's address. A single object has no query parameters."""

    @classmethod
    def _known(cls) -> dict[str, bool]:
        return {}


class MunicipalityKey(Key):
    municipality: Slug = Field(description="The municipality's slug.", examples=["randers"])


class ListParameters(Parameters):
    """The parameters of every list."""

    limit: int = Field(20, ge=1, le=100, description="Rows of a page.", examples=[20])
    cursor: str = Field("", max_length=2000, description="From a page's `links`, unchanged.")


class MunicipalityFilter(ListParameters):
    municipality: Slug | None = Field(
        None, description="Slug of a municipality (on the pages: `kommune`).", examples=["randers"]
    )

    def in_municipality(self, rows: QuerySet[Row], field: str = "municipality") -> QuerySet[Row]:
        """Return the rows of the municipality in the filter. Raises 400 for an unknown one. One query."""
        return rows if self.municipality is None else rows.filter(**{field: self._municipality()})

    def named(self, rows: QuerySet[Row], parameter: str, slug: str) -> list[Row]:
        """Return the rows with this slug, in the municipality of the filter if any. One query.

        Raises 400 where there are none.
        """
        matches = rows.filter(slug=slug)
        if self.municipality is not None:
            matches = matches.filter(municipality__slug=self.municipality)
        named = list(matches)
        if not named:
            raise invalid_parameter(parameter, f"The archive has no {parameter} “{slug}” there.")
        return named

    def _municipality(self) -> Municipality:
        municipality = Municipality.objects.published().filter(slug=self.municipality).first()
        if municipality is None:
            raise invalid_parameter("municipality", f"The archive has no municipality “{self.municipality}”.")
        return municipality


class PlaceAndTimeFilter(MunicipalityFilter):
    """The filters of the list pages, with English names."""

    committee: Slug | None = Field(
        None,
        description="Slug of a committee (`udvalg`); without `municipality`, in any municipality.",
        examples=["byraadet"],
    )
    first: Day | None = Field(
        None, alias="from", description="Meetings of this day or later (`fra`).", examples=["2019-01-01"]
    )
    last: Day | None = Field(
        None, alias="to", description="Meetings of this day or earlier (`til`).", examples=["2021-12-31"]
    )
    term: str | None = Field(
        None,
        pattern=r"^\d{4}-\d{4}$",
        description="The council's term as printed (`periode`).",
        examples=["2018-2021"],
    )

    def narrowed(self, rows: QuerySet[Row], meeting: str = "") -> QuerySet[Row]:
        """Return the rows that match; `meeting` is the lookup of their meeting, as "item__meeting__".

        Raises 400 for an unknown place or term. One query each for municipality, committee and term.
        """
        rows = self.in_municipality(rows, f"{meeting}committee__municipality")
        if self.committee is not None:
            committees = self.named(Committee.objects.published(), "committee", self.committee)
            rows = rows.filter(**{f"{meeting}committees__in": committees})
        if self.first:
            rows = rows.filter(**{f"{meeting}date__gte": self.first})
        if self.last:
            rows = rows.filter(**{f"{meeting}date__lte": self.last})
        if self.term is not None:
            if not Meeting.objects.published().filter(term=self.term).exists():
                raise invalid_parameter("term", f"No meeting in the archive is of the term “{self.term}”.")
            rows = rows.filter(**{f"{meeting}term": self.term})
        return rows
