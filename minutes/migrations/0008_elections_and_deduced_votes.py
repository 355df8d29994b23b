"""Cancelled and joint meetings, elections, deduced votes, parties at votes, and times of arrivals."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("minutes", "0007_unplaced_documents"),
    ]

    operations = [
        migrations.AddField(
            model_name="attendance",
            name="at_item",
            field=models.CharField(blank=True, max_length=30, verbose_name="ved punkt"),
        ),
        migrations.AddField(
            model_name="attendance",
            name="time",
            field=models.TimeField(blank=True, null=True, verbose_name="tidspunkt"),
        ),
        migrations.AddField(
            model_name="ballot",
            name="kind",
            field=models.CharField(
                choices=[("motion", "Afstemning"), ("election", "Valg"), ("lot", "Lodtrækning")],
                default="motion",
                max_length=10,
                verbose_name="art",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="cancelled",
            field=models.BooleanField(default=False, verbose_name="aflyst"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="joint_committees",
            field=models.ManyToManyField(
                blank=True, related_name="joint_meetings", to="minutes.committee", verbose_name="fælles med"
            ),
        ),
        migrations.AddField(
            model_name="vote",
            name="printed_party",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="votes_of_members",
                to="minutes.party",
                verbose_name="parti ved afstemningen",
            ),
        ),
        migrations.AlterField(
            model_name="attendance",
            name="role",
            field=models.CharField(
                choices=[
                    ("present", "Til stede"),
                    ("absent", "Fraværende"),
                    ("recused", "Deltog ikke"),
                    ("guest", "Gæst"),
                    ("substitute", "Stedfortræder"),
                    ("arrived", "Ankom senere"),
                    ("left", "Gik før tid"),
                ],
                max_length=10,
                verbose_name="rolle",
            ),
        ),
        migrations.CreateModel(
            name="DeducedVote",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        choices=[("for", "For"), ("against", "Imod"), ("abstained", "Undlod")],
                        max_length=10,
                        verbose_name="stemme",
                    ),
                ),
                (
                    "ballot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deduced_votes",
                        to="minutes.ballot",
                        verbose_name="afstemning",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deduced_votes",
                        to="minutes.party",
                        verbose_name="parti",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deduced_votes",
                        to="minutes.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "udledt stemme",
                "verbose_name_plural": "udledte stemmer",
                "ordering": ("ballot", "id"),
                "constraints": [
                    models.UniqueConstraint(fields=("ballot", "person"), name="deducedvote_once_per_person")
                ],
            },
        ),
        migrations.CreateModel(
            name="Election",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(verbose_name="plads")),
                ("office", models.CharField(blank=True, max_length=300, verbose_name="post")),
                ("elected", models.JSONField(blank=True, default=list, verbose_name="valgt")),
                ("votes", models.JSONField(blank=True, default=list, verbose_name="stemmer")),
                ("start", models.PositiveIntegerField(verbose_name="fra tegn")),
                ("end", models.PositiveIntegerField(verbose_name="til tegn")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="elections",
                        to="minutes.agendaitem",
                        verbose_name="punkt",
                    ),
                ),
            ],
            options={
                "verbose_name": "valg",
                "verbose_name_plural": "valg",
                "ordering": ("item", "position"),
                "constraints": [
                    models.UniqueConstraint(fields=("item", "position"), name="election_position_unique")
                ],
            },
        ),
    ]
