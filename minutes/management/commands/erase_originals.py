"""`erase_originals`: erase original files by the retention rules of their municipalities, for cron."""

from argparse import ArgumentParser
from typing import Any

from django.db.models import Count, Sum

from minutes.management.background import BackgroundCommand
from minutes.management.database import require_migrated_database
from minutes.models import Municipality
from minutes.publishing.originals import delete_leftover_bytes
from minutes.publishing.retention import erase_expired, expired_sources, municipalities_with_rule

_LIMIT = 10_000


class Command(BackgroundCommand):
    help = (
        "Erase the original files of minutes that were published longer ago than their municipality stores "
        "originals, if it has such a rule. What was read stays."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only report what would be erased")
        parser.add_argument(
            "--limit", type=int, default=_LIMIT, help="erase at most so many files (default: %(default)s)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        require_migrated_database()
        left = max(options["limit"], 0)
        for municipality in municipalities_with_rule():
            left -= self._report(municipality) if options["dry_run"] else self._erase(municipality, left)
        if not options["dry_run"]:
            delete_leftover_bytes()

    def _report(self, municipality: Municipality) -> int:
        expired = expired_sources(municipality).order_by().aggregate(files=Count("pk"), size=Sum("size"))
        self._print(municipality, "would erase", expired["files"], expired["size"] or 0)
        return 0

    def _erase(self, municipality: Municipality, most: int) -> int:
        """Erase at most so many files; return their number."""
        sizes = list(erase_expired(municipality, most))
        self._print(municipality, "erased", len(sizes), sum(sizes))
        waiting = expired_sources(municipality).count() if len(sizes) == most else 0
        if waiting:
            self.stdout.write(f"{municipality.name}: {waiting} more wait for the next run (--limit)")
        return len(sizes)

    def _print(self, municipality: Municipality, what: str, files: int, size: int) -> None:
        rule = f"stored {municipality.originals_kept} months"
        self.stdout.write(f"{municipality.name} ({rule}): {what} {files} files, {size / 1e6:.1f} MB")
