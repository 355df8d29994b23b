"""Imports queued files in the test's own process."""

from minutes.importer import queue
from minutes.models import QueuedFile


def work() -> None:
    """Import the waiting files as a worker does, until none is left."""
    while waiting := list(QueuedFile.objects.waiting()):
        for file in waiting:
            queue.import_queued(file.pk)
