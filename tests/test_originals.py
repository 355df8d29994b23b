"""Original files: staff download them, and erase them for good, with a note that survives a restore."""

import hashlib
import shutil

import pytest
from django.core.management import call_command

from minutes import publishing
from minutes.importer import Overrides, erase_original, import_upload, queue, reread_document, upload_files
from minutes.models import Change, EnclosedFile, ErasedOriginal, Meeting, QueuedFile, Reading, Source
from minutes.models.queue import FileStatus
from minutes.models.rights import EDITOR, RESPONSIBLE
from minutes.publishing import PublishingError, ledger
from tests.documents import imported, imported_for, randers
from tests.filled import aarhus, staff
from tests.stored_files import path_of
from tests.texts import minutes
from tests.word_files import docx, p

pytestmark = pytest.mark.django_db

TEXT = minutes("Cykelsti", decision="Stien anlægges.")


def reading() -> Reading:
    return Reading.objects.select_related("source", "meeting__committee__municipality").get()


def queued(data: bytes) -> QueuedFile:
    run = queue.start_upload(Overrides(municipality=randers()), None)
    [file] = queue.add_files(run, [queue.NewFile("igen.txt", len(data), [data])])
    return file


def page_of(reading: Reading, page: str = "") -> str:
    return f"/admin/minutes/meeting/{reading.meeting_id}/laesning/{reading.pk}/{page}"


def download_status(client) -> int:
    response = client.get(page_of(reading(), "original/"))
    response.getvalue()
    return response.status_code


def erase(of: Reading, *, callbacks, by=None) -> None:
    """Erase, and run what waits for the commit."""
    with callbacks(execute=True):
        erase_original(of, by=by, reason="Artikel 17")


# Download


def test_staff_download_the_original_as_it_came_and_no_browser_runs_it(client):
    imported(TEXT)
    Source.objects.update(name='<b>"Referat"\u202e\x01.html')
    client.force_login(staff("redaktoer", EDITOR))
    response = client.get(page_of(reading(), "original/"))
    assert response.getvalue() == TEXT.encode()
    assert response["Content-Disposition"] == r'attachment; filename="<b>\"Referat\".html"'
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    change = Change.objects.get(kind=Change.Kind.DOWNLOADED)
    assert (change.by.username, change.meeting) == ("redaktoer", reading().meeting)
    assert "Hent den originale fil" in client.get(page_of(reading())).content.decode()


@pytest.mark.parametrize(("group", "status"), [(EDITOR, 403), (RESPONSIBLE, 200)])
def test_what_is_masked_for_an_editor_is_not_in_a_file_that_they_can_download(client, group, status):
    imported(minutes("Sagen om 010203-1234"))
    client.force_login(staff("kollega", group))
    assert download_status(client) == status
    publishing.redact_all_numbers(reading().meeting, by=None)
    assert download_status(client) == status
    assert ("Hent den originale" in client.get(page_of(reading())).content.decode()) == (status == 200)


def test_the_public_and_other_municipalities_never_get_the_original(client):
    imported(TEXT)
    address = page_of(reading(), "original/")
    assert client.get(address).status_code == 302
    client.force_login(staff("fra-aarhus", RESPONSIBLE, aarhus()))
    assert client.get(address).status_code == 404
    assert not Change.objects.filter(kind=Change.Kind.DOWNLOADED).exists()


# Erasing


def test_an_erased_original_leaves_a_note_and_the_published_text(client, django_capture_on_commit_callbacks):
    meeting = imported(TEXT)
    by = staff("ansvarlig", RESPONSIBLE)
    client.force_login(by)
    sha256 = hashlib.sha256(TEXT.encode()).hexdigest()
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(page_of(reading(), "original/slet/"), {"reason": "Artikel 17"}, follow=True)
    page = response.content.decode()
    assert "Den originale fil er slettet." in page
    assert "Hent den originale fil" not in page
    assert not path_of(sha256).exists()
    note = ErasedOriginal.objects.get()
    assert (note.sha256, note.made_by, note.reason) == (sha256, "ansvarlig", "Artikel 17")
    assert note.cause == ErasedOriginal.Cause.REQUEST
    assert Change.objects.filter(kind=Change.Kind.ORIGINAL_ERASED, by=by, meeting=meeting).exists()
    assert "Stien anlægges." in client.get(f"{meeting.get_absolute_url()}1/").content.decode()
    assert client.get(page_of(reading(), "original/")).status_code == 404
    again = client.post(page_of(reading(), "original/slet/"), {"reason": "Igen"})
    assert (again.status_code, "blev slettet" in again.content.decode()) == (400, True)


def test_erasing_needs_a_reason_and_the_responsible(client):
    imported(TEXT)
    client.force_login(staff("redaktoer", EDITOR))
    assert client.post(page_of(reading(), "original/slet/"), {"reason": "x"}).status_code == 403
    client.force_login(staff("ansvarlig", RESPONSIBLE))
    for reason in (" ", "om 010203-1234"):
        assert client.post(page_of(reading(), "original/slet/"), {"reason": reason}).status_code == 400
    assert not ErasedOriginal.objects.exists()


def test_bytes_that_were_erased_are_not_stored_when_they_are_imported_again(
    django_capture_on_commit_callbacks,
):
    imported(TEXT)
    erase(reading(), callbacks=django_capture_on_commit_callbacks)
    _run, [known] = import_upload([("igen.txt", TEXT.encode())], Overrides(municipality=randers()), None)
    assert (known.status, known.meeting_id) == ("unchanged", reading().meeting_id)
    assert "er slettet og bliver ikke gemt igen" in known.message
    publishing.withdraw(reading().meeting)
    publishing.discard(reading(), by=None, reason="Forkert")
    _run, [refused] = import_upload([("igen.txt", TEXT.encode())], Overrides(municipality=randers()), None)
    assert refused.status == "refused"
    assert "slettet for altid" in refused.message
    assert not Source.objects.exists()
    assert not list((path_of("x").parent).iterdir())


def test_copies_of_an_erased_original_in_uploads_and_as_attachments_are_deleted_too(
    django_capture_on_commit_callbacks,
):
    imported(TEXT)
    other = imported(minutes("Budget", day="03-03-2021"))
    places = Reading.objects.select_related("source", "meeting__committee__municipality")
    erased = places.exclude(meeting=other).get()
    source = erased.source
    carrier = other.readings.get().source
    EnclosedFile.objects.create(
        source=carrier,
        position=1,
        name="kopi.txt",
        caption="Kopi",
        item_number="1",
        media_type="text/plain",
        sha256=source.sha256,
        size=source.size,
    )
    publishing.project(other)
    assert other.files.count() == 1
    file = queued(TEXT.encode())
    QueuedFile.objects.update(status=FileStatus.REFUSED)
    assert upload_files.path_of(file).exists()
    erase(erased, callbacks=django_capture_on_commit_callbacks)
    assert not upload_files.path_of(file).exists()
    assert not EnclosedFile.objects.exists()
    assert other.files.count() == 0
    assert not path_of(source.sha256).exists()
    enclosure = publishing.Enclosure(
        *("kopi.txt", "Kopi", "1", "text/plain", source.sha256), data=TEXT.encode(), text="x"
    )
    assert publishing.store_enclosures(carrier, [enclosure]) == []
    assert not EnclosedFile.objects.exists()


def test_an_attachment_of_another_municipality_is_not_touched():
    imported(TEXT)
    theirs = imported_for(aarhus(), minutes("Havnen", municipality="Aarhus")).readings.get()
    places = Reading.objects.select_related("source", "meeting__committee__municipality")
    mine = places.exclude(pk=theirs.pk).get()
    facts = {"name": "a", "caption": "a", "media_type": "", "sha256": mine.source.sha256, "size": 1}
    EnclosedFile.objects.create(source=theirs.source, position=1, **facts)
    with pytest.raises(PublishingError, match="anden kommune"):
        publishing.erase_original(mine, by=None, reason="Artikel 17")
    assert path_of(mine.source.sha256).exists()


# Rereading


def test_a_text_is_read_again_without_its_original(django_capture_on_commit_callbacks):
    meeting = imported(TEXT)
    publishing.redact_passage(reading(), "anlægges", by=None, reason="x")
    erase(reading(), callbacks=django_capture_on_commit_callbacks)
    Reading.objects.update(reader_version=1, facts=reading().facts | {"location": "Et andet sted"})
    result = reread_document(Source.objects.get())
    assert (result.status, result.meeting_id) == ("updated", meeting.pk)
    newest = Reading.objects.latest("id")
    assert newest.current
    assert newest.facts["location"] != "Et andet sted"
    assert "anlægges" not in newest.text


def test_a_converted_document_keeps_its_reading_without_its_original(
    django_capture_on_commit_callbacks, capsys
):
    data = docx("".join(map(p, TEXT.splitlines())))
    import_upload([("referat.docx", data)], Overrides(municipality=randers()), None)
    before = list(Reading.objects.values())
    erase(reading(), callbacks=django_capture_on_commit_callbacks)
    Reading.objects.update(reader_version=1)
    call_command("reread_minutes")
    assert "kan ikke læses igen. Den nuværende læsning bliver stående." in capsys.readouterr().out
    assert list(Reading.objects.values()) == [row | {"reader_version": 1} for row in before]


# Backup


def test_an_old_dump_and_old_files_do_not_bring_an_erased_original_back(
    data_folder, django_capture_on_commit_callbacks
):
    imported(TEXT)
    sha256 = reading().source.sha256
    backup = data_folder / "backup"
    shutil.copy(path_of(sha256), backup)
    erase(reading(), callbacks=django_capture_on_commit_callbacks)
    [entry] = ledger.read().entries
    assert (entry["kind"], entry["sources"], entry["reason"]) == ("original", [sha256], "Artikel 17")
    assert "Cykelsti" not in ledger.path().read_text()
    note = ErasedOriginal.objects.values().get()
    ErasedOriginal.objects.all().delete()
    shutil.copy(backup, path_of(sha256))
    with django_capture_on_commit_callbacks(execute=True):
        call_command("replay_takedowns")
    assert not path_of(sha256).exists()
    assert ErasedOriginal.objects.values().get() | {"id": note["id"]} == note
    # The files alone.
    shutil.copy(backup, path_of(sha256))
    call_command("replay_takedowns")
    assert not path_of(sha256).exists()
    ledger.path().unlink()
    call_command("replay_takedowns")
    assert [entry["kind"] for entry in ledger.read().entries] == ["original"]


def test_a_queued_file_that_was_erased_is_refused_and_its_bytes_deleted(django_capture_on_commit_callbacks):
    imported(TEXT)
    erase(reading(), callbacks=django_capture_on_commit_callbacks)
    publishing.withdraw(reading().meeting)
    publishing.discard(reading(), by=None, reason="Forkert")
    file = queued(TEXT.encode())
    with django_capture_on_commit_callbacks(execute=True):
        queue.import_queued(file.pk)
    file.refresh_from_db()
    assert file.status == FileStatus.REFUSED
    assert not upload_files.path_of(file).exists()
    assert not Meeting.objects.exists()
