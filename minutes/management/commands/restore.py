"""`restore`: restore a backup into an empty database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, call_command

from minutes.management import backups


class Command(BaseCommand):
    help = "Restore the backup FOLDER/TIME into an empty database and ARCHIVE_DATA, and replay the ledger."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("backup", type=Path)
        parser.add_argument("--identity", default="", help="file of the private key that age decrypts with")

    def handle(self, *args: Any, **options: Any) -> None:
        backups.restore(options["backup"].resolve(), options["identity"])
        self.stdout.write("The database and the files are restored. Migrating, and replaying the takedowns …")
        call_command("migrate", verbosity=0)
        call_command("check_search", stdout=self.stdout)
