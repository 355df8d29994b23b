"""Reads stored documents again, and places those without a meeting."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from minutes import archive_files, publishing
from minutes.importer.document import import_document
from minutes.importer.enclosures import read_enclosures, store_bytes
from minutes.importer.files import convert_file, read_file
from minutes.importer.results import Handling, ImportResult, Overrides, refused, result_of
from minutes.importer.storing import in_transaction, keep_unplaced
from minutes.models import Source, UnplacedDocument
from minutes.publishing import ImportStatus, PublishingError
from minutes.publishing.audit_log import By
from minutes.publishing.locks import lock_sources
from minutes.reader import UnreadableDocument
from minutes.search import dictionary


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
        return refused(source.name, _("Den originale fil er ikke i arkivets lager."))
    except OSError as error:
        return refused(source.name, _("Filen kan ikke læses: %s") % error.strerror)
    except UnreadableDocument as error:
        return refused(source.name, str(error))

    def ingest() -> ImportResult:
        lock_sources(source.sha256)
        store_bytes(publishing.store_enclosures(source, enclosures))
        if source.readings.exists():
            return result_of(source.name, publishing.ingest_rereading(source, document))
        if publishing.place_of(source, document).missing:
            return keep_unplaced(source.name, source, document)
        ingested = publishing.ingest_document(source, document, publish=False, hold=True)
        UnplacedDocument.objects.filter(source=source).delete()
        return result_of(source.name, ingested)

    return _ingest(source, ingest)


def _reread_text(source: Source) -> ImportResult:
    """Read the stored text of a document whose original was erased, if it has all that the reader needs."""

    def ingest() -> ImportResult:
        lock_sources(source.sha256)
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
        return result_of(source.name, publishing.ingest_rereading(source, document))

    return _ingest(source, ingest)


def _ingest(source: Source, ingest: Callable[[], ImportResult]) -> ImportResult:
    # Loading the word list takes seconds; do it before the transaction takes its locks.
    dictionary.load()
    try:
        return in_transaction(ingest)
    except PublishingError as error:
        return refused(source.name, str(error))


def place_document(unplaced: UnplacedDocument, overrides: Overrides, *, by: By) -> ImportResult:
    """Store a document without a meeting as a draft, with what a person gives of it."""
    source = unplaced.source
    try:
        data = archive_files.read(source.sha256)
    except OSError as error:
        return refused(source.name, _("Filen kan ikke læses: %s") % error.strerror)
    handling = Handling(publish=False, run=source.run_id, hold=True, by=by)
    return import_document(data, source.name, overrides, handling)
