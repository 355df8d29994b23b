"""Links that widen a search to all municipalities, or narrow it to the place from whose page it comes."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from minutes.filters import SearchForm
from minutes.models import Committee, Municipality

# "randers" or "randers/byraadet": from whose page the search comes, whatever it is restricted to.
PLACE_PARAMETER = "hvor"


class Scope(NamedTuple):
    """A place to search in; the address searches there."""

    label: str
    address: str
    is_current: bool


def search_scopes(parameters: QueryDict, form: SearchForm) -> list[Scope]:
    """Return all municipalities, the municipality and the committee that the search is about, widest first.

    Empty if it is about no place. Two queries at most.
    """
    municipality, committee = _place(parameters, form)
    if municipality is None:
        return []
    chosen = (parameters.getlist("kommune"), parameters.getlist("udvalg"))
    place = f"{municipality.slug}/{committee.slug}" if committee else municipality.slug
    places: list[tuple[str, list[str], list[str]]] = [
        (_("Alle kommuner"), [], []),
        (municipality.name, [municipality.slug], []),
    ]
    if committee:
        places.append((committee.name, [municipality.slug], [committee.slug]))
    return [
        Scope(
            label,
            _address(parameters, place, municipalities, committees),
            chosen == (municipalities, committees),
        )
        for label, municipalities, committees in places
    ]


def _place(parameters: QueryDict, form: SearchForm) -> tuple[Municipality | None, Committee | None]:
    """Return the place that ?hvor= names, else the one that the search is restricted to."""
    chosen = "/".join([*parameters.getlist("kommune"), *parameters.getlist("udvalg")])
    named = parameters.get(PLACE_PARAMETER) or (chosen if len(parameters.getlist("kommune")) == 1 else "")
    municipality_slug, _slash, committee_slug = named.replace("\x00", "").partition("/")
    if not municipality_slug:
        return None, None
    municipality = form.chosen_municipality(municipality_slug)
    municipality = municipality or Municipality.objects.published().filter(slug=municipality_slug).first()
    if municipality is None or not committee_slug:
        return municipality, None
    committees = Committee.objects.published().filter(municipality=municipality, slug=committee_slug)
    return municipality, committees.first()


def _address(parameters: QueryDict, place: str, municipalities: list[str], committees: list[str]) -> str:
    query = parameters.copy()
    query.pop("side", None)
    query.setlist("kommune", municipalities)
    query.setlist("udvalg", committees)
    # A search in the place itself needs no reminder of it.
    query.setlist(PLACE_PARAMETER, [place] if "/".join(municipalities + committees) != place else [])
    return "?" + urlencode([(name, value) for name, values in query.lists() for value in values])
