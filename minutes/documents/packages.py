"""ZIP files with limits: plain archives, Word and OpenDocument files."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from minutes.documents.source import DocumentError

_MOST_MEMBERS = 10_000
_LARGEST_MEMBER = 256 * 2**20
_LARGEST_TOTAL = 512 * 2**20
# XML of real documents shrinks to a fiftieth at most; a ZIP bomb to a thousandth.
_HIGHEST_RATIO = 250
_RATIO_FROM = 2**20
_CHUNK = 2**20
# The end record with its comment, the longest that ZIP allows.
_LONGEST_END = 66_000
_ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, OverflowError)


class Package:
    """The members of a ZIP file, in memory or on disk.

    Never reads more than the limits, whatever sizes the file claims; `largest_total` is that of all members.
    """

    def __init__(self, file: bytes | Path, *, largest_total: int = _LARGEST_TOTAL) -> None:
        self._packed = file.stat().st_size if isinstance(file, Path) else len(file)
        self._left = largest_total
        _refuse_many_members(_end_of(file))
        try:
            self._zip = zipfile.ZipFile(file if isinstance(file, Path) else io.BytesIO(file))
            self._infos = {info.filename: info for info in self._zip.infolist()}
        except _BROKEN:
            _refuse_damaged()
        if len(self._infos) > _MOST_MEMBERS:
            _refuse_bomb()

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._infos)

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def size(self, name: str) -> int:
        """Return the size of a member as the file claims it."""
        return self._infos[name].file_size

    def read(self, name: str, most: int = _LARGEST_MEMBER) -> bytes:
        """Return the bytes of a member; raises `DocumentError` if it is damaged, encrypted or over `most`."""
        info = self._infos[name]
        if info.flag_bits & _ENCRYPTED:
            raise DocumentError(
                "Filen er beskyttet med adgangskode. Gem den uden adgangskode, og indlæs den."
            )
        most = min(most, self._left)
        if info.file_size > most:
            _refuse_bomb()
        data = self._unpack(info, most)
        if len(data) > _RATIO_FROM and len(data) > _HIGHEST_RATIO * max(info.compress_size, 1):
            _refuse_bomb()
        return data

    def _unpack(self, info: zipfile.ZipInfo, most: int) -> bytes:
        chunks: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as member:
                while chunk := member.read(_CHUNK):
                    chunks.append(chunk)
                    size += len(chunk)
                    self._left -= len(chunk)
                    # The compressed size is a claim too: never more than a whole file could expand to.
                    if size > most or (size > _RATIO_FROM and size > _HIGHEST_RATIO * self._packed):
                        _refuse_bomb()
        except DocumentError:
            raise
        except (*_BROKEN, RuntimeError):
            _refuse_damaged()
        return b"".join(chunks)


def _end_of(file: bytes | Path) -> bytes:
    """Return the end of the file, which has the record of the directory."""
    if not isinstance(file, Path):
        return file[-_LONGEST_END:]
    with file.open("rb") as opened:
        opened.seek(max(0, file.stat().st_size - _LONGEST_END))
        return opened.read()


def _refuse_many_members(end: bytes) -> None:
    """Refuse by the count in the end record, before the directory is read."""
    at = end.rfind(b"PK\x05\x06")
    if at >= 0 and int.from_bytes(end[at + 10 : at + 12], "little") > _MOST_MEMBERS:
        _refuse_bomb()


def _refuse_bomb() -> NoReturn:
    raise DocumentError(
        "Filen fylder for meget, når den pakkes ud. Indlæs referaterne hver for sig, eller gem dem på ny."
    )


def _refuse_damaged() -> NoReturn:
    raise DocumentError("Filen er beskadiget og kan ikke åbnes. Hent eller gem den på ny, og prøv igen.")


def zip_of(members: Mapping[str, bytes]) -> bytes:
    """Return a ZIP file of the members; the same bytes for the same members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as written:
        for name, data in sorted(members.items()):
            written.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return file.getvalue()
