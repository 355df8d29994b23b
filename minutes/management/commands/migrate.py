"""`migrate`: Django's command, then the steps that a new or restored database needs.

Creates the groups of the staff, rebuilds an outdated search index, replays the takedown ledger, and writes
public rows that an older version did not have.
"""

from typing import Any

from django.core.management.commands.migrate import Command as Migrate

from minutes.publishing.projection import project_missing
from minutes.publishing.takedowns import replay
from minutes.rights import update_groups
from minutes.search.rebuild import is_stale, rebuild
from minutes.service_status import missing_migrations

_JOBS = 2


class Command(Migrate):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if options["plan"] or options["check_unapplied"]:
            return
        # After a migration backwards, tables may be missing.
        if options["database"] != "default" or missing_migrations():
            return
        update_groups()
        if is_stale():
            if options["verbosity"] > 0:
                self.stdout.write("Rebuilding the search index …")
            rebuild(jobs=_JOBS)
        # Before texts become public that the ledger may have removed.
        replayed = replay()
        if replayed and options["verbosity"] > 0:
            self.stdout.write(f"Takedowns replayed from the ledger: {replayed}")
        projected = project_missing(self._report_unreadable)
        if projected and options["verbosity"] > 0:
            self.stdout.write(f"Meetings whose public rows were written again: {projected}")

    def _report_unreadable(self, meeting: int, error: Exception) -> None:
        self.stderr.write(
            f"Meeting {meeting} was withdrawn, because its facts cannot be read ({error}). "
            "Read its document again with `reread_minutes`, and publish it."
        )
