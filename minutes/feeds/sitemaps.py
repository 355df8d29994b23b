"""robots.txt and sitemaps (sitemaps.org): the URL of every public page, by municipality.

`django.contrib.sitemaps` is not used: its index makes two queries for each municipality, this one seven in
all; its files have other URLs (`?p=2`), and it loads all 50,000 rows of a file where this streams them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Count, Expression, Max, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import override

from minutes.feeds.conditional import changed_at
from minutes.models import AgendaItem, Case, Committee, GazetteerPlace, Meeting, Municipality, Person
from minutes.models.meetings import meeting_slug
from minutes.models.states import State
from minutes.statistics.parties import published_parties

# URLs of a file that are rows. The protocol allows 50,000; the rest is for pages of parties.
MAX_URLS = 49_000
# Page numbers in the URLs of a municipality's files; the first file has none.
_PAGE_NUMBERS = range(2, 1_001)
_CHUNK_SIZE = 2_000
_XML = "application/xml; charset=utf-8"
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<{0} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'

# Excludes suggestions, downloads of lists, and countless combinations: of search facets, orders and members.
_DISALLOWED = (
    *("/soeg/forslag/", "/*/personer/sammenlign/", "/*format="),
    *(f"/soeg/?*{parameter}=" for parameter in ("kommune", "udvalg", "aar", "udfald", "omstridt", "emne")),
    *(f"/soeg/?*{parameter}=" for parameter in ("vis", "hvor", "sorter", "ordret", "side")),
)


def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt (RFC 9309). No query."""
    lines = ["User-agent: *", "Disallow: /admin/"]
    for prefix in _prefixes():
        lines += [f"Disallow: {prefix}{path}" for path in _DISALLOWED]
    lines += ["", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _prefixes() -> list[str]:
    """The beginning of the addresses in each language: "", "/en"."""
    prefixes = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            prefixes.append(reverse("home").rstrip("/"))
    return prefixes


def index(request: HttpRequest) -> HttpResponse:
    """The sitemap index: the files of every municipality, with when it last changed. Seven queries at most.

    Counts everything published: 0.3 s for 100,000 items.
    """
    url_counts: Counter[int] = Counter()
    for kind in _kinds():
        counts = kind.rows().order_by().values_list(kind.municipality).annotate(Count("pk"))
        url_counts.update(dict(counts))
    municipalities = _MUNICIPALITIES.dated_rows().order_by("sort_key", "pk").values_list("pk", "slug", "last")
    lines = [_HEAD.format("sitemapindex")]
    for pk, slug, last in municipalities:
        lines += [
            _element("sitemap", request.build_absolute_uri(prefix + _file_url(slug, page)), last)
            for prefix in _prefixes()
            # The municipality's own page is one URL more than those counted.
            for page in range(1, url_counts[pk] // MAX_URLS + 2)
        ]
    return HttpResponse("".join([*lines, "</sitemapindex>\n"]), content_type=_XML)


def municipality(
    request: HttpRequest, municipality_slug: str, page: int | None = None
) -> StreamingHttpResponse:
    """A file of a municipality's URLs; the first has no page number. Seventeen queries at most."""
    municipality = get_object_or_404(Municipality.objects.published(), slug=municipality_slug)
    if page is not None and page not in _PAGE_NUMBERS:
        raise Http404
    slices = list(_slices(municipality, ((page or 1) - 1) * MAX_URLS))
    if not slices:
        raise Http404
    base_url = request.build_absolute_uri(municipality.get_absolute_url())
    paths = () if page else _party_paths(municipality)
    return StreamingHttpResponse(_chunks(_lines(base_url, slices, paths)), content_type=_XML)


@dataclass(frozen=True)
class _Kind:
    """Published rows with a page each.

    `municipality` is the lookup of a row's municipality and `last` the expression for when its page changed.
    `path` makes the row's path below the municipality's from its `columns`.
    """

    rows: Callable[[], QuerySet[Any]]
    municipality: str
    last: Expression
    columns: tuple[str, ...]
    path: Callable[..., str]

    def dated_rows(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.rows().annotate(last=self.last)
        return rows


def _latest_change(meeting: str) -> Max:
    """Expression for when the latest of the published meetings at this lookup changed."""
    return Max(changed_at(meeting), filter=Q(**{f"{meeting}state": State.PUBLISHED}))


_MUNICIPALITIES = _Kind(
    rows=Municipality.objects.published,
    municipality="pk",
    last=_latest_change("committees__meetings__"),
    columns=(),
    path=lambda: "",
)
_BELOW_MUNICIPALITY = (
    _Kind(
        rows=Committee.objects.published,
        municipality="municipality",
        last=_latest_change("meetings__"),
        columns=("slug",),
        path=lambda committee: f"{committee}/",
    ),
    _Kind(
        rows=Meeting.objects.published,
        municipality="committee__municipality",
        last=changed_at(),
        columns=("committee__slug", "date", "sequence"),
        path=lambda committee, day, sequence: f"{committee}/{meeting_slug(day, sequence)}/",
    ),
    _Kind(
        rows=AgendaItem.objects.published,
        municipality="meeting__committee__municipality",
        last=changed_at("meeting__"),
        columns=("meeting__committee__slug", "meeting__date", "meeting__sequence", "slug"),
        path=lambda committee, day, sequence, item: f"{committee}/{meeting_slug(day, sequence)}/{item}/",
    ),
    _Kind(
        rows=Case.objects.published,
        municipality="municipality",
        last=_latest_change("case_numbers__item__meeting__"),
        columns=("slug",),
        path=lambda case: f"sager/{case}/",
    ),
    _Kind(
        rows=GazetteerPlace.objects.published,
        municipality="municipality",
        last=_latest_change("mentions__item__meeting__"),
        columns=("slug",),
        path=lambda place: f"steder/{place}/",
    ),
)
_PEOPLE = _Kind(
    rows=Person.objects.published,
    municipality="municipality",
    last=_latest_change("attendances__meeting__"),
    columns=("slug",),
    path=lambda person: f"personer/{person}/",
)


def _kinds() -> tuple[_Kind, ...]:
    """The kinds below a municipality; people only where `PEOPLE_NOINDEX` is off."""
    return _BELOW_MUNICIPALITY if settings.PEOPLE_NOINDEX else (*_BELOW_MUNICIPALITY, _PEOPLE)


def _slices(municipality: Municipality, start: int) -> Iterator[tuple[_Kind, QuerySet[Any]]]:
    """The rows of each kind in the file that begins with URL number `start`. A query for each kind."""
    end = start + MAX_URLS
    for kind in (_MUNICIPALITIES, *_kinds()):
        within = {kind.municipality: municipality.pk}
        count = kind.rows().filter(**within).count()
        if start < count and end > 0:
            rows = kind.dated_rows().filter(**within).order_by("pk").values_list(*kind.columns, "last")
            yield kind, rows[max(start, 0) : end]
        start, end = start - count, end - count


def _party_paths(municipality: Municipality) -> list[str]:
    """Paths of the pages of parties, below the municipality's; they are in its first file. Two queries."""
    parties = published_parties(municipality)
    return ["partier/", *(f"partier/{party.slug}/" for party in parties)] if parties else []


def _lines(
    base_url: str, slices: list[tuple[_Kind, QuerySet[Any]]], undated_paths: Iterable[str]
) -> Iterator[str]:
    yield _HEAD.format("urlset")
    for path in undated_paths:
        yield _element("url", base_url + path, None)
    for kind, rows in slices:
        for *columns, last in rows.iterator(_CHUNK_SIZE):
            yield _element("url", base_url + kind.path(*columns), last)
    yield "</urlset>\n"


def _chunks(lines: Iterator[str]) -> Iterator[str]:
    """The lines joined in chunks, since each string of a streaming response is a write of its own."""
    while chunk := "".join(islice(lines, _CHUNK_SIZE)):
        yield chunk


def _element(name: str, url: str, last: datetime | None) -> str:
    lastmod = f"<lastmod>{last.isoformat(timespec='seconds')}</lastmod>" if last else ""
    return f"<{name}><loc>{escape(url)}</loc>{lastmod}</{name}>\n"


def _file_url(slug: str, page: int) -> str:
    if page == 1:
        return reverse("sitemap-municipality", args=[slug])
    return reverse("sitemap-page", args=[slug, page])
