"""`check_search`: prove that the search index is what the published items make of it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from minutes.models import SearchEntry
from minutes.search.consistency import differences

_REPORTED = 20


class Command(BaseCommand):
    help = "Read every published item again and compare it with its search entry. Status 1 if any differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--report", type=int, default=_REPORTED, help="how many differences to print")

    def handle(self, *args: Any, **options: Any) -> None:
        number = 0
        for number, each in enumerate(differences(), start=1):
            if number <= options["report"]:
                self.stderr.write(f"item {each.item_id}: {each.what}")
        if number:
            raise CommandError(f"{number} entries are not what the archive says. Run rebuild_search.")
        self.stdout.write(f"{SearchEntry.objects.count()} entries, and each is what the archive says.")
