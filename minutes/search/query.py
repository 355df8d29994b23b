"""Asks the search table. Nothing here evaluates a query: the page slices first."""

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, QuerySet

from minutes.models import SearchEntry

# The most characters of a query that are looked at.
LONGEST_QUERY = 1000
# Characters that part words. PostgreSQL's parser would take "job/uddannelse" for one file name, and skip
# what stands between tags.
PARTING = "/<>"
_PARTED = str.maketrans(dict.fromkeys(PARTING, " ") | {"\x00": " "})


def matching(entries: QuerySet[SearchEntry], text: str) -> QuerySet[SearchEntry]:
    """Those of `entries` in which every word of `text` stands; "quotes", -word and `or` as on the web."""
    return entries.filter(vector=as_query(text))


def ranked(entries: QuerySet[SearchEntry], text: str) -> QuerySet[SearchEntry]:
    """`matching(entries, text)`, best first: title over decision over resume over the rest, then newest."""
    rank = SearchRank(F("vector"), as_query(text), cover_density=True, weights=[0.1, 0.3, 0.6, 1.0])
    return matching(entries, text).annotate(rank=rank).order_by("-rank", "-date", "-item_id")


def newest(entries: QuerySet[SearchEntry]) -> QuerySet[SearchEntry]:
    return entries.order_by("-date", "-item_id")


def as_query(text: str) -> SearchQuery:
    """`text` as PostgreSQL's web search query."""
    return SearchQuery(parted(text), config="danish", search_type="websearch")


def parted(text: str) -> str:
    """`text` with its words parted as in the index, and no longer than is looked at."""
    return text[:LONGEST_QUERY].translate(_PARTED)
