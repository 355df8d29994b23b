"""The search tables: narrow, apart from the big texts, and only ever of published items."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minutes.models.meetings import OUTCOMES, AgendaItem
from minutes.models.places import Committee, Municipality

# Kilobytes of new rows that wait to be put into an index: every search reads them, until they are.
PENDING = 256


class SearchEntry(models.Model):
    """What search knows of one published item; written by `minutes.search.index` alone.

    Every fact that can be asked for is a lexeme of `vector` (`minutes.search.fields`); the columns are what
    is counted and ordered by.
    """

    date = models.DateField(_("dato"))
    outcome = models.CharField(_("udfald"), max_length=15, choices=OUTCOMES)
    contested = models.BooleanField(_("omstridt"), default=False)
    # One of sixteen, by which what matches very many is counted.
    sampled = models.BooleanField(_("i stikprøven"), default=False)
    # Of `minutes.search.vectors`, when it was made: an older one is made anew.
    version = models.PositiveSmallIntegerField(_("udgave"))
    vector = SearchVectorField()
    # The few words that rank a match, with weights.
    ranks = SearchVectorField()
    item = models.OneToOneField(AgendaItem, models.CASCADE, primary_key=True, related_name="search_entry")
    # The item's own, which cannot go before it.
    committee = models.ForeignKey(
        Committee, models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    municipality = models.ForeignKey(
        Municipality, models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        verbose_name = _("søgeindgang")
        verbose_name_plural = _("søgeindgange")
        indexes = (
            # Every query.
            GinIndex(fields=["vector"], name="searchentry_vector", gin_pending_list_limit=PENDING),
            # Counts of what matches very many.
            GinIndex(
                fields=["vector"],
                name="searchentry_sample",
                condition=Q(sampled=True),
                gin_pending_list_limit=PENDING,
            ),
            # The newest and the oldest, and where the archive begins and ends.
            models.Index(fields=["-date", "-item"], name="searchentry_newest"),
        )

    def __str__(self) -> str:
        return str(self.item_id)


class SearchWord(models.Model):
    """A word of the published items, as written, for suggestions; written by `minutes.search.index` alone."""

    word = models.CharField(_("ord"), max_length=60, primary_key=True)
    # What it is indexed under: whether it is still there is asked of the entries.
    form = models.CharField(_("grundform"), max_length=60)
    # What is left of it when one letter or two are gone (`minutes.search.spelling`).
    keys = ArrayField(models.IntegerField(), verbose_name=_("nøgler"))

    class Meta:
        verbose_name = _("ord i arkivet")
        verbose_name_plural = _("ord i arkivet")
        indexes = (
            # Words like the one typed.
            GinIndex(fields=["keys"], name="searchword_keys", gin_pending_list_limit=PENDING),
            # Words that are in no item any more.
            models.Index(fields=["form"], name="searchword_form"),
        )

    def __str__(self) -> str:
        return self.word
