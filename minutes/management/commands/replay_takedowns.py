"""`replay_takedowns`: after an old dump was restored, take down again what the ledger tells of."""

from typing import Any

from django.core.management import BaseCommand

from minutes.management.database import refuse_unready_database
from minutes.publishing import ledger
from minutes.publishing.takedowns import replay


class Command(BaseCommand):
    help = "Do what ARCHIVE_DATA/takedowns.jsonl tells of and the database does not. migrate does it too."

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_unready_database()
        for number in ledger.read().unreadable:
            self.stderr.write(f"{ledger.path()}, line {number}: cannot be read.")
        self.stdout.write(f"replayed  {replay()}")
