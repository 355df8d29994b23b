"""Records what happened: by whom, when, from where and why."""

from collections.abc import Iterable
from contextvars import ContextVar
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from minutes.models import Assignment, Change, Meeting, Municipality

# The database refuses to delete younger entries.
LEAST_DAYS = 180
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


def delete_expired() -> int:
    """Delete the entries that are older than `AUDIT_DAYS`; return their number.

    Entries of publication stay where the municipality's rule for originals counts from them. The database
    refuses to delete entries of the last 180 days.
    """
    before = timezone.now() - timedelta(days=max(settings.AUDIT_DAYS, LEAST_DAYS))
    changes = Change.objects.filter(at__lt=before).exclude(
        kind__in=[Change.Kind.PUBLISHED, Change.Kind.NEW_VERSION], municipality__originals_kept__isnull=False
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('archive.delete_audit_before', %s, true)", [before.isoformat()])
        deleted, _rows = changes.delete()
        cursor.execute("SELECT set_config('archive.delete_audit_before', '', true)")
    return deleted


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
