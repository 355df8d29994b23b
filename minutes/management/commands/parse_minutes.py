"""`parse_minutes FILE`: print the facts that the reader extracts from a document."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from minutes.importer.files import read_file
from minutes.privacy import mask_cpr_numbers
from minutes.reader import UnreadableDocument
from minutes.reader.layout import lines_of
from minutes.reader.records import Doubt, Warning, as_facts
from minutes.reader.starts import find_starts
from minutes.warning_messages import message_of


class Command(BaseCommand):
    help = "Read one document and print its facts as JSON. Uses no database."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument("--encoding", help="of the file (else detected)")
        parser.add_argument(
            "--explain-items", action="store_true", help="print the evidence for each item's start instead"
        )
        parser.add_argument("--unmasked", action="store_true", help="do not mask CPR numbers")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"])
        try:
            data = path.read_bytes()
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}.", returncode=2) from error
        try:
            document = read_file(data, path.name, encoding=options["encoding"], scans_too=True)
        except UnreadableDocument as error:
            self.stderr.write(f"{path}: {error}")
            sys.exit(1)
        if options["explain_items"]:
            lines = find_starts(lines_of(document.text)).explain()
            self.stdout.write(mask_cpr_numbers("\n".join(lines)))
            return
        facts = as_facts(document) | {
            "warnings": [_with_message(warning) for warning in document.warnings],
            "doubts": [_with_message(doubt) for doubt in document.doubts],
        }
        # Not to self.stdout, which adds colours and depends on the locale's encoding.
        printed = json.dumps(facts if options["unmasked"] else _masked(facts), ensure_ascii=False, indent=1)
        sys.stdout.buffer.write(printed.encode("utf-8", "replace") + b"\n")


def _with_message(notice: Warning | Doubt) -> dict[str, Any]:
    return {
        "code": notice.code,
        "message": message_of(notice),
        "start": notice.start,
        "end": notice.end,
    }


def _masked(value: Any) -> Any:
    """Mask the CPR numbers in every text of `value`. Offsets stay valid: masks have the same length."""
    if isinstance(value, str):
        return mask_cpr_numbers(value)
    if isinstance(value, dict):
        return {key: field if key == "sha256" else _masked(field) for key, field in value.items()}
    if isinstance(value, list | tuple):
        return [_masked(element) for element in value]
    return value
