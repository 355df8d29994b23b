"""Documents without a meeting; a reading's grade, from its doubts and the items in its facts."""

import django.db.models.deletion
from django.db import migrations, models

_GRADE_READINGS = """
UPDATE minutes_reading SET grade = CASE WHEN facts->'items' = '[]' THEN 'unread' ELSE 'doubtful' END
WHERE facts->'items' = '[]' OR doubts <> '[]';
"""


class Migration(migrations.Migration):
    dependencies = [("minutes", "0006_withdrawn_items")]

    operations = [
        migrations.CreateModel(
            name="UnplacedDocument",
            fields=[
                (
                    "source",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="unplaced",
                        serialize=False,
                        to="minutes.source",
                        verbose_name="kilde",
                    ),
                ),
                ("committee", models.CharField(blank=True, max_length=200, verbose_name="udvalg")),
                ("date", models.DateField(blank=True, null=True, verbose_name="dato")),
                ("text", models.TextField(verbose_name="tekst")),
                (
                    "municipality",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="unplaced_documents",
                        to="minutes.municipality",
                        verbose_name="kommune",
                    ),
                ),
            ],
            options={
                "verbose_name": "dokument uden møde",
                "verbose_name_plural": "dokumenter uden møde",
                "ordering": ("-source",),
            },
        ),
        migrations.AddField(
            "importrun", "unplaced", models.PositiveIntegerField(default=0, verbose_name="uden møde")
        ),
        migrations.AddField(
            "reading",
            "grade",
            models.CharField(
                choices=[
                    ("certain", "Sikkert læst"),
                    ("doubtful", "Tvivlsomt læst"),
                    ("unread", "Ikke læst"),
                ],
                default="certain",
                max_length=10,
                verbose_name="læst",
            ),
        ),
        migrations.RunSQL(_GRADE_READINGS, migrations.RunSQL.noop),
        migrations.AddIndex(
            "reading",
            models.Index(
                condition=~models.Q(grade="certain"), fields=["grade", "-id"], name="reading_not_certain"
            ),
        ),
    ]
