"""Redactions of a name in all meetings of a municipality, while they are prepared and carried out."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from minutes.models.files import EnclosedFile
from minutes.models.meetings import Meeting
from minutes.models.places import Municipality
from minutes.models.sources import Reading


class NameRedaction(models.Model):
    """A name to redact in all meetings of a municipality, with its places. Undone by deleting it.

    The name is emptied when it is redacted everywhere; what stays is the number of places and meetings.
    """

    name = models.CharField(_("navn"), max_length=200, blank=True)
    reason = models.CharField(_("begrundelse"), max_length=500)
    made_at = models.DateTimeField(_("oprettet"), auto_now_add=True)
    confirmed_at = models.DateTimeField(_("bekræftet"), null=True, blank=True)
    finished_at = models.DateTimeField(_("færdig"), null=True, blank=True)
    done_places = models.PositiveIntegerField(_("steder"), default=0)
    done_meetings = models.PositiveIntegerField(_("møder"), default=0)
    municipality = models.ForeignKey(
        Municipality, models.CASCADE, related_name="name_redactions", verbose_name=_("kommune")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="name_redactions",
        verbose_name=_("oprettet af"),
    )

    class Meta:
        ordering = ("-id",)
        verbose_name = _("fjernelse af et navn")
        verbose_name_plural = _("fjernelser af navne")

    def __str__(self) -> str:
        return f"{self.pk}"


class NamePlace(models.Model):
    """A place of the name in a meeting, with the same words around it in `copies` texts.

    `start` and `end` are offsets in the text of `reading` or `file`; without both it is in a correction or in
    a file's name. `before`, `letters` and `fingerprint` are its `privacy.Surroundings`.
    """

    class Where(models.TextChoices):
        TEXT = "text", _("referatet")
        FILE = "file", _("bilag")
        OTHER = "other", _("rettelse eller filnavn")

    where = models.CharField(_("hvor"), max_length=5, choices=Where)
    item_number = models.CharField(_("punkt"), max_length=30, blank=True)
    start = models.PositiveIntegerField(_("fra tegn"))
    end = models.PositiveIntegerField(_("til tegn"))
    copies = models.PositiveIntegerField(_("steder"), default=1)
    before = models.PositiveIntegerField(_("bogstaver før"))
    letters = models.PositiveIntegerField(_("bogstaver"))
    fingerprint = models.CharField(_("fingeraftryk"), max_length=64)
    selected = models.BooleanField(_("valgt"), default=True)
    # Why the name could not be redacted in the meeting.
    error = models.CharField(_("fejl"), max_length=500, blank=True)
    redaction = models.ForeignKey(
        NameRedaction, models.CASCADE, related_name="places", verbose_name=_("fjernelse")
    )
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="+", verbose_name=_("møde"))
    reading = models.ForeignKey(
        Reading, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("læsning")
    )
    file = models.ForeignKey(
        EnclosedFile, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("bilagsfil")
    )

    class Meta:
        ordering = ("id",)
        verbose_name = _("sted med et navn")
        verbose_name_plural = _("steder med et navn")
        constraints = (
            models.UniqueConstraint(
                fields=["redaction", "meeting", "before", "letters", "fingerprint"],
                name="nameplace_once_per_meeting",
            ),
            models.CheckConstraint(condition=Q(start__lte=F("end")), name="nameplace_span_forward"),
        )

    def __str__(self) -> str:
        return f"{self.redaction_id}: {self.meeting_id} {self.start}"
