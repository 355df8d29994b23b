"""Pages about the archive, its publisher, personal data, accessibility and the use of its data."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from minutes.alerts.following import alerts_enabled

_SECURITY_TXT_DAYS = 180


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "minutes/about.html")


def glossary(request: HttpRequest) -> HttpResponse:
    """Explain the words of local government that pages use. No query."""
    return render(request, "minutes/glossary.html")


def privacy(request: HttpRequest) -> HttpResponse:
    """Show the notice that articles 13 and 14 of the GDPR require. No query."""
    context = {"days": settings.ERROR_REPORT_DAYS, "alerts": alerts_enabled()}
    return render(request, "minutes/privacy.html", context)


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


def security_txt(request: HttpRequest) -> HttpResponse:
    """Show where to report a vulnerability (RFC 9116), if the publisher has set that. No query."""
    contact = settings.SECURITY_CONTACT
    if not contact:
        raise Http404
    if "@" in contact and ":" not in contact:
        contact = f"mailto:{contact}"
    expires = timezone.now() + timedelta(days=_SECURITY_TXT_DAYS)
    lines = (
        f"Contact: {contact}",
        f"Expires: {expires:%Y-%m-%dT00:00:00Z}",
        "Preferred-Languages: da, en",
        f"Canonical: {request.build_absolute_uri(request.path)}",
    )
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")
