"""Imported documents: import runs, sources (bytes), their readings, and the public text of readings."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minutes.models.places import Municipality
from minutes.models.states import State
from minutes.vocabulary import DocumentKind, Grade

GRADES = [
    (Grade.CERTAIN.value, _("Sikkert læst")),
    (Grade.DOUBTFUL.value, _("Tvivlsomt læst")),
    (Grade.UNREAD.value, _("Ikke læst")),
]
DOCUMENT_KINDS = [(DocumentKind.MINUTES.value, _("Referat")), (DocumentKind.AGENDA.value, _("Dagsorden"))]


class ImportRun(models.Model):
    """A run of the importer, with the number of documents by result."""

    started_at = models.DateTimeField(_("begyndt"), auto_now_add=True)
    finished_at = models.DateTimeField(_("færdig"), null=True, blank=True, help_text=_("Tom, hvis afbrudt."))
    paths = models.JSONField(_("stier"), default=list)
    options = models.JSONField(_("valg"), default=dict)
    imported = models.PositiveIntegerField(_("nye"), default=0)
    unchanged = models.PositiveIntegerField(_("uændrede"), default=0)
    updated = models.PositiveIntegerField(_("opdaterede"), default=0)
    refused = models.PositiveIntegerField(_("afviste"), default=0)
    unplaced = models.PositiveIntegerField(_("uden møde"), default=0)
    # Documents that need attention: [{"file", "status", "message", "meeting"}].
    report = models.JSONField(_("rapport"), default=list)
    # The municipality given by option or form; the user for an upload in the admin.
    municipality = models.ForeignKey(
        Municipality,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="import_runs",
        verbose_name=_("kommune"),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="import_runs",
        verbose_name=_("bruger"),
    )

    class Meta:
        ordering = ("-id",)
        verbose_name = _("indlæsning")
        verbose_name_plural = _("indlæsninger")

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class Source(models.Model):
    """A document. Its bytes are stored in ARCHIVE_DATA/sources under their SHA-256, for staff only."""

    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField(_("bytes"))
    name = models.CharField(_("filnavn"), max_length=255)
    origin = models.CharField(_("oprindelse"), max_length=1000, blank=True)
    received_at = models.DateTimeField(_("modtaget"), auto_now_add=True)
    # Overrides from options or the upload form; they also apply when the document is read again.
    given_date = models.DateField(_("oplyst dato"), null=True, blank=True)
    given_committee = models.CharField(_("oplyst udvalg"), max_length=200, blank=True)
    given_encoding = models.CharField(_("oplyst tegnsæt"), max_length=40, blank=True)
    given_municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="given_sources",
        verbose_name=_("oplyst kommune"),
    )
    run = models.ForeignKey(
        ImportRun,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="sources",
        verbose_name=_("indlæsning"),
    )

    class Meta:
        ordering = ("-id",)
        verbose_name = _("kilde")
        verbose_name_plural = _("kilder")
        constraints = (models.UniqueConstraint(fields=["sha256"], name="source_sha256_unique"),)

    def __str__(self) -> str:
        return self.name


class UnplacedDocument(models.Model):
    """A stored document without a meeting, because its municipality, committee or date is not known.

    Staff give what is missing. The facts are those that a person gave or the reader read; `text` is the
    document's, with possible CPR numbers masked. Never public.
    """

    source = models.OneToOneField(
        Source, models.CASCADE, primary_key=True, related_name="unplaced", verbose_name=_("kilde")
    )
    committee = models.CharField(_("udvalg"), max_length=200, blank=True)
    date = models.DateField(_("dato"), null=True, blank=True)
    text = models.TextField(_("tekst"))
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="unplaced_documents",
        verbose_name=_("kommune"),
    )

    class Meta:
        ordering = ("-source",)
        verbose_name = _("dokument uden møde")
        verbose_name_plural = _("dokumenter uden møde")

    def __str__(self) -> str:
        return self.source.name


class ReadingQuerySet(models.QuerySet["Reading"]):
    def published(self) -> Self:
        """Return the current readings of published meetings."""
        return self.filter(current=True, meeting__state=State.PUBLISHED)

    def replaced(self) -> Self:
        """Return former public versions of published meetings' main documents, last replaced first.

        Returns one reading per document, and none of the document that is in force.
        """
        main = Reading.objects.filter(meeting=OuterRef("meeting"), supplement=False)
        same_document = main.filter(source=OuterRef("source"))
        later = Q(public_until__gt=OuterRef("public_until")) | Q(
            public_until=OuterRef("public_until"), pk__gt=OuterRef("pk")
        )
        return self.filter(
            Exists(main.filter(current=True)),
            ~Exists(same_document.filter(current=True)),
            ~Exists(same_document.filter(later)),
            meeting__state=State.PUBLISHED,
            supplement=False,
            pending=False,
            public_until__isnull=False,
        ).order_by("-public_until", "-id")


class Reading(models.Model):
    """The text of a source and the facts that a version of the reader read from it. For staff only.

    The content never changes, except that redactions and takedowns mask it, character for character; a
    better reading is a new row. `facts` is the reader's JSON without the texts, read from the text with its
    `unresolved_cpr_matches` masked. A meeting has at most one current main reading and any number of current
    supplements; a `pending` one replaces the current one when a person accepts it. Public pages read
    `PublicText` and the rows that `publishing.projection` writes.
    """

    text = models.TextField(_("tekst"))
    facts = models.JSONField(_("fakta"))
    # The items of `facts` as staff split, joined or added some (`publishing.structure`); null without that.
    corrected_items = models.JSONField(_("rettede punkter"), null=True, blank=True)
    warnings = models.JSONField(_("advarsler"), default=list)
    # Reasons for a review before publication, from the reader and the import:
    # [{code, params, start, end}].
    doubts = models.JSONField(_("tvivl"), default=list, blank=True)
    # With the doubts of the import; `facts` have the grade of the reader alone.
    grade = models.CharField(_("læst"), max_length=10, choices=GRADES, default=Grade.CERTAIN.value)
    reader_version = models.PositiveIntegerField(_("læserens version"))
    document = models.CharField(_("dokument"), max_length=10, choices=DOCUMENT_KINDS)
    supplement = models.BooleanField(_("tillæg"), default=False)
    current = models.BooleanField(_("gældende"), default=False)
    pending = models.BooleanField(_("venter"), default=False)
    # Possible CPR numbers that are neither redacted nor dismissed: [[start, end]] in the text.
    unresolved_cpr_matches = models.JSONField(_("mulige CPR-numre"), default=list, blank=True)
    created_at = models.DateTimeField(_("læst"), auto_now_add=True)
    # When another reading replaced it while it was public; null if it is not known to have been public.
    public_until = models.DateTimeField(_("offentlig til"), null=True, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="readings", verbose_name=_("kilde"))
    meeting = models.ForeignKey(
        "minutes.Meeting", models.PROTECT, related_name="readings", verbose_name=_("møde")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("godkendt af den første"),
    )

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("læsning")
        verbose_name_plural = _("læsninger")
        constraints = (
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(current=True, supplement=False),
                name="reading_one_current_per_meeting",
            ),
            models.CheckConstraint(
                condition=~Q(current=True, pending=True), name="reading_pending_or_current"
            ),
        )
        indexes = (
            # The review queue, and the search for unread documents by their text.
            models.Index(fields=["grade", "-id"], condition=~Q(grade="certain"), name="reading_not_certain"),
        )

    def __str__(self) -> str:
        return f"{self.source} · {self.reader_version}"

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.pk])

    @property
    def item_facts(self) -> list[dict[str, Any]]:
        """The facts of the items to which `AgendaItem.reading_index` refers."""
        items: list[dict[str, Any]] = (
            self.facts["items"] if self.corrected_items is None else self.corrected_items
        )
        return items


class PublicText(models.Model):
    """The public text of a current reading of a published meeting.

    Has the length of `Reading.text`, so that offsets of facts apply to it. Written only by
    `publishing.projection`; does not exist while the meeting is not published.
    """

    reading = models.OneToOneField(
        Reading, models.CASCADE, primary_key=True, related_name="public_text", verbose_name=_("læsning")
    )
    text = models.TextField(_("tekst"))

    class Meta:
        verbose_name = _("offentlig tekst")
        verbose_name_plural = _("offentlige tekster")

    def __str__(self) -> str:
        return str(self.reading_id)
