"""The form by which visitors report an error on a page."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from archive.visitors import VisitorForm, network_of, status_of_form
from minutes.models import ErrorReport, Municipality
from minutes.privacy import mask_cpr_numbers

# Parts of the site that have no public pages, or pages behind signed links.
_NOT_PUBLIC = ("/admin/", "/moeder/forhaandsvisning/", "/om/foelg/", "/en/om/foelg/")


class ErrorReportForm(VisitorForm):
    kind = forms.ChoiceField(
        choices=ErrorReport.Kind.choices,
        widget=forms.RadioSelect,
        label=gettext_lazy("Hvad drejer det sig om?"),
        error_messages={"required": gettext_lazy("Vælg, hvad det drejer sig om.")},
    )
    text = forms.CharField(
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 7}),
        label=gettext_lazy("Hvad er forkert, og hvad er rigtigt?"),
        error_messages={
            "required": gettext_lazy("Skriv, hvad der er forkert."),
            "max_length": gettext_lazy("Beskeden er for lang. Skriv højst 3.000 tegn."),
        },
    )
    email = forms.EmailField(
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        label=gettext_lazy("Din e-mail, hvis du ønsker svar"),
        error_messages={"invalid": gettext_lazy("Skriv hele adressen, for eksempel navn@eksempel.dk.")},
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"]
        if mask_cpr_numbers(text) != text:
            raise forms.ValidationError(_("Beskeden har et CPR-nummer. Skriv den uden."))
        return text


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_error(request: HttpRequest) -> HttpResponse:
    """Ask what is wrong with the page of ?side=, and store the answer for staff.

    Sets no cookie, so there is no CSRF token: the form acts with nobody's rights, and browsers say when it
    was posted from another site. Four queries to store a report, none to show the form.
    """
    path = _page(request.POST.get("side") or request.GET.get("side") or "/")
    if request.method != "POST":
        form = None if "sendt" in request.GET else ErrorReportForm()
        return render(request, "minutes/report_error.html", {"form": form, "path": path})
    form = ErrorReportForm(request.POST)
    too_many = _("Der er kommet for mange meldinger på kort tid. Prøv igen om en time.")
    status = status_of_form(request, form, ErrorReport.objects.all(), too_many)
    if status == 200:
        _store(request, path, form)
        return redirect(f"{reverse('report-error')}?{urlencode({'side': path, 'sendt': '1'})}")
    return render(request, "minutes/report_error.html", {"form": form, "path": path}, status=status)


def _page(address: str) -> str:
    """Return the path of a public page of this site; that of the front page for anything else."""
    home, path = reverse("home"), address.partition("?")[0].partition("#")[0]
    if len(path) > 500 or path.startswith(("//", *_NOT_PUBLIC)):
        return home
    try:
        resolve(path)
    except Resolver404:
        return home
    return path


def _store(request: HttpRequest, path: str, form: ErrorReportForm) -> None:
    fields = {name: form.cleaned_data[name] for name in ("kind", "text", "email")}
    ErrorReport.objects.receive(network_of(request), path=path, municipality=_municipality(path), **fields)


def _municipality(path: str) -> Municipality | None:
    """Return the municipality that the page is of. One query at most."""
    kwargs = resolve(path).kwargs
    if "municipality_slug" in kwargs:
        return Municipality.objects.filter(slug=kwargs["municipality_slug"]).first()
    if "reading_id" not in kwargs:
        return None
    return Municipality.objects.filter(committees__meetings__readings=kwargs["reading_id"]).first()
