"""`import_minutes PATH…`: import minutes from files of many formats; `--watch DIR` follows a folder."""

import codecs
import difflib
import json
import signal
import sys
import threading
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO, Any, cast

from django.core.management import CommandError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from minutes.importer import Batch, ImportResult, Options, find_files
from minutes.importer.results import Overrides
from minutes.importer.watch import FolderInUse, Watch, lock_folder
from minutes.management.background import BackgroundCommand
from minutes.management.database import require_migrated_database
from minutes.models import Municipality
from minutes.models.danish import slug
from minutes.models.places import RESERVED_SLUGS
from minutes.publishing import ImportStatus


class Command(BackgroundCommand):
    help = "Import minutes: files (PDF, Word, text …), folders (with all sub-folders) and globs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", metavar="PATH")
        parser.add_argument(
            "--watch",
            metavar="DIR",
            type=Path,
            help="import what is put into this folder, until stopped; move it to done/ or failed/ in it",
        )
        parser.add_argument(
            "--interval",
            type=float,
            default=5,
            metavar="SECONDS",
            help="time between two looks at the folder of --watch (default: 5)",
        )
        parser.add_argument(
            "--municipality", metavar="CODE|NAME", help="the municipality (default: inferred)"
        )
        parser.add_argument("--new", action="store_true", help="create --municipality if it is unknown")
        parser.add_argument("--date", metavar="YYYY-MM-DD", help="the meeting's date (default: as printed)")
        parser.add_argument("--committee", metavar="NAME", help="the committee (default: as printed)")
        parser.add_argument("--encoding", help="encoding of the files (default: detected)")
        parser.add_argument(
            "--draft",
            action="store_true",
            help="publish nothing (default: publish what is read with certainty)",
        )
        parser.add_argument(
            "--publish-doubtful",
            action="store_true",
            help="also publish documents with doubts, but none without items or with a possible CPR number",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="report what would happen and change nothing"
        )
        parser.add_argument("--jobs", type=int, default=1, metavar="N", help="processes (default: 1)")
        parser.add_argument(
            "--report", metavar="FILE.json", help="write the result of every document to this file"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        _check(options)
        require_migrated_database()
        overrides = self._overrides(options)
        batch_options = Options(overrides, not options["draft"], options["dry_run"], options["jobs"])
        if options["watch"]:
            self._watch(options["watch"], batch_options, options)
            return
        files, skipped, missing = find_files(options["paths"])
        batch = Batch(files, batch_options)
        results = [
            ImportResult(path, ImportStatus.REFUSED, message="Der er ingen fil her.") for path in missing
        ]
        try:
            self._run(batch, results, verbose=options["verbosity"] > 0)
        except OSError as error:
            message = f"The import was interrupted after {len(results)} documents: {error}. Run it again."
            raise CommandError(message, returncode=3) from error
        finally:
            if options["report"]:
                _write_report(Path(options["report"]), results, skipped)
        if options["verbosity"] > 0:
            self._summarize(results, skipped, options)
        refused = [result for result in results if result.status == ImportStatus.REFUSED]
        if options["verbosity"] == 0:
            for result in refused:
                self.stderr.write(f"refused  {result.file}: {result.message}")
        if refused:
            sys.exit(1)

    def _watch(self, folder: Path, batch_options: Options, options: dict[str, Any]) -> None:
        """Follow a folder until SIGTERM or SIGINT, which let the files finish that are being imported."""

        def show(result: ImportResult) -> None:
            if options["verbosity"] > 0:
                self.stdout.write(_line(result))
                self.stdout.flush()

        stop = threading.Event()
        try:
            with lock_folder(folder), _stopped_by_signals(stop):
                Watch(folder, batch_options, stop, show).run(options["interval"])
        except FolderInUse:
            raise CommandError(f"--watch {folder}: another process follows this folder.") from None
        except OSError as error:
            message = (
                f"--watch {folder}: {error.filename or folder}: {error.strerror or 'not a folder of its own'}"
            )
            raise CommandError(message, returncode=2) from error

    def _overrides(self, options: dict[str, Any]) -> Overrides:
        day = None
        if options["date"]:
            try:
                day = date.fromisoformat(options["date"])
            except ValueError:
                raise CommandError(
                    f"--date {options['date']}: not a date in the form 2020-01-14.", returncode=2
                ) from None
        if options["encoding"]:
            try:
                codecs.lookup(options["encoding"])
            except LookupError:
                raise CommandError(
                    f"--encoding {options['encoding']}: unknown encoding.", returncode=2
                ) from None
        if options["committee"] is not None and not slug(options["committee"]):
            raise CommandError("--committee: a name must contain letters or digits.", returncode=2)
        if options["new"] and not options["municipality"]:
            raise CommandError("--new requires --municipality NAME.", returncode=2)
        return Overrides(
            municipality=self._municipality(options) if options["municipality"] else None,
            date=day,
            committee=options["committee"] or "",
            encoding=options["encoding"] or "",
            publish_doubtful=options["publish_doubtful"],
        )

    def _municipality(self, options: dict[str, Any]) -> Municipality:
        wanted = options["municipality"].strip()
        municipality = Municipality.objects.called(wanted)
        if municipality:
            return municipality
        if not options["new"]:
            similar = difflib.get_close_matches(
                wanted, Municipality.objects.values_list("name", flat=True), n=3
            )
            hint = f" Did you mean {' or '.join(similar)}?" if similar else ""
            raise CommandError(
                f"--municipality {wanted}: unknown.{hint} Add --new to create it.", returncode=2
            )
        if not slug(wanted) or slug(wanted) in RESERVED_SLUGS:
            raise CommandError(
                f"--municipality {wanted}: the name does not give a valid address.", returncode=2
            )
        if options["dry_run"]:
            raise CommandError(f"--dry-run does not create {wanted}, which does not exist.", returncode=2)
        return Municipality.objects.create(name=wanted, slug=slug(wanted))

    def _run(self, batch: Batch, results: list[ImportResult], *, verbose: bool) -> None:
        """Import the files and add their results, with a progress bar on a terminal and else a line each."""
        if not verbose:
            # One by one, so that those before an error are reported.
            for result in batch.results():
                results.append(result)  # noqa: PERF402
        elif self.stdout.isatty():
            columns = (
                TextColumn("[progress.description]{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[rate]}"),
                TimeRemainingColumn(),
            )
            with Progress(*columns, console=Console()) as progress:
                task = progress.add_task("Importing", total=len(batch.files), rate="")
                for result in batch.results():
                    results.append(result)
                    speed = progress.tasks[task].speed
                    progress.update(task, advance=1, rate=f"{speed:.0f}/s" if speed else "")
                    if result.needs_attention:
                        progress.console.print(_line(result), markup=False, highlight=False)
        else:
            for result in batch.results():
                results.append(result)
                self.stdout.write(_line(result))

    def _summarize(self, results: list[ImportResult], skipped: list[Path], options: dict[str, Any]) -> None:
        counts = Counter(result.status for result in results)
        drafts = sum(result.status == ImportStatus.IMPORTED and result.state == "draft" for result in results)
        table = Table(box=None, pad_edge=False, show_header=False)
        table.add_column()
        table.add_column(justify="right")
        for status in ImportStatus:
            table.add_row(status.value, str(counts[status]))
        if drafts:
            table.add_row("  drafts among them", str(drafts))
        if skipped:
            table.add_row("skipped (other files)", str(len(skipped)))
        console = Console(file=cast("IO[str]", self.stdout), highlight=False)
        console.print()
        if options["dry_run"]:
            console.print("Dry run: nothing was changed.")
        console.print(table)
        for result in results:
            if result.status in {ImportStatus.REFUSED, ImportStatus.UNPLACED}:
                console.print(
                    f"{result.status.value}  {result.file}: {result.message}", markup=False, soft_wrap=True
                )
        for path in skipped:
            console.print(f"skipped  {path}: not a format that is read", markup=False, soft_wrap=True)


def _check(options: dict[str, Any]) -> None:
    """Raise `CommandError` for options that are wrong or exclude each other."""
    if options["jobs"] < 1:
        raise CommandError("--jobs must be 1 or more.", returncode=2)
    if options["draft"] and options["publish_doubtful"]:
        raise CommandError("--draft and --publish-doubtful exclude each other.", returncode=2)
    if bool(options["paths"]) == bool(options["watch"]):
        raise CommandError("Name files or folders, or a folder with --watch.", returncode=2)
    if options["watch"] and (options["dry_run"] or options["report"]):
        raise CommandError("--watch excludes --dry-run and --report; each file gets a report.", returncode=2)
    if not 0 <= options["interval"] <= threading.TIMEOUT_MAX:
        raise CommandError("--interval must be 0 or more seconds.", returncode=2)


@contextmanager
def _stopped_by_signals(stop: threading.Event) -> Iterator[None]:
    """Set `stop` at SIGTERM and SIGINT."""
    numbers = (signal.SIGTERM, signal.SIGINT)
    before = [signal.signal(number, lambda *_: stop.set()) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def _line(result: ImportResult) -> str:
    parts = [f"{result.status:<9}", result.meeting or result.file]
    if result.meeting:
        parts.append(f"({Path(result.file).name})")
    if result.message:
        parts.append(f"– {result.message}")
    return "\n".join([" ".join(parts), *(f"          {reason}" for reason in result.reasons)])


def _write_report(path: Path, results: list[ImportResult], skipped: list[Path]) -> None:
    report = {
        "counts": {
            status.value: sum(result.status == status for result in results) for status in ImportStatus
        },
        "documents": [result.as_json() for result in results],
        "skipped": [str(path) for path in skipped],
    }
    try:
        path.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise CommandError(f"--report {path}: {error.strerror}.") from error
