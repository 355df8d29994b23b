"""Pages about the archive, its publisher, personal data, accessibility and the use of its data."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "minutes/about.html")


def privacy(request: HttpRequest) -> HttpResponse:
    """Show the notice that articles 13 and 14 of the GDPR require. No query."""
    return render(request, "minutes/privacy.html", {"days": settings.ERROR_REPORT_DAYS})


def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement, or the link to the one that a public body has at was.digst.dk.

    The headings are those of the model statement (EU 2018/1523). No query.
    """
    return render(request, "minutes/accessibility.html", {"statement": settings.ACCESSIBILITY_STATEMENT_URL})


def accessibility_statement(request: HttpRequest) -> HttpResponse:
    """Redirect `/was`, the address that public bodies must have, to the statement at was.digst.dk."""
    if not settings.ACCESSIBILITY_STATEMENT_URL:
        raise Http404
    return redirect(settings.ACCESSIBILITY_STATEMENT_URL)


def reuse(request: HttpRequest) -> HttpResponse:
    return render(request, "minutes/reuse.html")
