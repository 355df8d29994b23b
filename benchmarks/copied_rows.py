"""Enlarges an archive by copying its meetings, with all rows below them, to other dates.

    python benchmarks/copied_rows.py ITEMS

Runs in the folder of the version whose models are used. Prints the number of items. The archive must have
some meetings; people, cases and committees are those of the copied ones.
"""

import sys
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper
    from django.db.models import Field, Model

_COPIED = (
    *("Source", "Reading", "Meeting", "AgendaItem", "Section", "Attachment", "CaseNumber", "Reference"),
    *("Ballot", "Vote", "DeducedVote", "Election", "Statement", "Attendance", "PublicText", "SearchEntry"),
)
# Days between a meeting and its next copy.
_DAYS = 4000


def main() -> None:
    django.setup()
    from django.apps import apps
    from django.db import connection

    available = {model.__name__: model for model in apps.get_app_config("minutes").get_models()}
    models = [available[name] for name in _COPIED if name in available]
    items = available["AgendaItem"]._default_manager
    copies = int(sys.argv[1]) // items.count() - 1
    with connection.cursor() as cursor:
        # Without checks of foreign keys, and indexing all entries at once.
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("SET maintenance_work_mem = '1GB'")
        indexes = _drop_indexes(cursor)
        step = max(_last(cursor, model) for model in models) + 1
        for model in models:
            _copy(cursor, model, models, step, copies)
        for definition in indexes:
            cursor.execute(definition)
        cursor.execute("VACUUM ANALYZE")
    print(items.count())


def _drop_indexes(cursor: "CursorWrapper") -> list[str]:
    """Drop the search indexes; return their definitions."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes"
        " WHERE tablename = 'minutes_searchentry' AND indexdef LIKE '%USING gin%'"
    )
    indexes = cursor.fetchall()
    for name, _definition in indexes:
        cursor.execute(f"DROP INDEX {name}")
    return [definition for _name, definition in indexes]


def _last(cursor: "CursorWrapper", model: "type[Model]") -> int:
    cursor.execute(f"SELECT coalesce(max({model._meta.pk.column}), 0) FROM {model._meta.db_table}")
    return int(cursor.fetchone()[0])


def _copy(
    cursor: "CursorWrapper", model: "type[Model]", models: "list[type[Model]]", step: int, copies: int
) -> None:
    """Copy the rows of a table; primary keys are `step` higher in each copy."""
    table, key = model._meta.db_table, model._meta.pk
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_generated = 'NEVER'",
        [table],
    )
    stored = {name for (name,) in cursor.fetchall()}
    fields = [field for field in model._meta.concrete_fields if field.column in stored]
    others = sorted(stored - {field.column for field in fields})
    columns = ", ".join(f'"{name}"' for name in (*(field.column for field in fields), *others))
    for copy in range(1, copies + 1):
        values = [_value(field, models, step * copy, _DAYS * copy) for field in fields] + others
        rows = f"SELECT {', '.join(values)} FROM {table} WHERE {key.column} < {step}"
        cursor.execute(f"INSERT INTO {table} ({columns}) {rows}")
    if not key.is_relation:
        sequence = f"pg_get_serial_sequence('{table}', '{key.column}')"
        cursor.execute(f"SELECT setval({sequence}, {step * (copies + 1)})")


def _value(field: "Field[object, object]", models: "list[type[Model]]", step: int, days: int) -> str:
    """Return what a copy has in a column, as SQL."""
    is_copied = field.related_model in models if field.is_relation else field.primary_key
    if is_copied:
        return f'"{field.column}" + {step}'
    if field.name == "sha256":
        return f"left(md5(sha256 || '{step}') || sha256, 64)"
    if field.name == "date":
        return f"date + {days}"
    return f'"{field.column}"'


if __name__ == "__main__":
    main()
