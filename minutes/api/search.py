"""The search, in the query language of the site."""

import datetime
from enum import StrEnum
from typing import Annotated, Literal

from django.http import HttpRequest, QueryDict
from ninja import Query, Router
from pydantic import Field

from minutes.api.addresses import ApiUrls
from minutes.api.items import ItemRecord, item_record, with_numbers
from minutes.api.paging import decode_cursor, encode_cursor, page_links
from minutes.api.parameters import Day, Parameters, Slug
from minutes.api.problems import ApiError, Fault
from minutes.api.records import Links, Schema, identity
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
# The names of the parameters in the search form.
_FORM = {
    "municipality": "kommune",
    "committee": "udvalg",
    "year": "aar",
    "outcome": "udfald",
    "contested": "omstridt",
    "topic": "emne",
    "from": "fra",
    "to": "til",
}


class SearchParameters(Parameters):
    q: str = Field(
        "",
        max_length=MAX_QUERY_LENGTH,
        description="The query, in the language that /soeg/hjaelp/ describes.",
        examples=['cykelsti -budget person:"Ane Lund"'],
    )
    municipality: list[Slug] = Field([], description="Slugs; any of them.", examples=[["randers"]])
    committee: list[Slug] = Field([], description="Slugs; any of them.", examples=[["byraadet"]])
    year: list[Annotated[int, Field(ge=1970, le=2100)]] = Field(
        [], description="Years of the meeting; any of them.", examples=[[2020]]
    )
    outcome: list[Outcome] = Field([], description="Outcomes; any of them.", examples=[["approved"]])
    contested: Literal["true"] | None = Field(
        None,
        description="Only items where somebody voted against, abstained or took a reservation.",
        examples=["true"],
    )
    topic: list[Slug] = Field(
        [], description="Keys of topics, as in an item's `topic`; any of them.", examples=[["skole"]]
    )
    first: Day | None = Field(
        None, alias="from", description="Meetings of this day or later.", examples=["2019-01-01"]
    )
    last: Day | None = Field(
        None, alias="to", description="Meetings of this day or earlier.", examples=["2021-12-31"]
    )
    synonyms: Literal["false"] | None = Field(
        None,
        description="`false` searches for the query's own words only, not for synonyms.",
        examples=["false"],
    )
    group: Literal["case"] | None = Field(
        None,
        description="With `case`, items of a case are one hit: the newest that matches, or sorted by `oldest`"
        " the oldest.",
        examples=["case"],
    )
    sort: Sort = Field(Sort.RANK, description="By relevance, or by date.", examples=["rank"])
    cursor: str = Field("", max_length=2000, description="From a page's `links`, unchanged.")

    def form(self) -> SearchForm:
        """Return the form of the search page, filled in. Raises 400 when it is invalid. Two queries."""
        query = QueryDict(mutable=True)
        for name, values in (
            ("kommune", self.municipality),
            ("udvalg", self.committee),
            ("aar", self.year),
            ("udfald", self.outcome),
            ("omstridt", ["on"] if self.contested else []),
            ("emne", self.topic),
            ("fra", [self.first] if self.first else []),
            ("til", [self.last] if self.last else []),
        ):
            query.setlist(name, [str(value) for value in values])
        form = SearchForm(query)
        if not form.is_valid():
            faults = [
                Fault(parameter=name, message="Not in the archive.")
                for name in _FORM
                if _FORM[name] in form.errors
            ]
            raise ApiError(400, "A filter names something that is not in the archive.", faults)
        return form


class CaseItemRecord(Schema):
    """An item of the case of a hit."""

    id: str = identity("items", "randers/byraadet/2020-01-14/3")
    date: datetime.date = Field(examples=["2020-01-14"])
    outcome: Outcome = Field(description="What became of it, in one word.", examples=["approved"])
    matches: bool = Field(description="Whether it matches the query and the filters.", examples=[True])


class HitRecord(ItemRecord):
    """An agenda item that matches."""

    case_items: list[CaseItemRecord] = Field(
        description="With `group=case`, the items of its case, itself included, newest first, at most 61;"
        " empty if it is the only one.",
    )

    snippet_html: str = Field(
        description="A matching passage as escaped HTML, with the words of the query in `mark` elements.",
        examples=["Der anlægges en <mark>cykelsti</mark> langs Mosevej …"],
    )


class SynonymsRecord(Schema):
    """Words of the query, and what was searched besides."""

    words: str = Field(description="As in the query, in lower case.", examples=["børnehave"])
    synonyms: list[str] = Field(
        description="Words and phrases. Their hits come after those of the query's own words by relevance.",
        examples=[["daginstitution", "dagtilbud"]],
    )


class Understood(Schema):
    """The interpretation of the query."""

    q: str = Field(description="The given query.", examples=["cykelsti"])
    searched: str = Field(
        description="The query that was run: another one where nothing matches the given one.",
        examples=["cykelsti"],
    )
    loosened: bool = Field(
        description="Whether items are included that lack a word, because none has all words.",
        examples=[False],
    )
    suggestion: str | None = Field(description="A query with much more frequent words.", examples=[None])
    synonyms: list[SynonymsRecord] = Field(description="Words that were searched with synonyms.")
    notes: list[str] = Field(description="What was ignored, in Danish.", examples=[[]])


class SearchPage(Schema):
    """Twenty of the items that match."""

    query: Understood
    total: int = Field(description="Items that match.", examples=[42])
    total_is_exact: bool = Field(
        description="Whether they were counted, rather than estimated.", examples=[True]
    )
    hits: int | None = Field(
        description="With `group=case`, the number of cases and of items without a case among them. Null if"
        " not counted.",
        examples=[None],
    )
    data: list[HitRecord]
    links: Links


@router.get("/search", response=SearchPage, operation_id="search")
def search(request: HttpRequest, parameters: Query[SearchParameters]) -> SearchPage:
    """Agenda items that match a query, twenty at a time, as on the search page.

    Ranks change with the archive: a cursor is a page number here, so an item that is imported meanwhile can
    push another onto the next page. Page 500 is the last; narrow the search instead.
    """
    number = decode_cursor(request, parameters.cursor)[0] if parameters.cursor else 1
    result = run_search(
        parameters.q.strip(),
        parameters.form().search_filters,
        _ORDERS[parameters.sort],
        number,
        synonyms=not parameters.synonyms,
        grouped=parameters.group is not None,
    )
    urls = ApiUrls.for_request(request)
    items = with_numbers(AgendaItem.objects.published().with_places()).in_bulk(result.items)
    case_items = _case_items(urls, result)
    item_texts = snippet_texts(items, result.query)
    with result.searcher.counting(facets=False):
        passages = snippets(item_texts, result.query)
    return SearchPage(
        query=_understood(parameters.q, result),
        total=result.counts.total,
        total_is_exact=result.counts.exact,
        hits=result.searcher.known_places if parameters.group else None,
        data=[
            HitRecord.of(
                **item_record(urls, items[pk]).model_dump(),
                snippet_html=str(passages.get(pk, "")),
                case_items=case_items.get(pk, []),
            )
            for pk in result.items
            if pk in items
        ],
        links=page_links(
            request,
            parameters.cursor,
            encode_cursor(request, [number + 1]) if _has_more(number, result) else None,
            encode_cursor(request, [number - 1]) if number > 1 else None,
        ),
    )


def _case_items(urls: ApiUrls, result: SearchResult) -> dict[int, list[CaseItemRecord]]:
    """Return the records of the items of each hit's case. One query at most."""
    keys = {row.item for of_case in result.cases.values() for row in of_case.items}
    rows = AgendaItem.objects.published().as_lines().in_bulk(keys) if keys else {}
    return {
        hit: [
            CaseItemRecord(
                id=urls.item(rows[row.item]),
                date=rows[row.item].meeting.date,
                outcome=Outcome(rows[row.item].outcome),
                matches=row.matches,
            )
            for row in of_case.items
            if row.item in rows
        ]
        for hit, of_case in result.cases.items()
    }


def _has_more(number: int, result: SearchResult) -> bool:
    searcher = result.searcher
    total = searcher.known_places if searcher.grouped else result.counts.total
    is_known = result.counts.exact and total is not None
    more = number * PER_PAGE < (total or 0) if is_known else len(result.items) == PER_PAGE
    return more and number < MAX_PAGE


def _understood(given: str, result: SearchResult) -> Understood:
    return Understood(
        q=given,
        searched=result.query.text,
        loosened=result.relaxed,
        suggestion=result.suggestion or None,
        synonyms=[
            SynonymsRecord(words=words, synonyms=list(synonyms)) for words, synonyms in result.expansions
        ],
        notes=[str(note) for note in result.query.notes],
    )
