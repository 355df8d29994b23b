"""The staff's work before publication: who reviews a draft, links to previews, and planned publications."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minutes.models.meetings import Meeting

# How long a draft is claimed by the user who has opened it from the review queue.
CLAIMED_FOR = datetime.timedelta(minutes=30)


class ClaimQuerySet(models.QuerySet["Claim"]):
    def active(self) -> Self:
        return self.filter(until__gt=timezone.now())

    def by(self, user: Any) -> Self:
        """Return the claims of a user that have not expired."""
        return self.active().filter(user=user)

    def by_others(self, user: Any) -> Self:
        """Return the claims of other users that have not expired."""
        return self.active().exclude(user=user)

    def claim(self, meeting: Meeting, user: Any) -> bool:
        """Claim the meeting for a user, or renew the claim; return False if another user has claimed it.

        At most four queries.
        """
        now = timezone.now()
        values = {"user": user, "until": now + CLAIMED_FOR}
        free = self.filter(Q(user=user) | Q(until__lte=now), meeting=meeting)
        if free.update(**values):
            return True
        _claim, is_new = self.get_or_create(meeting=meeting, defaults=values)
        return is_new


class Claim(models.Model):
    """A draft that one user reviews until the claim expires; others skip it in the queue."""

    until = models.DateTimeField(_("indtil"))
    meeting = models.OneToOneField(
        Meeting, models.CASCADE, primary_key=True, related_name="claim", verbose_name=_("møde")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="claims", verbose_name=_("bruger")
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ("until",)
        verbose_name = _("kladde under gennemgang")
        verbose_name_plural = _("kladder under gennemgang")

    def __str__(self) -> str:
        return f"{self.user}, {timezone.localtime(self.until):%H.%M}"


class PreviewLink(models.Model):
    """The link to the preview of a meeting that is not published. Its signed token contains `id`.

    A meeting has one link at most; a new one replaces it. Links expire, and are deleted when staff withdraw
    them.
    """

    created_at = models.DateTimeField(_("oprettet"), auto_now_add=True)
    expires_at = models.DateTimeField(_("udløber"))
    meeting = models.OneToOneField(
        Meeting, models.CASCADE, related_name="preview_link", verbose_name=_("møde")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="preview_links",
        verbose_name=_("oprettet af"),
    )

    class Meta:
        ordering = ("-id",)
        verbose_name = _("link til forhåndsvisning")
        verbose_name_plural = _("links til forhåndsvisning")

    def __str__(self) -> str:
        return f"{self.meeting_id}, {timezone.localtime(self.expires_at):%Y-%m-%d %H.%M}"


class PlannedPublicationQuerySet(models.QuerySet["PlannedPublication"]):
    def waiting(self) -> Self:
        return self.filter(refusal="")

    def due(self) -> Self:
        """Return the publications whose time has come and that were not refused."""
        return self.waiting().filter(publish_at__lte=timezone.now())

    def refused(self) -> Self:
        return self.exclude(refusal="")


class PlannedPublication(models.Model):
    """The time at which a meeting will be published, with what the reviewer saw of it.

    `readings` are the ids of the readings that were current, and `doubt_codes` the codes of their doubts. If
    these differ when the time has come, the meeting is not published, and `refusal` says so.
    """

    publish_at = models.DateTimeField(_("offentliggøres"))
    readings = ArrayField(models.BigIntegerField(), verbose_name=_("læsninger"))
    doubt_codes = ArrayField(models.CharField(max_length=40), default=list, verbose_name=_("tvivl"))
    reason = models.CharField(_("begrundelse"), max_length=500, blank=True)
    refusal = models.CharField(_("ikke offentliggjort, fordi"), max_length=300, blank=True)
    planned_at = models.DateTimeField(_("planlagt"), auto_now_add=True)
    meeting = models.OneToOneField(
        Meeting, models.CASCADE, related_name="planned_publication", verbose_name=_("møde")
    )
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="planned_publications",
        verbose_name=_("planlagt af"),
    )

    objects = PlannedPublicationQuerySet.as_manager()

    class Meta:
        ordering = ("publish_at", "id")
        verbose_name = _("planlagt offentliggørelse")
        verbose_name_plural = _("planlagte offentliggørelser")
        indexes = (
            # The periodic task of the workers.
            models.Index(fields=["publish_at"], condition=Q(refusal=""), name="plannedpublication_waiting"),
        )

    def __str__(self) -> str:
        return f"{self.meeting_id}, {timezone.localtime(self.publish_at):%Y-%m-%d %H.%M}"
