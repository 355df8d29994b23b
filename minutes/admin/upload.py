"""Uploads of new minutes, as files or pasted text, which become drafts and pending versions.

A single document is imported while the user waits, and its review page shown. Several files, ZIP files and
scans are queued for the workers; scripts send a large selection in several requests (`start`, then `add`).
"""

from pathlib import PurePosixPath
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from minutes import rights
from minutes.admin.batch import run_for
from minutes.admin.fields import CommitteeField
from minutes.admin.pages import staff_page
from minutes.importer import ENDINGS, MAX_BYTES, ImportResult, Overrides, import_upload
from minutes.importer.files import is_recognisable_scan
from minutes.importer.queue import NewFile, add_files, start_upload
from minutes.models import Municipality
from minutes.publishing import ImportStatus, Relation

_LONGEST_TEXT = 10 * 1024 * 1024
# Endings and media types that a browser offers in its file dialog. The format is known by the content.
_ACCEPTED = ",".join(
    [
        *sorted(ENDINGS),
        ".json",
        "application/pdf",
        "text/plain",
        "text/html",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ]
)


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    """Any number of files. Those that cannot be read are refused one by one, also empty ones."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(allow_empty_file=True, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(_FilesField, self).clean(file, initial) for file in data or []]


class UploadForm(forms.Form):
    """Files or pasted text, the municipality, and overrides for facts that the text lacks."""

    municipality = forms.ModelChoiceField(
        Municipality.objects.none(), label=gettext_lazy("Kommune"), empty_label=None
    )
    documents = _FilesField(
        label=gettext_lazy("Filer"),
        required=False,
        widget=_Files(attrs={"accept": _ACCEPTED}),
        help_text=gettext_lazy(
            "PDF, Word (.docx), OpenDocument (.odt), RTF, HTML, e-mail eller tekst på højst 50 MB, "
            "eller en ZIP-fil med flere på højst 2 GB. Du kan vælge flere eller trække dem hertil."
        ),
    )
    folder = _FilesField(
        label=gettext_lazy("… eller en hel mappe"),
        required=False,
        widget=_Files(attrs={"webkitdirectory": True}),
    )
    text = forms.CharField(
        label=gettext_lazy("… eller indsæt teksten"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )
    committee = CommitteeField(
        required=False,
        help_text=gettext_lazy("Kun hvis det ikke står i teksten. Gælder alle filer."),
    )
    date = forms.DateField(
        label=gettext_lazy("Mødedato"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Kun hvis den ikke står i teksten."),
    )

    relation = forms.TypedChoiceField(
        label=gettext_lazy("Har arkivet et møde den dag"),
        choices=[
            ("", gettext_lazy("Afgør det efter teksten")),
            (Relation.VERSION.value, gettext_lazy("er dette en ny udgave af det")),
            (Relation.ANOTHER.value, gettext_lazy("er dette et andet møde")),
            (Relation.SUPPLEMENT.value, gettext_lazy("er dette et tillæg til det")),
        ],
        coerce=Relation,
        empty_value=None,
        required=False,
        help_text=gettext_lazy("Kun når udvalget har flere dokumenter samme dag."),
    )

    def __init__(self, *args: Any, user: Any, requires_documents: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._requires_documents = requires_documents
        field = cast("forms.ModelChoiceField[Municipality]", self.fields["municipality"])
        field.queryset = rights.municipalities_with(user, "upload")
        if field.queryset.count() > 1:
            # No default, so that minutes do not end up in the first municipality by accident.
            field.empty_label = _("Vælg kommune")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["files"] = files = self._files_and_text()
        if self._requires_documents and not self.errors and not files:
            raise forms.ValidationError(_("Vælg en fil, eller indsæt tekst."))
        if len(files) == 1 and files[0].size > MAX_BYTES and not _is_zip(files[0]):
            raise forms.ValidationError(
                _("%s er større end 50 MB. Del den op, eller kontrollér, at det er ét referat.")
                % files[0].name
            )
        if len(cleaned.get("text", "")) > _LONGEST_TEXT:
            self.add_error("text", _("Teksten er større end 10 MB."))
        return cleaned

    def overrides(self) -> Overrides:
        cleaned = self.cleaned_data
        return Overrides(
            municipality=cleaned["municipality"],
            date=cleaned["date"],
            committee=cleaned["committee"],
            relation=cleaned["relation"],
        )

    def _files_and_text(self) -> list[NewFile]:
        """Return the uploaded files, and the pasted text as one."""
        cleaned = self.cleaned_data
        files = [_new_file(file) for file in [*cleaned.get("documents", []), *cleaned.get("folder", [])]]
        text = cleaned.get("text", "")
        if text.strip():
            data = text.encode()
            files.append(NewFile(_("indsat tekst.txt"), len(data), [data]))
        return files


def upload(request: HttpRequest) -> HttpResponse:
    """Import one document and show its review page, or queue several and show the page of the upload."""
    _require_permission(request)
    form = UploadForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        files: list[NewFile] = form.cleaned_data["files"]
        if not _is_single_document(files):
            run = start_upload(form.overrides(), request.user)
            add_files(run, files)
            return redirect("admin:uploaded", run.pk)
        name, data = files[0].name, b"".join(files[0].chunks)
        run, results = import_upload([(name, data)], form.overrides(), request.user)
        if len(results) > 1:
            return redirect("admin:uploaded", run.pk)
        [result] = results
        if result.status != ImportStatus.REFUSED:
            return _redirect_to_review(request, result)
        if is_recognisable_scan(data, name):
            add_files(run, [NewFile(name, len(data), [data])])
            return redirect("admin:uploaded", run.pk)
        form.add_error(None, f"{result.file}: {result.message}")
    ctx = staff_page(request, _("Nyt referat")) | {"form": form}
    return render(request, "admin/upload.html", ctx, status=400 if form.is_bound else 200)


@require_POST
def start(request: HttpRequest) -> HttpResponse:
    """Create the run of an upload whose files follow; return the addresses for them and of its page."""
    _require_permission(request)
    form = UploadForm(request.POST, user=request.user, requires_documents=False)
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=400)
    run = start_upload(form.overrides(), request.user)
    return JsonResponse(
        {
            "files": reverse("admin:upload_files", args=[run.pk]),
            "page": reverse("admin:uploaded", args=[run.pk]),
        }
    )


@require_POST
def add(request: HttpRequest, run_id: int) -> HttpResponse:
    """Queue more files of an upload. `path` has their names with folders, in the same order."""
    run = run_for(request, run_id)
    paths = request.POST.getlist("path")
    uploaded = request.FILES.getlist("documents")
    names = paths if len(paths) == len(uploaded) else [file.name for file in uploaded]
    files = [_new_file(file, name) for file, name in zip(uploaded, names, strict=True)]
    return JsonResponse({"queued": len(add_files(run, files))})


def _require_permission(request: HttpRequest) -> None:
    if not request.user.has_perm("minutes.upload"):
        raise PermissionDenied


def _new_file(file: UploadedFile, name: str | None = None) -> NewFile:
    path = PurePosixPath(name or file.name or "")
    parts = [part for part in path.parts if part not in {"/", "..", "."}]
    return NewFile("/".join(parts), file.size or 0, file.chunks())


def _is_single_document(files: list[NewFile]) -> bool:
    """Return True for one file that is quickly imported."""
    return len(files) == 1 and not _is_zip(files[0])


def _is_zip(file: NewFile) -> bool:
    return file.name.lower().endswith(".zip")


def _redirect_to_review(request: HttpRequest, result: ImportResult) -> HttpResponse:
    if result.status == ImportStatus.UNPLACED:
        messages.info(request, result.message)
        return redirect("admin:minutes_unplaceddocument_change", result.source_id)
    if result.status == ImportStatus.UNCHANGED:
        messages.info(request, result.message or _("Filen er allerede i arkivet; intet er ændret."))
    elif result.message:
        messages.info(request, result.message)
    return redirect("admin:minutes_meeting_reading", result.meeting_id, result.reading_id)
