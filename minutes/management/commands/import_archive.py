"""`import_archive DIR`: import an export into an empty archive."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from minutes.export.archive import StoredExport
from minutes.management.database import require_migrated_database
from minutes.management.progress import RecordCounter
from minutes.publishing.restore import RestoreError, restore
from minutes.search.rebuild import rebuild


class Command(BaseCommand):
    help = "Import an export into an empty archive in one transaction, then build the search index."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", help="a folder that export_archive wrote")
        parser.add_argument("--jobs", type=int, default=2, help="processes that build the index (default: 2)")

    def handle(self, *args: Any, **options: Any) -> None:
        require_migrated_database()
        verbose = options["verbosity"] > 0
        started = time.monotonic()
        try:
            export = StoredExport.verified(Path(options["folder"]))
            export.store_files()
            with RecordCounter(self.stdout, quiet=not verbose) as counter:
                restore(
                    export.lines,
                    export.counts,
                    export.last,
                    counter.update,
                    shows_closed_texts=export.shows_closed_texts,
                )
        except RestoreError as error:
            raise CommandError(str(error)) from error
        if verbose:
            self.stdout.write("Building the search index …")
        rebuild(jobs=max(options["jobs"], 1))
        if verbose:
            seconds = time.monotonic() - started
            items, meetings = export.counts["items"], export.counts["meetings"]
            rate = items / max(seconds, 0.001)
            self.stdout.write(
                f"{items} items of {meetings} meetings ({seconds:.1f} s, {rate:.0f} items a second)"
            )
