"""Imports batches of files in several processes, with counts and a report. A bad file stops no other."""

import glob
import multiprocessing
import os
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

import django
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minutes import archive_files
from minutes.documents.publications import is_publication
from minutes.importer.document import import_paths
from minutes.importer.files import printable
from minutes.importer.portions import MOST, portions
from minutes.importer.processes import set_up_child
from minutes.importer.results import Handling, ImportResult, Overrides
from minutes.models import ImportRun
from minutes.publishing import ImportStatus

# Files imported from a folder. A file that is named itself, or by a glob, is imported whatever its ending.
ENDINGS = frozenset(
    {
        *(".txt", ".text", ".pdf", ".docx", ".odt", ".fodt", ".rtf", ".htm", ".html"),
        *(".eml", ".msg", ".zip", ".tif", ".tiff"),
    }
)

# Queued portions per process; limits the memory that a large batch needs.
_QUEUE_PER_PROCESS = 4
# Most entries in a run's report in the database; the report file has them all.
_MAX_REPORTED = 500


@dataclass(frozen=True)
class Options:
    """Options of a batch."""

    overrides: Overrides = field(default_factory=Overrides)
    publish: bool = True
    dry_run: bool = False
    jobs: int = 1
    # False where others can put files: a link among them is not followed.
    follow_links: bool = True


@dataclass
class Batch:
    """A batch of files to import. Iterate over `results()` once; then read `counts` and `run`.

    When `is_stopped` returns True, no further file is begun.
    """

    files: Sequence[Path]
    options: Options
    is_stopped: Callable[[], bool] = lambda: False
    counts: Counter[ImportStatus] = field(default_factory=Counter)
    run: ImportRun | None = None
    _report: list[dict[str, Any]] = field(default_factory=list)

    def results(self) -> Iterator[ImportResult]:
        """Import every file and yield its results; record the run and its counts.

        A dry run imports everything in one transaction and rolls it back, so that duplicates within the
        batch are reported too; it uses one process.
        """
        return chain.from_iterable(results for _file, results in self.results_by_file())

    def results_by_file(self) -> Iterator[tuple[Path, list[ImportResult]]]:
        """Import as `results` does, and yield each file with its results, in the order they finish."""
        if self.options.dry_run:
            with transaction.atomic():
                yield from self._count(self._one_by_one(store_bytes=False))
                transaction.set_rollback(True)
            return
        archive_files.remove_unfinished()
        self.run = ImportRun.objects.create(
            paths=[printable(path) for path in self.files[:_MAX_REPORTED]],
            options=self._options_json(),
            municipality=self.options.overrides.municipality,
        )
        try:
            in_processes = self.options.jobs > 1 and len(self.files) > 1
            yield from self._count(self._in_processes() if in_processes else self._one_by_one())
            self.run.finished_at = timezone.now()
        finally:
            for status in ImportStatus:
                setattr(self.run, status.value, self.counts[status])
            self.run.report = self._report
            self.run.save()

    def _count(
        self, imported: Iterable[tuple[Path, list[ImportResult]]]
    ) -> Iterator[tuple[Path, list[ImportResult]]]:
        for path, results in imported:
            for result in results:
                self.counts[result.status] += 1
                if result.needs_attention and len(self._report) < _MAX_REPORTED:
                    self._report.append(result.as_json())
            yield path, results

    def _one_by_one(self, *, store_bytes: bool = True) -> Iterator[tuple[Path, list[ImportResult]]]:
        for path in self.files:
            if self.is_stopped():
                break
            (results,) = _import([path], self.options, self._handling(store_bytes=store_bytes))
            yield path, results

    def _in_processes(self) -> Iterator[tuple[Path, list[ImportResult]]]:
        """Import in `jobs` processes. After a crash, import one by one what they had, then go on."""
        waiting = self._portions()
        while interrupted := (yield from self._until_a_crash(waiting)):
            yield from self._alone(interrupted)

    def _until_a_crash(
        self, waiting: Iterator[list[Path]]
    ) -> Generator[tuple[Path, list[ImportResult]], None, list[Path]]:
        """Import the portions; return the files that a crash of a process interrupted, none at the end."""
        interrupted: list[Path] = []
        with self._processes(self.options.jobs) as pool:
            in_work: dict[Future[list[list[ImportResult]]], list[Path]] = {}
            while True:
                while not interrupted and len(in_work) < self.options.jobs * _QUEUE_PER_PROCESS:
                    portion = None if self.is_stopped() else next(waiting, None)
                    if portion is None:
                        break
                    try:
                        in_work[self._submit(pool, portion)] = portion
                    except BrokenProcessPool:
                        interrupted += portion
                if not in_work:
                    return interrupted
                done, _rest = wait(in_work, return_when=FIRST_COMPLETED)
                for future in done:
                    portion = in_work.pop(future)
                    try:
                        yield from zip(portion, future.result(), strict=True)
                    except BrokenProcessPool:
                        interrupted += portion

    def _portions(self) -> Iterator[list[Path]]:
        """Divide the files into portions: of several small files, or of single ones where there are few."""
        share = len(self.files) // (self.options.jobs * _QUEUE_PER_PROCESS)
        return portions(self.files, _size, max(1, min(MOST, share)))

    def _alone(self, paths: list[Path]) -> Iterator[tuple[Path, list[ImportResult]]]:
        """Import the files one by one in a process; refuse those at which it crashes, and start another."""
        remaining = iter(paths)
        for first in remaining:
            with self._processes(1) as pool:
                for path in chain([first], remaining):
                    if self.is_stopped():
                        return
                    try:
                        (results,) = self._submit(pool, [path]).result()
                    except BrokenProcessPool:
                        message = _("Processen, der læste filen, blev afbrudt (for stor til hukommelsen?).")
                        yield path, [ImportResult(printable(path), ImportStatus.REFUSED, message=message)]
                        break
                    yield path, results

    def _processes(self, number: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            max_workers=number,
            # A forked process would share the database connection.
            mp_context=multiprocessing.get_context("spawn"),
            # Unpickling the arguments needs the models.
            initializer=django.setup,
        )

    def _submit(self, pool: ProcessPoolExecutor, paths: list[Path]) -> "Future[list[list[ImportResult]]]":
        return pool.submit(_import_in_child, paths, self.options, self._handling())

    def _handling(self, *, store_bytes: bool = True) -> Handling:
        run = self.run.pk if self.run else None
        return Handling(publish=self.options.publish, run=run, store_bytes=store_bytes, scans_too=True)

    def _options_json(self) -> dict[str, Any]:
        overrides = self.options.overrides
        return {
            "municipality": str(overrides.municipality or ""),
            "date": str(overrides.date or ""),
            "committee": overrides.committee,
            "encoding": overrides.encoding,
            "publish": self.options.publish,
            "publish_doubtful": overrides.publish_doubtful,
            "jobs": self.options.jobs,
        }


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _import_in_child(paths: list[Path], options: Options, handling: Handling) -> list[list[ImportResult]]:
    set_up_child()
    return _import(paths, options, handling)


def _import(paths: list[Path], options: Options, handling: Handling) -> list[list[ImportResult]]:
    return import_paths(paths, options.overrides, handling, follow_links=options.follow_links)


def find_files(paths: Iterable[str]) -> tuple[list[Path], list[Path], list[str]]:
    """Return files to import, files in folders that are skipped, and `paths` that match nothing.

    A path is a file, a folder or a glob. Folders are searched recursively for files of the formats that are
    read, in order of name, without hidden files and folders. Each file is returned once. The XML file of a
    vendor's folder stands for all of the folder.
    """
    files: dict[Path, None] = {}
    skipped: list[Path] = []
    missing: list[str] = []
    for pattern in paths:
        # Path.glob() does not accept absolute patterns.
        matches = [pattern] if os.path.lexists(pattern) else sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207
        if not matches:
            missing.append(pattern)
        for match in map(Path, matches):
            if not match.is_dir():
                files[match] = None
                continue
            for path in _files_below(match):
                if path.suffix.lower() in ENDINGS or is_publication(path.name):
                    files[path] = None
                else:
                    skipped.append(path)
    return list(files), skipped, missing


def _files_below(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        publications = sorted(filter(is_publication, names))
        if publications:
            folders.clear()
            yield Path(parent, publications[0])
            continue
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))
