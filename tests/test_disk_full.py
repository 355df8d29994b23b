"""A disk that is full while minutes are imported, uploaded and taken down: a small one of its own."""

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from minutes import archive_files
from minutes.models import ImportRun, Meeting, Reading, Source, Takedown
from minutes.publishing import ledger
from tests.conftest import archive_data
from tests.documents import randers
from tests.texts import folder_of, minutes

pytestmark = pytest.mark.django_db(transaction=True)
_SIZE = 256 * 1024


@pytest.fixture
def disk(data_folder: Path, tmp_path: Path, municipalities: None) -> Iterator[Path]:
    """The folder of ARCHIVE_DATA, on a disk of 256 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", folder]
    if os.geteuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("Only root can mount a small disk, and not in every container.")
    try:
        with archive_data(folder):
            yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def fill(disk: Path, free: int = 0) -> Path:
    """Write a file that leaves so many bytes free."""
    statistics = os.statvfs(disk)
    file = disk / "filler"
    file.write_bytes(b"x" * (statistics.f_bavail * statistics.f_frsize - free))
    return file


def import_meeting(tmp_path: Path) -> Meeting:
    file = tmp_path / "14-01-2020.txt"
    file.write_text(minutes("Budget", "Cykelsti"), encoding="utf-8")
    call_command("import_minutes", str(file), verbosity=0)
    return Meeting.objects.get()


def assert_every_file_is_stored() -> None:
    assert Source.objects.count() == Reading.objects.count() == Meeting.objects.count()
    assert archive_files.names() == set(Source.objects.values_list("sha256", flat=True))


def test_an_import_ends_with_a_report_and_goes_on_when_there_is_room(disk, tmp_path):
    folder = tmp_path / "ind"
    folder.mkdir()
    folder_of(folder, 40)
    filler = fill(disk, 48 * 1024)
    report = tmp_path / "report.json"
    with pytest.raises(CommandError, match=r"interrupted after .*No space left") as raised:
        call_command("import_minutes", str(folder), "--report", str(report), verbosity=0)
    assert raised.value.returncode == 3
    imported = Meeting.objects.count()
    assert 0 < imported < 40
    assert json.loads(report.read_text())["counts"]["imported"] == imported
    run = ImportRun.objects.get()
    assert (run.imported, run.finished_at) == (imported, None)
    assert_every_file_is_stored()
    filler.unlink()
    call_command("import_minutes", str(folder), verbosity=0)
    assert Meeting.objects.count() == 40
    assert_every_file_is_stored()


def test_an_upload_says_that_the_disk_is_full_and_stores_nothing(disk, admin_client):
    filler = fill(disk)
    admin_client.raise_request_exception = False
    for texts in ([minutes("Budget")], [minutes("Budget"), minutes("Cykelsti")]):
        files = [SimpleUploadedFile(f"{at}.txt", text.encode()) for at, text in enumerate(texts)]
        data = {"municipality": randers().pk, "documents": files}
        response = admin_client.post(reverse("admin:upload"), data)
        assert response.status_code == 507
        assert "Der er ikke mere plads på serveren" in response.content.decode()
    assert not Source.objects.exists()
    assert not Meeting.objects.exists()
    filler.unlink()
    assert admin_client.post(reverse("admin:upload"), data).status_code == 302


def test_a_takedown_says_so_and_the_ledger_is_as_it_was(disk, tmp_path, admin_client, client):
    meeting = import_meeting(tmp_path)
    filler = fill(disk)
    admin_client.raise_request_exception = False
    address = reverse("admin:minutes_meeting_take_down", args=[meeting.pk])
    response = admin_client.post(address, {"reason": "Efter anmodning"})
    assert response.status_code == 507
    assert not Takedown.objects.exists()
    assert ledger.read() == ledger.Ledger([], [])
    filler.unlink()
    # A disk that is full in the middle of a line.
    filler = fill(disk, 4096)
    while ledger_size() < 3900:
        ledger.append({"id": str(ledger_size()), "kind": "meeting", "meeting": "", "sources": [], "at": ""})
    before = ledger.path().read_bytes()
    response = admin_client.post(address, {"reason": "Efter anmodning" * 20})
    assert response.status_code == 507
    assert ledger.path().read_bytes() == before
    assert ledger.read().unreadable == []
    filler.unlink()
    assert admin_client.post(address, {"reason": "Efter anmodning"}).status_code == 302
    assert client.get("/randers/beskaeftigelsesudvalget/2020-01-14/").status_code == 410


def ledger_size() -> int:
    return ledger.path().stat().st_size if ledger.path().exists() else 0


def test_readyz_reports_it(disk, client):
    fill(disk)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert b"less than 100 MB left" in response.content
