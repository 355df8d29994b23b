"""The search tables: published items only, in narrow rows without the long texts."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minutes.models.meetings import OUTCOMES, AgendaItem
from minutes.models.places import Committee, Municipality

# Limit in kilobytes of a GIN index's pending list, which every search scans.
PENDING_LIST_LIMIT = 256


class SearchEntryQuerySet(models.QuerySet["SearchEntry"]):
    def matching(self, query: str) -> Self:
        """Return the entries that match a tsquery of `minutes.search`."""
        return self.filter(
            models.Func(
                models.F("vector"),
                models.Value(query),
                template="(%(expressions)s::tsquery)",
                arg_joiner=" @@ ",
                output_field=models.BooleanField(),
            )
        )


class SearchEntry(models.Model):
    """The search row of one published item; written only by `minutes.search.index`.

    Every searchable fact is a lexeme of `vector` (`minutes.search.fields`); the columns serve counts and
    ordering.
    """

    date = models.DateField(_("dato"))
    outcome = models.CharField(_("udfald"), max_length=15, choices=OUTCOMES)
    contested = models.BooleanField(_("omstridt"), default=False)
    topic = models.CharField(_("emne"), max_length=30, blank=True, default="")
    # The id of the case that results are grouped by; null without a case number, or with one of a subject.
    case = models.ForeignKey(
        "Case", models.DO_NOTHING, null=True, related_name="+", db_index=False, db_constraint=False
    )
    # True for one item in sixteen; used to estimate large counts.
    sampled = models.BooleanField(_("i stikprøven"), default=False)
    # Version of `minutes.search.vectors` that wrote the row; rows of an older version are rebuilt.
    version = models.PositiveSmallIntegerField(_("udgave"))
    vector = SearchVectorField()
    # The few words that determine the rank of a match, with weights.
    ranks = SearchVectorField()
    item = models.OneToOneField(AgendaItem, models.CASCADE, primary_key=True, related_name="search_entry")
    # Denormalised; safe without a constraint because the item is deleted first.
    committee = models.ForeignKey(
        Committee, models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    # The ids of the other committees of a joint meeting.
    joint_committees = ArrayField(models.BigIntegerField(), null=True, verbose_name=_("fælles med"))
    municipality = models.ForeignKey(
        Municipality, models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("søgeindgang")
        verbose_name_plural = _("søgeindgange")
        indexes = (
            # Every search.
            GinIndex(fields=["vector"], name="searchentry_vector", gin_pending_list_limit=PENDING_LIST_LIMIT),
            # Estimates of large counts.
            GinIndex(
                fields=["vector"],
                name="searchentry_sample",
                condition=Q(sampled=True),
                gin_pending_list_limit=PENDING_LIST_LIMIT,
            ),
            # Newest and oldest first; the first and last date of the archive.
            models.Index(fields=["-date", "-item"], name="searchentry_newest"),
        )

    def __str__(self) -> str:
        return str(self.item_id)


class SearchWord(models.Model):
    """A word of the published items, as written, for suggestions; written only by `minutes.search.index`."""

    word = models.CharField(_("ord"), max_length=60, primary_key=True)
    # The lexeme in `SearchEntry.vector`; tells if an item still contains the word.
    form = models.CharField(_("grundform"), max_length=60)
    # Hashes of the word with one or two letters deleted (`minutes.search.spelling`).
    keys = ArrayField(models.IntegerField(), verbose_name=_("nøgler"))

    class Meta:
        verbose_name = _("ord i arkivet")
        verbose_name_plural = _("ord i arkivet")
        indexes = (
            # Words similar to the one typed.
            GinIndex(fields=["keys"], name="searchword_keys", gin_pending_list_limit=PENDING_LIST_LIMIT),
            # Words that no item contains any more.
            models.Index(fields=["form"], name="searchword_form"),
        )

    def __str__(self) -> str:
        return self.word
