"""`delete_old_audit_entries`: delete entries of the audit log that are older than `AUDIT_DAYS`."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from minutes.publishing.audit_log import LEAST_DAYS, delete_expired


class Command(BaseCommand):
    help = "Delete entries of the audit log that are older than AUDIT_DAYS, and say how many."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.AUDIT_DAYS < LEAST_DAYS:
            raise CommandError(f"AUDIT_DAYS is at least {LEAST_DAYS}.")
        self.stdout.write(f"Entries deleted: {delete_expired()}")
