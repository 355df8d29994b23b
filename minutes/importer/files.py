"""Reads files of every format: text as it is, others converted in a child process first."""

import atexit
import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from minutes.documents import DocumentError, Part, SourceDocument, firstagenda, recognise, tesseract
from minutes.documents.convert import CONVERTERS
from minutes.documents.isolation import Converter, Limits
from minutes.documents.packages import zip_of
from minutes.documents.publications import is_publication
from minutes.documents.refusals import refuse
from minutes.documents.source import ScannedDocument
from minutes.reader import UnreadableDocument, read, read_converted
from minutes.reader.records import Document

_SCANS = Limits(seconds=30 * 60)
# Of an attachment: some hundred pages
_ATTACHED_SCANS = Limits(seconds=5 * 60)
# A ZIP file of ZIP files of mails
_DEEPEST = 3
_INSTALL = (
    "Den kan først læses, når tekstgenkendelse (Tesseract med dansk) er installeret på serveren. "
    "Indlæs en udgave med tekst, hvis den findes."
)
_BY_COMMAND = (
    "Teksten kan genkendes, når filen indlæses på serveren med kommandoen import_minutes. "
    "Indlæs en udgave med tekst, hvis den findes."
)


def read_path(path: Path, *, follow_links: bool = True) -> bytes:
    """Return the bytes of a file; of the XML file of a vendor's folder, a ZIP file of the folder.

    Of the JSON file of a meeting from FirstAgenda, a ZIP file of it and its attachments in the folder.
    Raises `OSError`, also for a path that is no file.
    """

    def zip_of_files(files: Iterable[Path]) -> bytes:
        return zip_of(
            {
                file.relative_to(path.parent).as_posix(): read_regular(file, follow_links=follow_links)
                for file in files
            }
        )

    if is_publication(path.name):
        return zip_of_files(member for member in path.parent.rglob("*") if member.is_file())
    data = read_regular(path, follow_links=follow_links)
    if path.suffix.casefold() == ".json":
        beside = [file for file in path.parent.iterdir() if file.is_file() and file != path]
        attachments = firstagenda.files_of(data, [file.name for file in beside])
        if attachments:
            return zip_of_files([path, *(file for file in beside if file.name in attachments)])
    return data


def printable(path: Path) -> str:
    """Return a path with replacements for what is not Unicode in it."""
    return str(path).encode("utf-8", "replace").decode()


def read_regular(path: Path, *, follow_links: bool = False) -> bytes:
    """Return the bytes of a file, without waiting for one that is a pipe or device. Raises `OSError`."""
    # O_NONBLOCK: opening a pipe would wait for a writer.
    flags = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | (0 if follow_links else os.O_NOFOLLOW)
    with open(os.open(path, flags), "rb") as file:  # noqa: PTH123
        mode = os.fstat(file.fileno()).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, _("Det er ikke en almindelig fil."), str(path))
        return file.read()


@cache
def _converter(limits: Limits) -> Converter:
    """Return the process's only converter with these limits, which ends with it."""
    converter = Converter(limits)
    atexit.register(converter.close)
    return converter


def convert_file(data: bytes, name: str, *, scans_too: bool = False) -> SourceDocument | None:
    """Return the text of a file that is not plain text, or None for one that is.

    A container of several documents has no text, and these as attachments. The text of scans is recognised
    with `scans_too`, which takes some seconds a page. Raises `UnreadableDocument`.
    """
    try:
        # The reader decodes text, and refuses what it recognises as something else.
        kind = recognise(data, name)
        refuse(kind)
        if kind not in CONVERTERS:
            return None
        return _converter(Limits()).convert(data, name)
    except ScannedDocument as error:
        return _recognise(data, name, str(error), scans_too=scans_too)
    except DocumentError as error:
        raise UnreadableDocument(str(error)) from None


def _recognise(data: bytes, name: str, refusal: str, *, scans_too: bool) -> SourceDocument:
    if not tesseract.is_installed():
        raise UnreadableDocument(f"{refusal} {_INSTALL}")
    if not scans_too:
        raise UnreadableDocument(f"{refusal} {_BY_COMMAND}")
    try:
        return _converter(_SCANS).convert(data, name, recognise=True)
    except DocumentError as error:
        raise UnreadableDocument(f"{refusal} {error}") from None


def is_recognisable_scan(data: bytes, name: str) -> bool:
    """Return True if a file's pages are pictures whose text can be recognised on this machine."""
    if not tesseract.is_installed():
        return False
    try:
        _converter(Limits()).convert(data, name)
    except ScannedDocument:
        return True
    except DocumentError:
        return False
    return False


def read_file(
    data: bytes,
    name: str = "",
    *,
    encoding: str | None = None,
    are_minutes: bool = False,
    converted: SourceDocument | None = None,
    scans_too: bool = False,
) -> Document:
    """Return everything that is read from a file of one document, as `minutes.reader.read` does.

    `converted` is its text if it was converted already; `scans_too` is as in `convert_file`.
    Raises `UnreadableDocument`.
    """
    converted = converted or convert_file(data, name, scans_too=scans_too)
    if converted is None:
        return read(data, name, encoding=encoding, are_minutes=are_minutes)
    if is_container(converted):
        raise UnreadableDocument("Filen indeholder flere filer. Indlæs dem hver for sig.")
    return read_converted(converted, data, name, are_minutes=are_minutes)


def documents_in(
    file: Part, is_known: Callable[[bytes], bool], *, scans_too: bool = False, depth: int = _DEEPEST
) -> Iterator[tuple[Part, SourceDocument | None]]:
    """Yield a file and its text, or those of each file in it if it is an archive or a mail with several.

    A part that cannot be read has a `refusal`. Bytes that are known are not converted; they, and plain text,
    have no text. Archives and mails inside others are opened `depth` levels down.
    """
    if file.refusal or is_known(file.data):
        yield file, None
        return
    try:
        converted = convert_file(file.data, file.name, scans_too=scans_too)
    except UnreadableDocument as error:
        yield replace(file, refusal=str(error)), None
        return
    if converted is None or not depth or not is_container(converted):
        yield file, converted
        return
    for member in converted.attachments:
        inner = replace(member, name=f"{file.name}/{member.name}")
        yield from documents_in(inner, is_known, scans_too=scans_too, depth=depth - 1)


def convert_enclosure(data: bytes, name: str, *, scans_too: bool = False) -> SourceDocument:
    """Return the text of a file that came along with a document; its notes say what the text lacks.

    The text of scans is recognised with `scans_too`, if Tesseract is installed. Raises `ScannedDocument` for
    other scans, `DocumentError`.
    """
    try:
        return _converter(Limits()).convert(data, name, enclosure=True)
    except ScannedDocument:
        if not scans_too or not tesseract.is_installed():
            raise
    return _converter(_ATTACHED_SCANS).convert(data, name, recognise=True, enclosure=True)


def is_container(converted: SourceDocument) -> bool:
    """Return True if a file is several documents, its attachments."""
    return not converted.text.strip() and bool(converted.attachments)
