"""Reports of visitors about a page: an error in it, or personal data that should not be there."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minutes.models.places import Municipality
from minutes.models.visitor_limits import VisitorQuerySet


class ErrorReportQuerySet(VisitorQuerySet["ErrorReport"]):
    salt = "minutes.error_reports"
    network_field, time_field = "sender", "received_at"
    most_of_network, most_in_all = 5, 200

    def open(self) -> Self:
        """Return the reports that staff have not handled."""
        return self.filter(handled_at=None)

    def receive(self, network: str, **fields: Any) -> "ErrorReport":
        """Store a report, and delete those that were handled `ERROR_REPORT_DAYS` ago. Two queries."""
        now = timezone.now()
        self.filter(handled_at__lt=now - datetime.timedelta(days=settings.ERROR_REPORT_DAYS)).delete()
        return self.create(sender=self.hash_of(network, now), **fields)


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
