from django.db import migrations

from minutes.privacy import find_cpr_numbers

# An item's place in its reading, which was that of its place in the meeting among the reading's own.
_INDEX = """
UPDATE minutes_agendaitem item SET reading_index = item.position - first.position
FROM (SELECT reading_id, min(position) AS position FROM minutes_agendaitem GROUP BY reading_id) first
WHERE first.reading_id = item.reading_id
"""


def find_hits(apps, schema_editor):
    for reading in apps.get_model("minutes", "Reading").objects.filter(personal_numbers__gt=0).iterator():
        reading.open_hits = [[hit.start, hit.end] for hit in find_cpr_numbers(reading.text)]
        reading.save(update_fields=["open_hits"])


class Migration(migrations.Migration):
    """Where the possible personal numbers stand, instead of how many there are."""

    dependencies = [("minutes", "0004_staff")]

    operations = [
        migrations.RunPython(find_hits, migrations.RunPython.noop),
        migrations.RunSQL(_INDEX, migrations.RunSQL.noop),
        migrations.RemoveField(model_name="reading", name="personal_numbers"),
    ]
