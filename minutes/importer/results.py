"""Facts that a person gives of a document, its handling, and the results of its import."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import msgspec
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from minutes import publishing
from minutes.models import Committee, ErasedOriginal, Meeting, Municipality, Reading, Source
from minutes.models.states import State
from minutes.privacy import mask_cpr_numbers
from minutes.publishing import ImportStatus, IngestResult, Relation
from minutes.publishing.audit_log import By
from minutes.reader.records import Doubt
from minutes.vocabulary import Grade
from minutes.warning_messages import message_of

# Most reasons in the result of a document; the review page has them all.
_MAX_REASONS = 10


@dataclass(frozen=True)
class Overrides:
    """Facts about a document and decisions, given by a person, that override its text and the doubts."""

    municipality: Municipality | None = None
    date: datetime.date | None = None
    committee: str = ""
    encoding: str = ""
    # Relation to the committee's meeting of the same day, if there is one; None: decided from the text.
    relation: Relation | None = None
    publish_doubtful: bool = False

    @property
    def are_minutes(self) -> bool:
        """True if a person said whose minutes they are, so that no text is refused as something else."""
        return bool(self.committee or self.date)


@dataclass(frozen=True)
class ImportResult:
    """Result for one document. `meeting` is its address; `message` is in Danish, or empty."""

    file: str
    status: ImportStatus
    meeting: str = ""
    state: str = ""
    message: str = ""
    personal_numbers: int = 0
    warnings: int = 0
    doubts: int = 0
    grade: str = ""
    # Why the document is not certain, with the line in the text: "linje 12: …". At most `_MAX_REASONS`.
    reasons: tuple[str, ...] = ()
    # For links on staff pages; after a dry run the rows do not exist.
    meeting_id: int | None = None
    reading_id: int | None = None
    source_id: int | None = None
    # The same bytes were erased as an original, and are not stored again.
    erased: bool = False

    @property
    def needs_attention(self) -> bool:
        """True if the document was refused, is pending or was not published as intended."""
        return self.status == ImportStatus.REFUSED or bool(self.message)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Handling:
    """The handling of the documents of a run. `run` is the id of the ImportRun, `by` the user, if any.

    With `hold`, a new version of a meeting is pending until a person accepts it. `store_bytes` is False in a
    transaction that is rolled back. With `scans_too`, the text of scans is recognised. `record` is called
    with the result of a document that is stored, in the same transaction.
    """

    publish: bool
    run: int | None
    store_bytes: bool = True
    hold: bool = False
    by: By = None
    scans_too: bool = False
    record: Callable[[ImportResult], object] | None = None


def refused(name: str, message: str) -> ImportResult:
    return ImportResult(name, ImportStatus.REFUSED, message=message)


def result_of(name: str, ingested: IngestResult) -> ImportResult:
    meeting, reading = ingested.meeting, ingested.reading
    return ImportResult(
        name,
        ingested.status,
        meeting=meeting.get_absolute_url(),
        state=State(meeting.state).value,
        message=ingested.note,
        personal_numbers=ingested.cpr_matches,
        warnings=len(reading.warnings),
        doubts=len(reading.doubts),
        grade=Grade(reading.grade).value,
        reasons=tuple(_reasons(reading)),
        meeting_id=meeting.pk,
        reading_id=reading.pk,
    )


def _reasons(reading: Reading) -> Iterator[str]:
    for doubt in reading.doubts[:_MAX_REASONS]:
        line = reading.text.count("\n", 0, doubt["start"]) + 1
        message = mask_cpr_numbers(message_of(msgspec.convert(doubt, Doubt)))
        yield _("linje %(line)d: %(message)s") % {"line": line, "message": message}


def result_of_known(name: str, source: Source, overrides: Overrides, by: By) -> ImportResult:
    """Return the result for bytes that are in the archive: unchanged, or refused if `overrides` differ."""
    reading = source.readings.select_related("meeting__committee__municipality").order_by("-id")[0]
    meeting = reading.meeting
    address = meeting.get_absolute_url()
    if by and overrides.municipality and overrides.municipality != meeting.committee.municipality:
        # The address would tell staff of one municipality about another's drafts.
        return refused(name, elsewhere())
    if _contradict(overrides, meeting):
        message = _("Samme fil er allerede i arkivet som %s; det oplyste siger noget andet.") % address
        return ImportResult(name, ImportStatus.REFUSED, meeting=address, message=message)
    note = publishing.note_of(source.sha256)
    message = _("Den originale fil er slettet og bliver ikke gemt igen. Intet er ændret.") if note else ""
    return ImportResult(
        name,
        ImportStatus.UNCHANGED,
        meeting=address,
        state=meeting.state,
        message=message,
        meeting_id=meeting.pk,
        reading_id=reading.pk,
        erased=bool(note),
    )


def result_of_erased(name: str, note: ErasedOriginal) -> ImportResult:
    """Return the result for bytes that were erased, and whose document was discarded afterwards."""
    day = date_format(note.made_at, "j. F Y")
    message = _("Filen blev slettet for altid %s og kan ikke lægges ind igen.") % day
    return ImportResult(name, ImportStatus.REFUSED, message=message, erased=True)


def elsewhere() -> str:
    return _("Samme fil er allerede i arkivet under en anden kommune. Skriv til arkivets drift.")


def _contradict(overrides: Overrides, meeting: Meeting) -> bool:
    """Return True if the overrides name another municipality, date or committee than the meeting's."""
    municipality = meeting.committee.municipality
    if overrides.municipality and overrides.municipality != municipality:
        return True
    if overrides.date and overrides.date != meeting.date:
        return True
    if not overrides.committee:
        return False
    return meeting.committee != Committee.objects.called(municipality, overrides.committee)
