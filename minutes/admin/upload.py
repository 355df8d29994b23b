"""Uploads of new minutes, as files or pasted text, which become drafts and pending versions."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from minutes import rights
from minutes.admin.pages import staff_page
from minutes.importer import ENDINGS, MAX_BYTES, ImportResult, Overrides, import_upload
from minutes.models import ImportRun, Municipality
from minutes.models.danish import slug
from minutes.publishing import ImportStatus, Relation

_MOST_FILES = 50
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
            "PDF, Word (.docx), OpenDocument (.odt), RTF, HTML, e-mail, tekst eller ZIP med flere filer; "
            "højst 50 MB hver. Du kan vælge flere eller trække dem hertil."
        ),
    )
    text = forms.CharField(
        label=gettext_lazy("… eller indsæt teksten"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )
    committee = forms.CharField(
        label=gettext_lazy("Udvalg"),
        required=False,
        max_length=200,
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

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Municipality]", self.fields["municipality"])
        field.queryset = rights.municipalities_with(user, "upload")
        if field.queryset.count() > 1:
            # No default, so that minutes do not end up in the first municipality by accident.
            field.empty_label = _("Vælg kommune")

    def clean_documents(self) -> list[Any]:
        files: list[Any] = self.cleaned_data["documents"]
        if len(files) > _MOST_FILES:
            raise forms.ValidationError(_("Højst %d filer ad gangen.") % _MOST_FILES)
        for file in files:
            if file.size > MAX_BYTES:
                raise forms.ValidationError(
                    _("%s er større end 50 MB. Del den op, eller kontrollér, at det er ét referat.")
                    % file.name
                )
        return files

    def clean_committee(self) -> str:
        name: str = self.cleaned_data["committee"]
        if name and not slug(name):
            raise forms.ValidationError(_("Et navn har bogstaver eller tal."))
        return name

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("documents") and not cleaned.get("text", "").strip():
            raise forms.ValidationError(_("Vælg en fil, eller indsæt tekst."))
        if len(cleaned.get("text", "")) > _LONGEST_TEXT:
            self.add_error("text", _("Teksten er større end 10 MB."))
        return cleaned

    def overrides(self) -> Overrides:
        cleaned = self.cleaned_data
        return Overrides(
            municipality=cleaned["municipality"],
            date=cleaned["date"],
            committee=cleaned["committee"].strip(),
            relation=cleaned["relation"],
        )

    def named_bytes(self) -> Iterator[tuple[str, bytes]]:
        """Yield the name and content of every file, and of the pasted text."""
        for file in self.cleaned_data["documents"]:
            yield PurePosixPath(file.name).name, file.read()
        if self.cleaned_data["text"].strip():
            yield _("indsat tekst.txt"), self.cleaned_data["text"].encode()


def upload(request: HttpRequest) -> HttpResponse:
    """Import the submitted documents; then show the review page of one, or a list of the results."""
    if not request.user.has_perm("minutes.upload"):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        run, results = import_upload(form.named_bytes(), form.overrides(), request.user)
        if len(results) > 1:
            return redirect("admin:uploaded", run.pk)
        [result] = results
        if result.status != ImportStatus.REFUSED:
            return _redirect_to_review(request, result)
        form.add_error(None, f"{result.file}: {result.message}")
    ctx = staff_page(request, _("Nyt referat")) | {"form": form}
    return render(request, "admin/upload.html", ctx, status=400 if form.is_bound else 200)


def _redirect_to_review(request: HttpRequest, result: ImportResult) -> HttpResponse:
    if result.status == ImportStatus.UNPLACED:
        messages.info(request, result.message)
        return redirect("admin:minutes_unplaceddocument_change", result.source_id)
    if result.status == ImportStatus.UNCHANGED:
        messages.info(request, _("Filen er allerede i arkivet; intet er ændret."))
    elif result.message:
        messages.info(request, result.message)
    return redirect("admin:minutes_meeting_reading", result.meeting_id, result.reading_id)


def uploaded(request: HttpRequest, run_id: int) -> HttpResponse:
    """Show the results of an import run. Two queries."""
    run = get_object_or_404(rights.within(ImportRun.objects.all(), request.user), pk=run_id)
    ctx = staff_page(request, _("Indlæst")) | {"run": run}
    return render(request, "admin/uploaded.html", ctx)
