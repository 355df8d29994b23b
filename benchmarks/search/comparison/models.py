"""The items' texts, in a table that `benchmarks.search.engines` creates."""

from django.db import models
from modelsearch import index
from modelsearch.queryset import SearchableQuerySetMixin

TABLE = "comparison_text"


class IndexedTextQuerySet(SearchableQuerySetMixin, models.QuerySet["IndexedText"]):
    pass


class IndexedText(index.Indexed, models.Model):
    date = models.DateField()
    committee = models.IntegerField()
    title = models.TextField()
    decision = models.TextField()
    resume = models.TextField()
    body = models.TextField()

    objects = IndexedTextQuerySet.as_manager()

    search_fields = (
        index.SearchField("title", boost=10),
        index.SearchField("decision", boost=5),
        index.SearchField("resume", boost=2),
        index.SearchField("body"),
        # For prefix queries.
        index.AutocompleteField("title"),
        index.AutocompleteField("body"),
        index.FilterField("committee"),
    )

    class Meta:
        managed = False
        db_table = TABLE

    def __str__(self) -> str:
        return self.title
