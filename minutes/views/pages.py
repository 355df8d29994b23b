"""A page of a long list."""

from collections.abc import Sequence

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

PER_PAGE = 25


def page_of(request: HttpRequest, rows: QuerySet | Sequence, per_page: int = PER_PAGE) -> Page:
    """The page of `rows` that ?side= names, else the first; one that does not exist is not found.

    Two queries of a queryset: the count and the rows.
    """
    try:
        return Paginator(rows, per_page).page(request.GET.get("side") or 1)
    except (EmptyPage, PageNotAnInteger):
        raise Http404 from None
