"""The original file of a document: staff download it, and erase it for good."""

import unicodedata

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from minutes import archive_files, publishing
from minutes.admin.own import ReadOnlyAdmin
from minutes.admin.pages import meeting_for, staff_page
from minutes.admin.removal import ReasonForm
from minutes.importer import erase_original as erase_file
from minutes.models import Change, ErasedOriginal, Meeting, Reading
from minutes.publishing.audit_log import record

# Browsers save the file by its name; this type makes none of them show it.
_MEDIA_TYPE = "application/octet-stream"


def may_download_original(request: HttpRequest, meeting: Meeting) -> bool:
    """Return True if the user may publish, and judge CPR matches where something is masked for staff.

    At most four queries.
    """
    user = request.user
    if not user.has_perm("minutes.publish", meeting):
        return False
    return user.has_perm("minutes.judge_hits", meeting) or not publishing.has_masked_text(meeting)


def download_original(request: HttpRequest, meeting_id: int, reading_id: int) -> HttpResponseBase:
    """Download the file that the reading was read from, as it came, and log that."""
    meeting = meeting_for(request, meeting_id)
    reading = _reading(meeting, reading_id)
    if not may_download_original(request, meeting):
        raise PermissionDenied
    source = reading.source
    if publishing.note_of(source.sha256):
        raise Http404
    response = archive_files.download(
        request, source.sha256, name=_file_name(source.name), media_type=_MEDIA_TYPE
    )
    if request.method == "GET":
        with transaction.atomic():
            record(meeting, Change.Kind.DOWNLOADED, request.user)
    return response


def erase_original(request: HttpRequest, meeting_id: int, reading_id: int) -> HttpResponse:
    """Erase the file that the reading was read from; first a page says what that means."""
    meeting = meeting_for(request, meeting_id, "take_down")
    reading = _reading(meeting, reading_id)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            erase_file(reading, by=request.user, reason=form.cleaned_data["reason"])
        except publishing.PublishingError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Den originale fil er slettet."))
            return redirect("admin:minutes_meeting_reading", meeting.pk, reading.pk)
    copies = publishing.meetings_with_copies(reading.source.sha256)
    context = staff_page(request, _("Slet den originale fil")) | {
        "meeting": meeting,
        "reading": reading,
        "form": form,
        "note": publishing.note_of(reading.source.sha256),
        "copies": [copy for copy in copies if copy.committee.municipality == meeting.committee.municipality],
        "is_text": reading.facts["source"].get("format", "text") == "text",
        "opts": Meeting._meta,
    }
    return render(request, "admin/erase_original.html", context, status=400 if form.is_bound else 200)


def _reading(meeting: Meeting, reading_id: int) -> Reading:
    reading: Reading = get_object_or_404(meeting.readings.select_related("source"), pk=reading_id)
    reading.meeting = meeting
    return reading


def _file_name(name: str) -> str:
    """Return the name without control characters, which a header cannot have."""
    return "".join(letter for letter in name if unicodedata.category(letter)[0] != "C") or _("original")


@admin.register(ErasedOriginal)
class ErasedOriginalAdmin(ReadOnlyAdmin):
    list_display = ("made_at", "sha256", "size", "cause", "meeting_keys", "made_by", "reason")
    list_filter = ("cause",)
    search_fields = ("sha256", "reason", "made_by")
