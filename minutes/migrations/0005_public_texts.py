"""Public rows hold only what the public may see; ballots without a known result; doubts of a reading.

Deletes what earlier versions stored in public tables and must not show: the content of closed items, with the
ballots of a decision that was corrected, and of meetings that are not published. `migrate` then projects the published meetings again, which writes their
public texts.
"""

import django.db.models.deletion
from django.db import migrations, models

_DELETE_HIDDEN = """
CREATE TEMPORARY TABLE hidden ON COMMIT DROP AS
    SELECT item.id, meeting.state <> 'published' AS unpublished, item.decision = '' AS undecided,
        meeting.state <> 'published' OR item.decision = '' OR EXISTS (
            SELECT FROM minutes_correction correction
            WHERE correction.meeting_id = meeting.id AND correction.item_slug = item.slug
                AND correction.field = 'decision' AND correction.state IN ('in_force', 'questioned')
        ) AS unprinted
    FROM minutes_agendaitem item JOIN minutes_meeting meeting ON meeting.id = item.meeting_id
    WHERE item.closed OR meeting.state <> 'published';
DELETE FROM minutes_statement_people WHERE statement_id IN (
    SELECT id FROM minutes_statement WHERE item_id IN (SELECT id FROM hidden)
);
DELETE FROM minutes_statement WHERE item_id IN (SELECT id FROM hidden);
DELETE FROM minutes_attendance WHERE item_id IN (SELECT id FROM hidden)
    OR meeting_id IN (SELECT id FROM minutes_meeting WHERE state <> 'published');
DELETE FROM minutes_attachment WHERE item_id IN (SELECT id FROM hidden);
DELETE FROM minutes_reference WHERE item_id IN (SELECT id FROM hidden);
DELETE FROM minutes_section WHERE item_id IN (SELECT id FROM hidden WHERE unprinted)
    OR (kind <> 'decision' AND item_id IN (SELECT id FROM hidden));
DELETE FROM minutes_vote WHERE ballot_id IN (
    SELECT id FROM minutes_ballot WHERE item_id IN (SELECT id FROM hidden WHERE unprinted)
);
DELETE FROM minutes_ballot WHERE item_id IN (SELECT id FROM hidden WHERE unprinted);
DELETE FROM minutes_casenumber WHERE item_id IN (SELECT id FROM hidden WHERE unpublished);
UPDATE minutes_agendaitem SET decision = '', outcome = 'none', contested = false
    WHERE id IN (SELECT id FROM hidden WHERE unpublished);
UPDATE minutes_agendaitem SET outcome = 'none', contested = false
    WHERE id IN (SELECT id FROM hidden WHERE undecided);
DROP TABLE hidden;
"""


class Migration(migrations.Migration):
    dependencies = [("minutes", "0004_case_officer")]

    operations = [
        migrations.RemoveConstraint("reading", "reading_waits_or_is_current"),
        migrations.RenameField("reading", "waiting", "pending"),
        migrations.RenameField("reading", "open_hits", "unresolved_cpr_matches"),
        migrations.AddField(
            "reading", "doubts", models.JSONField(blank=True, default=list, verbose_name="tvivl")
        ),
        migrations.AddConstraint(
            "reading",
            models.CheckConstraint(
                condition=~models.Q(current=True, pending=True), name="reading_pending_or_current"
            ),
        ),
        migrations.AlterField(
            "ballot",
            "result",
            models.CharField(
                blank=True,
                choices=[("carried", "Vedtaget"), ("lost", "Forkastet")],
                max_length=10,
                null=True,
                verbose_name="resultat",
            ),
        ),
        migrations.CreateModel(
            name="PublicText",
            fields=[
                (
                    "reading",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="public_text",
                        serialize=False,
                        to="minutes.reading",
                        verbose_name="læsning",
                    ),
                ),
                ("text", models.TextField(verbose_name="tekst")),
            ],
            options={"verbose_name": "offentlig tekst", "verbose_name_plural": "offentlige tekster"},
        ),
        migrations.RenameField("correction", "found", "new_reading"),
        migrations.AlterField(
            "change",
            "kind",
            models.CharField(
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
                ],
                max_length=15,
                verbose_name="hvad",
            ),
        ),
        migrations.RunSQL(_DELETE_HIDDEN, migrations.RunSQL.noop),
    ]
