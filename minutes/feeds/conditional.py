"""When something new could be seen of a meeting, and whether whoever asks has seen it already.

What the public sees of a meeting changes when it is published or withdrawn, when a new version, a correction,
a redaction or a takedown is put in force, and when people are merged. Each of these makes its search entries
anew in the same transaction, so `Meeting.indexed_at` tells of all of them. `Meeting.updated_at` stands in for
it where search has not seen the meeting since the column was made. `published_at` is when it was first shown.
"""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, Max
from django.db.models.functions import Coalesce, TruncDate
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import http_date

from minutes.models import Meeting
from minutes.models.meetings import State

# A row that whoever asks is given, by whatever names it, and when it last changed.
Stamp = tuple[Any, datetime]

# Counted up when feeds or calendars say something else of the same rows.
_FORM = 1


def changed_at(meeting: str = "") -> Coalesce:
    """When what the public sees last changed; `meeting` is the way to it ("item__meeting__")."""
    return Coalesce(f"{meeting}indexed_at", f"{meeting}updated_at")


def newest_first(meeting: str = "") -> tuple[Any, ...]:
    """The order of what is followed: by the day it was published, those of a day by the meeting's own.

    So minutes that come late are news all the same, and an archive that is imported in a day has its newest
    meetings first.
    """
    return (
        TruncDate(Coalesce(f"{meeting}published_at", f"{meeting}created_at")).desc(),
        F(f"{meeting}date").desc(),
        F(f"{meeting}id").desc(),
    )


def conditional_response(
    request: HttpRequest, stamps: Sequence[Stamp], made: Callable[[], HttpResponse]
) -> HttpResponse:
    """304 when whoever asks has what `stamps` stand for, else what is `made`, for them to ask about later.

    The ETag tells of every row that comes, goes or changes. It is weak: the same rows, not the same bytes.
    """
    told = repr((_FORM, [(key, when.isoformat()) for key, when in stamps]))
    etag = f'W/"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'
    last = max((when for _, when in stamps), default=None)
    seconds = int(last.timestamp()) if last and not _lost_since(request, last) else None
    response = get_conditional_response(request, etag=etag, last_modified=seconds) or made()
    response["ETag"] = etag
    if last:
        response["Last-Modified"] = http_date(last.timestamp())
    return response


def _lost_since(request: HttpRequest, last: datetime) -> bool:
    """Whether a meeting was hidden after `last`, of which a time alone cannot tell. One query, if any.

    Asked for the few who tell a time and no ETag: they would keep what was withdrawn.
    """
    if "If-Modified-Since" not in request.headers or "If-None-Match" in request.headers:
        return False
    hidden = Meeting.objects.filter(state__in=[State.WITHDRAWN, State.TAKEN_DOWN])
    latest = hidden.aggregate(latest=Max("indexed_at"))["latest"]
    return latest is not None and latest > last
