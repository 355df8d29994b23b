"""`check_search`: verify the search index against the published items."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from minutes.models import SearchEntry
from minutes.search.consistency import differences

_REPORTED = 20


class Command(BaseCommand):
    help = "Compare every published item with its search entry. Exit status 1 if any differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--report", type=int, default=_REPORTED, help="how many differences to print")

    def handle(self, *args: Any, **options: Any) -> None:
        number = 0
        for number, difference in enumerate(differences(), start=1):
            if number <= options["report"]:
                self.stderr.write(f"item {difference.item_id}: {difference.what}")
        if number:
            raise CommandError(f"{number} entries differ from the archive. Run rebuild_search.")
        self.stdout.write(f"{SearchEntry.objects.count()} entries agree with the archive.")
