import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# As in `minutes.search.rebuild`.
_TUNE = """
ALTER TABLE minutes_searchentry SET (toast_tuple_target = 128);
ALTER TABLE minutes_searchentry ALTER COLUMN vector SET STORAGE EXTERNAL, ALTER COLUMN vector SET STATISTICS 1000;
ALTER TABLE minutes_searchentry ALTER COLUMN ranks SET STORAGE EXTERNAL, ALTER COLUMN ranks SET STATISTICS 0;
"""


class Migration(migrations.Migration):
    """Search tables whose vectors are made by the archive; `migrate` fills them."""

    dependencies = [("minutes", "0005_open_hits")]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="indexed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="indekseret"),
        ),
        migrations.DeleteModel(name="SearchEntry"),
        migrations.CreateModel(
            name="SearchWord",
            fields=[
                (
                    "word",
                    models.CharField(max_length=60, primary_key=True, serialize=False, verbose_name="ord"),
                ),
                ("form", models.CharField(max_length=60, verbose_name="grundform")),
                (
                    "keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None, verbose_name="nøgler"
                    ),
                ),
            ],
            options={
                "verbose_name": "ord i arkivet",
                "verbose_name_plural": "ord i arkivet",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["keys"], name="searchword_keys"),
                    models.Index(fields=["form"], name="searchword_form"),
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("date", models.DateField(verbose_name="dato")),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("approved", "Godkendt"),
                            ("noted", "Taget til efterretning"),
                            ("recommended", "Anbefalet"),
                            ("discussed", "Drøftet"),
                            ("postponed", "Udsat"),
                            ("rejected", "Forkastet"),
                            ("other", "Anden beslutning"),
                            ("none", "Ingen beslutning"),
                        ],
                        max_length=15,
                        verbose_name="udfald",
                    ),
                ),
                ("contested", models.BooleanField(default=False, verbose_name="omstridt")),
                ("sampled", models.BooleanField(default=False, verbose_name="i stikprøven")),
                ("version", models.PositiveSmallIntegerField(verbose_name="udgave")),
                ("vector", django.contrib.postgres.search.SearchVectorField()),
                ("ranks", django.contrib.postgres.search.SearchVectorField()),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="minutes.agendaitem",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="minutes.committee",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="minutes.municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "søgeindgang",
                "verbose_name_plural": "søgeindgange",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["vector"], name="searchentry_vector"),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("sampled", True)), fields=["vector"], name="searchentry_sample"
                    ),
                    models.Index(fields=["-date", "-item"], name="searchentry_newest"),
                ],
            },
        ),
        migrations.RunSQL(_TUNE, migrations.RunSQL.noop),
    ]
