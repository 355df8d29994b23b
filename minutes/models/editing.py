"""Decisions of staff about minutes: corrections, redactions, takedowns, dismissed matches."""

from collections.abc import Iterable
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minutes.models.meetings import Meeting
from minutes.models.places import Municipality


def _user_key(related_name: str, verbose_name: Any) -> "models.ForeignKey[Any, Any]":
    """Return a foreign key to the user who did it; null for a command."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name=related_name,
        verbose_name=verbose_name,
    )


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def unanswered(self) -> Self:
        """Return those that a person must confirm or drop: questioned by a new reading, or proposed."""
        return self.filter(state__in=[Correction.State.QUESTIONED, Correction.State.PROPOSED])

    def in_force(self) -> Self:
        """Return corrections that are applied; a questioned one is, until staff drop it."""
        return self.filter(state__in=[Correction.State.IN_FORCE, Correction.State.QUESTIONED])

    def measured(self) -> list[dict[str, Any]]:
        """Count the corrections in force by field, in the order of `Field`. One query.

        `agree` are those that the present reading makes unnecessary, `contradicted` those at whose place it
        says a third thing.
        """
        agrees, questioned = Q(agrees=True), Q(state=Correction.State.QUESTIONED)
        rows: Iterable[Any] = (
            self.in_force()
            .values("field")
            .order_by("field")
            .annotate(
                count=models.Count("pk"),
                agree=models.Count("pk", filter=agrees),
                contradicted=models.Count("pk", filter=questioned & ~agrees),
            )
        )
        return sorted(rows, key=lambda row: Correction.Field.values.index(row["field"]))

    def of_structure(self) -> Self:
        """Return the corrections in force that split, join and add items, in their order."""
        return self.in_force().filter(field__in=Correction.STRUCTURE).order_by("id")

    def closing(self) -> Self:
        """Return corrections that close an item, in any state."""
        return self.filter(field=Correction.Field.CLOSED, value=True)


class Correction(models.Model):
    """A value that staff set in place of one that the reader read.

    `seen` is the value in the reading when the correction was entered, `value` the one that replaces it:

    - title, number, decision, case number, outcome and closedness of an item, place and times of a meeting:
      the plain value. The value of a decision that was marked in the text is {"text", "start", "end"}.
    - ballot: the reader's facts; `seen` is null if the reader missed it, `value` if there is no such ballot.
    - attendance of one person: {"name", "party", "status", "reason", "for", "arrived", "left"}, see
      `publishing.attendance`; `seen` is null for a person who is added, `value` for one who is removed.
    - meeting: {"date", "committee"}, and the municipality if it changes.
    - split, join, added: an operation on the items of a reading, see `publishing.structure`; `seen` is null.
    - order: the addresses of the items in their order.

    `item_slug` is the item's permanent slug, empty for a fact of the meeting. `agrees` says that the present
    reading has the corrected value too, so that the correction changes nothing.
    """

    class Field(models.TextChoices):
        TITLE = "title", _("Titel")
        NUMBER = "number", _("Nummer")
        DECISION = "decision", _("Beslutning")
        OUTCOME = "outcome", _("Udfald")
        CLOSED = "closed", _("Lukket punkt")
        CASE_NUMBER = "case_number", _("Sagsnummer")
        MEETING = "meeting", _("Mødets dato og udvalg")
        BALLOT = "ballot", _("Afstemning")
        LOCATION = "location", _("Mødested")
        START_TIME = "start_time", _("Mødet begynder")
        END_TIME = "end_time", _("Mødet slutter")
        ATTENDANCE = "attendance", _("Deltagelse")
        SPLIT = "split", _("Punkt delt")
        JOIN = "join", _("Punkter samlet")
        ADDED = "added", _("Punkt tilføjet")
        ORDER = "order", _("Rækkefølge")

    # Corrections of which items there are.
    STRUCTURE = (Field.SPLIT, Field.JOIN, Field.ADDED)

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Venter på en anden")
        IN_FORCE = "in_force", _("Gælder")
        QUESTIONED = "questioned", _("Skal bekræftes: stedet er ændret i en ny læsning")
        DROPPED = "dropped", _("Bortfaldet")

    item_slug = models.SlugField(_("punktets adresse"), max_length=40, blank=True)
    field = models.CharField(_("hvad"), max_length=15, choices=Field)
    seen: Any = models.JSONField(_("som læst"), null=True)
    value: Any = models.JSONField(_("rettet til"), null=True)
    # The value in the new reading, for a questioned correction.
    new_reading: Any = models.JSONField(_("ny læsning"), null=True)
    state = models.CharField(_("tilstand"), max_length=10, choices=State, default=State.IN_FORCE)
    agrees = models.BooleanField(_("læses nu sådan"), default=False)
    reason = models.CharField(_("begrundelse"), max_length=500, blank=True)
    made_at = models.DateTimeField(_("rettet"), auto_now_add=True)
    made_by = _user_key("corrections", _("rettet af"))
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="corrections", verbose_name=_("møde"))

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("rettelse")
        verbose_name_plural = _("rettelser")
        constraints = (
            models.UniqueConstraint(
                fields=["meeting", "item_slug", "field"],
                condition=Q(state__in=["in_force", "questioned"])
                & ~Q(field__in=["ballot", "attendance", "join"]),
                name="correction_one_in_force",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_field_display()} {self.item_slug}".strip()


class LedgerRow(models.Model):
    """A row of the ledger of removals. Contains no text, only keys, hashes and keyed fingerprints.

    `meeting_keys` are the meeting's addresses, present and former: "randers/byraadet/2020-01-14".
    """

    ledger_id = models.UUIDField(_("nr. i fortegnelsen"), unique=True)
    meeting_keys = ArrayField(models.CharField(max_length=420), verbose_name=_("mødets adresser"))
    reason = models.CharField(_("begrundelse"), max_length=500, blank=True)
    made_at = models.DateTimeField(_("hvornår"))
    made_by = models.CharField(_("af"), max_length=150, blank=True)
    municipality = models.ForeignKey(
        Municipality, models.SET_NULL, null=True, related_name="+", verbose_name=_("kommune")
    )

    class Meta:
        abstract = True


class MeetingLedgerRow(LedgerRow):
    """A row about the content of a meeting.

    `sources` are the SHA-256 of its documents. A document imported under one of these or of `meeting_keys`
    is affected too.
    """

    sources = ArrayField(models.CharField(max_length=64), verbose_name=_("dokumenter"), default=list)

    class Meta:
        abstract = True

    def is_of(self, key: str, sha256: str) -> bool:
        """Return True if the row is about the meeting with this address or the document with this SHA-256."""
        return key in self.meeting_keys or sha256 in self.sources


class LedgerRowQuerySet(models.QuerySet[Any]):
    def of(self, keys: list[str], sources: list[str]) -> Self:
        """Return rows for a meeting with one of these addresses or one of these documents. One query."""
        return self.filter(Q(meeting_keys__overlap=keys) | Q(sources__overlap=sources))


class Takedown(MeetingLedgerRow):
    """A meeting (`item_slug` empty) or an item that was taken down. Irreversible."""

    item_slug = models.SlugField(_("punktets adresse"), max_length=40, blank=True)
    title_letters = models.PositiveIntegerField(_("titlens længde"), default=0)
    title_fingerprint = models.CharField(_("titlens fingeraftryk"), max_length=64, blank=True)

    objects = LedgerRowQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("nedtagning")
        verbose_name_plural = _("nedtagninger")
        indexes = (GinIndex(fields=["meeting_keys"], name="takedown_of_meeting"),)

    def __str__(self) -> str:
        return " ".join(filter(None, [self.meeting_keys[0], self.item_slug]))


class Redaction(MeetingLedgerRow):
    """A passage that is masked in every text of a meeting. `letters` is 0 for a CPR number.

    With `whole_words`, for a name that is redacted in all meetings, it is not masked as a part of longer
    words, nor at the `exceptions`: [[letters before, letters, fingerprint]] (`privacy.Surroundings`).
    """

    class Kind(models.TextChoices):
        PERSONAL_NUMBER = "personal_number", _("CPR-nummer")
        PASSAGE = "passage", _("Andet")

    kind = models.CharField(_("art"), max_length=20, choices=Kind)
    letters = models.PositiveIntegerField(_("længde"), default=0)
    fingerprint = models.CharField(_("fingeraftryk"), max_length=64)
    whole_words = models.BooleanField(_("hele ord"), default=False)
    exceptions: Any = models.JSONField(_("undtagelser"), default=list, blank=True)

    objects = LedgerRowQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("overdækning")
        verbose_name_plural = _("overdækninger")
        indexes = (
            GinIndex(fields=["meeting_keys"], name="redaction_of_meeting"),
            # The names that are redacted in a municipality.
            models.Index(
                fields=["municipality", "letters", "fingerprint"],
                condition=Q(whole_words=True),
                name="redaction_of_name",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.meeting_keys[0]}"


class ErasedOriginal(LedgerRow):
    """The note about an original file whose bytes were erased for good; they are never stored again.

    Only those erased at a person's request are in the ledger; the retention rule erases its own again.
    """

    class Cause(models.TextChoices):
        REQUEST = "request", _("Efter anmodning")
        RETENTION = "retention", _("Efter kommunens slettefrist")

    sha256 = models.CharField("SHA-256", max_length=64)
    size = models.PositiveBigIntegerField(_("bytes"), default=0)
    cause = models.CharField(_("anledning"), max_length=10, choices=Cause)

    class Meta:
        ordering = ("-id",)
        verbose_name = _("slettet original")
        verbose_name_plural = _("slettede originaler")
        constraints = (models.UniqueConstraint(fields=["sha256"], name="erasedoriginal_sha256_unique"),)

    def __str__(self) -> str:
        return self.sha256


class FalseHit(models.Model):
    """A match in a meeting's texts that staff dismissed: not a CPR number."""

    fingerprint = models.CharField(_("fingeraftryk"), max_length=64)
    reason = models.CharField(_("begrundelse"), max_length=500)
    made_at = models.DateTimeField(_("vurderet"), auto_now_add=True)
    made_by = _user_key("false_hits", _("vurderet af"))
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="false_hits", verbose_name=_("møde"))

    class Meta:
        ordering = ("-id",)
        verbose_name = _("vurderet CPR-fund")
        verbose_name_plural = _("vurderede CPR-fund")
        constraints = (
            models.UniqueConstraint(fields=["meeting", "fingerprint"], name="falsehit_once_per_meeting"),
        )

    def __str__(self) -> str:
        return self.reason
