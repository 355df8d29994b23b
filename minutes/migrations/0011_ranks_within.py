from django.db import migrations


class Migration(migrations.Migration):
    """As in `minutes.search.rebuild`. Rows that are there get it when `rebuild_search` is run."""

    dependencies = [("minutes", "0010_short_pending_lists")]
    operations = [
        migrations.RunSQL(
            "ALTER TABLE minutes_searchentry ALTER COLUMN ranks SET STORAGE MAIN",
            "ALTER TABLE minutes_searchentry ALTER COLUMN ranks SET STORAGE EXTERNAL",
        )
    ]
