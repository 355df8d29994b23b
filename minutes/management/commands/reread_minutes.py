"""`reread_minutes`: read stored documents again with the current reader and update their meetings."""

import sys
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.db.models import Max, Q

from minutes.importer import reread_document
from minutes.management.background import BackgroundCommand
from minutes.management.database import require_migrated_database
from minutes.models import Correction, Source
from minutes.publishing import ImportStatus
from minutes.reader import VERSION


class Command(BackgroundCommand):
    help = "Read stored documents again with the current reader and update their meetings."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="include documents that this reader has read")

    def handle(self, *args: Any, **options: Any) -> None:
        require_migrated_database()
        sources = Source.objects.annotate(read_by=Max("readings__reader_version")).order_by("id")
        if not options["all"]:
            sources = sources.filter(Q(read_by__lt=VERSION) | Q(read_by=None))
        counts: Counter[ImportStatus] = Counter()
        for source in sources.iterator(chunk_size=500):
            result = reread_document(source)
            counts[result.status] += 1
            if result.status == ImportStatus.REFUSED or (result.message and options["verbosity"] > 0):
                self.stdout.write(f"{result.status:<9} {result.meeting or result.file} – {result.message}")
        for status in ImportStatus:
            self.stdout.write(f"{status.value:<9} {counts[status]}")
        self._report_corrections()
        if counts[ImportStatus.REFUSED]:
            sys.exit(1)

    def _report_corrections(self) -> None:
        """Report how well the present readings do without the corrections in force, by field."""
        for row in Correction.objects.measured():
            self.stdout.write(
                f"corrections of {row['field']}: {row['count']} in force, {row['agree']} unnecessary by now, "
                f"{row['contradicted']} contradicted"
            )
