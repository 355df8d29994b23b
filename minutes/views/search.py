"""The search page, its help, and what is suggested while somebody types."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote_plus, urlencode

from django.core.exceptions import BadRequest
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from psycopg.errors import QueryCanceled

from minutes.export.files import as_file
from minutes.export.lists import ITEMS
from minutes.filters import SearchForm
from minutes.item_facts import SEARCHED_FACTS
from minutes.models import AgendaItem
from minutes.models.meetings import OUTCOMES
from minutes.search.query_parser import MAX_QUERY_LENGTH
from minutes.search.results import SearchResult, run_search
from minutes.search.searcher import MAX_PAGE, PER_PAGE, Order
from minutes.search.snippets import snippets, texts
from minutes.search.suggestions import suggestions

# Items of a file, as many as the pages show; so many are fetched at a time.
LONGEST_FILE = PER_PAGE * MAX_PAGE
_FETCHED = 2_000
# Values of a facet that are shown before the rest is unfolded, and altogether.
_SHOWN_AT_FIRST, _SHOWN = 6, 40
_ORDERS = {
    Order.RANK: _("bedste først"),
    Order.NEWEST: _("nyeste først"),
    Order.OLDEST: _("ældste først"),
}


def search(request: HttpRequest) -> HttpResponseBase:
    """Items that match ?q= and the facets, in ?sorter='s order: ?side= of them. Some fifteen queries.

    With ?format= they are a file, as far as LONGEST_FILE.
    400 for a facet that cannot be or a query too long, 404 past the end or page 500, 503 with advice when
    the database gives up.
    """
    text = request.GET.get("q", "").strip()
    if len(text) > MAX_QUERY_LENGTH or request.GET.get("sorter", "") not in list(Order):
        raise BadRequest("a query too long, or an order that does not exist")
    order, number = Order(request.GET.get("sorter", "")), _number(request.GET.get("side") or "1")
    form = SearchForm(request.GET)
    valid = form.is_valid()
    asked = valid and bool(text or any(form.cleaned_data.values()))
    ctx = {"text": text, "form": form, "asked": asked, "kept": _kept(request.GET)}
    if asked:
        try:
            if file := _file(request, form, text, order):
                return file
            ctx |= _found(request, form, text, order, number)
        except OperationalError as error:
            if not isinstance(error.__cause__, QueryCanceled):
                raise
            return render(request, "minutes/search.html", ctx | {"gave_up": True}, status=503)
    return render(request, "minutes/search.html", ctx, status=200 if valid else 400)


def _found(request: HttpRequest, form: SearchForm, text: str, order: Order, number: int) -> dict[str, object]:
    found = run_search(text, form.search_filters, order, number)
    if number > 1 and not found.items:
        raise Http404
    items = AgendaItem.objects.published().as_lines().in_bulk(found.items)
    read = texts(items)
    # Whatever needs no counts, while these are made.
    with found.searcher.counting():
        passages = snippets(read, found.query)
        hits = [(items[item], passages.get(item, "")) for item in found.items if item in items]
        first = (number - 1) * PER_PAGE + 1
        listed = render_to_string("minutes/_hits.html", {"hits": hits, "first": first}) if hits else ""
    return {
        "found": found,
        "list_of_hits": listed,
        "orders": [(each.value, label, each is order) for each, label in _ORDERS.items()],
        "page": _Page(number, found),
        "cut_at": LONGEST_FILE if found.counts.total > LONGEST_FILE else None,
        "facets": _facets(request.GET, form, found),
        "people": [
            (each, urlencode({"q": f'person:"{each.name}"', "kommune": each.municipality.slug}))
            for each in found.people
        ],
        "unnarrowed": urlencode({"q": text}) if any(form.search_filters.lexemes()) else "",
    }


def _file(request: HttpRequest, form: SearchForm, text: str, order: Order) -> HttpResponseBase | None:
    """What the pages show one after the other, where ?format= asks for a file of it."""
    if not request.GET.get("format"):
        return None
    items = run_search(text, form.search_filters, order, 1).searcher.first(LONGEST_FILE + 1, order)
    return as_file(request, ITEMS, _rows(items[:LONGEST_FILE]), cut=len(items) > LONGEST_FILE)


def _rows(items: Sequence[int]) -> Iterator[AgendaItem]:
    """The items in their order. A query for every _FETCHED of them."""
    for start in range(0, len(items), _FETCHED):
        batch = items[start : start + _FETCHED]
        rows = AgendaItem.objects.published().with_places().in_bulk(batch)
        yield from (rows[item] for item in batch if item in rows)


def search_help(request: HttpRequest) -> HttpResponse:
    """How to search, with examples to follow. No query."""
    return render(request, "minutes/search_help.html", {"names": [name for _fact, name in SEARCHED_FACTS]})


def suggest(request: HttpRequest) -> JsonResponse:
    """What ?q= may become: {"suggestions": [{"kind", "text", "place", "href"}, …]}. Eight queries at most."""
    told = suggestions(request.GET.get("q", ""))
    return JsonResponse(
        {
            "suggestions": [
                {"kind": each.kind, "text": each.text, "place": each.place, "href": each.address}
                for each in told
            ]
        }
    )


class _Page:
    """Where a page of hits stands among the others."""

    def __init__(self, number: int, found: SearchResult) -> None:
        self.number = number
        self.total = min(-(-found.counts.total // PER_PAGE), MAX_PAGE)
        self.exact = found.counts.exact
        self.has_previous = number > 1
        last = number >= self.total if self.exact else len(found.items) < PER_PAGE
        self.has_next = not last and number < MAX_PAGE

    @property
    def previous(self) -> int | None:
        return self.number - 1 if self.number > 2 else None

    @property
    def next(self) -> int:
        return self.number + 1


_Value = tuple[str, int, bool, str]


@dataclass
class _Facet:
    """A facet with its values: label, items, whether chosen, and the query that chooses or leaves it."""

    label: str
    exact: bool
    values: list[_Value]
    rest: list[_Value]


def _facets(given: QueryDict, form: SearchForm, found: SearchResult) -> list[_Facet]:
    counts = found.counts
    years = {str(year): counts.years[year] for year in sorted(counts.years, reverse=True)}
    towns = {**form.municipality_names, **counts.municipality_names}
    committees = {**form.committee_names, **counts.committee_names}
    contested = {"on": counts.contested} if counts.contested else {}
    return [
        _Facet(label, counts.is_exact(facet), *_values(name, numbers, names, given))
        for label, facet, name, numbers, names in (
            (_("Kommune"), "municipalities", "kommune", _most_first(counts.municipalities), towns),
            (_("Udvalg"), "committees", "udvalg", _most_first(counts.committees), committees),
            (_("År"), "years", "aar", years, {}),
            (_("Udfald"), "outcomes", "udfald", _most_first(counts.outcomes), dict(OUTCOMES)),
            (_("Enighed"), "contested", "omstridt", contested, {"on": _("Omstridte")}),
        )
    ]


def _most_first(numbers: Mapping[str, int]) -> dict[str, int]:
    """Of values with as many items, in one order on every page."""
    return dict(sorted(numbers.items(), key=lambda each: (-each[1], each[0])))


def _values(
    name: str, numbers: Mapping[str, int], names: Mapping[str, object], given: QueryDict
) -> tuple[list[_Value], list[_Value]]:
    """Those shown at first, and the rest."""
    chosen = [each for each in given.getlist(name) if each]
    others = [(key, each) for key, some in given.lists() if key not in {name, "side"} for each in some]
    others += [(name, each) for each in chosen]
    kept = f"?{urlencode(others)}{'&' * bool(others)}"
    values = []
    for value in list(dict.fromkeys([*chosen, *numbers]))[:_SHOWN]:
        # Chosen, or left if it is; from the first page.
        if value in chosen:
            address = "?" + urlencode([each for each in others if each != (name, value)])
        else:
            address = f"{kept}{name}={quote_plus(value)}"
        values.append((str(names.get(value, value)), numbers.get(value, 0), value in chosen, address))
    return values[:_SHOWN_AT_FIRST], values[_SHOWN_AT_FIRST:]


def _kept(given: QueryDict) -> Iterable[tuple[str, str]]:
    """What a new query keeps of the old one: the facets and the order."""
    for name in ("kommune", "udvalg", "aar", "udfald", "omstridt", "sorter"):
        for value in given.getlist(name):
            if value:
                yield name, value


def _number(told: str) -> int:
    if not (told.isascii() and told.isdigit()) or not 1 <= int(told[:9]) <= MAX_PAGE:
        raise Http404
    return int(told)
