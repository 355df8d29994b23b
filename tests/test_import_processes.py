"""Imports in several processes: killed or concurrent, they leave every document complete or absent."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from itertools import count
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db.models import Count

from minutes import archive_files
from minutes.models import AgendaItem, Meeting, Reading, SearchEntry, Source
from tests import import_process
from tests.processes import environment, wait_until_alone
from tests.texts import folder_of, minutes

ROOT = Path(__file__).parents[1]
ITEMS_PER_DOCUMENT = 5
# For more moments: KILLS=20 pytest tests/test_import_processes.py
KILLS = int(os.environ.get("KILLS", "2"))

__all__ = ["environment"]

# Starts an import of a path; returns the process and the file that it prints to.
StartImport = Callable[[Path], tuple[BaseProcess, Path]]

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("municipalities"),
    # Every process loads the word list, which is slow on a busy machine.
    pytest.mark.timeout(300),
]


@pytest.fixture
def start_import(environment: Mapping[str, str], monkeypatch, settings, tmp_path) -> StartImport:
    """Return a function that starts an import in another process."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    # For the process that the others are forked from.
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    numbers = count()

    def start(path: Path) -> tuple[BaseProcess, Path]:
        output = tmp_path / f"printed-{next(numbers)}"
        return import_process.start([str(path)], settings.ARCHIVE_DATA, output), output

    return start


def assert_imports(*started: tuple[BaseProcess, Path]) -> list[str]:
    """Wait for imports, which must succeed, and return what they printed."""
    for process, _output in started:
        process.join(timeout=120)
    printed = [output.read_text(encoding="utf-8") for _process, output in started]
    assert [process.exitcode for process, _output in started] == [0] * len(started), printed
    return printed


def assert_every_meeting_is_whole() -> None:
    meetings = Meeting.objects.annotate(item_count=Count("items", distinct=True))
    assert set(meetings.values_list("item_count", flat=True)) <= {ITEMS_PER_DOCUMENT}
    assert Source.objects.count() == Reading.objects.count() == Meeting.objects.count()
    assert (
        SearchEntry.objects.count()
        == AgendaItem.objects.count()
        == ITEMS_PER_DOCUMENT * Meeting.objects.count()
    )
    folder = Path(django_settings.ARCHIVE_DATA) / "sources"
    for sha256 in Source.objects.values_list("sha256", flat=True):
        assert (folder / sha256).exists()


def test_two_jobs_import_what_one_would(environment, tmp_path):
    folder_of(tmp_path, 12)
    (tmp_path / "tom.txt").write_text("")
    command = [sys.executable, "manage.py", "import_minutes", str(tmp_path), "--jobs", "2"]
    command += ["--report", str(tmp_path / "report.json")]
    process = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=240, check=False
    )
    assert process.returncode == 1, process.stdout + process.stderr
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["counts"] == {"imported": 12, "unchanged": 0, "updated": 0, "unplaced": 0, "refused": 1}
    assert_every_meeting_is_whole()
    assert Meeting.objects.published().count() == 12


def test_an_import_that_is_killed_at_many_points_leaves_documents_whole_and_is_completed_by_the_next(
    start_import, tmp_path
):
    documents = 16
    folder = tmp_path / "ind"
    folder.mkdir()
    folder_of(folder, documents)
    reached = []
    for kill_at in (1, 5, 10):
        process, _output = start_import(folder)
        deadline = time.monotonic() + 60
        while process.is_alive() and time.monotonic() < deadline and Source.objects.count() < kill_at:
            time.sleep(0.01)
        process.kill()
        process.join()
        assert process.exitcode == -signal.SIGKILL
        wait_until_alone()
        assert_every_meeting_is_whole()
        reached.append(Meeting.objects.count())
    # The kills fell inside the batch, not before or after it.
    assert 0 < reached[0] < documents
    assert_imports(start_import(folder))
    assert Meeting.objects.count() == documents
    assert_every_meeting_is_whole()


def test_of_two_processes_with_the_same_file_one_imports_it_and_the_other_finds_it_unchanged(
    start_import, tmp_path
):
    path = tmp_path / "referat.txt"
    path.write_text(minutes(*(f"Punkt om {number}" for number in range(5))), encoding="utf-8")
    printed = assert_imports(*[start_import(path) for _ in range(2)])
    assert sorted(output.split()[0] for output in printed) == ["imported", "unchanged"]
    assert_every_meeting_is_whole()


def test_two_processes_that_make_the_same_committee_and_people_at_once_do_not_stop_each_other(
    start_import, tmp_path
):
    for half in ("a", "b"):
        (tmp_path / half).mkdir()
    folder_of(tmp_path / "a", 24)
    for path in sorted((tmp_path / "a").iterdir())[::2]:
        path.rename(tmp_path / "b" / path.name)
    assert_imports(*[start_import(tmp_path / half) for half in ("a", "b")])
    assert Meeting.objects.count() == 24
    assert_every_meeting_is_whole()


@pytest.fixture
def start_batch(environment: Mapping[str, str], tmp_path) -> Callable[[Path], "subprocess.Popen[str]"]:
    """Return a function that starts an import of a folder in two processes."""

    def start(folder: Path) -> "subprocess.Popen[str]":
        command = [sys.executable, "manage.py", "import_minutes", str(folder), "--jobs", "2"]
        return subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    return start


def importing(process: "subprocess.Popen[str]") -> list[int]:
    """Return the processes that a batch imports in, in the order in which they were started."""
    try:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    except FileNotFoundError:
        return []
    return [pid for pid in map(int, children) if "spawn_main" in command_line(pid)]


def command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""


def wait_for_documents(process: "subprocess.Popen[str]", count: int) -> None:
    deadline = time.monotonic() + 60
    while process.poll() is None and Source.objects.count() < count:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_batch_goes_on_when_its_processes_are_killed_and_loads_few_again(start_batch, tmp_path):
    documents = 30 * KILLS
    folder = folder_of(tmp_path, documents)
    batch = start_batch(folder)
    used: set[int] = set()
    for kill in range(KILLS):
        wait_for_documents(batch, 4 + kill * 20)
        children = importing(batch)
        used.update(children)
        if children:
            os.kill(children[kill % len(children)], signal.SIGKILL)
        time.sleep(0.011 * (kill % 10))
    while batch.poll() is None:
        used.update(importing(batch))
        time.sleep(0.02)
    printed = batch.communicate()[0]
    assert_every_meeting_is_whole()
    # A file that was imported by itself when its process was killed is refused, with the reason.
    refused = printed.count("blev afbrudt")
    assert Meeting.objects.count() == documents - refused
    assert refused <= KILLS
    assert batch.returncode == (1 if refused else 0)
    # Two, and after each kill one for the files that were interrupted and two for the others.
    assert len(used) <= 2 + 3 * KILLS
    again = start_batch(folder)
    again.communicate()
    assert again.returncode == 0
    assert Meeting.objects.count() == documents
    assert_every_meeting_is_whole()


def test_the_processes_of_a_batch_end_with_it_wherever_it_is_killed(start_batch, tmp_path):
    documents = 12 * KILLS
    folder = folder_of(tmp_path, documents)
    for kill in range(KILLS):
        batch = start_batch(folder)
        wait_for_documents(batch, 2 + kill * 8)
        children = importing(batch)
        assert children
        time.sleep(0.011 * (kill % 10))
        batch.kill()
        batch.communicate()
        deadline = time.monotonic() + 20
        while any(map(command_line, children)):
            assert time.monotonic() < deadline, "a process of the batch goes on"
            time.sleep(0.02)
        wait_until_alone()
        assert_every_meeting_is_whole()
    batch = start_batch(folder)
    batch.communicate()
    assert batch.returncode == 0
    assert Meeting.objects.count() == documents
    assert_every_meeting_is_whole()
    assert archive_files.names() == set(Source.objects.values_list("sha256", flat=True))
