"""Many documents: found, handed to processes, counted and reported. One bad document stops none."""

import glob
import multiprocessing
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import django
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from minutes.importer.document import ImportStatus, Overrides, Result, import_document
from minutes.models import ImportRun

# What a folder is searched for; a file named outright is tried whatever it is called.
TEXT_ENDINGS = frozenset({".txt", ".text"})

# How many documents each process has waiting, so that a large batch is not all in memory.
_QUEUE_PER_PROCESS = 8
# How many reports a run keeps in the database; the report file has them all.
_REPORTS_KEPT = 500


@dataclass(frozen=True)
class Options:
    """How a batch is imported."""

    given: Overrides = field(default_factory=Overrides)
    publish: bool = True
    dry_run: bool = False
    jobs: int = 1


@dataclass
class Batch:
    """A batch of files on their way in. Iterate over `results()` once; `counts` and `run` tell the rest."""

    files: Sequence[Path]
    options: Options
    counts: Counter[ImportStatus] = field(default_factory=Counter)
    run: ImportRun | None = None
    _report: list[dict[str, Any]] = field(default_factory=list)

    def results(self) -> Iterator[Result]:
        """Import every file, yielding each result as it comes, and keep account of the run.

        A dry run does all of it in one transaction and rolls it back, so that a file which repeats
        another of the batch is told as such; it uses one process.
        """
        if self.options.dry_run:
            with transaction.atomic():
                yield from self._counted(self._one_by_one(keep=False))
                transaction.set_rollback(True)
            return
        self.run = ImportRun.objects.create(
            paths=[_printable(path) for path in self.files[:_REPORTS_KEPT]],
            options=self._options_json(),
            municipality=self.options.given.municipality,
        )
        try:
            in_processes = self.options.jobs > 1 and len(self.files) > 1
            yield from self._counted(self._in_processes() if in_processes else self._one_by_one(keep=True))
            self.run.finished_at = timezone.now()
        finally:
            for status in ImportStatus:
                setattr(self.run, status.value, self.counts[status])
            self.run.report = self._report
            self.run.save()

    def _counted(self, results: Iterable[Result]) -> Iterator[Result]:
        for result in results:
            self.counts[result.status] += 1
            if result.wants_an_eye and len(self._report) < _REPORTS_KEPT:
                self._report.append(result.as_json())
            yield result

    def _one_by_one(self, *, keep: bool) -> Iterator[Result]:
        for path in self.files:
            yield import_document(
                path, self.options.given, publish=self.options.publish, run=self._run_id, keep=keep
            )

    def _in_processes(self) -> Iterator[Result]:
        """Import in `jobs` processes. Files that were under way when one died are tried alone once more."""
        waiting = iter(self.files)
        interrupted: list[Path] = []
        with self._processes(self.options.jobs) as pool:
            under_way: dict[Future[Result], Path] = {}
            broken = False
            while True:
                while not broken and len(under_way) < self.options.jobs * _QUEUE_PER_PROCESS:
                    path = next(waiting, None)
                    if path is None:
                        break
                    try:
                        under_way[self._submit(pool, path)] = path
                    except BrokenProcessPool:
                        broken = True
                        interrupted.append(path)
                if not under_way:
                    break
                done, _rest = wait(under_way, return_when=FIRST_COMPLETED)
                for future in done:
                    path = under_way.pop(future)
                    try:
                        yield future.result()
                    except BrokenProcessPool:
                        broken = True
                        interrupted.append(path)
        for path in (*interrupted, *waiting):
            yield self._alone(path)

    def _alone(self, path: Path) -> Result:
        with self._processes(1) as pool:
            try:
                return self._submit(pool, path).result()
            except BrokenProcessPool:
                message = _("Processen, der læste filen, blev afbrudt (for stor til hukommelsen?).")
                return Result(_printable(path), ImportStatus.REFUSED, message=message)

    def _processes(self, number: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            max_workers=number,
            # A fork would share the database connection.
            mp_context=multiprocessing.get_context("spawn"),
            # Before a process can be told what to import, it must know the tables.
            initializer=django.setup,
        )

    def _submit(self, pool: ProcessPoolExecutor, path: Path) -> "Future[Result]":
        return pool.submit(
            import_document, path, self.options.given, publish=self.options.publish, run=self._run_id
        )

    @property
    def _run_id(self) -> int | None:
        return self.run.pk if self.run else None

    def _options_json(self) -> dict[str, Any]:
        given = self.options.given
        return {
            "municipality": str(given.municipality or ""),
            "date": str(given.date or ""),
            "committee": given.committee,
            "encoding": given.encoding,
            "publish": self.options.publish,
            "jobs": self.options.jobs,
        }


def find_files(paths: Iterable[str]) -> tuple[list[Path], list[Path], list[str]]:
    """The files that `paths` (files, folders, globs) name, those passed over in folders, paths without any.

    Folders are searched for texts through all their sub-folders, in the order of names; hidden ones are
    left alone. Each file stands once.
    """
    files: dict[Path, None] = {}
    passed_over: list[Path] = []
    missing: list[str] = []
    for given in paths:
        matches = [given] if os.path.lexists(given) else sorted(glob.glob(given, recursive=True))  # noqa: PTH207  Absolute ones too.
        if not matches:
            missing.append(given)
        for match in map(Path, matches):
            if not match.is_dir():
                files[match] = None
                continue
            for path in _files_below(match):
                if path.suffix.lower() in TEXT_ENDINGS:
                    files[path] = None
                else:
                    passed_over.append(path)
    return list(files), passed_over, missing


def _files_below(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(names) if not name.startswith("."))


def _printable(path: Path) -> str:
    return str(path).encode("utf-8", "replace").decode()
