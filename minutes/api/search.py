"""The search, in the site's own query language."""

from enum import StrEnum
from typing import Annotated, Literal

from django.http import HttpRequest, QueryDict
from ninja import Query, Router
from pydantic import Field

from minutes.api.addresses import Addresses
from minutes.api.items import ItemRecord, item_record, with_numbers
from minutes.api.paging import closed, links, opened
from minutes.api.parameters import Asked, Day, Slug
from minutes.api.problems import Fault, Refusal
from minutes.api.records import Links, Record
from minutes.filters import SearchForm
from minutes.models import AgendaItem
from minutes.search.filters import MAX_PAGE, PER_PAGE, Order
from minutes.search.query_parser import MAX_QUERY_LENGTH
from minutes.search.results import SearchResult, run_search
from minutes.search.snippets import snippet_texts, snippets
from minutes.vocabulary import Outcome

router = Router(tags=["search"])


class Sort(StrEnum):
    RANK = "rank"
    NEWEST = "newest"
    OLDEST = "oldest"


_ORDERS = {Sort.RANK: Order.RANK, Sort.NEWEST: Order.NEWEST, Sort.OLDEST: Order.OLDEST}
# What the search form calls the parameters.
_FORM = {
    "municipality": "kommune",
    "committee": "udvalg",
    "year": "aar",
    "outcome": "udfald",
    "contested": "omstridt",
    "from": "fra",
    "to": "til",
}


class AskedOfSearch(Asked):
    q: str = Field(
        "",
        max_length=MAX_QUERY_LENGTH,
        description="The query, in the language that /soeg/hjaelp/ tells of.",
        examples=['cykelsti -budget person:"Ane Lund"'],
    )
    municipality: list[Slug] = Field([], description="Slugs; any of them.", examples=[["randers"]])
    committee: list[Slug] = Field([], description="Slugs; any of them.", examples=[["byraadet"]])
    year: list[Annotated[int, Field(ge=1970, le=2100)]] = Field(
        [], description="Years of the meeting; any of them.", examples=[[2020]]
    )
    outcome: list[Outcome] = Field([], description="What became of it; any of them.", examples=[["approved"]])
    contested: Literal["true"] | None = Field(
        None, description="Only where somebody was against.", examples=["true"]
    )
    first: Day | None = Field(
        None, alias="from", description="Meetings of this day or later.", examples=["2019-01-01"]
    )
    last: Day | None = Field(
        None, alias="to", description="Meetings of this day or earlier.", examples=["2021-12-31"]
    )
    sort: Sort = Field(Sort.RANK, description="The best first, or by date.", examples=["rank"])
    cursor: str = Field("", max_length=2000, description="From a page's `links`; as it stands there.")

    def form(self) -> SearchForm:
        """The form of the search page, filled in; 400 for what it refuses. Two queries."""
        told = QueryDict(mutable=True)
        for name, values in (
            ("kommune", self.municipality),
            ("udvalg", self.committee),
            ("aar", self.year),
            ("udfald", self.outcome),
            ("omstridt", ["on"] if self.contested else []),
            ("fra", [self.first] if self.first else []),
            ("til", [self.last] if self.last else []),
        ):
            told.setlist(name, [str(each) for each in values])
        form = SearchForm(told)
        if not form.is_valid():
            faults = [
                Fault(parameter=name, message="Not in the archive.")
                for name in _FORM
                if _FORM[name] in form.errors
            ]
            raise Refusal(400, "Narrowed to what the archive has not.", faults)
        return form


class HitRecord(ItemRecord):
    """An agenda item that matches."""

    snippet_html: str = Field(
        description="A passage that shows why, as escaped HTML; the words asked for are in `mark` elements.",
        examples=["Der anlægges en <mark>cykelsti</mark> langs Mosevej …"],
    )


class Understood(Record):
    """How the query was understood."""

    q: str = Field(description="The query as it was given.", examples=["cykelsti"])
    searched: str = Field(
        description="What was searched: another query where nothing matches the one given.",
        examples=["cykelsti"],
    )
    loosened: bool = Field(
        description="Whether items are shown that lack a word, as none has them all.", examples=[False]
    )
    suggestion: str | None = Field(
        description="A query with words that the archive has far oftener.", examples=[None]
    )
    notes: list[str] = Field(description="What was left aside, in Danish.", examples=[[]])


class SearchPage(Record):
    """Twenty of the items that match."""

    query: Understood
    total: int = Field(description="Items that match.", examples=[42])
    total_is_exact: bool = Field(
        description="Whether they were counted, rather than estimated.", examples=[True]
    )
    data: list[HitRecord]
    links: Links


@router.get("/search", response=SearchPage, operation_id="search")
def search(request: HttpRequest, asked: Query[AskedOfSearch]) -> SearchPage:
    """Agenda items that match a query, twenty at a time, as on the search page.

    Ranks change with the archive: a cursor here is a page, so an item that comes in meanwhile can push
    another onto the next page. Page 500 is the last; narrow the search instead.
    """
    number = opened(request, asked.cursor)[0] if asked.cursor else 1
    found = run_search(asked.q.strip(), asked.form().search_filters, _ORDERS[asked.sort], number)
    at = Addresses.seen_by(request)
    items = with_numbers(AgendaItem.objects.published().with_places()).in_bulk(found.items)
    read = snippet_texts(items)
    with found.searcher.counting(facets=False):
        passages = snippets(read, found.query)
    return SearchPage(
        query=_understood(asked.q, found),
        total=found.counts.total,
        total_is_exact=found.counts.exact,
        data=[
            HitRecord.of(
                **item_record(at, items[each]).model_dump(), snippet_html=str(passages.get(each, ""))
            )
            for each in found.items
            if each in items
        ],
        links=links(
            request,
            asked.cursor,
            closed(request, [number + 1]) if _has_more(number, found) else None,
            closed(request, [number - 1]) if number > 1 else None,
        ),
    )


def _has_more(number: int, found: SearchResult) -> bool:
    more = number * PER_PAGE < found.counts.total if found.counts.exact else len(found.items) == PER_PAGE
    return more and number < MAX_PAGE


def _understood(given: str, found: SearchResult) -> Understood:
    return Understood(
        q=given,
        searched=found.query.text,
        loosened=found.relaxed,
        suggestion=found.suggestion or None,
        notes=[str(note) for note in found.query.notes],
    )
