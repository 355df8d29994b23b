"""Uploads of several files: queued, imported by workers, followed, cancelled and retried."""

import datetime
import re

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from minutes.importer import queue, upload_files
from minutes.models import Change, ImportRun, Meeting, QueuedFile, Reading, UnplacedDocument
from minutes.models.queue import FileStatus
from minutes.models.rights import EDITOR
from tests.documents import herning, randers
from tests.filled import staff
from tests.pages import text_of
from tests.queued import work
from tests.test_documents_scans import needs_tesseract, scan
from tests.texts import minutes
from tests.zip_files import packed

pytestmark = pytest.mark.django_db

NOT_MINUTES = "Kære læser. Her er ikke noget referat."


@pytest.fixture
def editor(client):
    client.force_login(staff("redaktør", EDITOR))
    return client


def files_of(texts: dict[str, str | bytes]) -> list[SimpleUploadedFile]:
    return [
        SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())
        for name, text in texts.items()
    ]


def upload(client, texts: dict[str, str | bytes], **fields) -> ImportRun:
    data = {"municipality": randers().pk, "documents": files_of(texts), **fields}
    response = client.post(reverse("admin:upload"), data)
    assert response.status_code == 302, text_of(response)
    run = ImportRun.objects.latest("id")
    assert response.url == reverse("admin:uploaded", args=[run.pk])
    return run


def two_meetings() -> dict[str, str | bytes]:
    return {"januar.txt": minutes("Cykelsti"), "februar.txt": minutes("Budget", day="21-02-2020")}


def statuses(run: ImportRun) -> dict[str, str]:
    return dict(run.queued_files.values_list("name", "status"))


def page_of(client, run: ImportRun, **query) -> str:
    return text_of(client.get(reverse("admin:uploaded", args=[run.pk]), query))


# Queued and imported


def test_several_files_wait_until_a_worker_has_imported_them(editor):
    run = upload(editor, two_meetings())
    assert not Meeting.objects.exists()
    assert "0 af 2 filer" in page_of(editor, run)
    work()
    assert Meeting.objects.filter(state="draft").count() == 2
    page = page_of(editor, run)
    assert "2 af 2 filer" in page
    assert page.count("Se igennem") == 2
    run.refresh_from_db()
    assert (run.imported, run.refused) == (2, 0)
    assert run.finished_at


def test_the_page_says_if_no_worker_is_running(editor):
    run = upload(editor, two_meetings())
    assert "Ingen proces indlæser filer" in page_of(editor, run)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")
    assert "Ingen proces indlæser filer" not in page_of(editor, run)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 minutes'")
    assert "Ingen proces indlæser filer" in page_of(editor, run)


def test_a_bad_file_stops_no_other_and_is_listed_with_its_reason(editor):
    run = upload(
        editor, {**two_meetings(), "brev.txt": NOT_MINUTES, "tom.txt": "", "støj.txt": b"\0\1\2\3" * 100}
    )
    work()
    assert Meeting.objects.count() == 2
    page = page_of(editor, run, status="refused")
    assert "ligner ikke et referat" in page
    assert "Filen er ikke tekst" in page
    assert "januar.txt" not in page
    run.refresh_from_db()
    assert (run.imported, run.refused) == (2, 3)


def test_a_text_without_committee_and_date_is_stored_without_a_meeting(editor):
    text = minutes("Cykelsti").replace("Beskæftigelsesudvalget", "").replace("REFERAT", "Referat")
    text = re.sub(r"Mødedato.*", "", text).replace(" d. 14-01-2020", "")
    run = upload(editor, {"uden hoved.txt": text, "januar.txt": minutes("Cykelsti")})
    work()
    assert statuses(run)["uden hoved.txt"] == FileStatus.UNPLACED
    assert UnplacedDocument.objects.count() == 1
    assert "Angiv mødet" in page_of(editor, run)


def test_committee_and_date_given_at_the_upload_apply_to_all_files(editor):
    run = upload(
        editor,
        {"a.txt": f"{NOT_MINUTES} 1", "b.txt": f"{NOT_MINUTES} 2"},
        committee="Kulturudvalget",
        date="2020-02-03",
        relation="another",
    )
    work()
    assert set(statuses(run).values()) == {FileStatus.IMPORTED}
    assert {str(date) for date in Meeting.objects.values_list("date", flat=True)} == {"2020-02-03"}


def test_a_zip_file_becomes_a_file_of_each_of_its_members(editor):
    members = {
        "2020/januar.txt": minutes("Cykelsti"),
        "2020/brev.txt": NOT_MINUTES,
        "__MACOSX/._januar.txt": b"\0",
        "Thumbs.db": b"\0",
    }
    run = upload(editor, {"alt.zip": packed(members)})
    work()
    assert statuses(run) == {
        "alt.zip": FileStatus.UNPACKED,
        "alt.zip/2020/januar.txt": FileStatus.IMPORTED,
        "alt.zip/2020/brev.txt": FileStatus.REFUSED,
    }
    assert "2 af 2 filer" in page_of(editor, run)


def test_a_damaged_or_empty_zip_file_is_refused(editor):
    run = upload(editor, {"halv.zip": packed(two_meetings())[:300], "tom.zip": packed({"Thumbs.db": b""})})
    work()
    assert set(statuses(run).values()) == {FileStatus.REFUSED}
    page = page_of(editor, run)
    assert "beskadiget" in page
    assert "tom" in page


def test_the_documents_in_a_zip_file_in_a_zip_file_are_listed_singly(editor):
    inner = packed({**two_meetings(), "brev.txt": NOT_MINUTES})
    run = upload(editor, {"ydre.zip": packed({"indre.zip": inner})})
    work()
    assert Meeting.objects.count() == 2
    assert statuses(run) == {
        "ydre.zip": FileStatus.UNPACKED,
        "ydre.zip/indre.zip": FileStatus.UNPACKED,
        "ydre.zip/indre.zip/januar.txt": FileStatus.IMPORTED,
        "ydre.zip/indre.zip/februar.txt": FileStatus.IMPORTED,
        "ydre.zip/indre.zip/brev.txt": FileStatus.REFUSED,
    }


def test_a_file_past_the_limits_is_refused_and_the_others_are_imported(editor, monkeypatch):
    monkeypatch.setattr(queue, "MAX_BYTES", 20_000)
    run = upload(editor, {"stor.txt": b"a" * 20_001, **two_meetings()})
    work()
    assert statuses(run)["stor.txt"] == FileStatus.REFUSED
    assert Meeting.objects.count() == 2
    monkeypatch.setattr(queue, "MAX_UPLOAD_BYTES", 100)
    run = upload(editor, two_meetings())
    assert set(statuses(run).values()) == {FileStatus.REFUSED}
    assert "over 2 GB" in page_of(editor, run)


def test_names_have_folders_but_no_cpr_numbers_and_lead_nowhere_else(editor):
    run = queue.start_upload(queue.Overrides(municipality=randers()), User.objects.get())
    data = {
        "documents": files_of({"a.txt": minutes("Cykelsti"), "b.txt": minutes("Budget", day="21-02-2020")}),
        "path": ["../../etc/2020/a.txt", "2020/010203-1234.txt"],
    }
    assert editor.post(reverse("admin:upload_files", args=[run.pk]), data).json() == {"queued": 2}
    names = list(statuses(run))
    assert names[0] == "etc/2020/a.txt"
    assert "010203" not in names[1]
    stored = list(upload_files.path_of(run.queued_files.all()[0]).parent.iterdir())
    assert sorted(path.name for path in stored) == sorted(str(file.pk) for file in run.queued_files.all())


def test_the_bytes_of_imported_files_are_deleted_and_those_of_refused_ones_kept_for_a_while(
    editor, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        run = upload(editor, {"januar.txt": minutes("Cykelsti"), "brev.txt": NOT_MINUTES})
        work()
    stored = {file.name: upload_files.path_of(file).exists() for file in run.queued_files.all()}
    assert stored == {"januar.txt": False, "brev.txt": True}
    assert queue.delete_old_uploads(datetime.timedelta(days=30)) == 0
    ImportRun.objects.update(finished_at=timezone.now() - datetime.timedelta(days=31))
    assert queue.delete_old_uploads(datetime.timedelta(days=30)) == 1
    assert not upload_files.path_of(run.queued_files.get(name="brev.txt")).exists()


@needs_tesseract
def test_a_scan_is_recognised_in_the_background(editor):
    run = upload(editor, {"scan.pdf": scan()})
    work()
    assert statuses(run) == {"scan.pdf": FileStatus.IMPORTED}
    reading = Reading.objects.get()
    assert "recognised_text" in {doubt["code"] for doubt in reading.doubts}


def test_a_small_upload_is_not_delayed_by_a_large_one(editor):
    upload(editor, {f"{number}.txt": NOT_MINUTES for number in range(12)})
    small = upload(editor, two_meetings())
    with connection.cursor() as cursor:
        cursor.execute("SELECT (args ->> 'file_id')::int FROM procrastinate_jobs ORDER BY priority DESC, id")
        first = [key for (key,) in cursor.fetchmany(2)]
    assert first == list(small.queued_files.values_list("pk", flat=True))


# Cancelled and retried


def test_what_waits_can_be_cancelled_and_retried(editor):
    run = upload(editor, two_meetings())
    queue.import_queued(run.queued_files.all()[0].pk)
    address = reverse("admin:uploaded", args=[run.pk])
    assert "Annullér 1 fil, der venter" in text_of(editor.get(address))
    assert "1 fil er annulleret" in text_of(editor.post(address, {"cancel": ""}, follow=True))
    work()
    assert Meeting.objects.count() == 1
    assert "1 fil bliver indlæst igen" in text_of(editor.post(address, {}, follow=True))
    work()
    assert Meeting.objects.count() == 2
    sent = list(Change.objects.filter(kind="sent", municipality=randers()).order_by("id"))
    name = f"indlæsning nr. {run.pk}"
    assert [change.detail for change in sent] == [
        f"{name}: 2 filer",
        f"{name}: 1 annulleret",
        f"{name}: 1 igen",
    ]
    assert {change.by_name for change in sent} == {"redaktør"}


def test_a_refused_file_is_retried_with_the_committee_and_date_that_it_lacks(editor):
    run = upload(editor, {"brev.txt": NOT_MINUTES, "andet.txt": NOT_MINUTES * 2})
    work()
    file = run.queued_files.get(name="brev.txt")
    address = reverse("admin:uploaded", args=[run.pk])
    given = {"file": file.pk, "committee": "Kulturudvalget", "date": "2020-02-03"}
    editor.post(address, given)
    work()
    assert statuses(run) == {"brev.txt": FileStatus.IMPORTED, "andet.txt": FileStatus.REFUSED}
    assert str(Meeting.objects.get().date) == "2020-02-03"


def test_a_file_whose_bytes_are_deleted_cannot_be_retried(editor):
    run = upload(editor, {"brev.txt": NOT_MINUTES, "andet.txt": NOT_MINUTES * 2})
    work()
    upload_files.delete_all(run.pk)
    address = reverse("admin:uploaded", args=[run.pk])
    assert "Filerne er slettet" in text_of(editor.post(address, {}, follow=True))


def test_a_file_that_interrupts_every_worker_is_refused_at_last(editor):
    run = upload(editor, two_meetings())
    file = run.queued_files.all()[0]
    queue.import_queued(file.pk, is_last_attempt=True)
    file.refresh_from_db()
    assert file.status == FileStatus.REFUSED
    assert "afbrudt flere gange" in file.result["message"]


def test_a_file_that_was_imported_is_not_imported_again(editor):
    run = upload(editor, two_meetings())
    work()
    for file in run.queued_files.all():
        queue.import_queued(file.pk)
    assert set(statuses(run).values()) == {FileStatus.IMPORTED}
    assert Reading.objects.count() == 2


# Rights


def test_an_upload_is_seen_only_in_its_municipality(editor, client):
    run = upload(editor, two_meetings())
    client.force_login(staff("anden", EDITOR, herning()))
    for name in ("uploaded", "upload_progress"):
        assert client.get(reverse(f"admin:{name}", args=[run.pk])).status_code == 404
    for name in ("uploaded", "upload_files"):
        assert client.post(reverse(f"admin:{name}", args=[run.pk]), {"cancel": ""}).status_code == 404
    data = {"municipality": randers().pk}
    assert client.post(reverse("admin:upload_start"), data).status_code == 400
    assert run.queued_files.waiting().count() == 2


# Speed


def test_the_page_makes_as_many_queries_for_forty_files_as_for_two(editor):
    run = upload(editor, two_meetings())
    work()
    few = _queries(editor, run)
    QueuedFile.objects.bulk_create(
        QueuedFile(run=run, name=f"{number}.txt", size=1, status=FileStatus.REFUSED) for number in range(40)
    )
    assert _queries(editor, run) == few


def _queries(client, run: ImportRun) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page_of(client, run)
    return len(queries)
