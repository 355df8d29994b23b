"""Cases, the numbers that link items to them, and references to other meetings and items."""

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minutes.models.meetings import AgendaItem, Meeting
from minutes.models.places import Municipality
from minutes.models.states import State


class CaseQuerySet(models.QuerySet["Case"]):
    def published(self) -> Self:
        """Return cases whose number is at an item of a published meeting."""
        return self.filter(
            Exists(CaseNumber.objects.filter(case=OuterRef("pk"), item__meeting__state=State.PUBLISHED))
        )


class Case(models.Model):
    """A matter under its number in a municipality.

    `standing`: the number names a subject or a standing item rather than one matter, so its items
    get no timeline.
    """

    number = models.CharField(_("sagsnummer"), max_length=100)
    slug = models.SlugField(_("adresse"), max_length=120)
    standing = models.BooleanField(_("stående"), default=False)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="cases", verbose_name=_("kommune")
    )
    items = models.ManyToManyField(AgendaItem, through="CaseNumber", related_name="cases")

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ("municipality", "number")
        verbose_name = _("sag")
        verbose_name_plural = _("sager")
        constraints = (
            models.UniqueConstraint(fields=["municipality", "slug"], name="case_slug_unique"),
            models.CheckConstraint(condition=~Q(slug=""), name="case_slug_not_empty"),
        )

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        """Needs `municipality` loaded."""
        return reverse("case", args=[self.municipality.slug, self.slug])


class CaseNumber(models.Model):
    """A case number as printed at an item, with its kind ("Sagsnr.", "J.nr.") where that is printed."""

    position = models.PositiveSmallIntegerField(_("plads"), default=1)
    label = models.CharField(_("betegnelse"), max_length=30, blank=True)
    printed = models.CharField(_("i referatet"), max_length=100)
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="case_numbers", verbose_name=_("punkt"))
    case = models.ForeignKey(Case, models.PROTECT, related_name="case_numbers", verbose_name=_("sag"))

    class Meta:
        ordering = ("item", "position")
        verbose_name = _("sagsnummer")
        verbose_name_plural = _("sagsnumre")
        constraints = (
            models.UniqueConstraint(fields=["item", "case"], name="casenumber_once_per_item"),
            models.UniqueConstraint(fields=["item", "position"], name="casenumber_position_unique"),
        )

    def __str__(self) -> str:
        return self.printed


class ReferenceQuerySet(models.QuerySet["Reference"]):
    def published(self) -> Self:
        return self.filter(item__meeting__state=State.PUBLISHED)

    def with_public_targets(self) -> Self:
        """Prefetch `target_meeting` and `target_item` with their places, None where they are not public.

        Two queries.
        """
        return self.prefetch_related(
            Prefetch("target_meeting", Meeting.objects.published().with_places()),
            Prefetch("target_item", AgendaItem.objects.published().with_places()),
        )


class Reference(models.Model):
    """A reference in an item to another meeting or one of its items.

    `committee_name`, `date` and `item_number` are as printed, empty where not printed. `target_meeting` and
    `target_item` are set if the archive contains the target, whatever its state; `publishing.references` sets
    and clears them.
    """

    class Kind(models.TextChoices):
        MENTION = "mention", _("Henvisning")
        PRIOR_DECISION = "prior_decision", _("Tidligere beslutning")
        CASE_FLOW = "case_flow", _("Sagens gang")

    position = models.PositiveSmallIntegerField(_("plads"))
    kind = models.CharField(_("art"), max_length=15, choices=Kind)
    committee_name = models.CharField(_("udvalg"), max_length=200, blank=True)
    date = models.DateField(_("dato"), null=True, blank=True)
    item_number = models.CharField(_("punkt"), max_length=30, blank=True)
    text = models.TextField(_("ordlyd"), blank=True)
    start = models.PositiveIntegerField(_("fra tegn"), null=True, blank=True)
    end = models.PositiveIntegerField(_("til tegn"), null=True, blank=True)
    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="references", verbose_name=_("punkt"))
    target_meeting = models.ForeignKey(
        Meeting,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="referenced_by",
        verbose_name=_("mødet, der menes"),
    )
    target_item = models.ForeignKey(
        AgendaItem,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="referenced_by",
        verbose_name=_("punktet, der menes"),
    )

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        ordering = ("item", "position")
        verbose_name = _("henvisning")
        verbose_name_plural = _("henvisninger")
        constraints = (
            models.UniqueConstraint(fields=["item", "position"], name="reference_position_unique"),
        )
        indexes = (
            # References to a date, when a meeting of that date is imported.
            models.Index(fields=["date"], condition=Q(date__isnull=False), name="reference_of_day"),
        )

    def __str__(self) -> str:
        return " ".join(filter(None, [self.committee_name, str(self.date or ""), self.item_number]))
