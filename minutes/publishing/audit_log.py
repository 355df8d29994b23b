"""Records what happened to a meeting, by whom and why."""

from typing import Any

from minutes.models import Change, Meeting

# The user who acts; None for a command.
By = Any


def record(meeting: Meeting, kind: Change.Kind, by: By, reason: str = "", detail: str = "") -> None:
    """Store an entry. `reason` and `detail` must not quote a document. One query."""
    entry(meeting, kind, by, reason, detail).save(force_insert=True)


def entry(meeting: Meeting, kind: Change.Kind, by: By, reason: str = "", detail: str = "") -> Change:
    """Return an entry as `record` stores it, to store several at once."""
    return Change(
        kind=kind,
        meeting=meeting,
        municipality=meeting.committee.municipality,
        by=by,
        reason=reason[:500],
        detail=detail[:200],
    )
