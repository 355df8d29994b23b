"""Checks of the database for commands."""

from django.core.management import CommandError
from django.db import DatabaseError
from psycopg_pool import PoolTimeout

from minutes.service_status import missing_migrations


def require_migrated_database() -> None:
    """Raise `CommandError` with instructions if the database is unavailable or not migrated."""
    try:
        missing = missing_migrations()
    except (DatabaseError, PoolTimeout) as error:
        raise CommandError(f"The database does not answer: {error}".strip()) from error
    if missing:
        raise CommandError(f"The database lacks {missing} migrations. Run: python manage.py migrate")
