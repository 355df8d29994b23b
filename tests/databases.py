"""Databases beside the one for tests."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.contenttypes.models import ContentType
from django.db import connection


@contextmanager
def empty_database(suffix: str = "migrated") -> Iterator[None]:
    """Let the default connection use an empty database instead of the present one, and drop it afterwards."""
    present = connection.settings_dict["NAME"]
    # Without other database tests pytest-django creates no test database; workers would share a name.
    name = f"{present}_{suffix}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f"CREATE DATABASE \"{name}\" TEMPLATE template0 ENCODING 'UTF8'")
    _use(name)
    try:
        yield
    finally:
        _use(present)
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _use(name: str) -> None:
    disconnect()
    connection.settings_dict["NAME"] = name
    ContentType.objects.clear_cache()


def disconnect() -> None:
    connection.close()
    if connection.pool:
        connection.close_pool()
