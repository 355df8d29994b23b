"""A database of an earlier version is migrated, and the public sees what it saw before."""

import gzip
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client

from minutes.search.consistency import differences
from minutes.service_status import missing_migrations
from tests.conftest import archive_data
from tests.databases import disconnect, empty_database

DATA = Path(__file__).parent / "data"
LAST_SQUASHED = ("minutes", "0003_search")
# Words of a draft, of what was taken down, of redactions and of closed items.
HIDDEN = (
    *("010203-1234", "kanariefugl", "forurening", "hemmelige gæster", "110203-1236"),
    *("ib krog", "fortrolig"),
)
# Not compared: the time of the last change, as meetings are projected again, and notes for people.
VOLATILE = {"updated_at", "notes"}

# Columns, indexes, constraints and the search table's storage; the order of columns does not matter.
SCHEMA = """
SELECT table_name, column_name, data_type, character_maximum_length::text, is_nullable, column_default,
    generation_expression, collation_name
FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL
SELECT tablename, indexname, indexdef, NULL, NULL, NULL, NULL, NULL
FROM pg_indexes WHERE schemaname = 'public'
UNION ALL
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), NULL, NULL, NULL, NULL, NULL
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL
SELECT attrelid::regclass::text, attname, attstorage::text, attstattarget::text, NULL, NULL, NULL, NULL
FROM pg_attribute WHERE attrelid = 'minutes_searchentry'::regclass AND attnum > 0 AND NOT attisdropped
"""


class Migrated(NamedTuple):
    """A database of commit f71ae0e, as it was before it was migrated."""

    # The pages and API answers that the public saw, by address.
    answers: dict[str, Any]
    # The migrations up to the squashed ones that were not applied.
    plan: list[Any]
    # ARCHIVE_DATA after the migration.
    folder: Path


@pytest.fixture(scope="module")
def migrated_database(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Migrated]:
    """Let the tests of the module use a database of commit f71ae0e that was migrated once."""
    folder = tmp_path_factory.mktemp("migrated") / "data"
    folder.mkdir()
    for suffix in ("jsonl", "key"):
        shutil.copy(DATA / f"takedowns-f71ae0e.{suffix}", folder / f"takedowns.{suffix}")
    answers = json.loads(gzip.decompress((DATA / "answers-f71ae0e.json.gz").read_bytes()))
    with django_db_blocker.unblock(), archive_data(folder), empty_database():
        with connection.cursor() as cursor:
            cursor.execute(gzip.decompress((DATA / "database-f71ae0e.sql.gz").read_bytes()))
        # The dump has set the search path of this connection.
        disconnect()
        plan = MigrationExecutor(connection).migration_plan([LAST_SQUASHED])
        call_command("migrate", verbosity=0)
        yield Migrated(answers, plan, folder)


@pytest.fixture
def f71ae0e(migrated_database: Migrated, data_folder: Path) -> Migrated:
    """The migrated database, with a copy of its files."""
    shutil.copytree(migrated_database.folder, data_folder)
    return migrated_database


def _schema() -> set[str]:
    """A line for each part, without the casts and parentheses that a dump writes in another way."""
    with connection.cursor() as cursor:
        cursor.execute(SCHEMA)
        return {re.sub(r"::[a-z ]+(\[\])?|[()]", "", str(row)) for row in cursor.fetchall()}


def _lost(before: Any, after: Any, path: str) -> Iterator[str]:
    """Yield the differences of `after` from `before`, without added fields."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in before.keys() - VOLATILE:
            if key in after:
                yield from _lost(before[key], after[key], f"{path}.{key}")
            else:
                yield f"{path}.{key} is missing"
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for index, (old, new) in enumerate(zip(before, after, strict=True)):
            yield from _lost(old, new, f"{path}[{index}]")
    elif before != after:
        yield f"{path} was {before!r}, is {after!r}"


def test_the_squashed_migrations_change_nothing_in_a_database_that_has_the_replaced_ones(f71ae0e):
    assert f71ae0e.plan == []


def test_a_migrated_database_has_the_schema_of_a_new_one(f71ae0e):
    assert missing_migrations() == 0
    migrated = _schema()
    with empty_database("new"):
        call_command("migrate", verbosity=0)
        new = _schema()
    assert migrated ^ new == set()


def test_every_public_page_and_api_answer_is_as_before(f71ae0e):
    client = Client()
    for address, status in f71ae0e.answers["pages"].items():
        response = client.get(address)
        if isinstance(status, list):
            assert [response.status_code, response["Location"]] == status, address
        else:
            assert response.status_code == status, address
        body = response.getvalue().decode().lower()
        assert not [word for word in HIDDEN if word in body], address
    changed = [
        line
        for address, answer in f71ae0e.answers["api"].items()
        for line in _lost(answer, client.get(address).json(), address)
    ]
    assert changed == []


def test_the_search_index_agrees_with_the_archive(f71ae0e):
    assert not list(differences())


def test_migrating_again_changes_nothing(f71ae0e, capsys):
    call_command("migrate")
    assert "No migrations to apply" in capsys.readouterr().out
