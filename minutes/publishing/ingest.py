"""Stores a document that was read: finds its meeting, and decides whether it becomes current and public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import msgspec
from django.utils import timezone
from django.utils.translation import gettext as _

from minutes.models import Change, Committee, Correction, Meeting, Reading, Source
from minutes.models.states import State
from minutes.privacy import mask_cpr_numbers
from minutes.publishing.audit_log import By, record
from minutes.publishing.description import describe
from minutes.publishing.doubts import (
    closed_by_staff,
    fewer_items,
    municipality_conflict,
    same_day,
    still_open,
)
from minutes.publishing.enclosed_files import (
    inherit_decisions,
    redact_files,
    remove_files,
    remove_files_taken_down,
)
from minutes.publishing.errors import PublishingError
from minutes.publishing.identity import MeetingMatch, committee_named, find_meeting, next_sequence
from minutes.publishing.locks import lock_day
from minutes.publishing.place import place_of, unanswered
from minutes.publishing.projection import project, project_new
from minutes.publishing.readings import (
    RedactedDocument,
    set_corrected_items,
    set_doubts,
    storable_facts,
    structured,
)
from minutes.publishing.redactions import Redactions
from minutes.publishing.structure import Result
from minutes.reader import VERSION
from minutes.reader.records import Document, Doubt
from minutes.vocabulary import DocumentKind, Grade, MeetingKind


class ImportStatus(StrEnum):
    """The result of importing a document. The values are also names of `ImportRun`'s counters."""

    IMPORTED = "imported"  # a new meeting
    UNCHANGED = "unchanged"  # the archive already had these bytes, or these facts
    UPDATED = "updated"  # a new version of a meeting, or a supplement to it
    UNPLACED = "unplaced"  # stored without a meeting, until a person gives what is missing
    REFUSED = "refused"


class Relation(StrEnum):
    """A person's decision about a document of a committee and day that has a meeting already."""

    VERSION = "version"
    ANOTHER = "another"
    SUPPLEMENT = "supplement"


@dataclass(frozen=True)
class IngestResult:
    """The outcome for a document. `note` is a message in Danish for a person, or empty."""

    status: ImportStatus
    meeting: Meeting
    reading: Reading
    note: str = ""

    @property
    def cpr_matches(self) -> int:
        return len(self.reading.unresolved_cpr_matches)


def ingest_document(
    source: Source,
    document: Document,
    *,
    publish: bool,
    publish_doubtful: bool = False,
    hold: bool = False,
    relation: Relation | None = None,
    by: By = None,
    has_files: bool = True,
) -> IngestResult:
    """Store `document` as a reading of `source` and project its meeting. Call it in a transaction.

    A new meeting is published when `publish` is given and nothing about it is doubtful: no possible CPR
    number, no doubt of the reader or of the import. With `publish_doubtful` doubts of both are overruled; a
    document without items is never published, as nobody knows what in it is closed. The state of an existing
    meeting does not change. With `hold`, a new version of it is pending until a person accepts it; a doubtful
    version of a published meeting always is. `relation` overrules what is concluded from the text.
    `has_files` is False if no files came along with the document. Raises `PublishingError`, before anything
    is written, when `place_of` the document is not fully known.
    """
    place = place_of(source, document)
    municipality, day = place.municipality, place.date
    if not (municipality and place.committee and day):
        raise PublishingError(
            _("Teksten siger ikke: %s. Angiv det i administrationen eller ved indlæsningen.")
            % ", ".join(place.missing)
        )
    committee = committee_named(municipality, place.committee)
    lock_day(committee, day)
    match = _match(committee, day, document, relation)
    supplement = document.kind == MeetingKind.SUPPLEMENTARY or relation == Relation.SUPPLEMENT
    doubts = [*municipality_conflict(document, municipality), *same_day(match.other)]
    if match.meeting is None:
        sequence = 1 if match.is_free else next_sequence(committee, day)
        meeting = Meeting(committee=committee, date=day, sequence=sequence)
        redactions = Redactions.of(meeting, [source.sha256])
        redacted = redactions.redact(document)
        reading = _reading(source, redacted, meeting, doubts, supplement=supplement)
        if publish and _is_publishable(reading, doubtful=publish_doubtful):
            meeting.state = State.PUBLISHED
        result = _store_new(reading, redacted.document, redactions, has_files=has_files)
    else:
        redactions = Redactions.of(match.meeting, [source.sha256])
        reading = _reading(source, redactions.redact(document), match.meeting, doubts, supplement=supplement)
        result = _store_version(reading, redactions, doubtful=publish_doubtful, hold=hold)
    record(result.meeting, Change.Kind.UPLOADED, by, detail=mask_cpr_numbers(source.name))
    return result


def _store_new(
    reading: Reading, document: Document, redactions: Redactions, *, has_files: bool
) -> IngestResult:
    """Store a meeting with its first reading, of `document`, and write its public rows.

    Its state is the one that it shall have unless the meeting was taken down.
    """
    meeting = reading.meeting
    note = _draft_note(reading)
    if redactions.whole_meeting:
        meeting.state = State.TAKEN_DOWN
        note = _("Mødet er taget ned og bliver ikke vist.")
    elif meeting.state == State.PUBLISHED:
        meeting.published_at = timezone.now()
        note = ""
    describe(meeting, reading, document)
    meeting.save(force_insert=True)
    # Again, for its key.
    reading.meeting, reading.current = meeting, True
    reading.save(force_insert=True)
    _prepare_files(reading, redactions, is_first=True)
    project_new(reading, document, redactions.items_taken_down(meeting), has_files=has_files)
    return IngestResult(ImportStatus.IMPORTED, meeting, reading, note)


def _store_version(reading: Reading, redactions: Redactions, *, doubtful: bool, hold: bool) -> IngestResult:
    """Store a further reading of a meeting, and write the public rows again if it becomes current."""
    meeting = reading.meeting
    reading.save()
    _prepare_files(reading, redactions)
    note = _activate_or_hold(
        reading,
        is_publishable=_is_publishable(reading, doubtful=doubtful),
        hold=hold and not redactions.whole_meeting,
    )
    if redactions.whole_meeting:
        meeting.state = State.TAKEN_DOWN
        note = _("Mødet er taget ned og bliver ikke vist.")
    if reading.current:
        project(meeting)
    return IngestResult(ImportStatus.UPDATED, meeting, reading, note)


def ingest_rereading(source: Source, document: Document) -> IngestResult:
    """Store what the present reader reads from a stored source, and project its meeting.

    The meeting stays the one of the source, whatever the reader now finds. Nothing is stored when the facts
    have not changed. Call it in a transaction.
    """
    before = source.readings.select_related("meeting").order_by("-id")[0]
    meeting = Meeting.objects.select_for_update(no_key=True).get(pk=before.meeting_id)
    before.refresh_from_db()
    redactions = Redactions.of(meeting, [source.sha256])
    redacted = redactions.redact(document)
    if (
        before.reader_version == VERSION
        and before.text == redacted.text
        and before.facts == storable_facts(redacted.document)
    ):
        _prepare_files(before, redactions)
        project(meeting)
        return IngestResult(ImportStatus.UNCHANGED, meeting, before)
    doubts = [*municipality_conflict(document, meeting.committee.municipality), *still_open(before)]
    reading = _reading(source, redacted, meeting, doubts, supplement=before.supplement)
    reading.save()
    _prepare_files(reading, redactions)
    if before.pending:
        Reading.objects.filter(pk=before.pk).update(pending=False)
        reading.pending = True
        reading.save(update_fields=["pending"])
    if not before.current:
        note = _("En ældre udgave; den gældende er uberørt.")
        return IngestResult(ImportStatus.UPDATED, meeting, reading, note)
    publishable = _is_publishable(reading) or _is_accepted(reading, before)
    note = _activate_or_hold(reading, is_publishable=publishable)
    # Also where the former reading stays current: its files may differ now.
    project(meeting)
    return IngestResult(ImportStatus.UPDATED, meeting, reading, note)


def _prepare_files(reading: Reading, redactions: Redactions, *, is_first: bool = False) -> None:
    """Apply what was decided about the meeting to the files of a document, its first or a later one."""
    if redactions.whole_meeting:
        remove_files(reading.meeting)
        return
    remove_files_taken_down(reading)
    redact_files(reading.meeting, redactions, again=True)
    if not is_first:
        inherit_decisions(reading)


def replaced_by(reading: Reading) -> list[Reading]:
    """Return the current readings that `reading` replaces when it becomes current. One query.

    A supplement replaces those of the same source, and earlier supplements that have an item in common with
    it; other supplements stay current beside it.
    """
    current = reading.meeting.readings.filter(current=True, supplement=reading.supplement)
    if not reading.supplement:
        return list(current)
    numbers = _numbers(reading)
    return [other for other in current if other.source_id == reading.source_id or _numbers(other) & numbers]


def activate(reading: Reading, replaced: Sequence[Reading]) -> None:
    """Make `reading` current instead of those it replaces, and of versions that were pending before it.

    A replaced version that differs only in white space is not shown to the public as a previous version.
    """
    _supersede_pending(reading)
    now = timezone.now() if reading.meeting.state == State.PUBLISHED else None
    for other in replaced:
        other.current = False
        other.public_until = now if other.text.split() != reading.text.split() else None
        other.save(update_fields=["current", "public_until"])
    reading.current, reading.pending = True, False
    reading.save(update_fields=["current", "pending"])


def _supersede_pending(reading: Reading) -> None:
    """End the pending state of the versions that `reading` would have replaced."""
    pending = reading.meeting.readings.filter(pending=True, supplement=reading.supplement, pk__lt=reading.pk)
    for other in pending:
        same = other.source_id == reading.source_id or _numbers(reading) & _numbers(other)
        if not reading.supplement or same:
            other.pending = False
            other.save(update_fields=["pending"])


def _numbers(reading: Reading) -> set[str]:
    return {item["number"] for item in reading.facts["items"]}


def _match(committee: Committee, day: date, document: Document, relation: Relation | None) -> MeetingMatch:
    """Find the document's meeting as `find_meeting`, or as a person said."""
    if relation == Relation.ANOTHER:
        return MeetingMatch(None)
    match = find_meeting(committee, day, document)
    if relation is None or match.meeting:
        return match
    of_day = Meeting.objects.select_for_update(no_key=True).filter(committee=committee, date=day)
    return MeetingMatch(match.other or of_day.order_by("sequence").first())


def _reading(
    source: Source,
    redacted: RedactedDocument,
    meeting: Meeting,
    doubts: Sequence[Doubt],
    *,
    supplement: bool,
) -> Reading:
    """Return a reading of a document, which is not saved."""
    document = redacted.document
    facts = storable_facts(document)
    reading = Reading(
        source=source,
        meeting=meeting,
        text=redacted.text,
        facts=facts,
        warnings=facts["warnings"],
        reader_version=VERSION,
        document=document.document,
        supplement=supplement,
        unresolved_cpr_matches=redacted.unresolved_cpr_matches,
    )
    set_doubts(reading, msgspec.to_builtins([*unanswered(source, document.doubts), *doubts]))
    return reading


def _is_publishable(reading: Reading, *, doubtful: bool = False) -> bool:
    """Return True if the public may see the reading before a person has: it is certain.

    With `doubtful`, also if it has doubts, but not if it has no items or a possible CPR number.
    """
    grades = {Grade.CERTAIN, Grade.DOUBTFUL} if doubtful else {Grade.CERTAIN}
    return not reading.unresolved_cpr_matches and reading.grade in grades


def _is_accepted(reading: Reading, before: Reading) -> bool:
    """Return True if a rereading has only doubts, at the same places, of the document's current reading.

    Where the meeting is published, a person has accepted these.
    """
    return (
        before.current
        and not reading.unresolved_cpr_matches
        and all(doubt in before.doubts for doubt in reading.doubts)
        and (reading.grade != Grade.UNREAD or before.grade == Grade.UNREAD)
    )


def _activate_or_hold(reading: Reading, *, is_publishable: bool, hold: bool = False) -> str:
    """Make `reading` current, or pending; returns a note where a person should know why.

    Minutes outrank an agenda. A version that is not publishable does not replace one that the public can
    read. Nor does one replace any that has far fewer items than the current one, since it may be a partial
    correction, or that lacks an item which staff closed.
    """
    meeting = reading.meeting
    replaced = replaced_by(reading)
    if _is_outranked(reading, replaced):
        return _("Dagsordenen er gemt; referatet gælder.")
    doubts = [*fewer_items(reading, replaced), *_closed_by_staff(reading, replaced)]
    if doubts:
        set_doubts(reading, [*reading.doubts, *msgspec.to_builtins(doubts)])
        reading.save(update_fields=["doubts", "grade"])
    public = meeting.state == State.PUBLISHED
    if doubts or (public and not is_publishable) or (hold and _has_current(meeting)):
        _supersede_pending(reading)
        reading.pending = True
        reading.save(update_fields=["pending"])
        return _pending_note(reading)
    activate(reading, replaced)
    return "" if public and not reading.unresolved_cpr_matches else _draft_note(reading)


def _draft_note(reading: Reading) -> str:
    """Return why the meeting of a current reading is a draft, or an empty text."""
    if reading.unresolved_cpr_matches:
        return _("Mulige CPR-numre i teksten; mødet er ikke offentliggjort.")
    if reading.grade == Grade.UNREAD:
        return _("Ikke læst: ingen punkter fundet; mødet er ikke offentliggjort.")
    return _("Tvivl om læsningen; mødet er ikke offentliggjort.") if reading.doubts else ""


def _closed_by_staff(reading: Reading, replaced: Sequence[Reading]) -> list[Doubt]:
    """Apply the corrections of the structure to a version, and doubt it as `closed_by_staff`."""
    corrections = list(reading.meeting.corrections.in_force().order_by("id"))
    operations = [correction for correction in corrections if correction.field in Correction.STRUCTURE]
    closed = [
        correction.item_slug
        for correction in corrections
        if correction.field == Correction.Field.CLOSED and correction.value is True
    ]
    if not operations:
        return closed_by_staff(reading, replaced, closed, [])
    repaired = structured(reading, operations)
    if set_corrected_items(reading, repaired):
        reading.save(update_fields=["corrected_items"])
    lost = [correction for correction in operations if repaired.results[correction.pk] == Result.GONE]
    return closed_by_staff(reading, replaced, closed, lost)


def _is_outranked(reading: Reading, replaced: Sequence[Reading]) -> bool:
    return (
        not reading.supplement
        and reading.document == DocumentKind.AGENDA
        and any(
            other.document == DocumentKind.MINUTES and other.source_id != reading.source_id
            for other in replaced
        )
    )


def _has_current(meeting: Meeting) -> bool:
    return meeting.readings.filter(current=True).exists()


def _pending_note(reading: Reading) -> str:
    if reading.unresolved_cpr_matches:
        return _("Udgaven har mulige CPR-numre og er holdt tilbage; den tidligere gælder stadig.")
    if reading.doubts:
        return _("Der er tvivl om udgaven, og den er holdt tilbage; den tidligere gælder stadig.")
    return _("Udgaven venter på at blive set igennem; den tidligere gælder stadig.")
