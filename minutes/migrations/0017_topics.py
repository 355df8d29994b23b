"""Topics of agenda items by their case numbers, and the case that search results are grouped by.

The columns of search entries are filled when the index is rebuilt.
"""

import django.db.models.deletion
from django.db import migrations, models

from minutes.publishing.topics import assign_topics


class Migration(migrations.Migration):
    dependencies = [
        ("minutes", "0018_known_votes"),
    ]

    operations = [
        migrations.AddField(
            model_name="agendaitem",
            name="topic",
            field=models.CharField(blank=True, default="", max_length=30, verbose_name="emne"),
        ),
        migrations.AddField(
            model_name="searchentry",
            name="case",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="minutes.case",
            ),
        ),
        migrations.AddField(
            model_name="searchentry",
            name="topic",
            field=models.CharField(blank=True, default="", max_length=30, verbose_name="emne"),
        ),
        migrations.RunPython(lambda apps, schema_editor: assign_topics(), migrations.RunPython.noop),
    ]
