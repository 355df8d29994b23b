"""Stores documents that were read, each whole or not at all, several in a transaction where they can be."""

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils.translation import gettext as _
from psycopg.errors import DeadlockDetected, SerializationFailure

from minutes import archive_files, publishing
from minutes.importer.enclosures import store_bytes
from minutes.importer.results import (
    Handling,
    ImportResult,
    Overrides,
    elsewhere,
    refused,
    result_of,
    result_of_erased,
    result_of_known,
)
from minutes.models import Source, UnplacedDocument
from minutes.publishing import Enclosure, ImportStatus, IncomingDocument, PublishingError
from minutes.publishing.locks import lock_sources
from minutes.reader.records import Document
from minutes.search import dictionary

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

_MAX_ATTEMPTS = 4


@dataclass(frozen=True)
class ReadDocument:
    """A document that was read, with the files that came along with it. `name` has no CPR number."""

    name: str
    data: bytes = field(repr=False)
    sha256: str
    document: Document = field(repr=False)
    overrides: Overrides
    enclosures: Sequence[Enclosure] = ()

    @property
    def size(self) -> int:
        """The size in bytes, with the files."""
        return len(self.data) + sum(len(enclosure.data) for enclosure in self.enclosures)

    def new_source(self, run: int | None) -> Source:
        """Return a source for the bytes, which is not saved."""
        return Source(
            sha256=self.sha256,
            size=len(self.data),
            name=Path(self.name).name[:255],
            origin=self.name[:1000],
            given_date=self.overrides.date,
            given_committee=self.overrides.committee,
            given_encoding=self.overrides.encoding,
            given_municipality=self.overrides.municipality,
            run_id=run,
        )

    def incoming(self, source: Source, handling: Handling) -> IncomingDocument:
        """Return the document with its source and the decisions about it."""
        return IncomingDocument(
            source,
            self.document,
            publish=handling.publish,
            publish_doubtful=self.overrides.publish_doubtful,
            hold=handling.hold,
            relation=self.overrides.relation,
            by=handling.by,
            has_files=bool(self.enclosures),
        )


def store_documents(documents: Sequence[ReadDocument], handling: Handling) -> list[ImportResult]:
    """Store each document, and return the results in the same order.

    Documents of new meetings of one municipality share a transaction. If it fails, and for other documents,
    each has one of its own, so that a document that cannot be stored stops no other. Raises errors of the
    database server and the disk.
    """
    # Loading the word list takes seconds; do it before a transaction takes its locks.
    dictionary.load()
    results: dict[int, ImportResult] = {}
    for group in _groups(documents):
        together = [documents[at] for at in group]
        stored = _store_together(together, handling)
        results |= {at: result for at, result in zip(group, stored, strict=True) if result}
    return [results.get(at) or _store_or_refuse(document, handling) for at, document in enumerate(documents)]


def _groups(documents: Sequence[ReadDocument]) -> list[list[int]]:
    """Return the indexes of documents that can share a transaction, by municipality. One query at most."""
    without_files = [at for at, document in enumerate(documents) if not document.enclosures]
    if len(without_files) < 2:
        return []
    places = publishing.places_of(
        (documents[at].new_source(None), documents[at].document) for at in without_files
    )
    groups: dict[int, list[int]] = defaultdict(list)
    for at, place in zip(without_files, places, strict=True):
        if place.municipality and not place.missing:
            groups[place.municipality.pk].append(at)
    return [group for group in groups.values() if len(group) > 1]


def _store_together(documents: Sequence[ReadDocument], handling: Handling) -> Sequence[ImportResult | None]:
    """Store documents in one transaction; return None for each that must be stored alone."""

    def store() -> list[ImportResult | None]:
        hashes = {document.sha256 for document in documents}
        lock_sources(*hashes)
        known = set(Source.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
        free = hashes - known - publishing.notes_of(hashes).keys()
        new: dict[int, IncomingDocument] = {}
        for at, document in enumerate(documents):
            if document.sha256 in free:
                free.remove(document.sha256)
                new[at] = document.incoming(document.new_source(handling.run), handling)
        ingested = zip(new, publishing.ingest_documents(list(new.values())), strict=True)
        results: list[ImportResult | None] = [None] * len(documents)
        for at, outcome in ingested:
            if outcome:
                results[at] = result = result_of(documents[at].name, outcome)
                if handling.store_bytes:
                    archive_files.store(documents[at].sha256, documents[at].data)
                if handling.record:
                    handling.record(result)
        return results

    try:
        return in_transaction(store)
    except (OperationalError, InterfaceError, OSError):
        raise
    except Exception:
        # Stored one by one, each says why it cannot be.
        logger.info("A transaction of %d documents failed", len(documents), exc_info=True)
        return [None] * len(documents)


def _store_or_refuse(document: ReadDocument, handling: Handling) -> ImportResult:
    try:
        return store_alone(document, handling)
    except (OperationalError, InterfaceError, OSError):
        raise
    except Exception as error:
        logger.exception("The import of %s failed", document.name)
        return refused(document.name, _("Indlæsningen fejlede: %s") % type(error).__name__)


def store_alone(document: ReadDocument, handling: Handling) -> ImportResult:
    """Store a document in a transaction of its own; it may be known, or of a meeting that is."""

    def store() -> ImportResult:
        lock_sources(document.sha256)
        result = _store(document, handling)
        if handling.record:
            handling.record(result)
        return result

    dictionary.load()
    try:
        return in_transaction(store)
    except PublishingError as error:
        return refused(document.name, str(error))


def _store(document: ReadDocument, handling: Handling) -> ImportResult:
    """Store a document whose bytes are locked."""
    name, overrides = document.name, document.overrides
    # Another process may have imported the same bytes in the meantime.
    source = Source.objects.filter(sha256=document.sha256).first()
    if source and source.readings.exists():
        return result_of_known(name, source, overrides, handling.by)
    is_new = source is None
    if source is None:
        if note := publishing.note_of(document.sha256):
            return result_of_erased(name, note)
        source = document.new_source(handling.run)
        source.save(force_insert=True)
    elif _is_of_another_municipality(source, overrides):
        return refused(name, elsewhere())
    else:
        _add_overrides(source, overrides)
    enclosed = publishing.store_enclosures(source, document.enclosures, is_new=is_new)
    if handling.store_bytes:
        archive_files.store(document.sha256, document.data)
        store_bytes(enclosed)
    if publishing.place_of(source, document.document).missing:
        return keep_unplaced(name, source, document.document)
    (ingested,) = publishing.ingest_documents([document.incoming(source, handling)])
    assert ingested
    if not is_new:
        UnplacedDocument.objects.filter(source=source).delete()
    return result_of(name, ingested)


def in_transaction(store: Callable[[], Result]) -> Result:
    """Call `store` in a transaction; retry it after a deadlock or a serialization failure."""
    for attempt in range(1, _MAX_ATTEMPTS + 1):
        try:
            with transaction.atomic():
                return store()
        except OperationalError as error:
            transient = isinstance(error.__cause__, DeadlockDetected | SerializationFailure)
            if not transient or attempt == _MAX_ATTEMPTS or connection.in_atomic_block:
                raise
    raise AssertionError("unreachable")


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


def keep_unplaced(name: str, source: Source, document: Document) -> ImportResult:
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
