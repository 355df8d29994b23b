"""Uploads that workers import in the background: queued, imported, cancelled and retried.

A file is queued with its bytes in one transaction, and its result is stored in the transaction that imports
it, so that a worker can be killed at any time: the next one imports what is missing, and nothing twice.
"""

import datetime
import hashlib
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateWorker
from procrastinate.types import JSONValue

from minutes.documents import DocumentError
from minutes.documents.archives import is_document, open_archive, printed_name
from minutes.documents.packages import Package
from minutes.importer import upload_files
from minutes.importer.document import import_file
from minutes.importer.results import Handling, ImportResult, Overrides
from minutes.models import Change, ImportRun, QueuedFile
from minutes.models.queue import FileStatus, QueuedFileQuerySet
from minutes.privacy import mask_cpr_numbers
from minutes.publishing import ImportStatus, Relation
from minutes.publishing.audit_log import By, record_row

logger = logging.getLogger(__name__)

# Size limit of an uploaded document: minutes as text are under a megabyte, as PDF with pictures some ten.
MAX_BYTES = 50 * 1024 * 1024
# Size limit of all files of an upload, and of a ZIP file.
MAX_UPLOAD_BYTES = 2 * 1024**3
# Name of the task in `minutes.importer.tasks`, and the number of times that it is tried.
IMPORT_TASK = "import_queued_file"
MAX_ATTEMPTS = 6
# How long the bytes of refused files are stored, to be tried again.
STORED = datetime.timedelta(days=30)
# A worker renews its heartbeat every ten seconds.
_ALIVE = datetime.timedelta(seconds=45)
_STATUSES = {status: FileStatus(status.value) for status in ImportStatus}


@dataclass(frozen=True)
class NewFile:
    """A file to queue: its name with folders, its size in bytes, and its content in chunks."""

    name: str
    size: int
    chunks: Iterable[bytes]


def start_upload(overrides: Overrides, user: Any) -> ImportRun:
    """Create the run of an upload, to which files are added."""
    return ImportRun.objects.create(
        user=user,
        municipality=overrides.municipality,
        options={
            "upload": True,
            "publish": False,
            "committee": overrides.committee,
            "date": overrides.date.isoformat() if overrides.date else "",
            "relation": overrides.relation.value if overrides.relation else "",
        },
    )


def add_files(run: ImportRun, files: Iterable[NewFile]) -> list[QueuedFile]:
    """Queue files for a run, in one transaction; files that an operating system leaves behind are skipped.

    A file that is too large gets a row as refused. One query per file.
    """
    with transaction.atomic():
        total = sum(run.queued_files.filter(container=None).values_list("size", flat=True))
        queued = []
        for new in files:
            if not is_document(new.name):
                continue
            total += new.size
            file = QueuedFile.objects.create(run=run, name=_stored_name(new.name), size=new.size)
            if total > MAX_UPLOAD_BYTES:
                _finish(
                    file, _refused(file, _("Filerne fylder over 2 GB i alt. Del dem i flere indlæsninger."))
                )
                continue
            upload_files.store(file, new.chunks)
            queued.append(file)
        ImportRun.objects.filter(pk=run.pk).update(finished_at=None)
        if queued:
            text = ngettext("%d fil", "%d filer", len(queued))
            record_sent(run, run.user, text % len(queued))
        _defer(queued)
    return queued


def import_queued(file_id: int, *, is_last_attempt: bool = False) -> None:
    """Import a waiting file, or unpack a ZIP file into files of its own; do nothing if it is not waiting.

    The last attempt, after workers that were interrupted, refuses it. Raises a database error if the database
    cannot be reached.
    """
    file = (
        QueuedFile.objects.waiting()
        .select_related("run__municipality", "run__user")
        .filter(pk=file_id)
        .first()
    )
    if file is None:
        return
    try:
        if is_last_attempt:
            raise DocumentError(
                _("Indlæsningen blev afbrudt flere gange. Er filen meget stor, så del den op.")
            )
        archive = None if file.container_id else open_archive(upload_files.path_of(file))
        if archive:
            _unpack(file, archive)
        else:
            _import(file)
    except DocumentError as error:
        _finish_waiting(file, _refused(file, str(error)))
    except FileNotFoundError:
        _finish_waiting(file, _refused(file, _("Filen er slettet. Indlæs den igen.")))
    except (OperationalError, InterfaceError):
        # The database is away: the task is retried.
        raise
    except Exception as error:
        logger.exception("The import of an uploaded file failed")
        _finish_waiting(file, _refused(file, _("Indlæsningen fejlede: %s") % type(error).__name__))
    finish_run(file.run_id)


def retry(
    run: ImportRun,
    files: QueuedFileQuerySet,
    *,
    by: By,
    committee: str = "",
    date: datetime.date | None = None,
) -> int:
    """Queue those of the run's files again that can be retried, with what is given of committee and date.

    Return the number of files; those whose bytes are deleted are not counted.
    """
    queued = []
    with transaction.atomic():
        for file in files.filter(run=run).retryable().select_for_update():
            if not upload_files.path_of(file).exists():
                continue
            file.status, file.result, file.finished_at = FileStatus.WAITING, {}, None
            file.given_committee = committee or file.given_committee
            file.given_date = date or file.given_date
            file.save()
            queued.append(file)
        if queued:
            ImportRun.objects.filter(pk=run.pk).update(finished_at=None)
            record_sent(run, by, _("%d igen") % len(queued))
        _defer(queued)
    return len(queued)


def record_sent(run: ImportRun, by: By, what: str) -> None:
    """Record what a user did with the files of an upload. One query."""
    detail = f"{run._meta.verbose_name} nr. {run.pk}: {what}"
    record_row(Change.Kind.SENT, by, run, municipality=run.municipality, detail=detail)


def cancel(run: ImportRun, *, by: By) -> int:
    """Cancel the files of a run that no worker has imported; return their number."""
    with transaction.atomic():
        count = run.queued_files.waiting().update(status=FileStatus.CANCELLED, finished_at=timezone.now())
        if count:
            record_sent(run, by, _("%d annulleret") % count)
    finish_run(run.pk)
    return count


def finish_run(run_id: int) -> None:
    """Store the counts of a run when none of its files is waiting. Call it outside of transactions."""
    files = QueuedFile.objects.filter(run=run_id)
    if files.waiting().exists():
        return
    counts = files.by_status()
    ImportRun.objects.filter(pk=run_id).update(
        finished_at=timezone.now(),
        **{status.value: counts.get(status.value, 0) for status in ImportStatus},
    )


def running_workers() -> QuerySet[ProcrastinateWorker]:
    """Return the workers that have sent a heartbeat lately."""
    return ProcrastinateWorker.objects.filter(last_heartbeat__gte=timezone.now() - _ALIVE)


def workers_are_running() -> bool:
    """Return True if a worker that imports files has sent a heartbeat lately. One query."""
    return running_workers().exists()


def delete_copies(sha256: str, size: int) -> None:
    """Delete the bytes of refused and cancelled files that are these; waiting ones the import deletes.

    One query, and reads each of the files of that size.
    """
    for file in QueuedFile.objects.retryable().filter(size=size):
        path = upload_files.path_of(file)
        if path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256:
            upload_files.delete(file)


def delete_old_uploads(older_than: datetime.timedelta) -> int:
    """Delete the bytes of refused and cancelled files of runs that finished so long ago; count the runs."""
    runs = ImportRun.objects.filter(
        finished_at__lt=timezone.now() - older_than, queued_files__isnull=False
    ).distinct()
    for run in runs:
        upload_files.delete_all(run.pk)
    return len(runs)


def _defer(files: Iterable[QueuedFile]) -> None:
    """Queue a task per file. Small uploads come before large ones, so that no large one delays all others."""
    tasks: list[dict[str, JSONValue]] = [{"file_id": file.pk} for file in files]
    if tasks:
        priority = -len(str(len(tasks)))
        app.configure_task(IMPORT_TASK, priority=priority).batch_defer(*tasks)


def _import(file: QueuedFile) -> None:
    if file.size > MAX_BYTES:
        raise DocumentError(
            _("Filen er større end 50 MB. Del den op, eller kontrollér, at det er ét referat.")
        )

    def record(result: ImportResult) -> None:
        # Not of a document in a mail: others may follow.
        if result.file == file.name:
            _finish(file, result)

    handling = Handling(
        publish=False,
        run=file.run_id,
        hold=True,
        by=file.run.user,
        scans_too=True,
        record=record,
    )
    data = upload_files.path_of(file).read_bytes()
    results = import_file(data, file.name, _overrides(file), handling)
    if len(results) == 1:
        _finish_waiting(file, results[0])
        return
    with transaction.atomic():
        for result in results:
            member = QueuedFile(run=file.run, container=file, name=_stored_name(result.file), size=0)
            member.save()
            _finish(member, result)
        _finish_unpacked(file)


def _unpack(file: QueuedFile, archive: Package) -> None:
    """Queue the members of a ZIP file, in one transaction."""
    with transaction.atomic():
        members = list(_members(file, archive))
        if not members:
            raise DocumentError(_("ZIP-filen er tom."))
        _defer(member for member in members if member.status == FileStatus.WAITING)
        _finish_unpacked(file)


def _members(file: QueuedFile, archive: Package) -> Iterator[QueuedFile]:
    """Create a row of each member with its bytes; one that cannot be unpacked is refused."""
    for name in archive.names:
        if not is_document(name):
            continue
        member = QueuedFile(
            run=file.run, container=file, name=_stored_name(f"{file.name}/{printed_name(name)}"), size=0
        )
        member.given_committee, member.given_date = file.given_committee, file.given_date
        try:
            data = archive.read(name, most=MAX_BYTES)
        except DocumentError as error:
            member.save()
            _finish(member, _refused(member, str(error)))
        else:
            member.size = len(data)
            member.save()
            upload_files.store(member, [data])
        yield member


def _finish_unpacked(file: QueuedFile) -> None:
    QueuedFile.objects.filter(pk=file.pk).update(status=FileStatus.UNPACKED, finished_at=timezone.now())
    transaction.on_commit(lambda: upload_files.delete(file))


def _overrides(file: QueuedFile) -> Overrides:
    options = file.run.options
    relation = options.get("relation")
    return Overrides(
        municipality=file.run.municipality,
        committee=file.given_committee or options.get("committee", ""),
        date=file.given_date or parse_date(options.get("date", "")),
        relation=Relation(relation) if relation else None,
    )


def _finish_waiting(file: QueuedFile, result: ImportResult) -> None:
    """Store the result of a file unless its import stored one."""
    with transaction.atomic():
        if QueuedFile.objects.select_for_update().filter(pk=file.pk, status=FileStatus.WAITING).exists():
            _finish(file, result)


def _finish(file: QueuedFile, result: ImportResult) -> None:
    """Store the result of a file, and delete its bytes unless it can be retried."""
    file.status = _STATUSES[result.status]
    QueuedFile.objects.filter(pk=file.pk).update(
        status=file.status, result=replace(result, file=file.name).as_json(), finished_at=timezone.now()
    )
    if file.status != FileStatus.REFUSED or result.erased:
        transaction.on_commit(lambda: upload_files.delete(file))


def _refused(file: QueuedFile, message: str) -> ImportResult:
    return ImportResult(file.name, ImportStatus.REFUSED, message=message)


def _stored_name(name: str) -> str:
    # By folder: "2020/010203-1234" looks like a case number.
    return "/".join(map(mask_cpr_numbers, name.split("/")))[-1000:]
