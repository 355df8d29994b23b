"""Attempts to sign in, counted to limit guesses."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SignInAttempt(models.Model):
    """An attempt that failed or is under way, under the key of its account or of its address.

    The key is a keyed hash (`accounts.limits`). Rows older than the period that counts are deleted.
    """

    key = models.CharField(_("nøgle"), max_length=64)
    at = models.DateTimeField(_("hvornår"))

    class Meta:
        ordering = ("id",)
        verbose_name = _("forsøg på at logge ind")
        verbose_name_plural = _("forsøg på at logge ind")
        indexes = (
            models.Index(fields=["key", "at"], name="signinattempt_by_key"),
            models.Index(fields=["at"], name="signinattempt_at"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S}"
