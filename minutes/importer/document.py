"""Imports files, each document in them in a transaction of its own."""

import datetime
import hashlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import msgspec
from django.db import OperationalError, connection, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from psycopg.errors import DeadlockDetected, SerializationFailure

from minutes import archive_files, publishing
from minutes.documents import SourceDocument
from minutes.documents.source import Part
from minutes.importer.enclosures import read_enclosures, store_bytes
from minutes.importer.files import convert_file, documents_in, printable, read_file, read_path
from minutes.models import (
    Committee,
    ErasedOriginal,
    Meeting,
    Municipality,
    Reading,
    Source,
    UnplacedDocument,
)
from minutes.models.states import State
from minutes.privacy import mask_cpr_numbers
from minutes.publishing import ImportStatus, IngestResult, PublishingError, Relation
from minutes.publishing.audit_log import By
from minutes.publishing.locks import lock_source
from minutes.reader import UnreadableDocument
from minutes.reader.records import Document, Doubt
from minutes.search import dictionary
from minutes.vocabulary import Grade
from minutes.warning_messages import message_of

logger = logging.getLogger(__name__)

_MAX_ATTEMPTS = 4
# Most reasons in the result of a document; the review page has them all.
_MAX_REASONS = 10
# Most documents of one file. The limits of a ZIP file do not count those inside its members.
_MAX_DOCUMENTS = 10_000


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


def import_path(
    path: Path, overrides: Overrides, handling: Handling, *, follow_links: bool = True
) -> list[ImportResult]:
    """Import the file at `path`, as `import_file` does."""
    name = printable(path)
    try:
        data = read_path(path, follow_links=follow_links)
    except OSError as error:
        return [_refused(name, _("Filen kan ikke læses: %s") % (error.strerror or error))]
    return import_file(data, name, overrides, handling)


def import_file(data: bytes, name: str, overrides: Overrides, handling: Handling) -> list[ImportResult]:
    """Import a file named `name`: a document, or an archive or mail with several, each with its own result.

    Reports any fault of a file in its result instead of raising.
    """
    results: list[ImportResult] = []
    for file, converted in documents_in(Part(name, data), _is_stored, scans_too=handling.scans_too):
        if len(results) == _MAX_DOCUMENTS:
            message = _("Filen indeholder over %d filer. De sidste er ikke indlæst.") % _MAX_DOCUMENTS
            return [*results, _refused(mask_cpr_numbers(name), message)]
        if file.refusal:
            results.append(_refused(mask_cpr_numbers(file.name), file.refusal))
        else:
            results.append(import_document(file.data, file.name, overrides, handling, converted))
    return results


def _is_stored(data: bytes) -> bool:
    return Source.objects.filter(sha256=hashlib.sha256(data).hexdigest()).exists()


def import_document(
    data: bytes,
    name: str,
    overrides: Overrides,
    handling: Handling,
    converted: SourceDocument | None = None,
) -> ImportResult:
    """Import the bytes of one document named `name`; `converted` is its text, if it was converted already.

    A document whose municipality, committee or date is not known is stored without a meeting; importing the
    same bytes again with what is missing gives it one.
    """
    name = mask_cpr_numbers(name)
    sha256 = hashlib.sha256(data).hexdigest()
    known_source = Source.objects.filter(sha256=sha256).first()
    if known_source and known_source.readings.exists():
        return _result_of_known(name, known_source, overrides, handling.by)
    encoding = overrides.encoding or (known_source.given_encoding if known_source else "")
    try:
        converted = converted or convert_file(data, Path(name).name, scans_too=handling.scans_too)
        document = read_file(
            data,
            Path(name).name,
            encoding=encoding or None,
            are_minutes=overrides.are_minutes or bool(known_source),
            converted=converted,
        )
        # Commands and workers have time for scans; a request has not.
        attachments = converted.attachments if converted else ()
        enclosures = read_enclosures(attachments, in_request=not handling.scans_too)
    except UnreadableDocument as error:
        return _refused(name, str(error))
    except Exception as error:
        # A defect of the reader must not stop a batch.
        logger.exception("The reader failed on %s", name)
        return _refused(name, _("Læseren fejlede: %s") % type(error).__name__)

    def ingest() -> ImportResult:
        # Another process may have imported the same bytes in the meantime.
        lock_source(sha256)
        source = Source.objects.filter(sha256=sha256).first()
        if source and source.readings.exists():
            return _result_of_known(name, source, overrides, handling.by)
        is_new = source is None
        if source is None:
            if note := publishing.note_of(sha256):
                return _result_of_erased(name, note)
            source = _create_source(sha256, len(data), name, overrides, handling.run)
        elif _is_of_another_municipality(source, overrides):
            return _refused(name, _elsewhere())
        else:
            _add_overrides(source, overrides)
        enclosed = publishing.store_enclosures(source, enclosures, is_new=is_new)
        if handling.store_bytes:
            archive_files.store(sha256, data)
            store_bytes(enclosed)
        if publishing.place_of(source, document).missing:
            return _keep_unplaced(name, source, document)
        ingested = publishing.ingest_document(
            source,
            document,
            publish=handling.publish,
            publish_doubtful=overrides.publish_doubtful,
            hold=handling.hold,
            relation=overrides.relation,
            by=handling.by,
            has_files=bool(enclosures),
        )
        if not is_new:
            UnplacedDocument.objects.filter(source=source).delete()
        return _result_of(name, ingested)

    return _in_transaction(name, ingest, handling.record)


def reread_document(source: Source) -> ImportResult:
    """Read the stored bytes of `source` with the current reader and project its meeting again.

    A document without a meeting becomes a draft if the reader now reads what was missing. One whose original
    was erased is read from its stored text; if it was converted from another format, its reading stays.
    """
    if publishing.note_of(source.sha256):
        return _reread_text(source)
    try:
        data = archive_files.read(source.sha256)
        converted = convert_file(data, source.name, scans_too=True)
        encoding = source.given_encoding or None
        document = read_file(data, source.name, encoding=encoding, are_minutes=True, converted=converted)
        enclosures = read_enclosures(converted.attachments if converted else ())
    except FileNotFoundError:
        return _refused(source.name, _("Den originale fil er ikke i arkivets lager."))
    except OSError as error:
        return _refused(source.name, _("Filen kan ikke læses: %s") % error.strerror)
    except UnreadableDocument as error:
        return _refused(source.name, str(error))

    def ingest() -> ImportResult:
        lock_source(source.sha256)
        store_bytes(publishing.store_enclosures(source, enclosures))
        if source.readings.exists():
            return _result_of(source.name, publishing.ingest_rereading(source, document))
        if publishing.place_of(source, document).missing:
            return _keep_unplaced(source.name, source, document)
        ingested = publishing.ingest_document(source, document, publish=False, hold=True)
        UnplacedDocument.objects.filter(source=source).delete()
        return _result_of(source.name, ingested)

    return _in_transaction(source.name, ingest)


def _reread_text(source: Source) -> ImportResult:
    """Read the stored text of a document whose original was erased, if it has all that the reader needs."""

    def ingest() -> ImportResult:
        lock_source(source.sha256)
        document = publishing.read_stored_text(source)
        if document is None:
            return ImportResult(
                source.name,
                ImportStatus.UNCHANGED,
                message=_(
                    "Den originale fil er slettet, så dokumentet kan ikke læses igen. "
                    "Den nuværende læsning bliver stående."
                ),
            )
        return _result_of(source.name, publishing.ingest_rereading(source, document))

    return _in_transaction(source.name, ingest)


def place_document(unplaced: UnplacedDocument, overrides: Overrides, *, by: By) -> ImportResult:
    """Store a document without a meeting as a draft, with what a person gives of it."""
    source = unplaced.source
    try:
        data = archive_files.read(source.sha256)
    except OSError as error:
        return _refused(source.name, _("Filen kan ikke læses: %s") % error.strerror)
    handling = Handling(publish=False, run=source.run_id, hold=True, by=by)
    return import_document(data, source.name, overrides, handling)


def _create_source(sha256: str, size: int, name: str, overrides: Overrides, run: int | None) -> Source:
    return Source.objects.create(
        sha256=sha256,
        size=size,
        name=Path(name).name[:255],
        origin=name[:1000],
        given_date=overrides.date,
        given_committee=overrides.committee,
        given_encoding=overrides.encoding,
        given_municipality=overrides.municipality,
        run_id=run,
    )


def _in_transaction(
    name: str,
    ingest: Callable[[], ImportResult],
    record: Callable[[ImportResult], object] | None = None,
) -> ImportResult:
    """Call `ingest` in a transaction; retry it after a deadlock or a serialization failure."""
    # Loading the word list takes seconds; do it before the transaction takes its locks.
    dictionary.load()
    for attempt in range(1, _MAX_ATTEMPTS + 1):
        try:
            with transaction.atomic():
                result = ingest()
                if record:
                    record(result)
                return result
        except PublishingError as error:
            return _refused(name, str(error))
        except OperationalError as error:
            transient = isinstance(error.__cause__, DeadlockDetected | SerializationFailure)
            if not transient or attempt == _MAX_ATTEMPTS or connection.in_atomic_block:
                raise
    raise AssertionError("unreachable")


def _result_of_known(name: str, source: Source, overrides: Overrides, by: By) -> ImportResult:
    """Return the result for bytes that are in the archive: unchanged, or refused if `overrides` differ."""
    reading = source.readings.select_related("meeting__committee__municipality").order_by("-id")[0]
    meeting = reading.meeting
    address = meeting.get_absolute_url()
    if by and overrides.municipality and overrides.municipality != meeting.committee.municipality:
        # The address would tell staff of one municipality about another's drafts.
        return _refused(name, _elsewhere())
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


def _result_of_erased(name: str, note: ErasedOriginal) -> ImportResult:
    """Return the result for bytes that were erased, and whose document was discarded afterwards."""
    day = date_format(note.made_at, "j. F Y")
    message = _("Filen blev slettet for altid %s og kan ikke lægges ind igen.") % day
    return ImportResult(name, ImportStatus.REFUSED, message=message, erased=True)


def _elsewhere() -> str:
    return _("Samme fil er allerede i arkivet under en anden kommune. Skriv til arkivets drift.")


def _is_of_another_municipality(source: Source, overrides: Overrides) -> bool:
    """Return True if a stored document without a meeting is another municipality's than the one given."""
    unplaced = UnplacedDocument.objects.filter(source=source).first()
    known = unplaced and unplaced.municipality
    return bool(known and overrides.municipality and known != overrides.municipality)


def _add_overrides(source: Source, overrides: Overrides) -> None:
    """Store on a known source what a person gives of it now."""
    source.given_municipality = overrides.municipality or source.given_municipality
    source.given_date = overrides.date or source.given_date
    source.given_committee = overrides.committee or source.given_committee
    source.given_encoding = overrides.encoding or source.given_encoding
    source.save(update_fields=["given_municipality", "given_date", "given_committee", "given_encoding"])


def _keep_unplaced(name: str, source: Source, document: Document) -> ImportResult:
    publishing.keep_unplaced(source, document)
    missing = ", ".join(publishing.place_of(source, document).missing)
    return ImportResult(
        name,
        ImportStatus.UNPLACED,
        message=_(
            "Gemt uden møde: teksten siger ikke %s. Angiv det i administrationen eller ved indlæsningen."
        )
        % missing,
        grade=document.grade,
        source_id=source.pk,
    )


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


def _refused(name: str, message: str) -> ImportResult:
    return ImportResult(name, ImportStatus.REFUSED, message=message)


def _result_of(name: str, ingested: IngestResult) -> ImportResult:
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
