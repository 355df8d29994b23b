"""Figures on the service: workers, queue, drafts, backups, disk and database."""

import shutil
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min, Q
from django.utils import timezone

from minutes.importer.queue import running_workers
from minutes.models import ErrorReport, Meeting, QueuedFile, Reading, UnplacedDocument
from minutes.models.states import State
from minutes.publishing.takedowns import differences
from minutes.vocabulary import Grade


class Status(NamedTuple):
    """Counts; ages in seconds, None where there is nothing; sizes in bytes."""

    workers: int
    queued_files: int
    queue_age_seconds: float | None
    drafts: int
    drafts_in_doubt: int
    unplaced_documents: int
    open_error_reports: int
    published_meetings: int
    backup_age_seconds: float | None
    disk_free_bytes: int
    disk_bytes: int
    database_bytes: int
    ledger_differences: int
    missing_migrations: int


DESCRIPTIONS = {
    "workers": "Workers that have sent a heartbeat lately.",
    "queued_files": "Uploaded files that wait for a worker.",
    "queue_age_seconds": "Age of the file that has waited longest.",
    "drafts": "Meetings that wait for review.",
    "drafts_in_doubt": "Those of which the reader is in doubt.",
    "unplaced_documents": "Documents whose meeting is not known.",
    "open_error_reports": "Reports of errors by visitors that nobody has handled.",
    "published_meetings": "Meetings that are public.",
    "backup_age_seconds": "Time since the last complete backup by this ARCHIVE_DATA.",
    "disk_free_bytes": "Free space where ARCHIVE_DATA is.",
    "disk_bytes": "Size of the disk where ARCHIVE_DATA is.",
    "database_bytes": "Size of the database.",
    "ledger_differences": "Takedowns in either the ledger or the database only.",
    "missing_migrations": "Migrations that are not applied.",
}


def status() -> Status:
    """Return the present figures. Twelve queries; counts all meetings."""
    now = timezone.now()
    queue = QueuedFile.objects.waiting().aggregate(count=Count("pk"), oldest=Min("queued_at"))
    meetings = Meeting.objects.aggregate(
        drafts=Count("pk", filter=Q(state=State.DRAFT)),
        published=Count("pk", filter=Q(state=State.PUBLISHED)),
    )
    in_doubt = Reading.objects.filter(current=True, meeting__state=State.DRAFT).exclude(
        grade=Grade.CERTAIN.value
    )
    backup = last_backup()
    disk = _disk_usage()
    only_in_ledger, only_in_database = differences()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        (database_bytes,) = cursor.fetchone()
    return Status(
        workers=running_workers().count(),
        queued_files=queue["count"],
        queue_age_seconds=(now - queue["oldest"]).total_seconds() if queue["oldest"] else None,
        drafts=meetings["drafts"],
        drafts_in_doubt=in_doubt.count(),
        unplaced_documents=UnplacedDocument.objects.count(),
        open_error_reports=ErrorReport.objects.open().count(),
        published_meetings=meetings["published"],
        backup_age_seconds=(now - backup).total_seconds() if backup else None,
        disk_free_bytes=disk.free,
        disk_bytes=disk.total,
        database_bytes=database_bytes,
        ledger_differences=len(only_in_ledger) + len(only_in_database),
        missing_migrations=missing_migrations(),
    )


def last_backup() -> datetime | None:
    """Return when the last backup of this ARCHIVE_DATA was complete; None if there was none."""
    try:
        return datetime.fromisoformat(last_backup_file().read_text(encoding="utf-8").strip())
    except (FileNotFoundError, ValueError):
        return None


def last_backup_file() -> Path:
    return Path(settings.ARCHIVE_DATA) / "last_backup"


def missing_migrations() -> int:
    """Return the number of migrations that are not applied. Two queries."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def queue_age_seconds() -> float | None:
    """Return the age of the file that has waited longest for a worker; None if none waits. One query."""
    oldest = QueuedFile.objects.waiting().aggregate(oldest=Min("queued_at"))["oldest"]
    return (timezone.now() - oldest).total_seconds() if oldest else None


def free_bytes() -> int:
    """Return the free space where ARCHIVE_DATA is. No query."""
    return _disk_usage().free


def _disk_usage() -> "shutil._ntuple_diskusage":
    folder = Path(settings.ARCHIVE_DATA)
    while not folder.exists():
        folder = folder.parent
    return shutil.disk_usage(folder)
