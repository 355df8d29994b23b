"""Municipalities and their committees."""

from typing import Self

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, SmallIntegerField, Subquery, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minutes.models.danish import SortKey, slug

# First parts of addresses that belong to the site itself.
RESERVED_SLUGS = frozenset(
    {
        "admin",
        "afstemninger",
        "api",
        "en",
        "feed",
        "healthz",
        "kilde",
        "kommuner",
        "moeder",
        "om",
        "readyz",
        "robots.txt",
        "sitemap.xml",
        "soeg",
        "static",
        "udvalg",
    }
)
# Parts of an address below a municipality that are no committee's.
RESERVED_COMMITTEE_SLUGS = frozenset({"feed", "personer", "sager"})

# What the bodies that the voters elect are called.
COUNCIL_SLUGS = ("byraadet", "kommunalbestyrelsen", "borgerrepraesentationen")


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def published(self) -> Self:
        """Those with at least one published meeting."""
        from minutes.models.meetings import Meeting

        # One meeting of each is looked up. PostgreSQL makes a join with all meetings of an Exists.
        meetings = Meeting.objects.published().filter(committee__municipality=OuterRef("pk")).order_by()
        return self.alias(a_meeting=Subquery(meetings.values("pk")[:1])).filter(a_meeting__isnull=False)

    def in_danish_order(self) -> Self:
        """By name. Counts need it said: Django leaves out a model's own order where rows are grouped."""
        return self.order_by("sort_key", "id")

    def called(self, code_or_name: str) -> "Municipality | None":
        """The municipality of this code, name or address: "730", "Randers", "Randers Kommune". One query."""
        name = code_or_name.strip().removesuffix(" Kommune").removesuffix(" kommune")
        return self.filter(Q(code=name, code__gt="") | Q(slug=slug(name))).order_by("-code").first()


class Municipality(models.Model):
    code = models.CharField(
        _("kommunekode"), max_length=3, blank=True, help_text=_("Tom for opdigtede kommuner.")
    )
    name = models.CharField(_("navn"), max_length=100)
    slug = models.SlugField(_("adresse"), max_length=100)
    region = models.CharField(_("region"), max_length=30, blank=True)
    valid_from = models.DateField(_("fra"), null=True, blank=True)
    valid_to = models.DateField(_("til"), null=True, blank=True, help_text=_("Tom, mens kommunen findes."))
    sort_key = SortKey()

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        ordering = ("sort_key", "id")
        verbose_name = _("kommune")
        verbose_name_plural = _("kommuner")
        constraints = (
            models.UniqueConstraint(fields=["slug"], name="municipality_slug_unique"),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="municipality_code_unique"),
            models.CheckConstraint(
                condition=Q(code="") | Q(code__regex=r"^\d{3}$"), name="municipality_code_is_three_digits"
            ),
            models.CheckConstraint(condition=~Q(slug=""), name="municipality_slug_not_empty"),
            models.CheckConstraint(
                condition=~Q(slug__in=sorted(RESERVED_SLUGS)),
                name="municipality_slug_not_reserved",
                violation_error_message=_("Adressen er optaget af sitet selv."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("municipality", args=[self.slug])


class CommitteeQuerySet(models.QuerySet["Committee"]):
    def published(self) -> Self:
        """Those with at least one published meeting."""
        from minutes.models.meetings import Meeting

        return self.filter(Exists(Meeting.objects.published().filter(committee=OuterRef("pk"))))

    def council_first(self) -> Self:
        """The council, then its committees by name."""
        return self.order_by(
            Case(When(slug__in=COUNCIL_SLUGS, then=0), default=1, output_field=SmallIntegerField()),
            "sort_key",
            "id",
        )

    def called(self, municipality: "Municipality", name: str) -> "Committee | None":
        """The municipality's committee of this name or alias, spelling of case and marks aside. One query."""
        key = slug(name)
        return (
            self.filter(municipality=municipality)
            .filter(Q(slug=key) | Q(aliases__slug=key))
            .distinct()
            .order_by("id")
            .first()
        )


class Committee(models.Model):
    """A committee or council under its name without the term; two municipalities' namesakes are two.

    The name is blank of one that was restored of an export and has nothing public but its address.
    """

    name = models.CharField(_("navn"), max_length=200)
    slug = models.SlugField(_("adresse"), max_length=200)
    sort_key = SortKey()
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="committees", verbose_name=_("kommune")
    )
    successor = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name=_("afløst af"),
    )

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        ordering = ("sort_key", "id")
        verbose_name = _("udvalg")
        verbose_name_plural = _("udvalg")
        constraints = (
            models.UniqueConstraint(fields=["municipality", "slug"], name="committee_slug_unique"),
            models.CheckConstraint(condition=~Q(slug=""), name="committee_slug_not_empty"),
            models.CheckConstraint(
                condition=~Q(slug__in=sorted(RESERVED_COMMITTEE_SLUGS)),
                name="committee_slug_not_reserved",
                violation_error_message=_("Adressen er optaget af sitet selv."),
            ),
        )

    def __str__(self) -> str:
        return self.name or self.slug

    def get_absolute_url(self) -> str:
        """Needs `municipality` loaded."""
        return reverse("committee", args=[self.municipality.slug, self.slug])


class CommitteeAlias(models.Model):
    """Another spelling, or a later or earlier name, of a committee."""

    name = models.CharField(_("navn"), max_length=200)
    slug = models.SlugField(_("adresse"), max_length=200)
    valid_from = models.DateField(_("fra"), null=True, blank=True)
    valid_to = models.DateField(_("til"), null=True, blank=True)
    committee = models.ForeignKey(Committee, models.CASCADE, related_name="aliases", verbose_name=_("udvalg"))

    class Meta:
        ordering = ("name", "id")
        verbose_name = _("andet navn")
        verbose_name_plural = _("andre navne")
        constraints = (
            models.UniqueConstraint(fields=["committee", "slug"], name="committeealias_slug_unique"),
        )

    def __str__(self) -> str:
        return self.name
