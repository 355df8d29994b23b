"""`make_minutes OUT`: write believable minutes of municipalities that do not exist."""

import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from minutes.making import make_archive
from minutes.reader.records import as_facts


class Command(BaseCommand):
    help = (
        "Write invented minutes in OUT, a folder for each municipality and year. The same --meetings and "
        "--seed write the same bytes. Touches no database."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("out", metavar="OUT", help="an empty or new folder")
        parser.add_argument("--meetings", type=int, default=300, metavar="N")
        parser.add_argument("--seed", type=int, default=1, metavar="S")
        parser.add_argument(
            "--municipalities", type=int, metavar="N", help="from 1 to 90 (else about one for 100 meetings)"
        )
        parser.add_argument(
            "--long", action="store_true", help="more than 300 words an item, of a vocabulary that grows"
        )
        parser.add_argument(
            "--facts", action="store_true", help="write beside each text what it says, as parse_minutes would"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        out = Path(options["out"])
        if options["meetings"] < 1:
            raise CommandError("--meetings takes a whole number from 1.", returncode=2)
        if options["municipalities"] is not None and not 1 <= options["municipalities"] <= 90:
            raise CommandError("--municipalities takes a whole number from 1 to 90.", returncode=2)
        try:
            if out.exists() and any(out.iterdir()):
                raise CommandError(f"{out} is not empty. Name a new folder.", returncode=2)
            began = time.monotonic()
            archive = make_archive(
                options["meetings"], options["seed"], options["municipalities"], long=options["long"]
            )
            for made in archive:
                path = out / made.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(made.data)
                if options["facts"]:
                    facts = json.dumps(as_facts(made.document), ensure_ascii=False, indent=1)
                    path.with_suffix(".json").write_text(facts + "\n", encoding="utf-8")
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}.", returncode=1) from error
        if options["verbosity"] > 0:
            took = time.monotonic() - began
            rate = options["meetings"] / took
            self.stdout.write(f"{options['meetings']} minutes in {out} ({took:.1f} s, {rate:.0f} a second)")
