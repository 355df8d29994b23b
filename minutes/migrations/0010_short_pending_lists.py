import django.contrib.postgres.indexes
from django.db import migrations, models

# Kilobytes that every search reads besides the index.
_LIMIT = 256
_INDEXES = {
    "searchentry_vector": ("searchentry", {"fields": ["vector"]}),
    "searchentry_sample": ("searchentry", {"fields": ["vector"], "condition": models.Q(("sampled", True))}),
    "searchword_keys": ("searchword", {"fields": ["keys"]}),
}


def _as_made(name, model, fields):
    index = django.contrib.postgres.indexes.GinIndex(name=name, gin_pending_list_limit=_LIMIT, **fields)
    return [migrations.RemoveIndex(model, name), migrations.AddIndex(model, index)]


class Migration(migrations.Migration):
    dependencies = [("minutes", "0009_contested_in_public")]
    operations = [
        # An option of the index as it is; nothing is made anew.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"ALTER INDEX {name} SET (gin_pending_list_limit = {_LIMIT})",
                    f"ALTER INDEX {name} RESET (gin_pending_list_limit)",
                )
                for name in _INDEXES
            ],
            state_operations=[
                operation
                for name, (model, fields) in _INDEXES.items()
                for operation in _as_made(name, model, fields)
            ],
        ),
    ]
