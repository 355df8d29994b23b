"""The search page, and suggestions while a query is typed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import quote_plus, urlencode

from django.core.exceptions import BadRequest
from django.db import OperationalError
from django.http import Http404, HttpRequest, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from psycopg.errors import QueryCanceled

from minutes.export.files import as_file
from minutes.export.lists import ITEMS
from minutes.filters import SearchForm
from minutes.models import AgendaItem
from minutes.models.meetings import OUTCOMES
from minutes.models.topics import TOPIC_LABELS
from minutes.search.filters import MAX_PAGE, PER_PAGE, Order
from minutes.search.query_parser import MAX_QUERY_LENGTH
from minutes.search.results import SearchResult, run_search
from minutes.search.snippets import snippet_texts, snippets
from minutes.search.suggestions import suggestions
from minutes.statistics.known_parties import named_party
from minutes.statistics.parties import municipalities_with
from minutes.views.hits import hits_of
from minutes.views.search_examples import search_examples
from minutes.views.search_scopes import PLACE_PARAMETER, search_scopes

# Items of a file: as many as the pages show. They are fetched in batches.
MAX_FILE_ITEMS = PER_PAGE * MAX_PAGE
_BATCH_SIZE = 2_000
# Values of a facet that are shown, the first of them without unfolding the rest.
_MAX_VALUES, _MAX_FIRST_VALUES = 40, 6
# Pages of a party, each in a municipality, that are linked to.
_MAX_PARTIES = 5
# The parameters that a new query retains.
_RETAINED_PARAMETERS = (
    *("kommune", "udvalg", "aar", "udfald", "omstridt", "emne", "sorter", "vis"),
    PLACE_PARAMETER,
)
# The value of ?vis= by which results are not grouped by case.
_EACH_ITEM = "punkter"
_ORDER_LABELS = {
    Order.RANK: gettext_lazy("mest relevante"),
    Order.NEWEST: gettext_lazy("nyeste først"),
    Order.OLDEST: gettext_lazy("ældste først"),
}


def search(request: HttpRequest) -> HttpResponseBase:
    """Show a page (?side=) of the items that match ?q= and the facets, in the order of ?sorter=.

    Items of a case are one hit, unless ?vis=punkter. With ?ordret=, synonyms are not searched. ?hvor= is the
    place from whose page the search comes.

    With ?format=, download up to MAX_FILE_ITEMS items instead. Some fifteen queries.
    Status 400 for an invalid filter or a query too long, 404 past the last page, 503 with advice if the
    database gives up.
    """
    text = request.GET.get("q", "").strip()
    if len(text) > MAX_QUERY_LENGTH or request.GET.get("sorter", "") not in list(Order):
        raise BadRequest("a query too long, or an order that does not exist")
    order, number = Order(request.GET.get("sorter", "")), _page_number(request.GET.get("side") or "1")
    form = SearchForm(request.GET)
    valid = form.is_valid()
    has_query = valid and bool(text or any(form.cleaned_data.values()))
    ctx = {
        "text": text,
        "form": form,
        "has_query": has_query,
        "retained": list(_retained_parameters(request.GET)),
    }
    if has_query:
        try:
            if file := _file(request, form, text, order):
                return file
            ctx |= _result_context(request, form, text, order, number)
        except OperationalError as error:
            if not isinstance(error.__cause__, QueryCanceled):
                raise
            return render(request, "minutes/search.html", ctx | {"gave_up": True}, status=503)
    else:
        ctx["examples"] = search_examples()
    return render(request, "minutes/search.html", ctx, status=200 if valid else 400)


def _result_context(
    request: HttpRequest, form: SearchForm, text: str, order: Order, number: int
) -> dict[str, object]:
    literal = bool(request.GET.get("ordret"))
    grouped = request.GET.get("vis") != _EACH_ITEM
    result = run_search(
        *(text, form.search_filters, order, number),
        synonyms=not literal,
        grouped=grouped,
        similar=not literal,
    )
    if number > 1 and not result.items:
        raise Http404
    lists = [_HitList(result, (number - 1) * PER_PAGE + 1)]
    if result.similar:
        lists.append(_HitList(result.similar, 1))
    # What needs neither the counts nor the database is done while the database counts.
    with result.searcher.counting():
        rendered = [hits.render() for hits in lists]
    return {
        "result": result,
        "literal": literal,
        "grouped": grouped,
        "scopes": search_scopes(request.GET, form),
        "hit_list": rendered[0],
        "similar_list": rendered[1] if result.similar else "",
        "orders": [(value.value, label, value is order) for value, label in _ORDER_LABELS.items()],
        "page": _Page(number, result),
        "cut_at": MAX_FILE_ITEMS if result.counts.total > MAX_FILE_ITEMS else None,
        "facets": _facets(request.GET, form, result),
        "people": [
            (person, urlencode({"q": f'person:"{person.name}"', "kommune": person.municipality.slug}))
            for person in result.entities.people
        ],
        "parties": _parties(text, form) if number == 1 else [],
        "unfiltered": urlencode({"q": text}) if any(form.search_filters.facet_queries()) else "",
    }


class _PartyLink(NamedTuple):
    name: str
    municipality: str
    address: str


def _parties(text: str, form: SearchForm) -> list[_PartyLink]:
    """Return links to the pages of the party that a query names. One query, none for other queries."""
    party = named_party(text)
    if not party:
        return []
    chosen = form.search_filters.municipalities
    return [
        _PartyLink(str(party), municipality.name, reverse("party", args=[municipality.slug, party.slug]))
        for municipality in municipalities_with(party)
        if not chosen or municipality.pk in chosen
    ][:_MAX_PARTIES]


class _HitList:
    """The hits of a result with their texts, which are read when it is created: two queries."""

    def __init__(self, result: SearchResult, first: int) -> None:
        self._hits, self._query, self._first = hits_of(result), result.query, first
        self._texts = snippet_texts([hit.item.pk for hit in self._hits], result.query)

    def render(self) -> str:
        """Return the list as HTML, empty without hits. No query."""
        passages = snippets(self._texts, self._query)
        for hit in self._hits:
            hit.passage = passages.get(hit.item.pk, "")
        ctx = {"hits": self._hits, "first": self._first}
        return render_to_string("minutes/_hits.html", ctx) if self._hits else ""


def _file(request: HttpRequest, form: SearchForm, text: str, order: Order) -> HttpResponseBase | None:
    """Return the items of all pages as the file that ?format= asks for; None without it."""
    if not request.GET.get("format"):
        return None
    synonyms = not request.GET.get("ordret")
    searcher = run_search(text, form.search_filters, order, 1, synonyms=synonyms).searcher
    items = searcher.first(MAX_FILE_ITEMS + 1, order)
    return as_file(request, ITEMS, _rows(items[:MAX_FILE_ITEMS]), truncated=len(items) > MAX_FILE_ITEMS)


def _rows(items: Sequence[int]) -> Iterator[AgendaItem]:
    """Yield the items in their order. One query for each batch."""
    for start in range(0, len(items), _BATCH_SIZE):
        batch = items[start : start + _BATCH_SIZE]
        rows = AgendaItem.objects.published().with_places().in_bulk(batch)
        yield from (rows[item] for item in batch if item in rows)


def suggest(request: HttpRequest) -> JsonResponse:
    """Return completions of ?q=: {"suggestions": [{"kind", "text", "place", "href"}, …]}.

    Eight queries at most.
    """
    return JsonResponse(
        {
            "suggestions": [
                {
                    "kind": suggestion.kind,
                    "text": suggestion.text,
                    "place": suggestion.place,
                    "href": suggestion.address,
                }
                for suggestion in suggestions(request.GET.get("q", ""))
            ]
        }
    )


class _Page:
    """The number of a page of hits, and the pages before and after it."""

    def __init__(self, number: int, result: SearchResult) -> None:
        self.number = number
        places = result.searcher.known_places if result.searcher.grouped else result.counts.total
        self.exact = result.counts.exact and places is not None
        self.total = min(-(-(places or 0) // PER_PAGE), MAX_PAGE)
        self.has_previous = number > 1
        is_last = number >= self.total if self.exact else len(result.items) < PER_PAGE
        self.has_next = not is_last and number < MAX_PAGE

    @property
    def previous(self) -> int | None:
        """The number of the previous page; None for the first page, which has no number in its address."""
        return self.number - 1 if self.number > 2 else None

    @property
    def next(self) -> int:
        return self.number + 1


class _Value(NamedTuple):
    """A value of a facet; its address adds the value to the filters, or removes it if it is chosen."""

    label: str
    items: int
    is_chosen: bool
    address: str


@dataclass
class _Facet:
    """A facet with the values shown at first, and the `rest`; the numbers are estimates unless `exact`."""

    label: str
    exact: bool
    values: Sequence[_Value]
    rest: Sequence[_Value]


def _facets(parameters: QueryDict, form: SearchForm, result: SearchResult) -> list[_Facet]:
    counts = result.counts
    years = {str(year): counts.years[year] for year in sorted(counts.years, reverse=True)}
    municipalities = {**form.municipality_names, **counts.municipality_names}
    committees = {**form.committee_names, **counts.committee_names}
    contested = {"on": counts.contested} if counts.contested else {}
    facets = []
    for label, facet, parameter, numbers, names in (
        (_("Kommune"), "municipalities", "kommune", _largest_first(counts.municipalities), municipalities),
        (_("Udvalg"), "committees", "udvalg", _largest_first(counts.committees), committees),
        (_("År"), "years", "aar", years, {}),
        (_("Udfald"), "outcomes", "udfald", _largest_first(counts.outcomes), dict(OUTCOMES)),
        (_("Emne"), "topics", "emne", _largest_first(counts.topics), TOPIC_LABELS),
        (_("Uenighed"), "contested", "omstridt", contested, {"on": _("Kun omstridte")}),
    ):
        values = _facet_values(parameter, numbers, names, parameters)
        first, rest = values[:_MAX_FIRST_VALUES], values[_MAX_FIRST_VALUES:]
        facets.append(_Facet(label, counts.is_exact(facet), first, rest))
    return facets


def _largest_first(numbers: Mapping[str, int]) -> dict[str, int]:
    """Sort values by their number of items, and values with equal numbers by name."""
    return dict(sorted(numbers.items(), key=lambda value: (-value[1], value[0])))


def _facet_values(
    parameter: str, numbers: Mapping[str, int], names: Mapping[str, object], parameters: QueryDict
) -> list[_Value]:
    """Return the values of a facet, the chosen ones first. Their addresses lead to the first page."""
    chosen = [value for value in parameters.getlist(parameter) if value]
    query = [
        (name, value)
        for name, values in parameters.lists()
        if name not in {parameter, "side"}
        for value in values
    ]
    query += [(parameter, value) for value in chosen]
    prefix = f"?{urlencode(query)}{'&' * bool(query)}"
    facet_values = []
    for value in list(dict.fromkeys([*chosen, *numbers]))[:_MAX_VALUES]:
        if value in chosen:
            address = "?" + urlencode([pair for pair in query if pair != (parameter, value)])
        else:
            address = f"{prefix}{parameter}={quote_plus(value)}"
        label = str(names.get(value, value))
        facet_values.append(_Value(label, numbers.get(value, 0), value in chosen, address))
    return facet_values


def _retained_parameters(parameters: QueryDict) -> Iterator[tuple[str, str]]:
    """Yield the facets and the order, which a new query retains."""
    for name in _RETAINED_PARAMETERS:
        for value in parameters.getlist(name):
            if value:
                yield name, value


def _page_number(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:9]) <= MAX_PAGE:
        raise Http404
    return int(text)
