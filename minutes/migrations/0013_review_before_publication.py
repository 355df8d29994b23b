"""Claims of drafts, links to previews and planned publications."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("minutes", "0011_enclosed_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                ],
                max_length=15,
                verbose_name="hvad",
            ),
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("until", models.DateTimeField(verbose_name="indtil")),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="claim",
                        serialize=False,
                        to="minutes.meeting",
                        verbose_name="møde",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="claims",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="bruger",
                    ),
                ),
            ],
            options={
                "verbose_name": "kladde under gennemgang",
                "verbose_name_plural": "kladder under gennemgang",
                "ordering": ("until",),
            },
        ),
        migrations.CreateModel(
            name="PreviewLink",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="oprettet")),
                ("expires_at", models.DateTimeField(verbose_name="udløber")),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="preview_links",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="oprettet af",
                    ),
                ),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="preview_link",
                        to="minutes.meeting",
                        verbose_name="møde",
                    ),
                ),
            ],
            options={
                "verbose_name": "link til forhåndsvisning",
                "verbose_name_plural": "links til forhåndsvisning",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="PlannedPublication",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("publish_at", models.DateTimeField(verbose_name="offentliggøres")),
                (
                    "readings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), size=None, verbose_name="læsninger"
                    ),
                ),
                (
                    "doubt_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        default=list,
                        size=None,
                        verbose_name="tvivl",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="begrundelse")),
                (
                    "refusal",
                    models.CharField(blank=True, max_length=300, verbose_name="ikke offentliggjort, fordi"),
                ),
                ("planned_at", models.DateTimeField(auto_now_add=True, verbose_name="planlagt")),
                (
                    "meeting",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="planned_publication",
                        to="minutes.meeting",
                        verbose_name="møde",
                    ),
                ),
                (
                    "planned_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="planned_publications",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="planlagt af",
                    ),
                ),
            ],
            options={
                "verbose_name": "planlagt offentliggørelse",
                "verbose_name_plural": "planlagte offentliggørelser",
                "ordering": ("publish_at", "id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("refusal", "")),
                        fields=["publish_at"],
                        name="plannedpublication_waiting",
                    )
                ],
            },
        ),
    ]
