"""`read_bounces`: stop the e-mail alerts to addresses that do not exist, from delivery reports."""

import mailbox
import sys
import tempfile
from argparse import ArgumentParser
from email import message_from_bytes
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from minutes.alerts.bounces import Bounces, handle_bounces
from minutes.management.database import require_migrated_database


class Command(BaseCommand):
    help = "Stop e-mail alerts to addresses that delivery reports (RFC 3464) say do not exist."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="mbox file or single message; - reads standard input")

    def handle(self, *args: Any, **options: Any) -> None:
        require_migrated_database()
        if options["file"] == "-":
            with tempfile.NamedTemporaryFile() as copy:
                copy.write(sys.stdin.buffer.read())
                copy.flush()
                bounces = _read(Path(copy.name))
        else:
            bounces = _read(Path(options["file"]))
        self.stdout.write(
            f"{bounces.read} messages read, {bounces.failed} mails of ours failed,"
            f" {bounces.stopped} addresses stopped"
        )


def _read(path: Path) -> Bounces:
    try:
        with path.open("rb") as file:
            is_mbox = file.read(5) == b"From "
            if not is_mbox:
                file.seek(0)
                return handle_bounces([message_from_bytes(file.read())])
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}") from error
    box = mailbox.mbox(path, create=False)
    try:
        return handle_bounces(box)
    finally:
        box.close()
