"""The tables of the search, and how PostgreSQL stores their columns; `migrate` fills them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models

_OUTCOMES = [
    ("approved", "Godkendt"),
    ("noted", "Taget til efterretning"),
    ("recommended", "Anbefalet"),
    ("discussed", "Drøftet"),
    ("postponed", "Udsat"),
    ("rejected", "Forkastet"),
    ("other", "Anden beslutning"),
    ("none", "Ingen beslutning"),
]

# As in `minutes.search.rebuild`.
_STORAGE = """
ALTER TABLE minutes_searchentry SET (toast_tuple_target = 128);
ALTER TABLE minutes_searchentry
    ALTER COLUMN vector SET STORAGE EXTERNAL, ALTER COLUMN vector SET STATISTICS 1000,
    ALTER COLUMN ranks SET STORAGE MAIN, ALTER COLUMN ranks SET STATISTICS 0;
"""


class Migration(migrations.Migration):
    replaces = [
        ("minutes", "0006_search"),
        ("minutes", "0010_short_pending_lists"),
        ("minutes", "0011_ranks_within"),
    ]
    dependencies = [("minutes", "0002_municipalities")]
    operations = [
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                ("word", models.CharField("ord", max_length=60, primary_key=True, serialize=False)),
                ("form", models.CharField("grundform", max_length=60)),
                ("keys", ArrayField(models.IntegerField(), verbose_name="nøgler")),
            ],
            options={
                "verbose_name": "ord i arkivet",
                "verbose_name_plural": "ord i arkivet",
                "indexes": [
                    models.Index(name="searchword_form", fields=["form"]),
                    GinIndex(name="searchword_keys", fields=["keys"], gin_pending_list_limit=256),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("date", models.DateField("dato")),
                ("outcome", models.CharField("udfald", max_length=15, choices=_OUTCOMES)),
                ("contested", models.BooleanField("omstridt", default=False)),
                ("sampled", models.BooleanField("i stikprøven", default=False)),
                ("version", models.PositiveSmallIntegerField("udgave")),
                ("vector", SearchVectorField()),
                ("ranks", SearchVectorField()),
                (
                    "item",
                    models.OneToOneField(
                        "minutes.agendaitem",
                        models.CASCADE,
                        related_name="search_entry",
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        "minutes.committee",
                        models.DO_NOTHING,
                        related_name="+",
                        db_constraint=False,
                        db_index=False,
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        "minutes.municipality",
                        models.DO_NOTHING,
                        related_name="+",
                        db_constraint=False,
                        db_index=False,
                    ),
                ),
            ],
            options={
                "verbose_name": "søgeindgang",
                "verbose_name_plural": "søgeindgange",
                "indexes": [
                    models.Index(name="searchentry_newest", fields=["-date", "-item"]),
                    GinIndex(name="searchentry_vector", fields=["vector"], gin_pending_list_limit=256),
                    GinIndex(
                        name="searchentry_sample",
                        fields=["vector"],
                        condition=models.Q(sampled=True),
                        gin_pending_list_limit=256,
                    ),
                ],
            },
        ),
        migrations.RunSQL(_STORAGE, migrations.RunSQL.noop),
    ]
