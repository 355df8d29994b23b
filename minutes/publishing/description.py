"""Describes a meeting by what its documents print of it: time, place, term, kind."""

from datetime import time

from django.db import models

from minutes.models import Meeting, Reading
from minutes.privacy import replace_masks
from minutes.reader.records import Document
from minutes.vocabulary import DocumentKind, MeetingKind


def describe(meeting: Meeting, reading: Reading, document: Document, *, end_time: str | None = None) -> None:
    """Set the meeting's own fields from its main reading, or from a supplement while there is no main one.

    Does not save it. `document` is that of the reading, as corrected; `end_time` is a correction, HH:MM.
    """
    meeting.start_time = time.fromisoformat(document.start_time) if document.start_time else None
    meeting.end_time = time.fromisoformat(end_time) if end_time else None
    meeting.location = fit(meeting, "location", document.location)
    meeting.term = fit(meeting, "term", document.term)
    meeting.committee_as_printed = fit(meeting, "committee_as_printed", document.committee_as_printed)
    meeting.document = DocumentKind(reading.document)
    meeting.cancelled = document.cancelled
    meeting.kind = MeetingKind.ORDINARY if reading.supplement else document.kind


def fit(row: models.Model, field: str, value: str | None) -> str:
    """Return `value` without masks, cut to the length of the field; the reading has all of it."""
    longest = row._meta.get_field(field).max_length  # type: ignore[union-attr]
    return replace_masks(value or "")[:longest]
