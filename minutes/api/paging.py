"""A page of a long list, by a cursor: a place between two rows rather than a number of rows to leave out.

So rows that come in while somebody reads neither repeat nor hide others.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from django.core.signing import BadSignature, Signer
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from minutes.api.addresses import Addresses
from minutes.api.problems import refused
from minutes.api.records import Links

Row = TypeVar("Row", bound=Model)


def page_of(
    request: HttpRequest, rows: QuerySet[Row], order: Sequence[str], limit: int, cursor: str
) -> tuple[list[Row], Links]:
    """At most `limit` of the `rows`, from where the cursor points. One query, and those of its prefetches.

    `order` names fields that tell all rows apart, "-" for descending; none of them may be null.
    """
    back, place = False, None
    if cursor:
        back, *place = opened(request, cursor)
        rows = rows.filter(_beyond(order, place, back=back))
    found = list(rows.order_by(*(_turned(key) if back else key for key in order))[: limit + 1])
    more, found = len(found) > limit, found[:limit]
    if back:
        found.reverse()
    after = found and (back or more)
    before = found and (more if back else bool(cursor))
    return found, Links(
        self=_address(request, cursor),
        next=_address(request, closed(request, [False, *_place(found[-1], order)])) if after else None,
        previous=_address(request, closed(request, [True, *_place(found[0], order)])) if before else None,
    )


def closed(request: HttpRequest, told: list[Any]) -> str:
    """What is told, as a cursor of this list. Signed, so that nothing else comes back in."""
    return Signer(salt=request.path).sign_object(told)


def opened(request: HttpRequest, cursor: str) -> list[Any]:
    """What a cursor of this list tells. Raises 400 for one that is none."""
    try:
        return Signer(salt=request.path).unsign_object(cursor)
    except BadSignature:
        raise refused("cursor", "Not a cursor of this list. Follow the links of its pages.") from None


def links(request: HttpRequest, cursor: str, next: str | None, previous: str | None) -> Links:
    """For a list that makes cursors of its own."""
    return Links(
        self=_address(request, cursor),
        next=_address(request, next) if next is not None else None,
        previous=_address(request, previous) if previous is not None else None,
    )


def _beyond(order: Sequence[str], place: Sequence[Any], *, back: bool) -> Q:
    """The rows after the place, or before it."""
    beyond, level = Q(), Q()
    for key, value in zip(order, place, strict=True):
        name = key.removeprefix("-")
        side = "lt" if key.startswith("-") != back else "gt"
        beyond |= level & Q(**{f"{name}__{side}": value})
        level &= Q(**{name: value})
    first = order[0].removeprefix("-")
    # Says again of the first field what the rest says already, in a way that an index can answer.
    return Q(**{f"{first}__{'lte' if order[0].startswith('-') != back else 'gte'}": place[0]}) & beyond


def _turned(key: str) -> str:
    return key.removeprefix("-") if key.startswith("-") else f"-{key}"


def _place(row: Model, order: Sequence[str]) -> list[Any]:
    place = []
    for key in order:
        value: Any = row
        for name in key.removeprefix("-").split("__"):
            value = getattr(value, name)
        place.append(value.isoformat() if isinstance(value, date) else value)
    return place


def _address(request: HttpRequest, cursor: str) -> str:
    """This list, asked as it was asked, from the cursor on."""
    asked = request.GET.copy()
    asked.pop("cursor", None)
    if cursor:
        asked["cursor"] = cursor
    query = asked.urlencode()
    return Addresses.seen_by(request).page(f"{request.path}{'?' if query else ''}{query}")
