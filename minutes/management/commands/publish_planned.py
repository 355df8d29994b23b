"""`publish_planned`: publish the meetings whose planned time has come, for cron. Workers do the same."""

from typing import Any

from django.core.management.base import BaseCommand

from minutes import publishing
from minutes.management.database import require_migrated_database


class Command(BaseCommand):
    help = "Publish the meetings whose planned time has come. Workers do this every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        require_migrated_database()
        outcome = publishing.publish_due()
        self.stdout.write(f"{outcome.published} meetings published, {outcome.refused} refused")
