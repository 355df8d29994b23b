"""`reread_minutes`: read stored sources again with the present reader and project them anew."""

import sys
from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.db.models import Max

from minutes.importer import read_again
from minutes.management.database import refuse_unready_database
from minutes.management.priority import GivesWay
from minutes.models import Source
from minutes.publishing import ImportStatus
from minutes.reader import VERSION


class Command(GivesWay):
    help = "Read stored sources again with the present reader and project their meetings anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="also those this reader has read already")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_unready_database()
        sources = Source.objects.annotate(read_by=Max("readings__reader_version")).order_by("id")
        if not options["all"]:
            sources = sources.filter(read_by__lt=VERSION)
        counts: Counter[ImportStatus] = Counter()
        for source in sources.iterator(chunk_size=500):
            result = read_again(source)
            counts[result.status] += 1
            if result.status == ImportStatus.REFUSED or (result.message and options["verbosity"] > 0):
                self.stdout.write(f"{result.status:<9} {result.meeting or result.file} – {result.message}")
        for status in (ImportStatus.UNCHANGED, ImportStatus.UPDATED, ImportStatus.REFUSED):
            self.stdout.write(f"{status.value:<9} {counts[status]}")
        if counts[ImportStatus.REFUSED]:
            sys.exit(1)
