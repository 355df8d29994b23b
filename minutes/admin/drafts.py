"""Meetings in lists of the staff with what to look at: their doubts and possible CPR numbers."""

from typing import Any

import msgspec
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from minutes.models import Meeting, Reading
from minutes.reader.records import Doubt
from minutes.vocabulary import Grade
from minutes.warning_messages import message_of

# Most reasons shown in a list; the review page has them all.
_MOST_REASONS = 3


def with_current_readings(meetings: "QuerySet[Meeting]") -> "QuerySet[Meeting]":
    """Prefetch the current readings, as `current_readings`, for the functions below. One query."""
    readings = Reading.objects.filter(current=True).only(
        "meeting", "doubts", "grade", "unresolved_cpr_matches"
    )
    return meetings.prefetch_related(Prefetch("readings", readings, to_attr="current_readings"))


def with_reviews(meetings: "QuerySet[Meeting]") -> "QuerySet[Meeting]":
    """Load who reviews each meeting and when it will be published, by joins."""
    return meetings.select_related("claim__user", "planned_publication")


def doubts_of(meeting: Any) -> list[str]:
    """Return the doubts of the current readings, in Danish."""
    return [
        message_of(msgspec.convert(doubt, Doubt))
        for reading in meeting.current_readings
        for doubt in reading.doubts
    ]


def draft_row(meeting: Any) -> dict[str, Any]:
    """Return a meeting with its first doubts and its review, as lists show it.

    Makes two queries unless the meeting was loaded `with_reviews`.
    """
    doubts = doubts_of(meeting)
    claim = getattr(meeting, "claim", None)
    return {
        "meeting": meeting,
        "is_unread": any(reading.grade == Grade.UNREAD for reading in meeting.current_readings),
        "cpr_matches": sum(len(reading.unresolved_cpr_matches) for reading in meeting.current_readings),
        "reasons": doubts[:_MOST_REASONS],
        "more": max(len(doubts) - _MOST_REASONS, 0),
        "claim": claim if claim and claim.until > timezone.now() else None,
        "plan": getattr(meeting, "planned_publication", None),
    }
