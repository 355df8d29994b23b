"""One document's way into the archive: whole, or not at all."""

import datetime
import hashlib
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _
from psycopg.errors import DeadlockDetected, SerializationFailure

from minutes import publishing
from minutes.importer import archive_files
from minutes.models import Municipality, Source
from minutes.models.states import State
from minutes.privacy import mask_cpr_numbers
from minutes.publishing import ImportStatus, IngestResult, PublishingError, Relation
from minutes.publishing.audit_log import By
from minutes.publishing.locks import lock_source
from minutes.reader import UnreadableDocument, read
from minutes.search import dictionary

logger = logging.getLogger(__name__)

_TRIES = 4


@dataclass(frozen=True)
class Overrides:
    """What a person says about a document, which overrules its text."""

    municipality: Municipality | None = None
    date: datetime.date | None = None
    committee: str = ""
    encoding: str = ""
    # What the document is where the archive has a meeting of that day; None: concluded from the text.
    relation: Relation | None = None


@dataclass(frozen=True)
class Result:
    """What became of one document: `meeting` is its address, `message` in Danish or empty."""

    file: str
    status: ImportStatus
    meeting: str = ""
    state: str = ""
    message: str = ""
    personal_numbers: int = 0
    warnings: int = 0
    doubts: int = 0
    # For links among the staff's pages; the rows may be gone after a dry run.
    meeting_id: int | None = None
    reading_id: int | None = None

    @property
    def wants_an_eye(self) -> bool:
        """Whether a person should look at it: refused, a draft against intention, held back."""
        return self.status == ImportStatus.REFUSED or bool(self.message)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def import_document(
    path: Path, given: Overrides, *, publish: bool, run: int | None, keep: bool = True
) -> Result:
    """Import the file at `path` in one transaction of its own; never raises for what is wrong with it.

    `run` is the id of the ImportRun. With `keep=False` the bytes are not kept: for a trial in a
    transaction that the caller rolls back.
    """
    name = str(path).encode("utf-8", "replace").decode()
    try:
        data = path.read_bytes()
    except OSError as error:
        return Result(
            name, ImportStatus.REFUSED, message=_("Filen kan ikke læses: %s") % (error.strerror or error)
        )
    return import_bytes(data, name, given, publish=publish, run=run, keep=keep)


def import_bytes(
    data: bytes,
    name: str,
    given: Overrides,
    *,
    publish: bool,
    run: int | None,
    keep: bool = True,
    hold: bool = False,
    by: By = None,
) -> Result:
    """Import the bytes of a document called `name`, as `import_document` does.

    With `hold` a new version of a meeting is pending until a person accepts it. `by` is the user, if any.
    """
    name = mask_cpr_numbers(name)
    sha256 = hashlib.sha256(data).hexdigest()
    met = Source.objects.filter(sha256=sha256).first()
    if met:
        return _met_again(name, met, given, by)
    try:
        document = read(data, Path(name).name, encoding=given.encoding or None)
    except UnreadableDocument as error:
        return Result(name, ImportStatus.REFUSED, message=str(error))
    except Exception as error:
        # One document never stops a batch, whatever the reader stumbles over.
        logger.exception("The reader failed on %s", name)
        return Result(name, ImportStatus.REFUSED, message=_("Læseren fejlede: %s") % type(error).__name__)

    def store() -> Result:
        # Another process may have brought the same bytes meanwhile.
        lock_source(sha256)
        source = Source.objects.filter(sha256=sha256).first()
        if source:
            return _met_again(name, source, given, by)
        source = Source.objects.create(
            sha256=sha256,
            size=len(data),
            name=Path(name).name[:255],
            origin=name[:1000],
            given_date=given.date,
            given_committee=given.committee,
            given_encoding=given.encoding,
            given_municipality=given.municipality,
            run_id=run,
        )
        ingested = publishing.ingest_document(
            source, document, publish=publish, hold=hold, relation=given.relation, by=by
        )
        if keep:
            archive_files.keep(sha256, data)
        return _result(name, ingested)

    return _stored(name, store)


def read_again(source: Source) -> Result:
    """Read the kept bytes of `source` with the present reader and project its meeting anew."""
    try:
        data = archive_files.read(source.sha256)
        document = read(data, source.name, encoding=source.given_encoding or None)
    except OSError as error:
        return Result(
            source.name, ImportStatus.REFUSED, message=_("Filen kan ikke læses: %s") % error.strerror
        )
    except UnreadableDocument as error:
        return Result(source.name, ImportStatus.REFUSED, message=str(error))

    def store() -> Result:
        lock_source(source.sha256)
        return _result(source.name, publishing.ingest_rereading(source, document))

    return _stored(source.name, store)


def _stored(name: str, store: Callable[[], Result]) -> Result:
    """`store()` in a transaction; again when the server gave it up for another's sake."""
    # Reading the word list takes seconds, in which no other process is to wait for this transaction.
    dictionary.load()
    for attempt in range(1, _TRIES + 1):
        try:
            with transaction.atomic():
                return store()
        except PublishingError as refusal:
            return Result(name, ImportStatus.REFUSED, message=str(refusal))
        except OperationalError as error:
            passing = isinstance(error.__cause__, DeadlockDetected | SerializationFailure)
            if not passing or attempt == _TRIES or connection.in_atomic_block:
                raise
    raise AssertionError("unreachable")


def _met_again(name: str, source: Source, given: Overrides, by: By) -> Result:
    """The bytes are in the archive already: unchanged, unless they are now said to be something else."""
    reading = source.readings.select_related("meeting__committee__municipality").order_by("-id")[0]
    meeting = reading.meeting
    address = meeting.get_absolute_url()
    if by and given.municipality and given.municipality != meeting.committee.municipality:
        # Whose it is, and what, is not for the staff of another municipality.
        message = _("Samme fil er allerede i arkivet under en anden kommune. Skriv til arkivets drift.")
        return Result(name, ImportStatus.REFUSED, message=message)
    elsewhere = (
        (given.municipality and given.municipality != meeting.committee.municipality)
        or (given.date and given.date != meeting.date)
        or (
            given.committee
            and meeting.committee
            != type(meeting.committee).objects.called(meeting.committee.municipality, given.committee)
        )
    )
    if elsewhere:
        message = _("Samme fil er allerede i arkivet som %s; det oplyste siger noget andet.") % address
        return Result(name, ImportStatus.REFUSED, meeting=address, message=message)
    return Result(
        name,
        ImportStatus.UNCHANGED,
        meeting=address,
        state=meeting.state,
        meeting_id=meeting.pk,
        reading_id=reading.pk,
    )


def _result(name: str, ingested: IngestResult) -> Result:
    meeting, reading = ingested.meeting, ingested.reading
    return Result(
        name,
        ingested.status,
        meeting=meeting.get_absolute_url(),
        state=State(meeting.state).value,
        message=ingested.note,
        personal_numbers=ingested.cpr_matches,
        warnings=len(reading.warnings),
        doubts=len(reading.doubts),
        meeting_id=meeting.pk,
        reading_id=reading.pk,
    )
