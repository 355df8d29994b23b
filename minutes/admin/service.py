"""The page on the service for superusers: workers, queue, backup, disk and versions."""

import platform
from datetime import timedelta
from importlib import metadata
from typing import NamedTuple

import django
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils.timesince import timesince
from django.utils.timezone import now
from django.utils.translation import gettext as _

from minutes.admin.pages import staff_page
from minutes.reader import VERSION
from minutes.service_status import Status, status

# A backup each night, with some delay.
_OLD_BACKUP_SECONDS = 36 * 3600
_OLD_FILE_SECONDS = 3600
_LITTLE_SPACE = 0.1


class Fact(NamedTuple):
    name: str
    value: str
    # What to do about it; "" if nothing is wrong.
    advice: str = ""


def service(request: HttpRequest) -> HttpResponse:
    """Show the state of the service. Twelve queries, besides those of each staff page."""
    if not request.user.is_superuser:
        raise PermissionDenied
    context = {**staff_page(request, _("Drift")), "facts": _facts(status()), "versions": _versions()}
    return render(request, "admin/service.html", context)


def _facts(present: Status) -> list[Fact]:
    free = present.disk_free_bytes / present.disk_bytes
    return [
        Fact(
            _("Arbejdsprocesser i gang"),
            str(present.workers),
            "" if present.workers else _("Uden en arbejdsproces bliver filer ikke indlæst: start en."),
        ),
        Fact(
            _("Filer i kø"),
            str(present.queued_files),
            _("Den ældste har ventet i %s.") % _age(present.queue_age_seconds)
            if (present.queue_age_seconds or 0) > _OLD_FILE_SECONDS
            else "",
        ),
        Fact(_("Kladder"), str(present.drafts)),
        Fact(_("Kladder, som læseren er i tvivl om"), str(present.drafts_in_doubt)),
        Fact(_("Dokumenter uden møde"), str(present.unplaced_documents)),
        Fact(_("Ubesvarede fejlmeldinger"), str(present.open_error_reports)),
        Fact(_("Offentliggjorte møder"), str(present.published_meetings)),
        _backup(present.backup_age_seconds),
        Fact(
            _("Ledig plads"),
            f"{filesizeformat(present.disk_free_bytes)} ({free:.0%})",
            "" if free > _LITTLE_SPACE else _("Der er snart ikke plads til flere filer."),
        ),
        Fact(_("Databasens størrelse"), filesizeformat(present.database_bytes)),
        Fact(
            _("Forskelle mellem database og fjernelsesliste"),
            str(present.ledger_differences),
            _("Kør replay_takedowns.") if present.ledger_differences else "",
        ),
    ]


def _backup(age: float | None) -> Fact:
    name = _("Seneste sikkerhedskopi")
    if age is None:
        return Fact(name, _("ingen"), _("Lav en med kommandoen backup."))
    advice = _("Den er for gammel: se efter, om den natlige kørsel mislykkes.")
    return Fact(name, _("for %s siden") % _age(age), advice if age > _OLD_BACKUP_SECONDS else "")


def _age(seconds: float | None) -> str:
    return timesince(now() - timedelta(seconds=seconds or 0), depth=1)


def _versions() -> list[Fact]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        (server,) = cursor.fetchone()
    return [
        Fact("Referatarkivet", metadata.version("referatarkivet")),
        Fact(_("Læseren"), str(VERSION)),
        Fact("Django", django.__version__),
        Fact("Python", platform.python_version()),
        Fact("PostgreSQL", server),
    ]
