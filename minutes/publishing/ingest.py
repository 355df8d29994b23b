"""Stores a document that was read: finds its meeting, and decides whether it becomes current and public."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import msgspec
from django.utils import timezone
from django.utils.translation import gettext as _

from minutes.models import Change, Committee, Meeting, Reading, Source
from minutes.models.danish import slug
from minutes.models.states import State
from minutes.privacy import mask_cpr_numbers
from minutes.publishing.activation import activate_or_hold, draft_note, is_publishable
from minutes.publishing.audit_log import By, entry
from minutes.publishing.description import describe
from minutes.publishing.doubts import municipality_conflict, same_day, still_open
from minutes.publishing.enclosed_files import (
    inherit_decisions,
    redact_files,
    remove_files,
    remove_files_taken_down,
)
from minutes.publishing.errors import PublishingError
from minutes.publishing.identity import (
    MeetingMatch,
    committees_named,
    find_meeting,
    next_sequence,
    occupied,
)
from minutes.publishing.locks import lock_days
from minutes.publishing.namesakes import shared_names
from minutes.publishing.place import places_of, unanswered
from minutes.publishing.projection import FirstReading, project, project_new
from minutes.publishing.readings import RedactedDocument, set_doubts, storable_facts
from minutes.publishing.redactions import Redactions
from minutes.reader import VERSION
from minutes.reader.records import Document, Doubt
from minutes.vocabulary import Grade, MeetingKind


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


@dataclass(frozen=True)
class IncomingDocument:
    """A document to ingest, with the source that it was read from, and decisions about it."""

    source: Source
    document: Document
    publish: bool
    publish_doubtful: bool = False
    hold: bool = False
    relation: Relation | None = None
    by: By = None
    has_files: bool = True

    @property
    def needs_transaction(self) -> bool:
        """True if it needs a transaction of its own, as one that locks more than documents usually do."""
        document = self.document
        return bool(self.relation or document.committees[1:] or shared_names([document]))


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
    incoming = IncomingDocument(
        source, document, publish, publish_doubtful, hold, relation, by, has_files=has_files
    )
    (result,) = ingest_documents([incoming])
    assert result is not None
    return result


def ingest_documents(documents: Sequence[IncomingDocument]) -> list[IngestResult | None]:
    """Ingest documents of one municipality as `ingest_document`, and store their sources if they are new.

    Those of new meetings share their statements, and take their locks in the same order as others do. A
    further version of a meeting, or another document that `needs_transaction`, is ingested only alone: beside
    others it is left out, and its result is None.
    """
    is_alone = len(documents) == 1
    results: dict[int, IngestResult] = {}
    candidates = [at for at, incoming in enumerate(documents) if is_alone or not incoming.needs_transaction]
    days = _days([documents[at] for at in candidates])
    lock_days(*days)
    taken = occupied(days)
    new: dict[int, tuple[IncomingDocument, Meeting]] = {}
    for at, (committee, day) in zip(candidates, days, strict=True):
        if (committee.pk, day) not in taken:
            taken.add((committee.pk, day))
            new[at] = documents[at], Meeting(committee=committee, date=day)
        elif is_alone:
            results[at] = _ingest_on_taken_day(documents[at], committee, day)
    results |= zip(new, _store_new(list(new.values())), strict=True)
    return [results.get(at) for at in range(len(documents))]


def _days(documents: Sequence[IncomingDocument]) -> list[tuple[Committee, date]]:
    """Return the committee and day of each document; create missing committees."""
    days: list[tuple[str, date]] = []
    municipality = None
    for place in places_of((incoming.source, incoming.document) for incoming in documents):
        municipality = place.municipality
        if not (municipality and place.committee and place.date):
            raise PublishingError(
                _("Teksten siger ikke: %s. Angiv det i administrationen eller ved indlæsningen.")
                % ", ".join(place.missing)
            )
        days.append((place.committee, place.date))
    if municipality is None:
        return []
    committees = committees_named(municipality, (name for name, _day in days))
    return [(committees[slug(name)], day) for name, day in days]


def _ingest_on_taken_day(incoming: IncomingDocument, committee: Committee, day: date) -> IngestResult:
    """Ingest a document of a day that has a meeting, which it may be about."""
    match = _match(committee, day, incoming.document, incoming.relation)
    doubts = same_day(match.other)
    if match.meeting is None:
        meeting = Meeting(committee=committee, date=day, sequence=next_sequence(committee, day))
        (result,) = _store_new([(incoming, meeting)], doubts)
        return result
    redactions = Redactions.of(match.meeting, [incoming.source.sha256])
    reading = _reading(incoming, redactions.redact(incoming.document), match.meeting, doubts)
    result = _store_version(reading, redactions, doubtful=incoming.publish_doubtful, hold=incoming.hold)
    _uploaded(incoming, result.meeting).save(force_insert=True)
    return result


@dataclass(frozen=True)
class _NewMeeting:
    """A document of a new meeting, redacted, with its reading, and a note for a person or an empty text."""

    incoming: IncomingDocument
    redactions: Redactions
    redacted: RedactedDocument
    reading: Reading
    note: str

    @classmethod
    def of(
        cls, incoming: IncomingDocument, meeting: Meeting, redactions: Redactions, doubts: Sequence[Doubt]
    ) -> "_NewMeeting":
        """Return the document as redacted, and describe the meeting; does not store anything."""
        redacted = redactions.redact(incoming.document)
        reading = _reading(incoming, redacted, meeting, doubts)
        note = _set_first_state(reading, incoming, redactions)
        describe(meeting, reading, redacted.document)
        return cls(incoming, redactions, redacted, reading, note)

    @property
    def meeting(self) -> Meeting:
        return self.reading.meeting

    def first_reading(self) -> FirstReading:
        taken_down = self.redactions.items_taken_down(self.meeting)
        return FirstReading(
            self.reading, self.redacted.document, taken_down, has_files=self.incoming.has_files
        )


def _store_new(
    documents: Sequence[tuple[IncomingDocument, Meeting]], doubts: Sequence[Doubt] = ()
) -> list[IngestResult]:
    """Store new meetings of one municipality, each with its first reading, and write their public rows.

    The number of queries is the same for one meeting and for many, unless something was removed from one.
    """
    if not documents:
        return []
    redactions = Redactions.of_new((meeting, incoming.source.sha256) for incoming, meeting in documents)
    new = [
        _NewMeeting.of(incoming, meeting, of_meeting, doubts)
        for (incoming, meeting), of_meeting in zip(documents, redactions, strict=True)
    ]
    readings = [one.reading for one in new]
    Source.objects.bulk_create([reading.source for reading in readings if reading.source.pk is None])
    Meeting.objects.bulk_create([one.meeting for one in new])
    for reading in readings:
        # Again, for their keys.
        reading.source, reading.meeting, reading.current = reading.source, reading.meeting, True
    Reading.objects.bulk_create(readings)
    for one in new:
        _prepare_files(one.reading, one.redactions, is_first=True)
    project_new([one.first_reading() for one in new])
    Change.objects.bulk_create([_uploaded(one.incoming, one.meeting) for one in new])
    return [IngestResult(ImportStatus.IMPORTED, one.meeting, one.reading, one.note) for one in new]


def _set_first_state(reading: Reading, incoming: IncomingDocument, redactions: Redactions) -> str:
    """Set the state of a new meeting by its first reading; return a note where a person should know why."""
    meeting = reading.meeting
    if redactions.whole_meeting:
        meeting.state = State.TAKEN_DOWN
        return _("Mødet er taget ned og bliver ikke vist.")
    if incoming.publish and is_publishable(reading, doubtful=incoming.publish_doubtful):
        meeting.state, meeting.published_at = State.PUBLISHED, timezone.now()
        return ""
    return draft_note(reading)


def _uploaded(incoming: IncomingDocument, meeting: Meeting) -> Change:
    """Return the entry of the audit log about a document that came in."""
    return entry(meeting, Change.Kind.UPLOADED, incoming.by, detail=mask_cpr_numbers(incoming.source.name))


def _store_version(reading: Reading, redactions: Redactions, *, doubtful: bool, hold: bool) -> IngestResult:
    """Store a further reading of a meeting, and write the public rows again if it becomes current."""
    meeting = reading.meeting
    reading.save()
    _prepare_files(reading, redactions)
    note = activate_or_hold(
        reading,
        is_publishable=is_publishable(reading, doubtful=doubtful),
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
    reading = _new_reading(source, redacted, meeting, doubts, supplement=before.supplement)
    reading.save()
    _prepare_files(reading, redactions)
    if before.pending:
        Reading.objects.filter(pk=before.pk).update(pending=False)
        reading.pending = True
        reading.save(update_fields=["pending"])
    if not before.current:
        note = _("En ældre udgave; den gældende er uberørt.")
        return IngestResult(ImportStatus.UPDATED, meeting, reading, note)
    publishable = is_publishable(reading) or _is_accepted(reading, before)
    note = activate_or_hold(reading, is_publishable=publishable)
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
    incoming: IncomingDocument, redacted: RedactedDocument, meeting: Meeting, doubts: Sequence[Doubt]
) -> Reading:
    """Return a reading of a document, which is not saved, with doubts of the import."""
    supplement = (
        incoming.document.kind == MeetingKind.SUPPLEMENTARY or incoming.relation == Relation.SUPPLEMENT
    )
    of_import = [*municipality_conflict(incoming.document, meeting.committee.municipality), *doubts]
    return _new_reading(incoming.source, redacted, meeting, of_import, supplement=supplement)


def _new_reading(
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
