"""Fixtures for all tests: a data folder each, the municipalities, and Chromium for tests/browser."""

import gc
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client
    from xdist.scheduler import LoadScopeScheduling

# The browser's driver runs an event loop in the test's thread, where Django would refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


# Files whose tests share something costly, such as a fixture of the module; one worker runs each of them.
TOGETHER = frozenset(
    f"tests/test_{name}.py"
    for name in (
        *("benchmark_rows", "combined", "faults", "language", "long_minutes", "migrations"),
        *("pgbouncer", "postgres", "replica", "rights", "scale", "site", "synthetic"),
    )
)
# Files whose tests start servers and processes, end them, and migrate databases: `make test-service`.
SERVICE = frozenset(
    f"tests/test_{name}.py"
    for name in (
        *("backup", "demo", "deployment", "disk_full", "faults"),
        *("import_processes", "migrations", "object_storage", "pgbouncer"),
        *("postgres", "replica", "scale", "workers"),
    )
)
BROWSER = "tests/browser/"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> "LoadScopeScheduling":
    """Distribute single tests in their order, but files of `TOGETHER` and of browser tests as a whole."""
    from xdist.scheduler import LoadScopeScheduling

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            path = nodeid.partition("::")[0]
            return path if path in TOGETHER or path.startswith(BROWSER) else nodeid

    return Scheduling(config, log)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the browser tests and those of the files of `SERVICE`, before tests are selected by markers."""
    for item in items:
        path = item.nodeid.partition("::")[0]
        if path in SERVICE:
            item.add_marker(pytest.mark.service)
        elif path.startswith(BROWSER):
            item.add_marker(pytest.mark.browser)


def pytest_collection_finish() -> None:
    """Exempt modules and collected tests from garbage collection, since they live until the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Turn autovacuum off in the test database, and let tests truncate the audit log.

    It would record that a table is empty after a test has rolled back, and the planner would plan the next
    test's queries for empty tables.
    """
    from django.db import connection

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"ALTER TABLE {connection.ops.quote_name(table)} SET (autovacuum_enabled = off)")
        # A test that commits empties all tables afterwards.
        cursor.execute("ALTER TABLE minutes_change DISABLE TRIGGER change_is_not_truncated")


@pytest.fixture(scope="module")
def module_db(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """Open a transaction around the tests of a module, for rows that fixtures of the module create once.

    Each test sees the rows, and a copy of the files, as the fixtures have left them.
    """
    from django.db import transaction

    folder = tmp_path_factory.mktemp("module") / "data"
    folder.mkdir()
    with django_db_blocker.unblock(), transaction.atomic(), archive_data(folder):
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def data_folder(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Path]:
    """Set ARCHIVE_DATA to a folder for the test."""
    from django.conf import settings

    folder = tmp_path / "data"
    if "module_db" in request.fixturenames:
        shutil.copytree(settings.ARCHIVE_DATA, folder)
    with archive_data(folder):
        yield folder


@pytest.fixture(autouse=True)
def turns_to_send_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each test send files, whatever responses an earlier one has not closed."""
    from minutes.export import budget

    monkeypatch.setattr(budget, "_turns", threading.BoundedSemaphore(budget.AT_A_TIME))


@contextmanager
def archive_data(folder: Path) -> Iterator[None]:
    """Set ARCHIVE_DATA to the folder. The embedded server of the session stays in use."""
    from django.conf import settings

    from archive.postgres import server

    before = Path(settings.ARCHIVE_DATA)
    if not os.environ.get("DATABASE_URL"):
        # Register the session's server for the folder.
        server._known[folder.resolve() / "postgres"] = server.running(before)
    settings.ARCHIVE_DATA = folder
    try:
        yield
    finally:
        settings.ARCHIVE_DATA = before


@pytest.fixture
def municipalities(transactional_db: None) -> None:
    """Create the 98 municipalities again: a test that commits empties the tables that a migration filled."""
    from minutes.models import Municipality
    from minutes.models.danish import slug
    from minutes.reader.municipalities import MUNICIPALITIES

    Municipality.objects.bulk_create(
        [
            Municipality(code=fact.code, name=fact.name, region=fact.region, slug=slug(fact.name))
            for fact in MUNICIPALITIES
        ],
        ignore_conflicts=True,
    )


@pytest.fixture
def page(client: "Client") -> "Callable[[str], HttpResponse]":
    """Get the page at an address and check that it exists."""

    def page(address: str) -> "HttpResponse":
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        return response

    return page


@pytest.fixture
def page_text(page: "Callable[[str], HttpResponse]") -> Callable[[str], str]:
    """Get the text of the page at an address, on one line."""
    from tests.pages import text_of

    return lambda address: text_of(page(address))


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of Chromium; without it skip the test, or fail if REQUIRE_BROWSER is set."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if not path:
        message = "Chromium is not on the PATH (Debian: apt-get install chromium): browser tests do not run."
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail(message)
        pytest.skip(message)
    return path
