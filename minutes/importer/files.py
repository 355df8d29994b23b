"""Reads files of every format: text as it is, others converted in a child process first."""

import atexit
from functools import cache
from pathlib import Path

from minutes.documents import DocumentError, SourceDocument, recognise
from minutes.documents.convert import CONVERTERS
from minutes.documents.isolation import Converter
from minutes.documents.packages import zip_of
from minutes.documents.publications import is_publication
from minutes.documents.refusals import refuse
from minutes.reader import UnreadableDocument, read, read_converted
from minutes.reader.records import Document

_ZIP = b"PK\x03\x04"


def read_path(path: Path) -> bytes:
    """Return the bytes of a file; of the XML file of a vendor's folder, a ZIP file of the folder.

    Raises `OSError`.
    """
    if not is_publication(path.name):
        return path.read_bytes()
    folder = path.parent
    members = (member for member in folder.rglob("*") if member.is_file())
    return zip_of({member.relative_to(folder).as_posix(): member.read_bytes() for member in members})


@cache
def _converter() -> Converter:
    """Return the process's only converter, which ends with it."""
    converter = Converter()
    atexit.register(converter.close)
    return converter


def convert_file(data: bytes, name: str) -> SourceDocument | None:
    """Return the text of a file that is not plain text, or None for one that is.

    A container of several documents has no text, and these as attachments. Raises `UnreadableDocument`.
    """
    try:
        # The reader decodes text, and refuses what it recognises as something else.
        kind = recognise(data, name)
        refuse(kind)
        if kind not in CONVERTERS:
            return None
        return _converter().convert(data, name)
    except DocumentError as error:
        raise UnreadableDocument(str(error)) from None


def read_file(
    data: bytes,
    name: str = "",
    *,
    encoding: str | None = None,
    are_minutes: bool = False,
    converted: SourceDocument | None = None,
) -> Document:
    """Return everything that is read from a file of one document, as `minutes.reader.read` does.

    `converted` is its text if it was converted already. Raises `UnreadableDocument`.
    """
    converted = converted or convert_file(data, name)
    if converted is None:
        return read(data, name, encoding=encoding, are_minutes=are_minutes)
    if is_container(converted):
        raise UnreadableDocument("Filen indeholder flere filer. Indlæs dem hver for sig.")
    return read_converted(converted, data, name, are_minutes=are_minutes)


def is_archive(data: bytes) -> bool:
    """Return True if a file is a ZIP file, as Word and OpenDocument files are too."""
    return data.startswith(_ZIP)


def is_container(converted: SourceDocument) -> bool:
    """Return True if a file is several documents, its attachments."""
    return not converted.text.strip() and bool(converted.attachments)
