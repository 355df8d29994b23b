"""Imports files: the documents in them are read, and stored one by one or several in a transaction."""

import hashlib
import logging
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext as _

from minutes.documents import SourceDocument
from minutes.documents.source import Part
from minutes.importer.enclosures import read_enclosures
from minutes.importer.files import convert_file, documents_in, printable, read_file, read_path
from minutes.importer.portions import portions
from minutes.importer.results import Handling, ImportResult, Overrides, refused, result_of_known
from minutes.importer.storing import ReadDocument, store_alone, store_documents
from minutes.models import Source
from minutes.privacy import mask_cpr_numbers
from minutes.reader import UnreadableDocument

logger = logging.getLogger(__name__)

# Most documents of one file. The limits of a ZIP file do not count those inside its members.
_MAX_DOCUMENTS = 10_000

# A document that was read, or the result of one that is not stored.
_Read = ReadDocument | ImportResult


def import_paths(
    paths: Sequence[Path], overrides: Overrides, handling: Handling, *, follow_links: bool = True
) -> list[list[ImportResult]]:
    """Import the files at `paths` as `import_file` does; return the results of each.

    Documents share transactions where they can. A file that fails, for any reason but the database server or
    the disk, is refused.
    """
    results: list[list[ImportResult]] = [[] for _path in paths]
    files = [_bytes_at(path, follow_links=follow_links) for path in paths]
    known = _KnownSources(data for data in files if isinstance(data, bytes))
    read = (
        (at, document)
        for at, (path, data) in enumerate(zip(paths, files, strict=True))
        for document in _read_or_refuse(data, printable(path), overrides, handling, known)
    )
    for portion in portions(read, lambda numbered: _size(numbered[1])):
        documents = [document for _at, document in portion if isinstance(document, ReadDocument)]
        stored = iter(store_documents(documents, handling))
        for at, document in portion:
            results[at].append(document if isinstance(document, ImportResult) else next(stored))
    return results


class _KnownSources:
    """The sources that the archive has of some bytes, by their SHA-256; loads those of other bytes later."""

    def __init__(self, files: Iterable[bytes]) -> None:
        """Load the sources of `files`. One query."""
        self._sources: dict[str, Source | None] = {_sha256(data): None for data in files}
        if self._sources:
            self._load(list(self._sources))

    def __getitem__(self, sha256: str) -> Source | None:
        if sha256 not in self._sources:
            self._sources[sha256] = None
            self._load([sha256])
        return self._sources[sha256]

    def _load(self, hashes: list[str]) -> None:
        self._sources |= {source.sha256: source for source in Source.objects.filter(sha256__in=hashes)}


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _bytes_at(path: Path, *, follow_links: bool) -> bytes | OSError:
    try:
        return read_path(path, follow_links=follow_links)
    except OSError as error:
        return error


def _read_or_refuse(
    data: bytes | OSError, name: str, overrides: Overrides, handling: Handling, known: _KnownSources
) -> Iterator[_Read]:
    """Yield the documents of a file as `_read_documents`; refuse the file after another error."""
    if isinstance(data, OSError):
        yield refused(name, _("Filen kan ikke læses: %s") % (data.strerror or data))
        return
    try:
        yield from _read_documents(data, name, overrides, handling, known)
    except (OperationalError, InterfaceError, OSError):
        raise
    except Exception as error:
        logger.exception("The import of %s failed", mask_cpr_numbers(name))
        yield refused(mask_cpr_numbers(name), _("Indlæsningen fejlede: %s") % type(error).__name__)


def import_file(data: bytes, name: str, overrides: Overrides, handling: Handling) -> list[ImportResult]:
    """Import a file named `name`: a document, or an archive or mail with several, each with its own result.

    Reports any fault of a file in its result instead of raising.
    """
    known = _KnownSources([data])
    return [_stored(read, handling) for read in _read_documents(data, name, overrides, handling, known)]


def _size(read: _Read) -> int:
    return read.size if isinstance(read, ReadDocument) else 0


def _stored(read: _Read, handling: Handling) -> ImportResult:
    return read if isinstance(read, ImportResult) else store_alone(read, handling)


def _read_documents(
    data: bytes, name: str, overrides: Overrides, handling: Handling, known: _KnownSources
) -> Iterator[_Read]:
    """Yield the documents of a file, and results of those that cannot be read or that are known."""

    def is_known(part: bytes) -> bool:
        return known[_sha256(part)] is not None

    parts = documents_in(Part(name, data), is_known, scans_too=handling.scans_too)
    for number, (file, converted) in enumerate(parts):
        if number == _MAX_DOCUMENTS:
            message = _("Filen indeholder over %d filer. De sidste er ikke indlæst.") % _MAX_DOCUMENTS
            yield refused(mask_cpr_numbers(name), message)
            return
        if file.refusal:
            yield refused(mask_cpr_numbers(file.name), file.refusal)
        else:
            source = known[_sha256(file.data)]
            yield _read_document(file, source, overrides, handling, converted)


def import_document(data: bytes, name: str, overrides: Overrides, handling: Handling) -> ImportResult:
    """Import the bytes of one document named `name`.

    A document whose municipality, committee or date is not known is stored without a meeting; importing the
    same bytes again with what is missing gives it one.
    """
    source = _KnownSources([data])[_sha256(data)]
    return _stored(_read_document(Part(name, data), source, overrides, handling), handling)


def _read_document(
    file: Part,
    known_source: Source | None,
    overrides: Overrides,
    handling: Handling,
    converted: SourceDocument | None = None,
) -> _Read:
    """Read a file of one document, which may be known; `converted` is its text, if it was converted."""
    name, data = mask_cpr_numbers(file.name), file.data
    if known_source and known_source.readings.exists():
        return result_of_known(name, known_source, overrides, handling.by)
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
        return refused(name, str(error))
    except Exception as error:
        # A defect of the reader must not stop a batch.
        logger.exception("The reader failed on %s", name)
        return refused(name, _("Læseren fejlede: %s") % type(error).__name__)
    return ReadDocument(name, data, _sha256(data), document, overrides, enclosures)
