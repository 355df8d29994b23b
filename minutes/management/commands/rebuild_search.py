"""`rebuild_search`: rebuild the search index while the site runs."""

import time
from argparse import ArgumentParser
from typing import Any

from minutes.management.background import BackgroundCommand
from minutes.search.rebuild import rebuild


class Command(BackgroundCommand):
    help = "Build a new search index and swap it in. Searches and imports continue meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--jobs", type=int, default=2, help="number of processes (default: 2)")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        items = rebuild(jobs=max(options["jobs"], 1))
        seconds = time.monotonic() - started
        self.stdout.write(
            f"{items} items indexed in {seconds:.1f} s ({items / max(seconds, 0.001):.0f} items/s)"
        )
