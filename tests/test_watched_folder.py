"""The command `import_minutes --watch`: a folder whose files are imported, moved and reported."""

import io
import json
import os
import signal
import threading
import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from minutes.importer import Options
from minutes.importer.results import Overrides
from minutes.importer.watch import Watch, lock_folder
from minutes.importer.watched_folder import WatchedFolder
from minutes.models import ImportRun, Meeting, Reading
from minutes.models.states import State
from tests.documents import randers
from tests.texts import minutes
from tests.vendor_files import CYCLE_PATH, agenda, sbsys

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path) -> Path:
    folder = tmp_path / "ind"
    folder.mkdir()
    return folder


@pytest.fixture
def watch(folder) -> Watch:
    return Watch(folder, Options(), threading.Event())


def put(folder: Path, name: str = "referat.txt", text: str | None = None) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(minutes() if text is None else text, encoding="utf-8")
    return path


def paths_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


def report(folder: Path, name: str) -> dict:
    return json.loads((folder / f"{name}.report.json").read_text(encoding="utf-8"))


def look_twice(watch: Watch) -> int:
    return watch.look() + watch.look()


def test_a_file_is_imported_at_the_second_look_that_finds_it_unchanged(folder, watch):
    path = put(folder)
    assert watch.look() == 0
    path.write_text(minutes() + " ", encoding="utf-8")
    assert watch.look() == 0
    assert watch.look() == 1
    assert Meeting.objects.get().state == State.PUBLISHED
    assert paths_below(folder) == {"done/referat.txt", "done/referat.txt.report.json"}
    [document] = report(folder / "done", "referat.txt")["documents"]
    assert document["status"] == "imported"
    assert document["meeting"] == "/randers/beskaeftigelsesudvalget/2020-01-14/"
    assert look_twice(watch) == 0
    assert ImportRun.objects.count() == 1


def test_what_is_refused_goes_to_failed_with_the_reason(folder, watch):
    (folder / "billede.pdf").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    put(folder, "tom.txt", "")
    put(folder, "uden.txt", minutes(municipality="Vores"))
    assert look_twice(watch) == 3
    assert paths_below(folder / "failed") >= {"billede.pdf", "tom.txt"}
    assert "billede" in report(folder / "failed", "billede.pdf")["documents"][0]["message"]
    [unplaced] = report(folder / "done", "uden.txt")["documents"]
    assert unplaced["status"] == "unplaced"
    assert "kommunen" in unplaced["message"]


def test_files_being_written_and_hidden_ones_are_ignored(folder, watch):
    names = ("referat.txt.part", "~$referat.docx", ".skjult.txt", "a.crdownload", "Thumbs.db")
    for name in names:
        put(folder, name)
    assert look_twice(watch) == 0
    assert paths_below(folder) == set(names)
    (folder / names[0]).rename(folder / "referat.txt")
    assert look_twice(watch) == 1


def test_a_name_that_is_taken_gets_a_number_and_nothing_is_overwritten(folder, watch):
    for title in ("Budget", "Skole", "Vej"):
        put(folder, "2020/referat.txt", minutes(title))
        assert look_twice(watch) == 1
    done = folder / "done" / "2020"
    assert {path.name for path in done.glob("*.txt")} == {
        "referat.txt",
        "referat (2).txt",
        "referat (3).txt",
    }
    assert "Budget" in (done / "referat.txt").read_text()
    assert "Vej" in (done / "referat (3).txt").read_text()
    assert report(done, "referat (3).txt")["documents"][0]["status"] == "updated"


def test_a_name_of_the_greatest_length_has_a_report_too(folder, watch):
    name = "å" * 125 + ".txt"
    put(folder, name)
    put(folder / "done", name, "")
    assert look_twice(watch) == 1
    assert len(list((folder / "done").glob("*.report.json"))) == 1


def test_a_zip_file_and_a_publication_are_each_moved_as_a_whole(folder, watch):
    with zipfile.ZipFile(folder / "referater.zip", "w") as members:
        members.writestr("januar.txt", minutes(day="14-01-2020"))
        members.writestr("billede.png", b"\x89PNG\r\n\x1a\n" + bytes(100))
    more = {"Publication7/1.pdf": b"%PDF-"}
    with zipfile.ZipFile(io.BytesIO(sbsys(agenda(CYCLE_PATH), more=more))) as files:
        files.extractall(folder / "sbsys")
    watch = Watch(folder, Options(Overrides(municipality=randers())), threading.Event())
    assert look_twice(watch) == 2
    statuses = [result["status"] for result in report(folder / "failed", "referater.zip")["documents"]]
    assert sorted(statuses) == ["imported", "refused"]
    assert (folder / "done/sbsys/Publication7/1.pdf").exists()
    assert report(folder / "done/sbsys", "Publication7")["documents"][0]["status"] == "imported"
    assert Meeting.objects.count() == 2


def test_a_folder_is_read_when_all_of_it_is_complete(folder, watch):
    put(folder, "2020/a.txt")
    assert watch.look() == 0
    put(folder, "2020/b.txt", minutes(day="15-01-2020"))
    assert watch.look() == 0
    assert watch.look() == 2


def test_files_of_a_publication_that_is_no_folder_of_its_own_are_refused(folder, watch):
    put(folder, "Publication7.xml", "<x/>")
    assert look_twice(watch) == 1
    [result] = report(folder / "failed", "Publication7.xml")["documents"]
    assert "mappe for sig" in result["message"]


def test_links_and_pipes_are_refused_without_being_opened(folder, watch, tmp_path):
    secret = put(tmp_path, "hemmeligt.txt")
    (folder / "link.txt").symlink_to(secret)
    (folder / "ud").symlink_to(tmp_path, target_is_directory=True)
    os.mkfifo(folder / "rør.txt")
    put(folder, "Publication7/Publication7.xml", "<x/>")
    (folder / "Publication7/1.txt").symlink_to(secret)
    assert look_twice(watch) == 4
    assert {"link.txt", "rør.txt", "ud"} <= {path.name for path in (folder / "failed").iterdir()}
    assert "link" in report(folder / "failed", "Publication7")["documents"][0]["message"]
    assert secret.exists()
    assert not Meeting.objects.exists()


def test_a_folder_for_results_that_is_a_link_is_refused(folder, tmp_path):
    (folder / "done").symlink_to(tmp_path, target_is_directory=True)
    with pytest.raises(CommandError) as refused:
        call_command("import_minutes", "--watch", str(folder))
    assert refused.value.returncode == 2


def test_a_pipe_is_refused_by_the_command_without_watching_too(tmp_path, capsys):
    os.mkfifo(tmp_path / "rør.txt")
    with pytest.raises(SystemExit):
        call_command("import_minutes", str(tmp_path))
    assert "ikke en almindelig fil" in " ".join(capsys.readouterr().out.split())


def test_a_file_that_was_imported_but_not_moved_is_unchanged_for_the_next_process(folder, watch, monkeypatch):
    put(folder)
    with monkeypatch.context() as patched:
        patched.setattr(WatchedFolder, "finish", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            look_twice(watch)
    assert look_twice(Watch(folder, Options(), threading.Event())) == 1
    assert report(folder / "done", "referat.txt")["documents"][0]["status"] == "unchanged"
    assert Reading.objects.count() == 1


@pytest.mark.parametrize(("owner", "step"), [(os, "link"), (Path, "unlink")])
def test_a_move_that_was_interrupted_is_completed_under_the_same_name(folder, monkeypatch, owner, step):
    source, run_step = put(folder), getattr(owner, step)

    def interrupted(path: Path, *arguments: object, **options: object) -> None:
        if path == source:
            raise ZeroDivisionError
        run_step(path, *arguments, **options)

    with monkeypatch.context() as patched:
        patched.setattr(owner, step, interrupted)
        with pytest.raises(ZeroDivisionError):
            look_twice(Watch(folder, Options(), threading.Event()))
    assert look_twice(Watch(folder, Options(), threading.Event())) == 1
    assert paths_below(folder) == {"done/referat.txt", "done/referat.txt.report.json"}


def test_a_file_that_cannot_be_moved_is_imported_once(folder, watch, monkeypatch):
    put(folder)

    def fail(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(WatchedFolder, "finish", fail)
    for _ in range(4):
        assert watch.look() == 0
    assert ImportRun.objects.count() == 1


def test_files_wait_while_the_database_is_away(folder, monkeypatch):
    put(folder)
    stop = threading.Event()
    looks = []

    def import_paths(*_: object, **__: object) -> None:
        looks.append(1)
        if len(looks) == 2:
            stop.set()
        raise OperationalError("the connection is lost")

    monkeypatch.setattr("minutes.importer.batch.import_paths", import_paths)
    Watch(folder, Options(), stop).run(0)
    assert paths_below(folder) == {"referat.txt"}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_lets_the_file_finish_and_leaves_the_others(folder, monkeypatch, number, capsys):
    for day in (14, 15, 16):
        put(folder, f"{day}.txt", minutes(day=f"{day}-01-2020"))
    finish = WatchedFolder.finish

    def stopped(*arguments, **options):
        os.kill(os.getpid(), number)
        return finish(*arguments, **options)

    monkeypatch.setattr(WatchedFolder, "finish", stopped)
    before = signal.getsignal(number)
    call_command("import_minutes", "--watch", str(folder), "--interval", "0", "--draft")
    assert signal.getsignal(number) is before
    assert Meeting.objects.get().state == State.DRAFT
    assert {"15.txt", "16.txt"} <= {path.name for path in folder.iterdir()}
    assert "14.txt" in capsys.readouterr().out


def test_one_process_follows_a_folder(folder):
    with lock_folder(folder), pytest.raises(CommandError, match="another process"):
        call_command("import_minutes", "--watch", str(folder))


@pytest.mark.parametrize(
    "wrong", [("--dry-run",), ("--report", "x.json"), ("referat.txt",), ("--interval", "-1")]
)
def test_options_that_a_watched_folder_excludes_are_wrong_usage(folder, wrong):
    with pytest.raises(CommandError) as refused:
        call_command("import_minutes", "--watch", str(folder), *wrong)
    assert refused.value.returncode == 2
    with pytest.raises(CommandError):
        call_command("import_minutes")
    with pytest.raises(CommandError):
        call_command("import_minutes", "--watch", str(folder / "findes-ikke"))
