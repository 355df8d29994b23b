"""Keeps account of what happened to a meeting, by whom and why."""

from typing import Any

from minutes.models import Change, Meeting

# Who does something: a user of the staff, None for a command.
By = Any


def record(meeting: Meeting, kind: Change.Kind, by: By, reason: str = "", detail: str = "") -> None:
    """One query. Neither `reason` nor `detail` may hold words of a document."""
    Change.objects.create(
        kind=kind,
        meeting=meeting,
        municipality=meeting.committee.municipality,
        by=by,
        reason=reason[:500],
        detail=detail[:200],
    )
