"""What may be asked of the lists, and how it is refused when it cannot be."""

from datetime import date
from typing import Annotated, Any, TypeVar, get_origin

from django.db.models import Model, QuerySet
from django.http import QueryDict
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator

from minutes.api.problems import Fault, Refusal, refused
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


class Asked(BaseModel):
    """Refuses query parameters that it does not know: a slip of the pen must not give everything."""

    model_config = ConfigDict(frozen=True, populate_by_name=True)

    @model_validator(mode="before")
    @classmethod
    def _nothing_else_is_asked(cls, told: Any, info: ValidationInfo) -> Any:
        asked: QueryDict = info.context["request"].GET if info.context else QueryDict()
        known = cls._known()
        faults = [
            Fault(parameter=name, message="Unknown here.")
            if name not in known
            else Fault(parameter=name, message="Given more than once.")
            for name in asked
            if name not in known or (len(asked.getlist(name)) > 1 and not known[name])
        ]
        if faults:
            names = ", ".join(f"“{name}”" for name in known) or "none"
            raise Refusal(400, f"Parameters unknown or given twice; known here: {names}.", faults)
        return told

    @classmethod
    def _known(cls) -> dict[str, bool]:
        """The query parameters there are, and which may be given more than once."""
        return {
            field.alias or name: get_origin(field.annotation) is list
            for name, field in cls.model_fields.items()
        }


class Key(Asked):
    """The parts of an object's address. Nothing else can be asked of one object."""

    @classmethod
    def _known(cls) -> dict[str, bool]:
        return {}


class MunicipalityKey(Key):
    municipality: Slug = Field(description="The municipality's slug.", examples=["randers"])


class Listed(Asked):
    """Of every list."""

    limit: int = Field(20, ge=1, le=100, description="Rows of a page.", examples=[20])
    cursor: str = Field("", max_length=2000, description="From a page's `links`; as it stands there.")


class InMunicipality(Listed):
    municipality: Slug | None = Field(
        None, description="Slug of a municipality (on the pages: `kommune`).", examples=["randers"]
    )

    def in_municipality(self, rows: QuerySet[Row], field: str = "municipality") -> QuerySet[Row]:
        """Those of the municipality asked for; 400 when it is not in the archive. One query if any."""
        return rows if self.municipality is None else rows.filter(**{field: self._municipality()})

    def named(self, rows: QuerySet[Row], parameter: str, slug: str) -> list[Row]:
        """The rows of this slug, in the municipality if one is asked for; 400 if none is. One query."""
        there = rows.filter(slug=slug)
        if self.municipality is not None:
            there = there.filter(municipality__slug=self.municipality)
        found = list(there)
        if not found:
            raise refused(parameter, f"The archive has no {parameter} “{slug}” there.")
        return found

    def _municipality(self) -> Municipality:
        found = Municipality.objects.published().filter(slug=self.municipality).first()
        if found is None:
            raise refused("municipality", f"The archive has no municipality “{self.municipality}”.")
        return found


class InPlaceAndTime(InMunicipality):
    """As on the list pages, under English names."""

    committee: Slug | None = Field(
        None,
        description="Slug of a committee (`udvalg`); without `municipality`, of that name anywhere.",
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
        """Those of the place and time asked for; `meeting` is the way to their meeting, as "item__meeting__".

        400 for a place or a term that the archive has not. One query for each of these three that is asked.
        """
        rows = self.in_municipality(rows, f"{meeting}committee__municipality")
        if self.committee is not None:
            committees = self.named(Committee.objects.published(), "committee", self.committee)
            rows = rows.filter(**{f"{meeting}committee__in": committees})
        if self.first:
            rows = rows.filter(**{f"{meeting}date__gte": self.first})
        if self.last:
            rows = rows.filter(**{f"{meeting}date__lte": self.last})
        if self.term is not None:
            if not Meeting.objects.published().filter(term=self.term).exists():
                raise refused("term", f"No meeting in the archive is of the term “{self.term}”.")
            rows = rows.filter(**{f"{meeting}term": self.term})
        return rows
