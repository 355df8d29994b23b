"""Redactions of a name in all meetings of a municipality."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("minutes", "0012_repair"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="NamePlace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "where",
                    models.CharField(
                        choices=[
                            ("text", "referatet"),
                            ("file", "bilag"),
                            ("other", "rettelse eller filnavn"),
                        ],
                        max_length=5,
                        verbose_name="hvor",
                    ),
                ),
                ("item_number", models.CharField(blank=True, max_length=30, verbose_name="punkt")),
                ("start", models.PositiveIntegerField(verbose_name="fra tegn")),
                ("end", models.PositiveIntegerField(verbose_name="til tegn")),
                ("copies", models.PositiveIntegerField(default=1, verbose_name="steder")),
                ("before", models.PositiveIntegerField(verbose_name="bogstaver før")),
                ("letters", models.PositiveIntegerField(verbose_name="bogstaver")),
                ("fingerprint", models.CharField(max_length=64, verbose_name="fingeraftryk")),
                ("selected", models.BooleanField(default=True, verbose_name="valgt")),
                ("error", models.CharField(blank=True, max_length=500, verbose_name="fejl")),
            ],
            options={
                "verbose_name": "sted med et navn",
                "verbose_name_plural": "steder med et navn",
                "ordering": ("id",),
            },
        ),
        migrations.CreateModel(
            name="NameRedaction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=200, verbose_name="navn")),
                ("reason", models.CharField(max_length=500, verbose_name="begrundelse")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="oprettet")),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="bekræftet")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="færdig")),
                ("done_places", models.PositiveIntegerField(default=0, verbose_name="steder")),
                ("done_meetings", models.PositiveIntegerField(default=0, verbose_name="møder")),
            ],
            options={
                "verbose_name": "fjernelse af et navn",
                "verbose_name_plural": "fjernelser af navne",
                "ordering": ("-id",),
            },
        ),
        migrations.AddField(
            model_name="redaction",
            name="exceptions",
            field=models.JSONField(blank=True, default=list, verbose_name="undtagelser"),
        ),
        migrations.AddField(
            model_name="redaction",
            name="whole_words",
            field=models.BooleanField(default=False, verbose_name="hele ord"),
        ),
        migrations.AddIndex(
            model_name="redaction",
            index=models.Index(
                condition=models.Q(("whole_words", True)),
                fields=["municipality", "letters", "fingerprint"],
                name="redaction_of_name",
            ),
        ),
        migrations.AddField(
            model_name="nameplace",
            name="file",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="minutes.enclosedfile",
                verbose_name="bilagsfil",
            ),
        ),
        migrations.AddField(
            model_name="nameplace",
            name="meeting",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="minutes.meeting",
                verbose_name="møde",
            ),
        ),
        migrations.AddField(
            model_name="nameplace",
            name="reading",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="minutes.reading",
                verbose_name="læsning",
            ),
        ),
        migrations.AddField(
            model_name="nameredaction",
            name="made_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="name_redactions",
                to=settings.AUTH_USER_MODEL,
                verbose_name="oprettet af",
            ),
        ),
        migrations.AddField(
            model_name="nameredaction",
            name="municipality",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="name_redactions",
                to="minutes.municipality",
                verbose_name="kommune",
            ),
        ),
        migrations.AddField(
            model_name="nameplace",
            name="redaction",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="places",
                to="minutes.nameredaction",
                verbose_name="fjernelse",
            ),
        ),
        migrations.AddConstraint(
            model_name="nameplace",
            constraint=models.UniqueConstraint(
                fields=("redaction", "meeting", "before", "letters", "fingerprint"),
                name="nameplace_once_per_meeting",
            ),
        ),
        migrations.AddConstraint(
            model_name="nameplace",
            constraint=models.CheckConstraint(
                condition=models.Q(("start__lte", models.F("end"))), name="nameplace_span_forward"
            ),
        ),
    ]
