"""The municipality, committee and date that a document is stored under, by its text or by a person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from minutes.models import Municipality, Source
from minutes.models.danish import slug
from minutes.models.places import RESERVED_COMMITTEE_SLUGS
from minutes.reader.records import Document, Doubt

# Doubts of the reader that a person answered by giving the municipality, the committee or the date.
_ANSWERED_BY = {
    "given_committee": {"no_committee", "committee_conflict"},
    "given_date": {"no_date", "date_conflict", "weekday_conflict"},
}


@dataclass(frozen=True)
class Place:
    """The facts that identify a document's meeting. Unknown ones are empty or None."""

    municipality: Municipality | None
    committee: str
    date: date | None

    @property
    def missing(self) -> list[str]:
        """The names of the unknown facts, in the active language."""
        facts = (
            (_("kommunen"), self.municipality),
            (_("udvalget"), self.committee),
            (_("mødets dato"), self.date),
        )
        return [name for name, value in facts if not value]


def place_of(source: Source, document: Document) -> Place:
    """Return the place that a person gave for `source`, else the one read from it. At most one query."""
    (place,) = places_of([(source, document)])
    return place


def places_of(documents: Iterable[tuple[Source, Document]]) -> list[Place]:
    """Return the places of documents with their sources, as `place_of`. At most one query."""
    documents = list(documents)
    codes = {
        document.municipality.code
        for source, document in documents
        if document.municipality and not source.given_municipality
    }
    by_code = {row.code: row for row in Municipality.objects.filter(code__in=codes)} if codes else {}
    return [_place(source, document, by_code) for source, document in documents]


def _place(source: Source, document: Document, by_code: Mapping[str, Municipality]) -> Place:
    municipality = source.given_municipality
    if municipality is None and document.municipality:
        municipality = by_code.get(document.municipality.code)
    committee = source.given_committee or document.committee or ""
    if not source.given_committee and slug(committee) in {"", *RESERVED_COMMITTEE_SLUGS}:
        committee = ""
    printed = date.fromisoformat(document.date) if document.date else None
    return Place(municipality, committee, source.given_date or printed)


def unanswered(source: Source, doubts: tuple[Doubt, ...]) -> list[Doubt]:
    """Return the reader's doubts without those that a person answered when giving the facts of `source`."""
    answered = {code for field, codes in _ANSWERED_BY.items() if getattr(source, field) for code in codes}
    return [doubt for doubt in doubts if doubt.code not in answered]
