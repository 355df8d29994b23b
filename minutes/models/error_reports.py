"""Reports of visitors about a page: an error in it, or personal data that should not be there."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from minutes.models.places import Municipality

# Limits that a person does not reach and a script does.
_PER_NETWORK = 5
_IN_ALL = 200
_HOUR, _DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


class ErrorReportQuerySet(models.QuerySet["ErrorReport"]):
    def open(self) -> Self:
        """Return the reports that staff have not handled."""
        return self.filter(handled_at=None)

    def accepts(self, network: str) -> bool:
        """Return True unless too many reports came from the network within an hour, or in all within a day.

        One query.
        """
        now = timezone.now()
        senders = {_sender(network, now), _sender(network, now - _HOUR)}
        here = Q(received_at__gt=now - _HOUR, sender__in=senders)
        counts = self.filter(received_at__gt=now - _DAY).aggregate(
            here=Count("pk", filter=here), everywhere=Count("pk")
        )
        return bool(counts["here"] < _PER_NETWORK and counts["everywhere"] < _IN_ALL)

    def receive(self, network: str, **fields: Any) -> "ErrorReport":
        """Store a report, and delete those that were handled `ERROR_REPORT_DAYS` ago. Two queries."""
        now = timezone.now()
        self.filter(handled_at__lt=now - datetime.timedelta(days=settings.ERROR_REPORT_DAYS)).delete()
        return self.create(sender=_sender(network, now), **fields)


class ErrorReport(models.Model):
    """A visitor's report about the page at `path`. Never public.

    `sender` limits how many reports a network sends: a keyed hash of the network's address and the date, so
    that reports of two days cannot be connected. The e-mail address is deleted when staff have handled it.
    """

    class Kind(models.TextChoices):
        READING = "reading", _("Referatet er gengivet eller forstået forkert")
        PERSONAL = "personal", _("Siden viser oplysninger om en person, som ikke skal være der")
        WEBSITE = "website", _("Siden virker ikke, eller den er svær at bruge")
        OTHER = "other", _("Noget andet")

    path = models.CharField(_("side"), max_length=500)
    kind = models.CharField(_("emne"), max_length=10, choices=Kind)
    text = models.TextField(_("besked"), max_length=3000)
    email = models.EmailField(_("e-mail"), blank=True)
    received_at = models.DateTimeField(_("modtaget"), auto_now_add=True)
    sender = models.CharField(_("afsender"), max_length=64)
    handled_at = models.DateTimeField(_("behandlet"), null=True, blank=True)
    note = models.CharField(_("hvad der blev gjort"), max_length=1000, blank=True)
    # Of the page; null for a page of no municipality, whose reports superusers handle.
    municipality = models.ForeignKey(
        Municipality,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="error_reports",
        verbose_name=_("kommune"),
    )
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="error_reports",
        verbose_name=_("behandlet af"),
    )

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("melding om fejl")
        verbose_name_plural = _("meldinger om fejl")
        indexes = (models.Index(fields=["received_at"], name="errorreport_received"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.path}"

    def handle(self, *, by: Any, note: str = "") -> None:
        """Store that a member of staff handled the report, and delete the sender's e-mail address."""
        self.handled_at, self.handled_by, self.note, self.email = timezone.now(), by, note[:1000], ""
        self.save(update_fields=["handled_at", "handled_by", "note", "email"])


def _sender(network: str, at: datetime.datetime) -> str:
    value = f"{network} {timezone.localdate(at)}"
    return salted_hmac("minutes.error_reports", value, algorithm="sha256").hexdigest()
