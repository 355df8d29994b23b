"""Checks of the database for commands and for `/readyz`."""

from django.core.management import CommandError
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from psycopg_pool import PoolTimeout


def missing_migrations() -> int:
    """Return the number of migrations that are not applied. Two queries."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def require_migrated_database() -> None:
    """Raise `CommandError` with instructions if the database is unavailable or not migrated."""
    try:
        missing = missing_migrations()
    except (DatabaseError, PoolTimeout) as error:
        raise CommandError(f"The database does not answer: {error}".strip()) from error
    if missing:
        raise CommandError(f"The database lacks {missing} migrations. Run: python manage.py migrate")
