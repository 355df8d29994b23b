"""Records what happened: by whom, when, from where and why."""

from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

from django.db.models import Model

from minutes.models import Assignment, Change, Meeting, Municipality

# The user who acts; None for a command.
By = Any

# Truncated address of the request, set by `archive.visitors.RememberNetwork`; "" for commands.
network: ContextVar[str] = ContextVar("network", default="")


def record(meeting: Meeting, kind: Change.Kind, by: By, reason: str = "", detail: str = "") -> None:
    """Store an entry. `reason` and `detail` must not quote a document. One query."""
    entry(meeting, kind, by, reason, detail).save(force_insert=True)


def entry(meeting: Meeting, kind: Change.Kind, by: By, reason: str = "", detail: str = "") -> Change:
    """Return an entry as `record` stores it, to store several at once."""
    change = _entry(kind, by, meeting.committee.municipality, reason, detail)
    change.meeting = meeting
    return change


def record_row(
    kind: Change.Kind,
    by: By,
    row: Model | None = None,
    *,
    municipality: Municipality | None = None,
    reason: str = "",
    detail: str = "",
) -> None:
    """Store an entry about a row of another kind than a meeting, or about the archive. One query."""
    change = _entry(kind, by, municipality, reason, detail)
    change.target = target_of(row) if row else ""
    change.save(force_insert=True)


def record_user(
    kind: Change.Kind,
    by: By,
    user: Any = None,
    *,
    detail: str = "",
    places: Iterable[int | None] | None = None,
) -> None:
    """Store an entry about a user in each of their municipalities, or in `places`. Two queries.

    `user` is None for an unknown one; the entry is then without a municipality.
    """
    if places is None:
        own = Assignment.objects.filter(user_id=user.pk).order_by() if user else Assignment.objects.none()
        places = list(own.values_list("municipality_id", flat=True))
    changes = []
    for place in places or [None]:
        change = _entry(kind, by, None, "", detail)
        change.municipality_id, change.target = place, target_of(user) if user else ""
        changes.append(change)
    Change.objects.bulk_create(changes)


def target_of(row: Model) -> str:
    """Return how entries name a row: "auth.user:7"."""
    return f"{row._meta.label_lower}:{row.pk}"


def _entry(kind: Change.Kind, by: By, municipality: Municipality | None, reason: str, detail: str) -> Change:
    return Change(
        kind=kind,
        municipality=municipality,
        by=by,
        by_name=by.get_username() if by else "",
        network=network.get(),
        reason=reason[:500],
        detail=detail[:200],
    )
