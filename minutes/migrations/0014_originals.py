"""Notes about originals that were erased, and the rule of a municipality for it."""

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("minutes", "0013_review_before_publication"),
    ]

    operations = [
        migrations.AddField(
            model_name="municipality",
            name="originals_kept",
            field=models.PositiveSmallIntegerField(
                blank=True,
                help_text="Måneder efter offentliggørelsen. Tom: De originale filer bliver gemt.",
                null=True,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="slettefrist for originale filer",
            ),
        ),
        migrations.AlterField(
            model_name="change",
            name="kind",
            field=models.CharField(
                choices=[
                    ("uploaded", "Indlæst"),
                    ("new_version", "Ny udgave taget i brug"),
                    ("rejected", "Ny udgave lagt til side"),
                    ("discarded", "Dokument kasseret"),
                    ("corrected", "Rettet"),
                    ("proposed", "Rettelse foreslået"),
                    ("answered", "Rettelse bekræftet"),
                    ("dropped", "Rettelse fjernet"),
                    ("redacted", "Tekst fjernet"),
                    ("judged", "CPR-fund vurderet"),
                    ("approved", "Godkendt af den første"),
                    ("published", "Offentliggjort"),
                    ("withdrawn", "Trukket tilbage"),
                    ("taken_down", "Taget ned"),
                    ("merged", "Personer slået sammen"),
                    ("parted", "Personer skilt ad"),
                    ("file_released", "Bilag frigivet"),
                    ("file_withheld", "Bilag holdt tilbage"),
                    ("planned", "Offentliggørelse planlagt"),
                    ("plan_cancelled", "Planlagt offentliggørelse annulleret"),
                    ("plan_refused", "Ikke offentliggjort som planlagt"),
                    ("linked", "Link til forhåndsvisning lavet"),
                    ("link_withdrawn", "Link til forhåndsvisning trukket tilbage"),
                    ("downloaded", "Original hentet"),
                    ("original_erased", "Original slettet"),
                ],
                max_length=15,
                verbose_name="hvad",
            ),
        ),
        migrations.CreateModel(
            name="ErasedOriginal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ledger_id", models.UUIDField(unique=True, verbose_name="nr. i fortegnelsen")),
                (
                    "meeting_keys",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=420), size=None, verbose_name="mødets adresser"
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="begrundelse")),
                ("made_at", models.DateTimeField(verbose_name="hvornår")),
                ("made_by", models.CharField(blank=True, max_length=150, verbose_name="af")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveBigIntegerField(default=0, verbose_name="bytes")),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("request", "Efter anmodning"),
                            ("retention", "Efter kommunens slettefrist"),
                        ],
                        max_length=10,
                        verbose_name="anledning",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="minutes.municipality",
                        verbose_name="kommune",
                    ),
                ),
            ],
            options={
                "verbose_name": "slettet original",
                "verbose_name_plural": "slettede originaler",
                "ordering": ("-id",),
                "constraints": [
                    models.UniqueConstraint(fields=("sha256",), name="erasedoriginal_sha256_unique")
                ],
            },
        ),
    ]
