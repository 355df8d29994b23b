from django.db import migrations

# Of a closed item ballots alone are public, and these only where its decision is printed.
_CONTESTED_BEHIND_CLOSED_DOORS = """
UPDATE minutes_agendaitem item SET contested = false
WHERE closed AND contested AND (decision = '' OR NOT EXISTS (
    SELECT 1 FROM minutes_ballot ballot WHERE ballot.item_id = item.id AND (
        against_count > 0 OR abstained_count > 0 OR (result = 'lost' AND for_count > 0) OR EXISTS (
            SELECT 1 FROM minutes_vote vote
            WHERE vote.ballot_id = ballot.id AND vote.choice IN ('against', 'abstained')
        )
    )
))
"""


class Migration(migrations.Migration):
    dependencies = [("minutes", "0008_references")]
    operations = [migrations.RunSQL(_CONTESTED_BEHIND_CLOSED_DOORS, migrations.RunSQL.noop)]
