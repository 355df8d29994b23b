"""Processes that use the test's database and data folder."""

import os
import time
from collections.abc import Mapping
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings as django_settings
from django.db import connection

NAME = "an import under test"


@pytest.fixture
def environment(settings) -> Mapping[str, str]:
    """Environment of a process that uses the test's database and data folder."""
    parameters = connection.get_connection_params()
    query = {
        "host": str(parameters["host"]),
        "application_name": NAME,
        **({"port": str(parameters["port"])} if parameters.get("port") else {}),
    }
    user = quote(str(parameters.get("user") or ""))
    password = f":{quote(str(parameters['password']))}" if parameters.get("password") else ""
    database = quote(str(parameters["dbname"]))
    address = f"postgresql://{user}{password}@/{database}?{urlencode(query, quote_via=quote)}"
    return {
        **os.environ,
        "DATABASE_URL": address,
        "ARCHIVE_DATA": str(settings.ARCHIVE_DATA),
        "SECRET_KEY": django_settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "archive.settings",
    }


def wait_until_alone() -> None:
    """Wait until the server has rolled back the killed process's transaction and closed its connection."""
    deadline = time.monotonic() + 30
    with connection.cursor() as cursor:
        while time.monotonic() < deadline:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND application_name = %s",
                [NAME],
            )
            if cursor.fetchone()[0] == 0:
                return
            time.sleep(0.01)
    raise AssertionError("the killed process still has a connection")
