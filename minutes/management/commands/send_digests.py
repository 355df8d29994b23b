"""`send_digests`: send the e-mail alerts that are due, for cron. Workers do the same."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from minutes.alerts.delivery import send_due
from minutes.alerts.following import alerts_enabled, delete_old
from minutes.management.database import require_migrated_database


class Command(BaseCommand):
    help = "Send e-mail alerts that are due, and the mails to confirm them. Workers do this every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        require_migrated_database()
        if not alerts_enabled():
            raise CommandError("Set EMAIL_HOST, DEFAULT_FROM_EMAIL and SITE_URL to send e-mail.")
        try:
            sent = send_due()
        except OSError as error:
            raise CommandError(f"The mail server cannot be reached: {error}") from error
        delete_old()
        self.stdout.write(
            f"{sent.digests} digests, {sent.confirmations} mails to confirm and {sent.links} links sent"
        )
