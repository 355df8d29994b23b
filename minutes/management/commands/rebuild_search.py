"""`rebuild_search`: make the search index anew while the site runs."""

import time
from argparse import ArgumentParser
from typing import Any

from minutes.management.priority import GivesWay
from minutes.search.rebuild import rebuild


class Command(GivesWay):
    help = "Make the search index anew beside the one in use. Searches and imports go on meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--jobs", type=int, default=2, help="how many processes (default: 2)")

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        items = rebuild(jobs=max(options["jobs"], 1))
        took = time.monotonic() - began
        self.stdout.write(f"{items} items indexed in {took:.1f} s ({items / max(took, 0.001):.0f} items/s)")
