"""ZIP files: a vendor's publication, or several documents, each of which becomes an attachment."""

from pathlib import Path, PurePosixPath

from minutes.documents import edoc, firstagenda, sbsys
from minutes.documents.kinds import ZIP_START, Format, zip_format
from minutes.documents.packages import Package
from minutes.documents.publications import is_edoc, is_publication, is_sbsys
from minutes.documents.source import DocumentError, Part, SourceDocument

# What systems leave in ZIP files: "__MACOSX/._referat.docx", ".DS_Store", "Thumbs.db".
_LEFT_BEHIND = frozenset({"thumbs.db", "desktop.ini"})
# Most that an archive on disk is unpacked to, one member at a time.
_LARGEST_ARCHIVE = 8 * 2**30
# A meeting as JSON has the HTML of its items.
_LARGEST_MEETING = 32 * 2**20


def convert(data: bytes) -> SourceDocument:
    """Return the meeting that a ZIP file publishes, else an empty document with its files as attachments.

    A member that is damaged, encrypted or too large unpacked has the reason in place of its bytes. Raises
    `DocumentError` if that is so of all members, and if the file is damaged or empty.
    """
    package = Package(data)
    for name in package.names:
        if is_sbsys(name):
            return sbsys.document_in(package, name)
        if is_edoc(name):
            return edoc.document_in(package, name)
    meeting = _meeting_with_files(package)
    if meeting is not None:
        return firstagenda.document_in(package, meeting)
    parts = tuple(_part(package, name) for name in package.names if is_document(name))
    if not parts:
        raise DocumentError("ZIP-filen er tom.")
    if all(part.refusal for part in parts):
        raise DocumentError(parts[0].refusal)
    return SourceDocument("", format="zip", attachments=parts)


def _part(package: Package, name: str) -> Part:
    try:
        return Part(printed_name(name), package.read(name))
    except DocumentError as error:
        return Part(printed_name(name), b"", refusal=str(error))


def _meeting_with_files(package: Package) -> str | None:
    """Return the only JSON file, if it is a meeting from FirstAgenda and other files are its attachments."""
    names = [name for name in package.names if PurePosixPath(name).suffix.casefold() == ".json"]
    if len(names) != 1:
        return None
    others = [name for name in package.names if name != names[0]]
    try:
        is_meeting = firstagenda.files_of(package.read(names[0], _LARGEST_MEETING), others)
    except DocumentError:
        return None
    return names[0] if is_meeting else None


def open_archive(path: Path) -> Package | None:
    """Open a ZIP file of several documents, of any size; return None for any other file.

    Raises `DocumentError` if it is damaged or has too many members.
    """
    with path.open("rb") as file:
        if file.read(len(ZIP_START)) != ZIP_START:
            return None
    package = Package(path, largest_total=_LARGEST_ARCHIVE)
    if zip_format(package) != Format.ZIP or any(map(is_publication, package.names)):
        return None
    if _meeting_with_files(package) is not None:
        return None
    return package


def is_document(name: str) -> bool:
    """Return True if a member is a file that a person put there."""
    path = PurePosixPath(name)
    return not (
        name.endswith("/")
        or any(part.startswith((".", "__MACOSX")) for part in path.parts)
        or path.name.casefold() in _LEFT_BEHIND
    )


def printed_name(name: str) -> str:
    """Return a member's name as it was typed; old programs do not say that it is not in code page 437."""
    if name.isascii():
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp850")
