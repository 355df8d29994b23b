"""`backup`: write a backup of the database, the original files and the takedown ledger."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from minutes.management import backups
from minutes.management.database import require_migrated_database


class Command(BaseCommand):
    help = "Write a backup into a new folder of FOLDER; original files are copied once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument(
            "--encrypt-to", default="", metavar="KEY", help="an age or SSH public key, or a key of gpg"
        )
        parser.add_argument(
            "--keep", type=int, default=0, help="delete all but so many backups; 0 deletes none"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["keep"] < 0:
            raise CommandError("--keep takes a number from 0.")
        require_migrated_database()
        folder = options["folder"].resolve()
        backup = backups.create(folder, backups.encryption_to(options["encrypt_to"]))
        self.stdout.write(f"{backup.folder}: {backup.new_sources} new original files")
        if backup.removed_sources:
            self.stdout.write(
                f"{backup.removed_sources} erased original files were removed from earlier backups"
            )
        if not backup.with_key:
            self.stdout.write("takedowns.key is in encrypted backups only: store it in another place.")
        if options["keep"] and (deleted := backups.delete_old(folder, options["keep"])):
            self.stdout.write(f"{deleted} old backups were deleted")
