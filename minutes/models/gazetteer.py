"""The gazetteer: streets, schools and plans of a municipality, and the items that name them."""

from typing import Self

from django.db import models
from django.db.models import Count, Exists, Max, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minutes.models.danish import SortKey
from minutes.models.meetings import AgendaItem
from minutes.models.places import Municipality
from minutes.models.states import State

_PUBLISHED = Q(mentions__item__meeting__state=State.PUBLISHED)


class GazetteerPlaceQuerySet(models.QuerySet["GazetteerPlace"]):
    def published(self) -> Self:
        """Return the places that an item of a published meeting names."""
        mentions = GazetteerMention.objects.filter(place=OuterRef("pk"), item__meeting__state=State.PUBLISHED)
        return self.filter(Exists(mentions))

    def with_counts(self) -> Self:
        """Annotate `item_count`, of published items, and `latest`, the date of the newest."""
        return self.annotate(
            item_count=Count("mentions", filter=_PUBLISHED),
            latest=Max("mentions__item__meeting__date", filter=_PUBLISHED),
        )


class GazetteerPlace(models.Model):
    """A street, school or plan of a municipality, imported from a file. Its address is permanent."""

    class Kind(models.TextChoices):
        STREET = "street", _("Vej")
        SCHOOL = "school", _("Skole")
        PLAN = "plan", _("Plan")
        OTHER = "other", _("Sted")

    name = models.CharField(_("navn"), max_length=200)
    slug = models.SlugField(_("adresse"), max_length=120)
    kind = models.CharField(_("art"), max_length=10, choices=Kind)
    external_id = models.CharField(_("id i registret"), max_length=100, blank=True)
    sort_key = SortKey()
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="gazetteer", verbose_name=_("kommune")
    )

    objects = GazetteerPlaceQuerySet.as_manager()

    class Meta:
        ordering = ("municipality", "sort_key", "id")
        verbose_name = _("sted")
        verbose_name_plural = _("steder")
        constraints = (
            models.UniqueConstraint(fields=["municipality", "slug"], name="gazetteerplace_slug_unique"),
            models.UniqueConstraint(
                fields=["municipality", "kind", "name"], name="gazetteerplace_name_unique"
            ),
            models.CheckConstraint(condition=~Q(slug=""), name="gazetteerplace_slug_not_empty"),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Needs `municipality` loaded."""
        return reverse("place", args=[self.municipality.slug, self.slug])


class GazetteerName(models.Model):
    """A name of a place to look for in texts. `key` is the word by which texts find it."""

    name = models.CharField(_("navn"), max_length=200)
    key = models.CharField(_("nøgle"), max_length=200)
    place = models.ForeignKey(GazetteerPlace, models.CASCADE, related_name="names", verbose_name=_("sted"))

    class Meta:
        ordering = ("place", "id")
        verbose_name = _("navn på et sted")
        verbose_name_plural = _("navne på steder")
        constraints = (
            models.UniqueConstraint(fields=["place", "name"], name="gazetteername_once_per_place"),
        )
        indexes = (
            # The names whose key is in a text.
            models.Index(fields=["key"], name="gazetteername_key"),
        )

    def __str__(self) -> str:
        return self.name


class GazetteerMention(models.Model):
    """A place that the published text of an item names; written only by `minutes.publishing.gazetteer`."""

    place = models.ForeignKey(GazetteerPlace, models.CASCADE, related_name="mentions", verbose_name=_("sted"))
    item = models.ForeignKey(
        AgendaItem, models.CASCADE, related_name="place_mentions", verbose_name=_("punkt")
    )

    class Meta:
        ordering = ("item", "place")
        verbose_name = _("omtale af et sted")
        verbose_name_plural = _("omtaler af steder")
        constraints = (
            models.UniqueConstraint(fields=["item", "place"], name="gazetteermention_once_per_item"),
        )

    def __str__(self) -> str:
        return f"{self.place_id} {self.item_id}"
