"""The search table: narrow, apart from the big texts, and only ever of published items."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from minutes.models.meetings import OUTCOMES, AgendaItem
from minutes.models.places import Committee, Municipality


class SearchEntry(models.Model):
    """What search knows of one published item; written by `minutes.search.index` alone."""

    date = models.DateField(_("dato"))
    outcome = models.CharField(_("udfald"), max_length=15, choices=OUTCOMES)
    contested = models.BooleanField(_("omstridt"), default=False)
    # Weights: A title and case number, B decision, C resume, D the rest.
    vector = SearchVectorField()
    item = models.OneToOneField(AgendaItem, models.CASCADE, primary_key=True, related_name="search_entry")
    committee = models.ForeignKey(Committee, models.CASCADE, related_name="+", db_index=False)
    municipality = models.ForeignKey(Municipality, models.CASCADE, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("søgeindgang")
        verbose_name_plural = _("søgeindgange")
        indexes = (
            # Every text query.
            GinIndex(fields=["vector"], name="searchentry_vector"),
            # Hits by date, within a committee or a municipality too.
            models.Index(fields=["-date", "-item"], name="searchentry_newest"),
            models.Index(fields=["committee", "-date", "-item"], name="searchentry_of_committee"),
            models.Index(fields=["municipality", "-date", "-item"], name="searchentry_of_municipality"),
        )

    def __str__(self) -> str:
        return str(self.item_id)
