"""The audit log: who did what, when and from where."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minutes.models.meetings import Meeting
from minutes.models.places import Municipality


class ChangeQuerySet(models.QuerySet["Change"]):
    def of_minutes(self) -> Self:
        """Return the entries about minutes, which editors see too: not those about users and exports."""
        return self.exclude(kind__in=Change.OF_USERS)


class Change(models.Model):
    """An entry of the audit log: who did what, when, from where and why. Contains no text of a document.

    A trigger of the database refuses UPDATE, TRUNCATE and DELETE, except of old entries by the command
    `delete_old_audit_entries`. So `by` and `meeting` have no constraint, and stay when their row is deleted;
    `by_name` is the name of the user at that time. Superusers alone see entries without a municipality.
    """

    class Kind(models.TextChoices):
        UPLOADED = "uploaded", _("Indlæst")
        NEW_VERSION = "new_version", _("Ny udgave taget i brug")
        REJECTED = "rejected", _("Ny udgave lagt til side")
        DISCARDED = "discarded", _("Dokument kasseret")
        CORRECTED = "corrected", _("Rettet")
        PROPOSED = "proposed", _("Rettelse foreslået")
        ANSWERED = "answered", _("Rettelse bekræftet")
        DROPPED = "dropped", _("Rettelse fjernet")
        REDACTED = "redacted", _("Tekst fjernet")
        JUDGED = "judged", _("CPR-fund vurderet")
        APPROVED = "approved", _("Godkendt af den første")
        PUBLISHED = "published", _("Offentliggjort")
        WITHDRAWN = "withdrawn", _("Trukket tilbage")
        TAKEN_DOWN = "taken_down", _("Taget ned")
        MERGED = "merged", _("Personer slået sammen")
        PARTED = "parted", _("Personer skilt ad")
        FILE_RELEASED = "file_released", _("Bilag frigivet")
        FILE_WITHHELD = "file_withheld", _("Bilag holdt tilbage")
        PLANNED = "planned", _("Offentliggørelse planlagt")
        PLAN_CANCELLED = "plan_cancelled", _("Planlagt offentliggørelse annulleret")
        PLAN_REFUSED = "plan_refused", _("Ikke offentliggjort som planlagt")
        LINKED = "linked", _("Link til forhåndsvisning lavet")
        LINK_WITHDRAWN = "link_withdrawn", _("Link til forhåndsvisning trukket tilbage")
        DOWNLOADED = "downloaded", _("Original hentet")
        ORIGINAL_ERASED = "original_erased", _("Original slettet")
        SENT = "sent", _("Filer sendt til indlæsning")
        CHANGED = "changed", _("Oplysning ændret")
        EXPORTED = "exported", _("Eksporteret")
        SIGNED_IN = "signed_in", _("Logget ind")
        SIGN_IN_FAILED = "sign_in_failed", _("Log ind mislykket")
        LOCKED = "locked", _("Log ind spærret")
        REFUSED = "refused", _("Side nægtet")
        SIGNED_OUT = "signed_out", _("Logget ud")
        SESSIONS_ENDED = "sessions_ended", _("Sessioner afsluttet")
        PASSWORD_CHANGED = "password", _("Adgangskode ændret")
        PASSWORD_REQUESTED = "pass_requested", _("Ny adgangskode bestilt")
        FACTOR_ADDED = "factor_added", _("Totrinsbekræftelse tilføjet")
        FACTOR_REMOVED = "factor_removed", _("Totrinsbekræftelse fjernet")
        INVITED = "invited", _("Bruger inviteret")
        USER_CHANGED = "user_changed", _("Bruger ændret")
        USER_DELETED = "user_deleted", _("Bruger slettet")
        ROLE_GIVEN = "role_given", _("Rolle givet")
        ROLE_CHANGED = "role_changed", _("Rolle ændret")
        ROLE_REMOVED = "role_removed", _("Rolle fjernet")

    # Kinds of entries about users and what they took out.
    OF_USERS = frozenset(
        {
            *(Kind.EXPORTED, Kind.SIGNED_IN, Kind.SIGN_IN_FAILED, Kind.LOCKED, Kind.SIGNED_OUT),
            *(Kind.SESSIONS_ENDED, Kind.PASSWORD_CHANGED, Kind.FACTOR_ADDED, Kind.FACTOR_REMOVED),
            *(Kind.PASSWORD_REQUESTED, Kind.REFUSED),
            *(Kind.INVITED, Kind.USER_CHANGED, Kind.USER_DELETED),
            *(Kind.ROLE_GIVEN, Kind.ROLE_CHANGED, Kind.ROLE_REMOVED),
        }
    )

    kind = models.CharField(_("hvad"), max_length=15, choices=Kind)
    detail = models.CharField(_("nærmere"), max_length=200, blank=True)
    reason = models.CharField(_("begrundelse"), max_length=500, blank=True)
    at = models.DateTimeField(_("hvornår"), auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.DO_NOTHING,
        db_constraint=False,
        null=True,
        blank=True,
        related_name="changes",
        verbose_name=_("bruger"),
    )
    by_name = models.CharField(_("af"), max_length=150, blank=True)
    # Truncated, such as "192.0.2.0/24"; "" for commands and workers.
    network = models.CharField(_("fra"), max_length=50, blank=True)
    # The row that was changed, such as "auth.user:7"; "" when it is the meeting.
    target = models.CharField(_("række"), max_length=80, blank=True)
    meeting = models.ForeignKey(
        Meeting,
        models.DO_NOTHING,
        db_constraint=False,
        null=True,
        blank=True,
        related_name="changes",
        verbose_name=_("møde"),
    )
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="changes",
        verbose_name=_("kommune"),
    )

    objects = ChangeQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("hændelse")
        verbose_name_plural = _("hændelser")
        indexes = (
            # The dashboard of a municipality's staff.
            models.Index(fields=["municipality", "-id"], name="change_of_municipality"),
            # The history of a row.
            models.Index(fields=["target", "-id"], name="change_of_target", condition=~Q(target="")),
            models.Index(fields=["at"], name="change_at"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d %H:%M}"
