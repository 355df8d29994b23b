"""Files that came along with documents, and those that the public may download."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("minutes", "0010_queued_files"),
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
                ],
                max_length=15,
                verbose_name="hvad",
            ),
        ),
        migrations.CreateModel(
            name="EnclosedFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="plads")),
                ("item_number", models.CharField(blank=True, max_length=30, null=True, verbose_name="punkt")),
                ("caption", models.CharField(max_length=300, verbose_name="titel")),
                ("name", models.CharField(max_length=255, verbose_name="filnavn")),
                ("media_type", models.CharField(max_length=100, verbose_name="medietype")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveBigIntegerField(verbose_name="bytes")),
                ("text", models.TextField(blank=True, verbose_name="tekst")),
                ("note", models.TextField(blank=True, verbose_name="bemærkning")),
                (
                    "waits_for",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                (
                                    "unread",
                                    "Teksten i filen kan ikke læses, så den er ikke søgt igennem for CPR-numre.",
                                ),
                                ("partly_read", "Ikke alt i filen er søgt igennem for CPR-numre."),
                                (
                                    "redacted",
                                    "Filen kan indeholde noget, der er fjernet af mødets tekster eller taget ned.",
                                ),
                                ("judged", "Et fund i filen er vurderet; to skal frigive den."),
                                (
                                    "withheld_before",
                                    "Et bilag med samme titel er holdt tilbage i en tidligere udgave.",
                                ),
                            ],
                            max_length=15,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="venter på",
                    ),
                ),
                ("cpr_matches", models.JSONField(blank=True, default=list, verbose_name="mulige CPR-numre")),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[("", "Ingen"), ("released", "Frigivet"), ("withheld", "Holdt tilbage")],
                        default="",
                        max_length=10,
                        verbose_name="afgørelse",
                    ),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="godkendt af den første",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="enclosed_files",
                        to="minutes.source",
                        verbose_name="kilde",
                    ),
                ),
            ],
            options={
                "verbose_name": "bilagsfil",
                "verbose_name_plural": "bilagsfiler",
                "ordering": ("source", "position"),
            },
        ),
        migrations.CreateModel(
            name="PublicFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="plads")),
                ("title", models.TextField(verbose_name="titel")),
                ("name", models.CharField(max_length=255, verbose_name="filnavn")),
                ("media_type", models.CharField(max_length=100, verbose_name="medietype")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveBigIntegerField(verbose_name="bytes")),
                ("text", models.TextField(blank=True, verbose_name="tekst")),
                (
                    "attachment",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="file",
                        to="minutes.attachment",
                        verbose_name="trykt bilag",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="public_files",
                        to="minutes.enclosedfile",
                        verbose_name="bilagsfil",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="minutes.agendaitem",
                        verbose_name="punkt",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="minutes.meeting",
                        verbose_name="møde",
                    ),
                ),
            ],
            options={
                "verbose_name": "offentlig bilagsfil",
                "verbose_name_plural": "offentlige bilagsfiler",
                "ordering": ("meeting", "item", "position"),
            },
        ),
        migrations.AddIndex(
            model_name="enclosedfile",
            index=models.Index(fields=["sha256"], name="enclosedfile_sha256"),
        ),
        migrations.AddConstraint(
            model_name="enclosedfile",
            constraint=models.UniqueConstraint(
                fields=("source", "position"), name="enclosedfile_position_unique"
            ),
        ),
        migrations.AddIndex(
            model_name="publicfile",
            index=models.Index(
                fields=["sha256"], name="publicfile_sha256", opclasses=["varchar_pattern_ops"]
            ),
        ),
        migrations.AddConstraint(
            model_name="publicfile",
            constraint=models.UniqueConstraint(
                fields=("meeting", "file"), name="publicfile_once_per_meeting"
            ),
        ),
        migrations.AddConstraint(
            model_name="publicfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("attachment__isnull", True), ("item__isnull", False), _connector="OR"),
                name="publicfile_printed_in_item",
            ),
        ),
    ]
