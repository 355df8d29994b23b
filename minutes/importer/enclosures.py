"""Reads the files that came along with a document, before they are stored with it."""

import hashlib
import time
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from minutes import archive_files
from minutes.documents import DocumentError, Format, recognise
from minutes.documents.source import Part
from minutes.importer.files import convert_enclosure
from minutes.privacy import find_cpr_numbers
from minutes.publishing import Enclosure

# Most files of a document that are stored; an agenda of a budget has some hundred.
_MOST_FILES = 1_000
# Seconds that reading all files of a document may take, in a command or a worker and in a request; those left
# are stored unread.
_SECONDS, _SECONDS_OF_REQUEST = 300, 60
# Characters of a text that are stored and searched for CPR numbers: some 400 pages.
_MOST_TEXT = 1_000_000
_UNKNOWN = "application/octet-stream"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_OPEN = "application/vnd.oasis.opendocument"
# The media types that files are downloaded with, by ending and by content; all others are unknown.
MEDIA_TYPES: dict[str, tuple[str, Format]] = {
    ".pdf": ("application/pdf", Format.PDF),
    ".docx": (_WORD, Format.DOCX),
    ".doc": ("application/msword", Format.DOC),
    ".odt": (f"{_OPEN}.text", Format.ODT),
    ".rtf": ("application/rtf", Format.RTF),
    ".txt": ("text/plain", Format.TEXT),
    ".csv": ("text/csv", Format.CSV),
    ".xlsx": (_SHEET, Format.SPREADSHEET),
    ".xls": ("application/vnd.ms-excel", Format.SPREADSHEET),
    ".ods": (f"{_OPEN}.spreadsheet", Format.SPREADSHEET),
    ".pptx": (_SLIDES, Format.PRESENTATION),
    ".ppt": ("application/vnd.ms-powerpoint", Format.PRESENTATION),
    ".odp": (f"{_OPEN}.presentation", Format.PRESENTATION),
    ".png": ("image/png", Format.IMAGE),
    ".jpg": ("image/jpeg", Format.IMAGE),
    ".jpeg": ("image/jpeg", Format.IMAGE),
    ".gif": ("image/gif", Format.IMAGE),
    ".tif": ("image/tiff", Format.IMAGE),
    ".tiff": ("image/tiff", Format.IMAGE),
    ".zip": ("application/zip", Format.ZIP),
}


def read_enclosures(parts: Iterable[Part], *, in_request: bool = False) -> list[Enclosure]:
    """Return the files with their texts, without empty ones and copies of one for the same item.

    The text of scans is recognised, except in a request.
    """
    deadline = time.monotonic() + (_SECONDS_OF_REQUEST if in_request else _SECONDS)
    enclosures: dict[tuple[str, str | None], Enclosure] = {}
    for part in parts:
        key = hashlib.sha256(part.data).hexdigest(), part.item
        if part.data and key not in enclosures and len(enclosures) < _MOST_FILES:
            in_time = time.monotonic() < deadline
            enclosures[key] = _read(part, key[0], in_time=in_time, scans_too=not in_request)
    return list(enclosures.values())


def store_bytes(enclosures: Iterable[Enclosure]) -> None:
    for enclosure in enclosures:
        archive_files.store(enclosure.sha256, enclosure.data)


def _read(part: Part, sha256: str, *, in_time: bool, scans_too: bool) -> Enclosure:
    name = _printable(part.name)
    path = PurePosixPath(name)
    text, properties, notes, unread = "", "", [], True
    try:
        if in_time:
            document = convert_enclosure(part.data, name, scans_too=scans_too)
            text, properties, notes = document.text, document.properties, list(document.notes)
            unread = not text.strip()
        else:
            notes.append(_("Der var ikke tid til at læse filen. Den læses, når dokumentet læses igen."))
    except DocumentError as error:
        notes.append(str(error))
    if len(text) > _MOST_TEXT:
        notes.append(_("Teksten er længere end 1.000.000 tegn; resten er ikke læst."))
        text = text[:_MOST_TEXT]
    partly_read = bool(notes)
    if find_cpr_numbers(properties):
        notes.append(
            _("Et muligt CPR-nummer står i filens egenskaber: titel, forfatter, emne eller kommentarer.")
        )
    return Enclosure(
        name=name,
        caption=path.stem if path.suffix.casefold() in MEDIA_TYPES else name,
        item_number=part.item,
        media_type=_media_type(part.data, path.suffix.casefold()),
        sha256=sha256,
        data=part.data,
        text=text.replace("\0", " "),
        properties=properties,
        note=" ".join(notes),
        unread=unread,
        partly_read=partly_read,
    )


def _printable(name: str) -> str:
    """Return a file's name without folders and control characters, which a page or a header can show."""
    name = name.replace("\\", "/").rpartition("/")[2]
    letters = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in name)
    name = " ".join(unicodedata.normalize("NFC", letters).split()).strip(". ")
    stem, dot, ending = name.rpartition(".")
    if dot and len(ending) <= 10:
        return f"{stem[:200]}.{ending}" if stem else ending
    return name[:200] or _("bilag")


def _media_type(data: bytes, suffix: str) -> str:
    """Return the media type of an ending that the content agrees with."""
    media_type, expected = MEDIA_TYPES.get(suffix, (_UNKNOWN, None))
    try:
        return media_type if recognise(data, f"x{suffix}") == expected else _UNKNOWN
    except DocumentError:
        return _UNKNOWN
