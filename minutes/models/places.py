"""Municipalities and their committees."""

from collections.abc import Iterable
from typing import Any, Self

from django.apps import apps
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, F, OuterRef, Q, SmallIntegerField, Subquery, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minutes.models.danish import SortKey, slug
from minutes.models.states import State

# First parts of the addresses of the site's own pages.
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
# Parts of addresses below a municipality that do not name a committee.
RESERVED_COMMITTEE_SLUGS = frozenset({"feed", "partier", "personer", "sager", "steder"})

# Names of municipal councils.
COUNCIL_SLUGS = ("byraadet", "kommunalbestyrelsen", "borgerrepraesentationen")


def _published_meetings() -> models.QuerySet[Any]:
    # By name: the module of Meeting imports this one.
    return apps.get_model("minutes", "Meeting")._default_manager.filter(state=State.PUBLISHED)


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def published(self) -> Self:
        """Return municipalities with at least one published meeting."""
        # A sub-query that looks up one meeting; PostgreSQL turns an Exists into a join with all meetings.
        meetings = _published_meetings().filter(committee__municipality=OuterRef("pk")).order_by()
        return self.alias(a_meeting=Subquery(meetings.values("pk")[:1])).filter(a_meeting__isnull=False)

    def in_danish_order(self) -> Self:
        """Order by name. Needed with counts: Django ignores `Meta.ordering` in a GROUP BY query."""
        return self.order_by("sort_key", "id")

    def called(self, code_or_name: str) -> "Municipality | None":
        """Return the municipality with this code, name or slug: "730", "Randers", "Randers Kommune".

        One query.
        """
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
    # Months from publication until `erase_originals` erases the original files.
    originals_kept = models.PositiveSmallIntegerField(
        _("slettefrist for originale filer"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Måneder efter offentliggørelsen. Tom: De originale filer bliver gemt."),
    )
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
        """Return committees with at least one published meeting, of their own or a joint one."""
        # A sub-query that looks up one meeting, as for municipalities.
        meetings = _published_meetings().filter(committees=OuterRef("pk")).order_by()
        return self.alias(a_meeting=Subquery(meetings.values("pk")[:1])).filter(a_meeting__isnull=False)

    def council_first(self) -> Self:
        """Order the council first, then the committees by name."""
        return self.order_by(
            Case(When(slug__in=COUNCIL_SLUGS, then=0), default=1, output_field=SmallIntegerField()),
            "sort_key",
            "id",
        )

    def called(self, municipality: "Municipality", name: str) -> "Committee | None":
        """Return the municipality's committee with this name or alias, ignoring case and punctuation.

        One query.
        """
        return self.all_called(municipality, [slug(name)]).get(slug(name))

    def all_called(self, municipality: "Municipality", slugs: Iterable[str]) -> "dict[str, Committee]":
        """Return the municipality's committees with these slugs of names or aliases, by these. One query.

        `municipality` of each is the one given, so that no query loads it for an address.
        """
        slugs = set(slugs)
        rows = (
            self.filter(municipality=municipality)
            .filter(Q(slug__in=slugs) | Q(aliases__slug__in=slugs))
            .annotate(alias=F("aliases__slug"))
            .order_by("id")
        )
        called: dict[str, Committee] = {}
        for committee in rows:
            committee.municipality = municipality
            for key in slugs & {committee.slug, committee.alias}:  # type: ignore[attr-defined]
                called.setdefault(key, committee)
        return called


class Committee(models.Model):
    """A committee or council of one municipality, under its name without the term.

    The name is blank if the committee was restored from an export that has only its address.
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
    """Another spelling of a committee's name, or an earlier or later name."""

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
