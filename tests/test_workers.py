"""Workers in processes of their own: started as in production, killed at many moments."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from asgiref.sync import async_to_sync

from minutes.importer import queue
from minutes.importer.tasks import retry_jobs_of_dead_workers
from minutes.models import Meeting, QueuedFile, Reading, Source
from minutes.models.queue import FileStatus
from tests.documents import randers
from tests.processes import environment, wait_until_alone
from tests.texts import folder_of

ROOT = Path(__file__).parents[1]
# For more moments: KILLS=20 pytest tests/test_workers.py
KILLS = int(os.environ.get("KILLS", "2"))

__all__ = ["environment"]

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("municipalities"),
    pytest.mark.timeout(300),
]


def start_worker(environment: Mapping[str, str], *options: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "manage.py", "procrastinate", "worker", *options]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def queue_minutes(folder: Path, count: int) -> None:
    folder_of(folder, count)
    run = queue.start_upload(queue.Overrides(municipality=randers()), None)
    paths = sorted(folder.iterdir())
    queue.add_files(
        run, [queue.NewFile(path.name, path.stat().st_size, [path.read_bytes()]) for path in paths]
    )


def test_killed_workers_lose_nothing_and_import_nothing_twice(environment, tmp_path):
    documents = 4 * KILLS + 4
    queue_minutes(tmp_path, documents)
    done = []
    for kill in range(KILLS):
        worker = start_worker(environment)
        wanted = Source.objects.count() + 1
        deadline = time.monotonic() + 60
        while worker.poll() is None and time.monotonic() < deadline and Source.objects.count() < wanted:
            time.sleep(0.005)
        # At another moment within the next document each time.
        time.sleep(0.011 * (kill % 10))
        worker.send_signal(signal.SIGKILL)
        worker.communicate()
        wait_until_alone()
        async_to_sync(retry_jobs_of_dead_workers)(0)
        imported = QueuedFile.objects.filter(status=FileStatus.IMPORTED).count()
        assert imported == Source.objects.count() == Reading.objects.count() == Meeting.objects.count()
        done.append(imported)
    assert done[0] > 0
    assert done[-1] < documents
    worker = start_worker(environment, "--one-shot")
    printed, _ = worker.communicate(timeout=120)
    assert worker.returncode == 0, printed
    assert Counter(QueuedFile.objects.values_list("status", flat=True)) == {FileStatus.IMPORTED: documents}
    assert Meeting.objects.count() == Reading.objects.count() == documents
    run = QueuedFile.objects.all()[0].run
    assert (run.imported, run.unchanged) == (documents, 0)
    assert run.finished_at
