"""The review page: a document's text beside the facts read from it, warnings first."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import date_format

from minutes.admin.claims import claim_of
from minutes.admin.files import reviewed_files
from minutes.admin.marking import mark_form
from minutes.admin.originals import may_download_original
from minutes.admin.pages import meeting_for, staff_page
from minutes.admin.planning import plan_of
from minutes.admin.preview import preview_link
from minutes.admin.review_data import review_data
from minutes.admin.review_queue import queue_of
from minutes.models import Meeting, Reading
from minutes.models.states import State
from minutes.privacy import mask_cpr_numbers
from minutes.publishing import note_of

_MAX_CHANGES = 30
_PERMISSIONS = ("publish", "correct", "redact", "take_down", "judge_hits")


def review(request: HttpRequest, meeting_id: int, reading_id: int | None = None) -> HttpResponse:
    """Show the meeting's reading with this id, else its pending, its current or its newest one."""
    meeting = meeting_for(request, meeting_id)
    readings = list(meeting.readings.select_related("source").order_by("-id"))
    reading = _default_reading(readings) if reading_id is None else _reading_with_id(readings, reading_id)
    queue = queue_of(request, meeting)
    title = f"{meeting.committee}, {date_format(meeting.date, 'j. F Y')}"
    context = staff_page(request, title) | {
        "meeting": meeting,
        "reading": reading,
        "readings": readings,
        "file_name": mask_cpr_numbers(reading.source.name) if reading else "",
        "original_note": note_of(reading.source.sha256) if reading else None,
        "may_download": may_download_original(request, meeting),
        # What the conversion of the file left out.
        "file_notes": reading.facts["source"].get("notes", []) if reading else [],
        "history": meeting.changes.select_related("by")[:_MAX_CHANGES],
        "may": {perm: request.user.has_perm(f"minutes.{perm}", meeting) for perm in _PERMISSIONS},
        "queue": queue,
        "claim": claim_of(request, meeting, within_queue=queue is not None),
        "preview": preview_link(request, meeting),
        "is_public": meeting.state == State.PUBLISHED,
        "opts": Meeting._meta,
    }
    context |= plan_of(meeting)
    context |= _corrections_of(meeting)
    if reading is not None and reading.current:
        context |= mark_form(meeting)
    if reading is not None:
        context |= review_data(meeting, reading, readings)
        files = reviewed_files(meeting, reading, [item.numbered_as_printed for item in context["items"]])
        context |= {"files": files, "files_need_attention": any(file.needs_attention for file in files)}
    return render(request, "admin/review.html", context)


def _default_reading(readings: list[Reading]) -> Reading | None:
    pending = [reading for reading in readings if reading.pending]
    current = [reading for reading in readings if reading.current]
    return next(iter([*pending, *current, *readings]), None)


def _reading_with_id(readings: list[Reading], reading_id: int) -> Reading:
    reading = next((reading for reading in readings if reading.pk == reading_id), None)
    if reading is None:
        raise Http404
    return reading


def _corrections_of(meeting: Meeting) -> dict[str, Any]:
    return {
        "unanswered": meeting.corrections.unanswered().select_related("made_by"),
        "corrections": meeting.corrections.in_force().select_related("made_by"),
    }
