"""What every test has: a data folder of its own, and, in tests/browser, a real browser."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

# The browser's driver runs an event loop in the test's thread, where Django would refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The test database, left to itself: autovacuum would note that a table is empty when a test has taken
    back its rows, and the plans for the next test's rows be made for none."""
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"ALTER TABLE {connection.ops.quote_name(table)} SET (autovacuum_enabled = off)")


@pytest.fixture(autouse=True)
def data_folder(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """ARCHIVE_DATA/sources of the test alone. The embedded server stays the one of the session."""
    from django.conf import settings

    from archive.postgres import server

    session = Path(settings.ARCHIVE_DATA)
    own = tmp_path / "data"
    if not os.environ.get("DATABASE_URL"):
        # The session's server answers for the test's folder too.
        server._known[own.resolve() / "postgres"] = server.running(session)
    settings.ARCHIVE_DATA = own
    yield own
    settings.ARCHIVE_DATA = session


@pytest.fixture
def municipalities(transactional_db: None) -> None:
    """The 98, for a test that commits: a migration made them, and the test before has emptied the tables."""
    from minutes.models import Municipality
    from minutes.models.danish import slug
    from minutes.reader.municipalities import MUNICIPALITIES

    Municipality.objects.bulk_create(
        [
            Municipality(code=each.code, name=each.name, region=each.region, slug=slug(each.name))
            for each in MUNICIPALITIES
        ],
        ignore_conflicts=True,
    )


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of Chromium; without it the test is skipped, or fails where REQUIRE_BROWSER is set."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if not found:
        message = "Chromium is not on the PATH (Debian: apt-get install chromium): browser tests do not run."
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    return found
