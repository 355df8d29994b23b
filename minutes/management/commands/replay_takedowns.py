"""`replay_takedowns`: apply the takedowns and redactions that a restored database lacks."""

from typing import Any

from django.core.management import BaseCommand

from minutes.management.database import require_migrated_database
from minutes.publishing import ledger
from minutes.publishing.takedowns import replay


class Command(BaseCommand):
    help = "Apply the takedowns of ARCHIVE_DATA/takedowns.jsonl that the database lacks. So does migrate."

    def handle(self, *args: Any, **options: Any) -> None:
        require_migrated_database()
        for number in ledger.read().unreadable:
            self.stderr.write(f"{ledger.path()}, line {number}: cannot be read.")
        self.stdout.write(f"replayed  {replay()}")
