"""Files that came along with a document, as staff see them, and decisions about each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from minutes import archive_files, publishing
from minutes.admin.own import ReadOnlyAdmin
from minutes.admin.pages import attempt, meeting_for, posted_reason
from minutes.models import EnclosedFile, Meeting, PublicFile, Reading
from minutes.models.states import State
from minutes.publishing.enclosed_files import files_of
from minutes.publishing.public_files import FileState, index_of_item, state_of
from minutes.reader.records import Item

# Characters of the text shown on either side of a match.
_CONTEXT = 40
_STATES = {
    FileState.PUBLIC: gettext_lazy("Bliver offentligt sammen med mødet"),
    FileState.CLOSED: gettext_lazy("Hører til et lukket punkt og bliver ikke offentligt"),
    FileState.NO_ITEM: gettext_lazy("Punktet kan ikke genkendes, så bilaget bliver ikke offentligt"),
    FileState.WITHHELD: gettext_lazy("Holdt tilbage"),
    FileState.CPR: gettext_lazy("Mulige CPR-numre; bliver ikke offentligt"),
    FileState.WAITS: gettext_lazy("Ikke offentligt, før nogen har set på det"),
}


@dataclass(frozen=True)
class FileMatch:
    """A possible CPR number in a file with its line and the text around it; without a line, in its name."""

    fingerprint: str
    line: int | None
    before: str
    text: str
    after: str


@dataclass(frozen=True)
class ReviewedFile:
    """A file of the reviewed document. `where` is its item or the meeting, in Danish."""

    file: EnclosedFile
    state: FileState
    state_text: str
    where: str
    reasons: list[str]
    matches: list[FileMatch]

    @property
    def needs_attention(self) -> bool:
        return self.state in {FileState.CPR, FileState.WAITS}

    @property
    def may_be_released(self) -> bool:
        is_guessed = (
            self.state == FileState.PUBLIC and self.file.item_number is None and not self.file.decision
        )
        is_hidden = self.state in {FileState.WAITS, FileState.WITHHELD}
        return is_guessed or (is_hidden and not self.file.cpr_matches)

    @property
    def may_be_withheld(self) -> bool:
        is_hidden = self.state in {FileState.CLOSED, FileState.NO_ITEM}
        is_undecided = bool(self.file.cpr_matches or self.file.waits_for) and not self.file.decision
        return self.state != FileState.WITHHELD and (is_undecided or not is_hidden)


def reviewed_files(meeting: Meeting, reading: Reading, items: Sequence[Item]) -> list[ReviewedFile]:
    """Return the files of the reading's document, whose items are `items`, as corrected. One query."""
    is_public = meeting.state == State.PUBLISHED and reading.current
    files = reading.source.enclosed_files.select_related("approved_by").order_by("position")
    return [_reviewed_file(file, items, is_public=is_public) for file in files]


def _reviewed_file(file: EnclosedFile, items: Sequence[Item], *, is_public: bool) -> ReviewedFile:
    state = state_of(file, items)
    at = index_of_item(file, items)
    number = items[at].number if at is not None else file.item_number
    reasons = [str(EnclosedFile.Reason(reason).label) for reason in file.waits_for]
    if at is None and file.item_number is None:
        reasons.append(_("Det fremgår ikke, hvilket punkt bilaget hører til."))
    text = _("Offentligt") if is_public and state == FileState.PUBLIC else str(_STATES[state])
    return ReviewedFile(
        file=file,
        state=state,
        state_text=text,
        where=_("punkt %s") % number if number else _("mødet"),
        reasons=reasons,
        matches=list(_matches(file)),
    )


def _matches(file: EnclosedFile) -> Iterator[FileMatch]:
    text = file.text
    for start, end, fingerprint in file.cpr_matches:
        if start is None:
            yield FileMatch(fingerprint, None, "", file.name, "")
        else:
            before, after = text[max(start - _CONTEXT, 0) : start], text[end : end + _CONTEXT]
            line = text.count("\n", 0, start) + 1
            yield FileMatch(fingerprint, line, before, text[start:end], after)


@require_POST
def decide_file(request: HttpRequest, meeting_id: int, file_id: int) -> HttpResponse:
    """Release or withhold a file, or dismiss a CPR match in it."""
    act = request.POST.get("act")
    meeting = meeting_for(request, meeting_id, "judge_hits" if act == "false" else "publish")
    file = get_object_or_404(files_of(meeting), pk=file_id)
    by = request.user
    if act == "release":
        _release(request, meeting, file)
    elif act == "withhold":
        done = _("Bilaget er holdt tilbage.")
        attempt(request, lambda: publishing.withhold_file(meeting, file, by=by), done)
    elif act == "false":
        fingerprint, reason = request.POST.get("match", ""), posted_reason(request)
        attempt(
            request,
            lambda: publishing.dismiss_file_match(meeting, file, fingerprint, by=by, reason=reason),
            _("Fundet er vurderet: intet CPR-nummer."),
        )
    else:
        raise Http404
    reading = meeting.readings.filter(source=file.source_id).order_by("-id")[0]
    return redirect("admin:minutes_meeting_reading", meeting.pk, reading.pk)


def _release(request: HttpRequest, meeting: Meeting, file: EnclosedFile) -> None:
    try:
        finished = publishing.release_file(meeting, file, by=request.user)
    except publishing.PublishingError as error:
        messages.error(request, str(error))
        return
    if finished:
        messages.success(request, _("Bilaget er frigivet."))
    else:
        messages.info(request, _("Du har godkendt. En anden skal også godkende, før offentligheden ser det."))


def download_file(request: HttpRequest, meeting_id: int, file_id: int) -> HttpResponseBase:
    """Download a file as it came, also one that is not public, to look at it before a decision."""
    meeting = meeting_for(request, meeting_id, "publish")
    file = get_object_or_404(files_of(meeting), pk=file_id)
    if file.cpr_matches and not request.user.has_perm("minutes.judge_hits", meeting):
        raise PermissionDenied
    return archive_files.download(request, file.sha256, name=file.name, media_type=file.media_type)


@admin.register(EnclosedFile)
class EnclosedFileAdmin(ReadOnlyAdmin):
    list_display = ("name", "item_number", "source", "size", "decision")
    list_filter = ("decision",)
    list_select_related = ("source",)
    search_fields = ("name", "caption", "sha256", "source__name")
    raw_id_fields = ("source",)
    exclude = ("cpr_matches",)


@admin.register(PublicFile)
class PublicFileAdmin(ReadOnlyAdmin):
    list_display = ("title", "meeting", "item", "size")
    list_select_related = ("meeting__committee", "item")
    search_fields = ("title", "name", "sha256")
    raw_id_fields = ("file", "meeting", "item", "attachment")
