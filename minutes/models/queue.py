"""Files that wait for a worker to import them, and the results of those that were."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from minutes.models.sources import ImportRun


class FileStatus(models.TextChoices):
    """The states of a queued file. Values that are also an import status are its result."""

    WAITING = "waiting", _("Venter")
    IMPORTED = "imported", _("Nyt møde")
    UPDATED = "updated", _("Ny udgave")
    UNCHANGED = "unchanged", _("Uændret")
    UNPLACED = "unplaced", _("Uden møde")
    REFUSED = "refused", _("Afvist")
    UNPACKED = "unpacked", _("Pakket ud")
    CANCELLED = "cancelled", _("Annulleret")


# A file with such a status can be imported again, as long as its bytes are stored.
RETRYABLE = (FileStatus.REFUSED, FileStatus.CANCELLED)


class QueuedFileQuerySet(models.QuerySet["QueuedFile"]):
    def waiting(self) -> Self:
        return self.filter(status=FileStatus.WAITING)

    def retryable(self) -> Self:
        return self.filter(status__in=RETRYABLE)

    def documents(self) -> Self:
        """Return the files without containers, whose members are files of their own."""
        return self.exclude(status=FileStatus.UNPACKED)

    def by_status(self) -> dict[str, int]:
        """Count the files by status. One query."""
        rows = self.order_by().values_list("status").annotate(count=models.Count("pk"))
        return dict(rows)


class QueuedFile(models.Model):
    """A file of an upload, which a worker imports.

    Its bytes are stored in ARCHIVE_DATA/uploads while it waits, and after a refusal until it is retried or
    deleted.
    """

    run = models.ForeignKey(
        ImportRun, models.CASCADE, related_name="queued_files", verbose_name=_("indlæsning")
    )
    # The ZIP file that it was unpacked from.
    container = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="members", verbose_name=_("ZIP-fil")
    )
    # With the folders of the selection and of the ZIP file; possible CPR numbers are masked.
    name = models.CharField(_("fil"), max_length=1000)
    size = models.PositiveBigIntegerField(_("bytes"))
    status = models.CharField(
        _("resultat"), max_length=10, choices=FileStatus.choices, default=FileStatus.WAITING
    )
    # `ImportResult` as JSON; empty while the file waits.
    result = models.JSONField(_("udfald"), default=dict, blank=True)
    # Given for this file alone when it is retried; they overrule those of the run.
    given_committee = models.CharField(_("oplyst udvalg"), max_length=200, blank=True)
    given_date = models.DateField(_("oplyst dato"), null=True, blank=True)
    queued_at = models.DateTimeField(_("modtaget"), auto_now_add=True)
    finished_at = models.DateTimeField(_("færdig"), null=True, blank=True)

    objects = QueuedFileQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        verbose_name = _("fil i kø")
        verbose_name_plural = _("filer i kø")
        indexes = (models.Index(fields=["run", "status", "id"], name="queuedfile_run_status"),)

    def __str__(self) -> str:
        return self.name
