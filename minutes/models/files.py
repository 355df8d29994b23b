"""Files that come along with a document: those that are stored, and those that the public may download."""

from pathlib import PurePosixPath
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minutes.models.danish import slug
from minutes.models.meetings import AgendaItem, Attachment, Meeting
from minutes.models.sources import Source
from minutes.models.states import State

# Digits of a file's SHA-256 in its address.
DIGEST_LENGTH = 20


class EnclosedFileQuerySet(models.QuerySet["EnclosedFile"]):
    def undecided(self) -> Self:
        """Return the files that wait for a person: not certainly public, nor released or withheld."""
        return self.filter(
            ~Q(cpr_matches=[]) | ~Q(waits_for=[]) | Q(item_number=None), decision=EnclosedFile.Decision.NONE
        )


class EnclosedFile(models.Model):
    """A file that came along with a document, as an attachment of an item or of the meeting. For staff only.

    Its bytes are stored in ARCHIVE_DATA/sources under their SHA-256. `text` is what was extracted, with
    possible CPR numbers and redacted passages masked. A file with unresolved `cpr_matches` is never public;
    one that waits for something is public when a person has released it.
    """

    class Reason(models.TextChoices):
        """Why a file is not public until a person has released it."""

        UNREAD = "unread", _("Teksten i filen kan ikke læses, så den er ikke søgt igennem for CPR-numre.")
        PARTLY_READ = "partly_read", _("Ikke alt i filen er søgt igennem for CPR-numre.")
        REDACTED = (
            "redacted",
            _("Filen kan indeholde noget, der er fjernet af mødets tekster eller taget ned."),
        )
        JUDGED = "judged", _("Et fund i filen er vurderet; to skal frigive den.")
        WITHHELD_BEFORE = (
            "withheld_before",
            _("Et bilag med samme titel er holdt tilbage i en tidligere udgave."),
        )

    class Decision(models.TextChoices):
        NONE = "", _("Ingen")
        RELEASED = "released", _("Frigivet")
        WITHHELD = "withheld", _("Holdt tilbage")

    position = models.PositiveSmallIntegerField(_("plads"))
    # The printed number of its item; null for a file of the meeting, empty if the item has no number.
    item_number = models.CharField(_("punkt"), max_length=30, null=True, blank=True)  # noqa: DJ001
    caption = models.CharField(_("titel"), max_length=300)
    name = models.CharField(_("filnavn"), max_length=255)
    media_type = models.CharField(_("medietype"), max_length=100)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField(_("bytes"))
    text = models.TextField(_("tekst"), blank=True)
    # In Danish for staff: why the text is missing, or what of the file is not in it.
    note = models.TextField(pgettext_lazy("felt", "bemærkning"), blank=True)
    waits_for = ArrayField(
        models.CharField(max_length=15, choices=Reason), verbose_name=_("venter på"), default=list, blank=True
    )
    # Possible CPR numbers that are not dismissed: [[start, end, fingerprint]]; no offsets outside the text.
    cpr_matches: Any = models.JSONField(_("mulige CPR-numre"), default=list, blank=True)
    decision = models.CharField(
        _("afgørelse"), max_length=10, choices=Decision, default=Decision.NONE, blank=True
    )
    source = models.ForeignKey(Source, models.CASCADE, related_name="enclosed_files", verbose_name=_("kilde"))
    # The first of two users who must both release it.
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("godkendt af den første"),
    )

    objects = EnclosedFileQuerySet.as_manager()

    class Meta:
        ordering = ("source", "position")
        verbose_name = _("bilagsfil")
        verbose_name_plural = _("bilagsfiler")
        constraints = (
            models.UniqueConstraint(fields=["source", "position"], name="enclosedfile_position_unique"),
        )
        indexes = (
            # Whether bytes are still in use.
            models.Index(fields=["sha256"], name="enclosedfile_sha256"),
        )

    def __str__(self) -> str:
        return self.name


class PublicFileQuerySet(models.QuerySet["PublicFile"]):
    def published(self) -> Self:
        """Return the files that the public may download."""
        return self.filter(meeting__state=State.PUBLISHED)

    def at(self, digest: str) -> "PublicFile | None":
        """Return a file by the part of its SHA-256 in its address. One query."""
        if len(digest) != DIGEST_LENGTH:
            return None
        return self.filter(sha256__startswith=digest).order_by("id").first()


class PublicFile(models.Model):
    """A file that the public may download, with an open item or with the meeting.

    Written only by `publishing.projection`; does not exist while the meeting is not published. `text` is the
    beginning of the file's text, for the search.
    """

    position = models.PositiveSmallIntegerField(_("plads"))
    title = models.TextField(_("titel"))
    name = models.CharField(_("filnavn"), max_length=255)
    media_type = models.CharField(_("medietype"), max_length=100)
    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField(_("bytes"))
    text = models.TextField(_("tekst"), blank=True)
    file = models.ForeignKey(
        EnclosedFile, models.CASCADE, related_name="public_files", verbose_name=_("bilagsfil")
    )
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="files", verbose_name=_("møde"))
    # Null for a file of the meeting.
    item = models.ForeignKey(
        AgendaItem, models.CASCADE, null=True, blank=True, related_name="files", verbose_name=_("punkt")
    )
    # The attachment printed in the minutes that is this file, where that is certain.
    attachment = models.OneToOneField(
        Attachment,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="file",
        verbose_name=_("bilag i dokumentet"),
    )

    objects = PublicFileQuerySet.as_manager()

    class Meta:
        ordering = ("meeting", "item", "position")
        verbose_name = _("offentlig bilagsfil")
        verbose_name_plural = _("offentlige bilagsfiler")
        constraints = (
            models.UniqueConstraint(fields=["meeting", "file"], name="publicfile_once_per_meeting"),
            models.CheckConstraint(
                condition=Q(attachment__isnull=True) | Q(item__isnull=False),
                name="publicfile_printed_in_item",
            ),
        )
        indexes = (
            # Downloads.
            models.Index(fields=["sha256"], name="publicfile_sha256", opclasses=["varchar_pattern_ops"]),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        path = PurePosixPath(self.name)
        ending = slug(path.suffix)
        name = f"{slug(path.stem)[:80] or 'bilag'}{'.' if ending else ''}{ending}"
        return reverse("file", args=[self.sha256[:DIGEST_LENGTH], name])

    @property
    def format_name(self) -> str:
        """The ending of the name as people say it: "PDF"; "" without one."""
        return PurePosixPath(self.name).suffix.removeprefix(".").upper()


def files_of_meeting(meeting: Meeting) -> "models.QuerySet[PublicFile]":
    """Return the public files of the meeting that are of no item, without their texts."""
    return meeting.files.filter(item=None).order_by("position").defer("text")


def attachment_prefetches() -> "tuple[models.Prefetch[Any, Any, Any], ...]":
    """Return the prefetches of items that `attachments_of` needs. Two queries."""
    files = PublicFile.objects.filter(attachment=None).order_by("position").defer("text")
    printed = Attachment.objects.select_related("file").defer("file__text").order_by("position")
    return models.Prefetch("attachments", printed), models.Prefetch("files", files)


def attachments_of(item: AgendaItem) -> list[tuple[str, PublicFile | None]]:
    """Return the titles of the item's attachments with their files: those printed, then other files."""
    printed = [(attachment.title, getattr(attachment, "file", None)) for attachment in item.attachments.all()]
    return [*printed, *((file.title, file) for file in item.files.all())]
