"""`export_archive OUT`: write the published archive as JSON Lines."""

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from minutes.export.archive import write_export
from minutes.management.database import require_migrated_database
from minutes.management.progress import RecordCounter
from minutes.models import Change
from minutes.publishing.audit_log import record_row


class Command(BaseCommand):
    help = (
        "Write everything published in OUT: a file of JSON Lines for each kind, and a manifest with their "
        "checksums. The same archive writes the same bytes."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("out", metavar="OUT", help="an empty or new folder")

    def handle(self, *args: Any, **options: Any) -> None:
        require_migrated_database()
        out = Path(options["out"])
        started = time.monotonic()
        try:
            with RecordCounter(self.stdout, quiet=options["verbosity"] == 0) as counter:
                counts = write_export(out, counter.update)
        except FileExistsError:
            raise CommandError(f"{out} is not empty. Name a new folder.", returncode=2) from None
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.") from error
        record_row(Change.Kind.EXPORTED, None, detail="export_archive")
        if options["verbosity"] > 0:
            seconds = time.monotonic() - started
            rate = counts["items"] / max(seconds, 0.001)
            self.stdout.write(
                f"{counts['items']} items of {counts['meetings']} meetings in {out} "
                f"({seconds:.1f} s, {rate:.0f} items a second)"
            )
