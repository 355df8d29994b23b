"""What crawlers ask for: robots.txt, and the address of every public page (sitemaps.org).

Each municipality has sitemaps of its own, of `MAX_URLS` addresses at most. Addresses are put together row by
row as they are sent, so that a file takes the memory of a few thousand rows.
"""

from collections import Counter
from collections.abc import Callable, Iterator
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

from minutes.feeds.conditional import changed_at
from minutes.models import AgendaItem, Case, Committee, Meeting, Municipality, Person
from minutes.models.meetings import State, meeting_slug

# As many as the protocol allows.
MAX_URLS = 50_000
_ROWS_AT_A_TIME = 2_000
_XML = "application/xml; charset=utf-8"
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<{0} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'

# Without the suggestions, files of lists, and facets and orders of the search, of which there is no end.
_ROBOTS = """\
User-agent: *
Disallow: /admin/
Disallow: /soeg/forslag/
Disallow: /soeg/?*kommune=
Disallow: /soeg/?*udvalg=
Disallow: /soeg/?*aar=
Disallow: /soeg/?*udfald=
Disallow: /soeg/?*omstridt=
Disallow: /soeg/?*sorter=
Disallow: /soeg/?*side=
Disallow: /*format=

Sitemap: {sitemap}
"""


def robots(request: HttpRequest) -> HttpResponse:
    """robots.txt (RFC 9309). No query."""
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    return HttpResponse(_ROBOTS.format(sitemap=sitemap), content_type="text/plain; charset=utf-8")


def index(request: HttpRequest) -> HttpResponse:
    """The sitemaps of every municipality, with when a meeting of it last changed. Six queries at most.

    All that is published is counted: 0.3 s for 100,000 items.
    """
    totals: Counter[int] = Counter()
    for kind in _kinds():
        counted = kind.rows().order_by().values_list(kind.municipality).annotate(Count("pk"))
        totals.update(dict(counted))
    rows = _MUNICIPALITIES.dated().order_by("sort_key", "pk").values_list("pk", "slug", "last")
    lines = [_HEAD.format("sitemapindex")]
    for pk, slug, last in rows:
        lines += [
            _place("sitemap", request.build_absolute_uri(_address(slug, page)), last)
            for page in range(1, totals[pk] // MAX_URLS + 2)
        ]
    return HttpResponse("".join([*lines, "</sitemapindex>\n"]), content_type=_XML)


def municipality(
    request: HttpRequest, municipality_slug: str, page: int | None = None
) -> StreamingHttpResponse:
    """The addresses of a municipality; the first `MAX_URLS` have no page. Eleven queries at most."""
    found = get_object_or_404(Municipality.objects.published(), slug=municipality_slug)
    if page is not None and not 2 <= page <= 1_000:
        raise Http404
    parts = list(_parts(found, ((page or 1) - 1) * MAX_URLS))
    if not parts:
        raise Http404
    base = request.build_absolute_uri(found.get_absolute_url())
    return StreamingHttpResponse(_sent(_lines(base, parts)), content_type=_XML)


@dataclass(frozen=True)
class _Kind:
    """Published rows that have pages, the way from a row to its municipality, and when a row changed.

    Of its `columns` `way` makes a row's address below the municipality's.
    """

    rows: Callable[[], QuerySet[Any]]
    municipality: str
    last: Expression
    columns: tuple[str, ...]
    way: Callable[..., str]

    def dated(self) -> QuerySet[Any]:
        return self.rows().annotate(last=self.last)


def _latest(to_meeting: str) -> Max:
    """When the latest of the published meetings changed that a row has to do with."""
    return Max(changed_at(to_meeting), filter=Q(**{f"{to_meeting}state": State.PUBLISHED}))


_MUNICIPALITIES = _Kind(
    Municipality.objects.published, "pk", _latest("committees__meetings__"), (), lambda: ""
)
_BELOW = (
    _Kind(
        Committee.objects.published,
        "municipality",
        _latest("meetings__"),
        ("slug",),
        lambda committee: f"{committee}/",
    ),
    _Kind(
        Meeting.objects.published,
        "committee__municipality",
        changed_at(),
        ("committee__slug", "date", "sequence"),
        lambda committee, day, sequence: f"{committee}/{meeting_slug(day, sequence)}/",
    ),
    _Kind(
        AgendaItem.objects.published,
        "meeting__committee__municipality",
        changed_at("meeting__"),
        ("meeting__committee__slug", "meeting__date", "meeting__sequence", "slug"),
        lambda committee, day, sequence, item: f"{committee}/{meeting_slug(day, sequence)}/{item}/",
    ),
    _Kind(
        Case.objects.published,
        "municipality",
        _latest("case_numbers__item__meeting__"),
        ("slug",),
        lambda case: f"sager/{case}/",
    ),
)
_PEOPLE = _Kind(
    Person.objects.published,
    "municipality",
    _latest("attendances__meeting__"),
    ("slug",),
    lambda person: f"personer/{person}/",
)


def _kinds() -> tuple[_Kind, ...]:
    """Those below a municipality that crawlers may list: people where the setting lets them."""
    return _BELOW if settings.PEOPLE_NOINDEX else (*_BELOW, _PEOPLE)


def _parts(of: Municipality, start: int) -> Iterator[tuple[_Kind, QuerySet[Any]]]:
    """The rows of each kind in the file of the addresses from `start` on. A query for each kind."""
    end = start + MAX_URLS
    for kind in (_MUNICIPALITIES, *_kinds()):
        here = {kind.municipality: of.pk}
        number = kind.rows().filter(**here).count()
        if start < number and end > 0:
            rows = kind.dated().filter(**here).order_by("pk").values_list(*kind.columns, "last")
            yield kind, rows[max(start, 0) : end]
        start, end = start - number, end - number


def _lines(base: str, parts: list[tuple[_Kind, QuerySet[Any]]]) -> Iterator[str]:
    yield _HEAD.format("urlset")
    for kind, rows in parts:
        for *columns, last in rows.iterator(_ROWS_AT_A_TIME):
            yield _place("url", base + kind.way(*columns), last)
    yield "</urlset>\n"


def _sent(lines: Iterator[str]) -> Iterator[str]:
    """Many lines at a time, as each piece is sent by itself."""
    while piece := "".join(islice(lines, _ROWS_AT_A_TIME)):
        yield piece


def _place(element: str, address: str, last: datetime | None) -> str:
    told = f"<lastmod>{last.isoformat(timespec='seconds')}</lastmod>" if last else ""
    return f"<{element}><loc>{escape(address)}</loc>{told}</{element}>\n"


def _address(slug: str, page: int) -> str:
    if page == 1:
        return reverse("sitemap-municipality", args=[slug])
    return reverse("sitemap-page", args=[slug, page])
