"""Takes a document that was read into the archive: which meeting it tells of, and whether it is in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from minutes.models import Change, Meeting, Municipality, Reading, Source
from minutes.models.danish import slug
from minutes.models.meetings import State
from minutes.privacy import mask_cpr_numbers
from minutes.publishing.audit_log import By, record
from minutes.publishing.errors import PublishingError
from minutes.publishing.identity import committee_called, meeting_told_of, next_sequence
from minutes.publishing.projection import project
from minutes.publishing.redactions import RedactedDocument, Redactions, facts_of
from minutes.reader import VERSION
from minutes.reader.records import Document
from minutes.vocabulary import DocumentKind, MeetingKind


class ImportStatus(StrEnum):
    """The result of importing a document. The values are also names of `ImportRun`'s counters."""

    IMPORTED = "imported"  # a new meeting
    UNCHANGED = "unchanged"  # the archive already had these bytes, or these facts
    UPDATED = "updated"  # a new version of a meeting, or a supplement to it
    REFUSED = "refused"


@dataclass(frozen=True)
class IngestResult:
    """What became of a document. `note` says what a person should know of it, in Danish, or is empty."""

    status: ImportStatus
    meeting: Meeting
    reading: Reading
    note: str = ""

    @property
    def personal_numbers(self) -> int:
        return len(self.reading.open_hits)


def ingest_document(
    source: Source, document: Document, *, publish: bool, wait: bool = False, by: By = None
) -> IngestResult:
    """Store `document` as a reading of `source` and project its meeting. Call it in a transaction.

    A new meeting is published when `publish` is given and no text of it has a possible personal number;
    one that the archive holds keeps its state. With `wait`, a new version of a meeting that has one waits
    for a person. Raises `PublishingError`, before anything is written, when the document names no known
    municipality, no committee or no date and none was given.
    """
    municipality = _municipality(source, document)
    name = source.given_committee or document.committee
    if not name or not slug(name):
        raise PublishingError(
            _("Udvalget kan ikke ses af teksten. Angiv det (feltet Udvalg, eller --committee).")
        )
    day = source.given_date or _date(document)
    _lock(f"{municipality.pk} {slug(name)} {day}")
    committee = committee_called(municipality, name)
    meeting = meeting_told_of(committee, day, document)
    status = ImportStatus.UPDATED if meeting else ImportStatus.IMPORTED
    if meeting is None:
        sequence = next_sequence(committee, day)
        meeting = Meeting.objects.create(committee=committee, date=day, sequence=sequence)
    covers = Redactions.of(meeting, [source.sha256])
    reading = _store(source, covers.redact(document), meeting)
    note = _put_in_force(reading, wait=wait and not covers.whole_meeting)
    if covers.whole_meeting:
        meeting.state = State.TAKEN_DOWN
        note = _("Mødet er taget ned og bliver ikke vist.")
    elif status == ImportStatus.IMPORTED and publish and not reading.open_hits:
        meeting.state = State.PUBLISHED
        meeting.published_at = timezone.now()
    if reading.current:
        project(meeting)
    record(meeting, Change.Kind.UPLOADED, by, detail=mask_cpr_numbers(source.name))
    return IngestResult(status, meeting, reading, note)


def ingest_rereading(source: Source, document: Document) -> IngestResult:
    """Store what the present reader makes of a stored source, and project its meeting anew.

    The meeting stays the one that the source is filed under, whatever the reader now thinks. Nothing is
    stored when the facts are as before. Call it in a transaction.
    """
    before = source.readings.select_related("meeting").order_by("-id")[0]
    meeting = Meeting.objects.select_for_update(no_key=True).get(pk=before.meeting_id)
    before.refresh_from_db()
    covered = Redactions.of(meeting, [source.sha256]).redact(document)
    if (
        before.reader_version == VERSION
        and before.text == covered.text
        and before.facts == facts_of(covered.document)
    ):
        project(meeting)
        return IngestResult(ImportStatus.UNCHANGED, meeting, before)
    reading = _store(source, covered, meeting)
    if before.waiting:
        Reading.objects.filter(pk=before.pk).update(waiting=False)
        reading.waiting = True
        reading.save(update_fields=["waiting"])
    if not before.current:
        return IngestResult(
            ImportStatus.UPDATED, meeting, reading, _("En ældre udgave; den gældende er uberørt.")
        )
    note = _put_in_force(reading)
    if reading.current:
        project(meeting)
    return IngestResult(ImportStatus.UPDATED, meeting, reading, note)


def replaced_by(reading: Reading) -> list[Reading]:
    """The current readings that go out of force when `reading` comes in. One query.

    A supplement replaces those of the same source, and earlier ones that have an item in common with it;
    other supplements stand beside it.
    """
    in_force = reading.meeting.readings.filter(current=True, supplement=reading.supplement)
    if not reading.supplement:
        return list(in_force)
    numbers = _numbers(reading)
    return [old for old in in_force if old.source_id == reading.source_id or numbers & _numbers(old)]


def activate(reading: Reading, replaced: Sequence[Reading]) -> None:
    """Make `reading` current instead of those it replaces, and of the versions that waited before it."""
    _stop_waiting(reading)
    public = reading.meeting.state == State.PUBLISHED
    Reading.objects.filter(pk__in=[old.pk for old in replaced]).update(
        current=False, public_until=timezone.now() if public else None
    )
    reading.current, reading.waiting = True, False
    reading.save(update_fields=["current", "waiting"])


def _stop_waiting(reading: Reading) -> None:
    """Let the versions wait no longer that `reading` would have replaced: of a supplement, its own."""
    waited = reading.meeting.readings.filter(waiting=True, supplement=reading.supplement, pk__lt=reading.pk)
    for old in waited:
        same = old.source_id == reading.source_id or _numbers(reading) & _numbers(old)
        if not reading.supplement or same:
            old.waiting = False
            old.save(update_fields=["waiting"])


def _numbers(reading: Reading) -> set[str]:
    return {item["number"] for item in reading.facts["items"]}


def _municipality(source: Source, document: Document) -> Municipality:
    if source.given_municipality:
        return source.given_municipality
    if document.municipality:
        found = Municipality.objects.filter(code=document.municipality.code).first()
        if found:
            return found
    raise PublishingError(_("Kommunen kan ikke ses af teksten. Angiv den med --municipality."))


def _date(document: Document) -> date:
    if not document.date:
        raise PublishingError(
            _("Mødets dato kan ikke ses af teksten. Angiv den (feltet Mødedato, eller --date).")
        )
    return date.fromisoformat(document.date)


def _lock(key: str) -> None:
    """Wait for others that file a document of the same committee and day; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _store(source: Source, covered: RedactedDocument, meeting: Meeting) -> Reading:
    document = covered.document
    facts = facts_of(document)
    return Reading.objects.create(
        source=source,
        meeting=meeting,
        text=covered.text,
        facts=facts,
        warnings=facts["warnings"],
        reader_version=VERSION,
        document=document.document,
        supplement=document.kind == MeetingKind.SUPPLEMENTARY,
        open_hits=covered.open_hits,
    )


def _put_in_force(reading: Reading, *, wait: bool = False) -> str:
    """Make `reading` current, and what it replaces not; returns a note when it is held back instead.

    Minutes outrank an agenda. A version with a possible personal number does not replace one that the
    public can read: it waits, as one does that is to be looked at first.
    """
    meeting = reading.meeting
    replaced = replaced_by(reading)
    outranked = (
        not reading.supplement
        and reading.document == DocumentKind.AGENDA
        and any(
            old.document == DocumentKind.MINUTES and old.source_id != reading.source_id for old in replaced
        )
    )
    if outranked:
        return _("Dagsordenen er gemt; referatet gælder.")
    held_back = bool(reading.open_hits) and meeting.state == State.PUBLISHED
    if held_back or (wait and meeting.readings.filter(current=True).exists()):
        _stop_waiting(reading)
        reading.waiting = True
        reading.save(update_fields=["waiting"])
        if held_back:
            return _("Udgaven har mulige CPR-numre og er holdt tilbage; den tidligere gælder stadig.")
        return _("Udgaven venter på at blive set igennem; den tidligere gælder stadig.")
    activate(reading, replaced)
    if reading.open_hits:
        return _("Mulige CPR-numre i teksten; mødet er ikke offentliggjort.")
    return ""
