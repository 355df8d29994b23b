"""Whether the database is there and up to date, for commands and for `/readyz`."""

from django.core.management import CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from psycopg_pool import PoolTimeout


def missing_migrations() -> int:
    """How many migrations the database has not had. Two queries."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def refuse_unready_database() -> None:
    """Raise `CommandError`, saying what to do, when a command cannot work on the database."""
    try:
        missing = missing_migrations()
    except (DatabaseError, PoolTimeout) as error:
        raise CommandError(f"The database does not answer: {error}".strip()) from error
    if missing:
        raise CommandError(f"The database lacks {missing} migrations. Run: python manage.py migrate")
