"""Pagination by cursor: a position between two rows rather than a number of rows to skip.

Rows that are imported while a client reads the list neither repeat nor hide others.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from django.core.signing import BadSignature, Signer
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from minutes.api.addresses import ApiUrls
from minutes.api.problems import invalid_parameter
from minutes.api.records import Links

Row = TypeVar("Row", bound=Model)


def paginate(
    request: HttpRequest, rows: QuerySet[Row], order: Sequence[str], limit: int, cursor: str
) -> tuple[list[Row], Links]:
    """Return at most `limit` of the `rows` after the cursor, and the page's links. One query, and prefetches.

    `order` is a list of fields that are unique together and never null, "-" for descending.
    """
    back = False
    if cursor:
        back, *position = decode_cursor(request, cursor)
        rows = rows.filter(_beyond(order, position, back=back))
    page = list(rows.order_by(*(_reversed(key) if back else key for key in order))[: limit + 1])
    more, page = len(page) > limit, page[:limit]
    if back:
        page.reverse()
    after = page and (back or more)
    before = page and (more if back else bool(cursor))
    return page, Links(
        self=_address(request, cursor),
        next=_address(request, encode_cursor(request, [False, *_position(page[-1], order)]))
        if after
        else None,
        previous=_address(request, encode_cursor(request, [True, *_position(page[0], order)]))
        if before
        else None,
    )


def encode_cursor(request: HttpRequest, position: list[Any]) -> str:
    """Return `position` as a signed cursor that is valid for this list only."""
    return Signer(salt=request.path).sign_object(position)


def decode_cursor(request: HttpRequest, cursor: str) -> list[Any]:
    """Return the position of a cursor of this list. Raises 400 for an invalid one."""
    try:
        position: list[Any] = Signer(salt=request.path).unsign_object(cursor)
        return position
    except BadSignature:
        raise invalid_parameter(
            "cursor", "Not a cursor of this list. Follow the links of its pages."
        ) from None


def page_links(request: HttpRequest, cursor: str, next: str | None, previous: str | None) -> Links:
    """Return the links of a list with cursors of its own."""
    return Links(
        self=_address(request, cursor),
        next=_address(request, next) if next is not None else None,
        previous=_address(request, previous) if previous is not None else None,
    )


def _beyond(order: Sequence[str], position: Sequence[Any], *, back: bool) -> Q:
    """Match the rows after the position, or before it."""
    beyond, level = Q(), Q()
    for key, value in zip(order, position, strict=True):
        name = key.removeprefix("-")
        side = "lt" if key.startswith("-") != back else "gt"
        beyond |= level & Q(**{f"{name}__{side}": value})
        level &= Q(**{name: value})
    first = order[0].removeprefix("-")
    # Redundant, but lets PostgreSQL use an index on the first field.
    return Q(**{f"{first}__{'lte' if order[0].startswith('-') != back else 'gte'}": position[0]}) & beyond


def _reversed(key: str) -> str:
    return key.removeprefix("-") if key.startswith("-") else f"-{key}"


def _position(row: Model, order: Sequence[str]) -> list[Any]:
    position = []
    for key in order:
        value: Any = row
        for name in key.removeprefix("-").split("__"):
            value = getattr(value, name)
        position.append(value.isoformat() if isinstance(value, date) else value)
    return position


def _address(request: HttpRequest, cursor: str) -> str:
    """Return the URL of this list with the same parameters, from the cursor on."""
    parameters = request.GET.copy()
    parameters.pop("cursor", None)
    if cursor:
        parameters["cursor"] = cursor
    query = parameters.urlencode()
    return ApiUrls.for_request(request).page(f"{request.path}{'?' if query else ''}{query}")
