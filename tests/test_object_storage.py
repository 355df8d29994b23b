"""Documents and their files in a bucket of an S3-compatible server, which runs as a process of its own."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import boto3
import pytest
from django.core.management import CommandError, call_command

from archive.buckets import bucket
from minutes import archive_files, publishing
from minutes.models import ImportRun, Meeting, Reading, Source
from tests.databases import empty_database
from tests.texts import minutes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        deadline = time.monotonic() + 40
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                assert time.monotonic() < deadline, "the server did not start"
                assert server.poll() is None, "the server ended"
                time.sleep(0.1)
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


@pytest.fixture
def stored(address: str, settings: Any, municipalities: None) -> Any:
    """Use a new bucket; return boto3's access to it."""
    keys = {"access_key": "nøgle-1", "secret_key": "hemmelig"}
    name = f"arkiv-{time.monotonic_ns()}"
    access = boto3.resource(
        "s3",
        endpoint_url=address,
        region_name="eu-north-1",
        aws_access_key_id=keys["access_key"],
        aws_secret_access_key=keys["secret_key"],
    )
    access.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-north-1"})
    settings.STORAGES = {
        **settings.STORAGES,
        "originals": bucket(name, endpoint=address, region="eu-north-1", **keys),
    }
    return access.Bucket(name)


def import_meeting(tmp_path: Path, day: str = "14-01-2020") -> Source:
    file = tmp_path / f"{day}.txt"
    file.write_text(minutes("Budget", "Cykelsti", day=day), encoding="utf-8")
    call_command("import_minutes", str(file), verbosity=0)
    return Source.objects.latest("pk")


def original_of(reading: Reading) -> str:
    return f"/admin/minutes/meeting/{reading.meeting_id}/laesning/{reading.pk}/original/"


def names(stored: Any) -> set[str]:
    return {file.key for file in stored.objects.all()}


def test_an_import_stores_its_file_in_the_bucket_and_nothing_in_the_folder(stored, tmp_path, data_folder):
    source = import_meeting(tmp_path)
    assert names(stored) == {source.sha256} == archive_files.names()
    assert archive_files.read(source.sha256) == (tmp_path / "14-01-2020.txt").read_bytes()
    assert not (data_folder / "sources").exists()
    import_meeting(tmp_path)
    assert names(stored) == {source.sha256}


def test_staff_download_the_original_and_it_is_gone_when_it_is_erased(stored, tmp_path, admin_client):
    source = import_meeting(tmp_path)
    reading = source.readings.get()
    address = original_of(reading)
    response = admin_client.get(address)
    assert response.status_code == 200
    assert b"".join(response.streaming_content) == (tmp_path / "14-01-2020.txt").read_bytes()
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    publishing.erase_original(reading, by=None, reason="Artikel 17")
    assert names(stored) == set()
    assert admin_client.get(address).status_code == 404


def test_a_backup_has_the_files_of_the_bucket_and_is_restored_into_it(stored, tmp_path):
    sources = [import_meeting(tmp_path, day) for day in ("14-01-2020", "21-01-2020")]
    output = StringIO()
    call_command("backup", str(tmp_path / "backups"), stdout=output)
    folder = Path(output.getvalue().partition(": ")[0])
    stored.objects.all().delete()
    with empty_database("restored"):
        call_command("restore", str(folder), stdout=StringIO())
        assert names(stored) == {source.sha256 for source in sources}
        assert Meeting.objects.count() == 2


def test_without_the_service_an_import_stores_nothing_and_a_download_waits(
    stored, tmp_path, settings, admin_client
):
    source = import_meeting(tmp_path)
    reading = source.readings.get()
    with socket.create_server(("127.0.0.1", 0)) as free:
        closed = f"http://127.0.0.1:{free.getsockname()[1]}"
    settings.STORAGES = {
        **settings.STORAGES,
        "originals": bucket("arkiv", endpoint=closed, region="eu-north-1", access_key="a", secret_key="b"),
    }
    assert admin_client.get(original_of(reading)).status_code == 503
    with pytest.raises(CommandError, match="object storage"):
        import_meeting(tmp_path, "21-01-2020")
    assert Source.objects.get() == source
    assert Meeting.objects.count() == 1
    run = ImportRun.objects.latest("pk")
    assert (run.imported, run.finished_at) == (0, None)


def test_an_error_of_the_service_is_an_os_error(stored, address, settings):
    with pytest.raises(FileNotFoundError):
        archive_files.read("0" * 64)
    assert not archive_files.exists("0" * 64)
    archive_files.delete("0" * 64)
    settings.STORAGES = {
        **settings.STORAGES,
        "originals": bucket("findes-ikke", endpoint=address, region="", access_key="a", secret_key="b"),
    }
    with pytest.raises(OSError, match="object storage") as raised:
        archive_files.store("0" * 64, b"a")
    assert raised.value.__cause__ is not None


def test_without_a_name_there_is_no_bucket():
    assert bucket("", endpoint="https://s3.example.dk", region="", access_key="", secret_key="") is None
