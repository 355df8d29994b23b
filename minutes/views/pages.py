"""Pagination."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

PER_PAGE = 25


def page_of(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], per_page: int = PER_PAGE) -> Page[Any]:
    """The page of `rows` that ?side= names, else the first. Raise `Http404` if it does not exist.

    Two queries for a queryset: the count and the rows.
    """
    try:
        return Paginator(rows, per_page).page(request.GET.get("side") or 1)
    except (EmptyPage, PageNotAnInteger):
        raise Http404 from None
