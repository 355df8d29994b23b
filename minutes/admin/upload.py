"""The way in for new minutes: files or pasted text → drafts and waiting versions to look through."""

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
from minutes.importer import MAX_BYTES, Overrides, import_upload
from minutes.models import ImportRun, Municipality
from minutes.models.danish import slug
from minutes.publishing import ImportStatus, Relation

_MOST_FILES = 50
# What a document is that has been saved in another program's form, by its first bytes.
_OTHER_FORMS = {
    b"%PDF": gettext_lazy("en PDF. Åbn den, vælg ”Gem som tekst”, og indlæs tekstfilen"),
    b"PK\x03\x04": gettext_lazy("et Word-dokument eller en zip-fil. Gem som ”Almindelig tekst (.txt)”"),
    b"\xd0\xcf\x11\xe0": gettext_lazy("et ældre Word-dokument. Gem som ”Almindelig tekst (.txt)”"),
    b"{\\rtf": gettext_lazy("rtf. Gem som ”Almindelig tekst (.txt)”"),
}


class _Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class _FilesField(forms.FileField):
    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(_FilesField, self).clean(each, initial) for each in data or []]


class UploadForm(forms.Form):
    """Files or text, whose they are, and what the text itself does not tell."""

    municipality = forms.ModelChoiceField(
        Municipality.objects.none(), label=gettext_lazy("Kommune"), empty_label=None
    )
    documents = _FilesField(
        label=gettext_lazy("Filer"),
        required=False,
        widget=_Files(attrs={"accept": ".txt,.text,text/plain"}),
        help_text=gettext_lazy(
            "Tekstfiler (.txt), højst 10 MB hver. Du kan vælge flere eller trække dem hertil."
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
        field = cast("forms.ModelChoiceField", self.fields["municipality"])
        field.queryset = rights.municipalities_with(user, "upload")
        if field.queryset.count() > 1:
            # Nobody files minutes under the first of several by not looking.
            field.empty_label = _("Vælg kommune")

    def clean_documents(self) -> list[Any]:
        files = self.cleaned_data["documents"]
        if len(files) > _MOST_FILES:
            raise forms.ValidationError(_("Højst %d filer ad gangen.") % _MOST_FILES)
        for file in files:
            if file.size > MAX_BYTES:
                raise forms.ValidationError(
                    _("%s er større end 10 MB. Del den op, eller kontrollér, at det er ét referat.")
                    % file.name
                )
            start = file.read(8)
            file.seek(0)
            for mark, form in _OTHER_FORMS.items():
                if start.startswith(mark):
                    raise forms.ValidationError(
                        _("%(name)s er %(form)s.") % {"name": file.name, "form": form}
                    )
        return files

    def clean_committee(self) -> str:
        name: str = self.cleaned_data["committee"]
        if name and not slug(name):
            raise forms.ValidationError(_("Et navn har bogstaver eller tal."))
        return name

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not self.errors and not told.get("documents") and not told.get("text", "").strip():
            raise forms.ValidationError(_("Vælg en fil, eller indsæt tekst."))
        if len(told.get("text", "")) > MAX_BYTES:
            self.add_error("text", _("Teksten er større end 10 MB."))
        return told

    def named_bytes(self) -> list[tuple[str, bytes]]:
        found = [(PurePosixPath(file.name).name, file.read()) for file in self.cleaned_data["documents"]]
        if self.cleaned_data["text"].strip():
            found.append((_("indsat tekst.txt"), self.cleaned_data["text"].encode()))
        return found


def upload(request: HttpRequest) -> HttpResponse:
    """The form, and what comes of it: one document's preview, or a list of what became of several."""
    if not request.user.has_perm("minutes.upload"):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        given = Overrides(
            municipality=told["municipality"],
            date=told["date"],
            committee=told["committee"].strip(),
            relation=told["relation"],
        )
        run, results = import_upload(form.named_bytes(), given, request.user)
        if len(results) == 1 and results[0].status != ImportStatus.REFUSED:
            if results[0].status == ImportStatus.UNCHANGED:
                messages.info(request, _("Filen er allerede i arkivet; intet er ændret."))
            elif results[0].message:
                messages.info(request, results[0].message)
            return redirect("admin:minutes_meeting_reading", results[0].meeting_id, results[0].reading_id)
        if len(results) > 1:
            return redirect("admin:uploaded", run.pk)
        form.add_error(None, f"{results[0].file}: {results[0].message}")
    ctx = staff_page(request, _("Nyt referat")) | {"form": form}
    return render(request, "admin/upload.html", ctx, status=400 if form.is_bound else 200)


def uploaded(request: HttpRequest, run_id: int) -> HttpResponse:
    """What became of each document of an upload. Two queries."""
    run = get_object_or_404(rights.within(ImportRun.objects.all(), request.user), pk=run_id)
    ctx = staff_page(request, _("Indlæst")) | {"run": run}
    return render(request, "admin/uploaded.html", ctx)
