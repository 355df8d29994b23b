"""Conditional requests for feeds and calendars, answered by Django's `condition` decorator.

The validators are computed from the keys and times of change of the listed rows, which are all published; 304
takes one query and renders nothing.

What the public sees of a meeting changes when it is published or withdrawn, when a new version, a correction,
a redaction or a takedown takes effect, and when people are merged. Each of these reindexes the meeting in the
same transaction, so `Meeting.indexed_at` covers them all; where it is empty, `Meeting.updated_at` is used.
"""

import hashlib
from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from typing import TypeVar

from django.db.models import F, Max
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce, TruncDate
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import condition

from minutes.models import Meeting
from minutes.models.states import State

Key = TypeVar("Key", bound=Hashable)

# Part of every ETag: increase it when the same rows are rendered differently.
_FORMAT = 2


def changed_at(meeting: str = "") -> Coalesce:
    """Expression for when public content last changed; `meeting` is the lookup prefix ("item__meeting__")."""
    return Coalesce(f"{meeting}indexed_at", f"{meeting}updated_at")


def newest_first(meeting: str = "") -> tuple[OrderBy, OrderBy, OrderBy]:
    """Ordering by day of publication, then by the meeting's date, both descending.

    Late minutes of an old meeting are news; an archive imported in a day lists its latest meetings first.
    """
    return (
        TruncDate(Coalesce(f"{meeting}published_at", f"{meeting}created_at")).desc(),
        F(f"{meeting}date").desc(),
        F(f"{meeting}id").desc(),
    )


def conditional_response(
    request: HttpRequest, versions: Sequence[tuple[Key, datetime]], build: Callable[[], HttpResponse]
) -> HttpResponse:
    """The response of `build` with ETag and Last-Modified, or 304 without calling it.

    `versions` are the keys of the listed rows, each with when it changed. The ETag is weak, since equal rows
    need not give equal bytes. Last-Modified is left out when it cannot vouch for the list.
    """
    etag = _etag(versions)
    last_modified = max((changed for _key, changed in versions), default=None)
    if last_modified and _hidden_since(request, last_modified):
        last_modified = None

    @condition(etag_func=lambda _request: etag, last_modified_func=lambda _request: last_modified)
    def respond(_request: HttpRequest) -> HttpResponse:
        return build()

    return respond(request)


def _etag(versions: Sequence[tuple[Key, datetime]]) -> str:
    content = repr((_FORMAT, [(key, changed.isoformat()) for key, changed in versions]))
    return f'W/"{hashlib.sha256(content.encode()).hexdigest()[:32]}"'


def _hidden_since(request: HttpRequest, last_modified: datetime) -> bool:
    """Return whether a meeting was withdrawn or taken down after `last_modified`, which the rows cannot show.

    One query, and only for If-Modified-Since without an ETag, which would otherwise be answered 304.
    """
    if "If-Modified-Since" not in request.headers or "If-None-Match" in request.headers:
        return False
    hidden = Meeting.objects.filter(state__in=[State.WITHDRAWN, State.TAKEN_DOWN])
    latest = hidden.aggregate(latest=Max("indexed_at"))["latest"]
    return latest is not None and latest > last_modified
