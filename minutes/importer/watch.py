"""Follows a folder: imports its files when they are complete, and moves each with a report of the result."""

import fcntl
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils import timezone
from django.utils.translation import gettext as _

from minutes.importer.batch import Batch, Options
from minutes.importer.files import printable
from minutes.importer.results import ImportResult
from minutes.importer.watched_folder import Delivery, WatchedFolder, is_unchanged
from minutes.privacy import mask_cpr_numbers
from minutes.publishing import ImportStatus

logger = logging.getLogger(__name__)

LOCK = ".import_minutes.lock"


class FolderInUse(Exception):
    """Another process follows the folder."""


@contextmanager
def lock_folder(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder, which ends with the process. Raises `FolderInUse` and `OSError`."""
    with (folder / LOCK).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderInUse(folder) from None
        yield


class Watch:
    """Imports the files of a folder, look by look, until `stop` is set.

    A file is moved after its transaction is committed. Where the process is killed in between, the next one
    imports it again, as unchanged.
    """

    def __init__(
        self,
        folder: Path,
        options: Options,
        stop: threading.Event,
        show: Callable[[ImportResult], object] = lambda result: None,
    ) -> None:
        self._folder = WatchedFolder(folder)
        self._options = replace(options, follow_links=False)
        self._stop, self._show = stop, show
        # Imported files that could not be moved.
        self._left: set[Delivery] = set()

    def run(self, seconds: float) -> None:
        """Look at the folder, with `seconds` between two looks, until it is stopped.

        An unavailable database or folder is logged, and tried again at the next look.
        """
        while not self._stop.is_set():
            try:
                self.look()
            except (OperationalError, InterfaceError, OSError) as error:
                logger.warning("The watched folder could not be imported: %s", error)
                if not connection.in_atomic_block:
                    close_old_connections()
            self._stop.wait(seconds)

    def look(self) -> int:
        """Import the files that have not changed since the last look; return the number of those moved."""
        complete = self._folder.complete()
        self._left.intersection_update(complete)
        deliveries = {delivery.file: delivery for delivery in complete if delivery not in self._left}
        moved = 0
        for delivery in deliveries.values():
            if delivery.refusal:
                name = mask_cpr_numbers(printable(delivery.file))
                result = ImportResult(name, ImportStatus.REFUSED, message=delivery.refusal)
                moved += self._finish(delivery, [result])
        files = [file for file, delivery in deliveries.items() if not delivery.refusal]
        if files:
            batch = Batch(files, self._options, is_stopped=self._stop.is_set)
            for file, results in batch.results_by_file():
                moved += self._finish(deliveries[file], results)
        return moved

    def _finish(self, delivery: Delivery, results: list[ImportResult]) -> bool:
        """Move a file with a report of its results; leave it where it is if it has changed meanwhile."""
        for result in results:
            self._show(result)
        if not is_unchanged(delivery):
            return False
        failed = not results or any(result.status == ImportStatus.REFUSED for result in results)
        try:
            self._folder.finish(delivery, _report(delivery, results), failed=failed)
        except OSError as error:
            logger.warning("A file of the watched folder could not be moved: %s", error.strerror)
            self._left.add(delivery)
            return False
        return True


def _report(delivery: Delivery, results: list[ImportResult]) -> dict[str, Any]:
    return {
        "file": mask_cpr_numbers(printable(Path(delivery.moved.name))),
        "at": timezone.now().isoformat(timespec="seconds"),
        "documents": [result.as_json() for result in results],
        **({} if results else {"message": _("Filen indeholder ingen dokumenter.")}),
    }
