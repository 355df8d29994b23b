"""A view of all known votes, printed and deduced, each with the party of the voter at the time.

It has no condition, so that PostgreSQL uses the indexes of both tables. Ids of one table are even, of the
other odd. The party of the lists is looked up only in queries that use it.
"""

import django.db.models.deletion
from django.db import migrations, models

_LISTED_PARTY = """
(
    SELECT attendance.party_id
    FROM minutes_ballot ballot
    JOIN minutes_agendaitem item ON item.id = ballot.item_id
    JOIN minutes_attendance attendance ON attendance.meeting_id = item.meeting_id
    WHERE ballot.id = vote.ballot_id AND attendance.person_id = vote.person_id
        AND attendance.party_id IS NOT NULL
    ORDER BY attendance.id
    LIMIT 1
)
"""
_CREATE_VIEW = f"""
CREATE VIEW minutes_known_votes AS
SELECT vote.id * 2 AS id, 'printed'::varchar(10) AS known, vote.choice, vote.count, vote.ballot_id,
    vote.person_id, COALESCE(vote.party_id, vote.printed_party_id, {_LISTED_PARTY}) AS party_id
FROM minutes_vote vote
UNION ALL
SELECT vote.id * 2 + 1, 'deduced'::varchar(10), vote.choice, NULL::integer, vote.ballot_id,
    vote.person_id, COALESCE(vote.party_id, {_LISTED_PARTY})
FROM minutes_deducedvote vote
"""  # noqa: S608


def _reference(to: str, verbose_name: str, *, null: bool = True) -> models.Field:
    return models.ForeignKey(
        null=null,
        on_delete=django.db.models.deletion.DO_NOTHING,
        related_name="known_votes",
        to=f"minutes.{to}",
        verbose_name=verbose_name,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("minutes", "0022_error_reports"),
    ]

    operations = [
        migrations.RunSQL(_CREATE_VIEW, "DROP VIEW minutes_known_votes"),
        migrations.CreateModel(
            name="KnownVote",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                (
                    "known",
                    models.CharField(
                        choices=[("printed", "fremgår af referatet"), ("deduced", "følger af fremmødet")],
                        max_length=10,
                        verbose_name="kendt ved",
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
                ("count", models.PositiveIntegerField(null=True, verbose_name="antal")),
                ("ballot", _reference("ballot", "afstemning", null=False)),
                ("person", _reference("person", "person")),
                ("party", _reference("party", "parti")),
            ],
            options={
                "verbose_name": "kendt stemme",
                "verbose_name_plural": "kendte stemmer",
                "db_table": "minutes_known_votes",
                "managed": False,
            },
        ),
    ]
