"""Erases originals by the rule of their municipality: so many months after the minutes were published.

The notes are not in the ledger: after the restore of an old dump, the rule erases the same originals again.
"""

import calendar
import uuid
from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from minutes.models import Change, EnclosedFile, ErasedOriginal, Municipality, Reading, Source
from minutes.models.states import State
from minutes.publishing.audit_log import record
from minutes.publishing.enclosed_files import delete_bytes_on_commit
from minutes.publishing.identity import locked
from minutes.publishing.locks import lock_sources
from minutes.publishing.readings import meeting_keys

# Sources that are selected at a time; each is erased in a transaction of its own.
_BATCH = 500


def municipalities_with_rule() -> QuerySet[Municipality]:
    return Municipality.objects.in_danish_order().exclude(originals_kept=None)


def expired_sources(municipality: Municipality, now: datetime | None = None) -> QuerySet[Source]:
    """Return the documents whose originals the rule of their municipality erases now, by id.

    These are documents of meetings whose publication, and that of their latest version, is so long ago.
    Originals that are also an attachment of a meeting stay, and so do those of versions that wait.
    """
    if municipality.originals_kept is None:
        return Source.objects.none()
    before = months_before(now or timezone.now(), municipality.originals_kept)
    of_source = Reading.objects.filter(source=OuterRef("pk"))
    made_public = Change.objects.filter(
        meeting=OuterRef("meeting"),
        kind__in=[Change.Kind.PUBLISHED, Change.Kind.NEW_VERSION],
        at__gte=before,
    )
    has_expired = Q(
        meeting__state__in=[State.PUBLISHED, State.TAKEN_DOWN],
        meeting__published_at__lt=before,
        pending=False,
    )
    sources = Source.objects.filter(
        Exists(of_source.filter(meeting__committee__municipality=municipality)),
        ~Exists(of_source.exclude(has_expired)),
        ~Exists(of_source.filter(Exists(made_public))),
        ~Exists(ErasedOriginal.objects.filter(sha256=OuterRef("sha256"))),
        ~Exists(EnclosedFile.objects.filter(sha256=OuterRef("sha256"))),
        received_at__lt=before,
    )
    return sources.order_by("id")


def erase_expired(municipality: Municipality, most: int) -> Iterator[int]:
    """Erase at most so many expired originals, a transaction each; yield the number of bytes of each."""
    last, left = 0, most
    while left > 0:
        batch = list(expired_sources(municipality).filter(pk__gt=last)[: min(_BATCH, left)])
        if not batch:
            return
        for source in batch:
            if _erase(municipality, source):
                yield source.size
        last, left = batch[-1].pk, left - len(batch)


@transaction.atomic
def _erase(municipality: Municipality, source: Source) -> bool:
    """Erase the original, unless its meeting has changed in the meantime; return True if it was erased."""
    lock_sources(source.sha256)
    reading = source.readings.select_related("meeting").order_by("-id").first()
    if reading is None:
        return False
    meeting = locked(reading.meeting)
    if not expired_sources(municipality).filter(pk=source.pk).exists():
        return False
    ErasedOriginal.objects.create(
        ledger_id=uuid.uuid4(),
        meeting_keys=meeting_keys(meeting),
        made_at=timezone.now(),
        municipality=municipality,
        sha256=source.sha256,
        size=source.size,
        cause=ErasedOriginal.Cause.RETENTION,
    )
    record(meeting, Change.Kind.ORIGINAL_ERASED, None, detail=str(ErasedOriginal.Cause.RETENTION.label))
    delete_bytes_on_commit([source.sha256])
    return True


def months_before(moment: datetime, months: int) -> datetime:
    """Return the moment so many months earlier, on the last day of a month that is too short for its day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last))
