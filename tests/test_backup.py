"""`backup` and `restore`: an archive is restored into an empty database, and takedowns stay in force."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client

from minutes import archive_files, publishing
from minutes.models import Meeting, Source
from minutes.publishing import ledger
from tests.databases import empty_database
from tests.texts import minutes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def archive(municipalities: None, tmp_path: Path) -> None:
    """Two published meetings, with their original files."""
    folder = tmp_path / "minutes"
    folder.mkdir()
    for day in ("14-01-2020", "21-01-2020"):
        (folder / f"{day}.txt").write_text(minutes("Budget", "Cykelsti", day=day), encoding="utf-8")
    call_command("import_minutes", str(folder), verbosity=0)


@pytest.fixture
def age(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A public key of age, and the file of the private key."""
    if not shutil.which("age-keygen"):
        pytest.skip("age is not installed (Debian: apt-get install age).")
    identity = tmp_path / "identity"
    subprocess.run(["age-keygen", "-o", identity], check=True, capture_output=True)
    public = next(line for line in identity.read_text().splitlines() if "public key" in line)
    return public.rpartition(" ")[2], identity


def backup(folder: Path, **options: object) -> tuple[Path, str]:
    """Make a backup; return its folder and what the command printed."""
    output = StringIO()
    call_command("backup", str(folder), stdout=output, **options)
    return Path(output.getvalue().partition(": ")[0]), output.getvalue()


def test_an_encrypted_backup_is_restored_and_later_takedowns_stay_in_force(tmp_path, age):
    public, identity = age
    gone = Meeting.objects.with_places().get(date="2020-01-21").get_absolute_url()
    stays = Meeting.objects.with_places().get(date="2020-01-14").get_absolute_url()
    (folder, printed) = backup(tmp_path / "backups", encrypt_to=public)
    assert "2 new original files" in printed
    stored = [
        path for path in (tmp_path / "backups").rglob("*") if path.is_file() and path.name != "manifest.json"
    ]
    assert {path.suffix for path in stored} == {".age"}
    assert not [path for path in stored if b"Cykelsti" in path.read_bytes()]
    publishing.take_down_meeting(Meeting.objects.get(date="2020-01-21"), by=None, reason="Efter anmodning")
    newest = ledger.path().read_bytes()
    sources = list(Source.objects.values_list("sha256", flat=True))
    originals = [archive_files.read(sha256) for sha256 in sources]

    shutil.rmtree(settings.ARCHIVE_DATA)
    Path(settings.ARCHIVE_DATA).mkdir()
    ledger.path().write_bytes(newest)
    with empty_database("restored"):
        call_command("restore", str(folder), identity=str(identity), stdout=StringIO())
        assert Client().get(stays).status_code == 200
        assert Client().get(gone).status_code == 410
        assert [archive_files.read(sha256) for sha256 in sources] == originals
        assert ledger.path().read_bytes() == newest


def test_a_backup_copies_original_files_once_and_removes_erased_ones(tmp_path):
    folder = tmp_path / "backups"
    _first, printed = backup(folder)
    assert "2 new original files" in printed
    assert "takedowns.key is in encrypted backups only" in printed
    reading = Meeting.objects.get(date="2020-01-21").readings.get()
    publishing.erase_original(reading, by=None, reason="Efter anmodning")
    second, printed = backup(folder, keep=1)
    assert "0 new original files" in printed
    assert "1 erased original files were removed" in printed
    assert [path for path in folder.iterdir() if path.name != "sources"] == [second]
    assert reading.source.sha256 not in {path.name for path in (folder / "sources").iterdir()}


def test_a_damaged_backup_and_a_database_with_tables_are_refused(tmp_path):
    folder, _printed = backup(tmp_path / "backups")
    with pytest.raises(CommandError, match="tables already"):
        call_command("restore", str(folder))
    with (folder / "database.dump").open("r+b") as dump:
        dump.seek(100)
        dump.write(b"damage")
    with pytest.raises(CommandError, match=r"database\.dump is missing or damaged"):
        call_command("restore", str(folder))
    manifest = json.loads((folder / "manifest.json").read_bytes())
    assert "takedowns.key" not in manifest["files"]
    (folder / "manifest.json").unlink()
    with pytest.raises(CommandError, match="is not a complete backup"):
        call_command("restore", str(folder))


def test_nothing_is_public_until_the_ledger_is_replayed(settings):
    settings.REQUIRE_REPLAYED_LEDGER = True
    client = Client()
    assert client.get("/om/").status_code == 200
    publishing.take_down_meeting(Meeting.objects.get(date="2020-01-21"), by=None, reason="Efter anmodning")
    entry = json.loads(ledger.path().read_bytes().splitlines()[-1])
    address = Meeting.objects.with_places().get(date="2020-01-14").get_absolute_url()
    ledger.append({**entry, "id": str(uuid4()), "meeting": [address.strip("/")]})

    client = Client()
    assert client.get(address).status_code == 503
    assert client.get("/admin/login/").status_code == 200
    call_command("replay_takedowns", stdout=StringIO())
    assert client.get(address).status_code == 410
    assert client.get("/om/").status_code == 200
