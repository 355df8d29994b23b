"""`migrate`: Django's, and what must be so in a database that was made or restored."""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate

from minutes.management.database import missing_migrations
from minutes.publishing.takedowns import replay
from minutes.rights import make_groups
from minutes.search.rebuild import is_stale, rebuild

_JOBS = 2


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if options["plan"] or options["check_unapplied"]:
            return
        # Tables may be missing after a migration backwards.
        if options["database"] != "default" or missing_migrations():
            return
        make_groups()
        if is_stale():
            if options["verbosity"] > 0:
                self.stdout.write("Making the search index anew …")
            rebuild(jobs=_JOBS)
        done = replay()
        if done and options["verbosity"] > 0:
            self.stdout.write(f"Takedowns of the ledger brought into the database: {done}")
