"""`import_archive DIR`: take what `export_archive` wrote into an empty archive."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from minutes.export.archive import StoredExport
from minutes.management.database import refuse_unready_database
from minutes.management.progress import Counting
from minutes.publishing.restore import RestoreError, restore
from minutes.search.rebuild import rebuild


class Command(BaseCommand):
    help = "Take an export into an empty archive: all of it or nothing. Then the search index is made."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", help="a folder that export_archive wrote")
        parser.add_argument("--jobs", type=int, default=2, help="processes that make the index (default: 2)")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_unready_database()
        verbose = options["verbosity"] > 0
        began = time.monotonic()
        try:
            export = StoredExport.verified(Path(options["folder"]))
            with Counting(self.stdout, quiet=not verbose) as counting:
                restore(export.lines, export.counts, export.last, counting.told)
        except RestoreError as error:
            raise CommandError(str(error)) from error
        if verbose:
            self.stdout.write("Making the search index …")
        rebuild(jobs=max(options["jobs"], 1))
        if verbose:
            took = time.monotonic() - began
            items, meetings = export.counts["items"], export.counts["meetings"]
            rate = items / max(took, 0.001)
            self.stdout.write(
                f"{items} items of {meetings} meetings ({took:.1f} s, {rate:.0f} items a second)"
            )
