"""Records what happened to a meeting, by whom and why."""

from typing import Any

from minutes.models import Change, Meeting

# The user who acts; None for a command.
By = Any


def record(meeting: Meeting, kind: Change.Kind, by: By, reason: str = "", detail: str = "") -> None:
    """Store an entry. `reason` and `detail` must not quote a document. One query."""
    Change.objects.create(
        kind=kind,
        meeting=meeting,
        municipality=meeting.committee.municipality,
        by=by,
        reason=reason[:500],
        detail=detail[:200],
    )
