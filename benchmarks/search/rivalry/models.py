"""The texts that every engine gets, in a table that `benchmarks.search.engines` makes."""

from django.db import models
from modelsearch import index
from modelsearch.queryset import SearchableQuerySetMixin

TABLE = "rivalry_text"


class RivalTextQuerySet(SearchableQuerySetMixin, models.QuerySet):
    pass


class RivalText(index.Indexed, models.Model):
    date = models.DateField()
    committee = models.IntegerField()
    title = models.TextField()
    decision = models.TextField()
    resume = models.TextField()
    body = models.TextField()

    objects = RivalTextQuerySet.as_manager()

    search_fields = (
        index.SearchField("title", boost=10),
        index.SearchField("decision", boost=5),
        index.SearchField("resume", boost=2),
        index.SearchField("body"),
        # All that it has for beginnings of words.
        index.AutocompleteField("title"),
        index.AutocompleteField("body"),
        index.FilterField("committee"),
    )

    class Meta:
        managed = False
        db_table = TABLE

    def __str__(self) -> str:
        return self.title
