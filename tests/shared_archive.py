"""An archive that the tests of a module share: built for the first of them, copied for the others."""

import functools
from collections.abc import Callable
from typing import ParamSpec

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

P = ParamSpec("P")
# The rows of each table, in PostgreSQL's binary format.
Rows = dict[str, bytes]


def built_once(build: Callable[P, None]) -> Callable[P, None]:
    """Return a fixture function that calls `build` once per process, and later copies its rows.

    `build` creates rows of our own tables only, and no files.
    """
    copies: list[Rows] = []

    @functools.wraps(build)
    def archive(*args: P.args, **kwargs: P.kwargs) -> None:
        if copies:
            _restore(copies[0])
        else:
            build(*args, **kwargs)
            copies.append(_rows())

    return archive


def _models() -> list[type[models.Model]]:
    every = apps.get_app_config("minutes").get_models(include_auto_created=True)
    return [model for model in every if model._meta.managed]


def _rows() -> Rows:
    rows: Rows = {}
    with connection.cursor() as cursor:
        for table in (model._meta.db_table for model in _models()):
            with cursor.copy(f"COPY {table} TO STDOUT (FORMAT binary)") as copy:
                rows[table] = b"".join(copy)
    return rows


def _restore(rows: Rows) -> None:
    # Foreign keys are checked at the end of the transaction, so the order of the tables does not matter.
    with transaction.atomic(), connection.cursor() as cursor:
        for table, data in rows.items():
            cursor.execute(f"DELETE FROM {table}")
            with cursor.copy(f"COPY {table} FROM STDIN (FORMAT binary)") as copy:
                copy.write(data)
        for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
            cursor.execute(statement)
