"""The committees of each meeting as a view, and people of one name."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

_CREATE_VIEW = """
CREATE VIEW minutes_meeting_committees AS
SELECT id AS meeting_id, committee_id FROM minutes_meeting
UNION ALL
SELECT meeting_id, committee_id FROM minutes_meeting_joint_committees
"""


class Migration(migrations.Migration):
    dependencies = [
        ("minutes", "0008_elections_and_deduced_votes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(_CREATE_VIEW, "DROP VIEW minutes_meeting_committees"),
        migrations.CreateModel(
            name="MeetingCommittee",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "meeting_id",
                        "committee_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="minutes.meeting",
                        verbose_name="møde",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="minutes.committee",
                        verbose_name="udvalg",
                    ),
                ),
            ],
            options={
                "verbose_name": "mødets udvalg",
                "verbose_name_plural": "mødernes udvalg",
                "db_table": "minutes_meeting_committees",
                "managed": False,
            },
        ),
        migrations.AddField(
            model_name="meeting",
            name="committees",
            field=models.ManyToManyField(
                editable=False,
                related_name="all_meetings",
                through="minutes.MeetingCommittee",
                to="minutes.committee",
                verbose_name="udvalg og fællesudvalg",
            ),
        ),
        migrations.AddField(
            model_name="searchentry",
            name="joint_committees",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), null=True, size=None, verbose_name="fælles med"
            ),
        ),
        migrations.AddField(
            model_name="person",
            name="distinction",
            field=models.CharField(blank=True, max_length=60, verbose_name="kendetegn"),
        ),
        migrations.CreateModel(
            name="PersonSplit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "party_letter",
                    models.CharField(blank=True, max_length=60, verbose_name="når partiet er"),
                ),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="hvornår")),
                (
                    "committee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="person_splits",
                        to="minutes.committee",
                        verbose_name="når udvalget er",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="af",
                    ),
                ),
                (
                    "meeting",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="person_splits",
                        to="minutes.meeting",
                        verbose_name="når mødet er",
                    ),
                ),
                (
                    "original",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="splits",
                        to="minutes.person",
                        verbose_name="navnet tilhører",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="splits_from",
                        to="minutes.person",
                        verbose_name="er i stedet",
                    ),
                ),
            ],
            options={
                "verbose_name": "opdeling af navn",
                "verbose_name_plural": "opdelinger af navne",
                "ordering": ("id",),
                "constraints": [
                    models.UniqueConstraint(
                        fields=["original", "party_letter", "committee", "meeting"],
                        name="personsplit_condition_unique",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(party_letter="")
                        | models.Q(committee__isnull=False)
                        | models.Q(meeting__isnull=False),
                        name="personsplit_has_condition",
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(original=models.F("person")), name="personsplit_of_two_people"
                    ),
                ],
            },
        ),
    ]
