"""Encodings and line ends of published files, and one common error: double-encoded UTF-8."""

import codecs
import unicodedata
from dataclasses import dataclass


@dataclass(frozen=True)
class Encoding:
    """Encoding of a file. `name` is the reader's name of the encoding: "utf-8-sig", "utf-16", "cp1252"."""

    name: str = "utf-8"
    crlf: bool = False
    mojibake: bool = False  # UTF-8 that was read as Windows-1252 and saved as UTF-8 again
    decomposed: bool = False  # letters and their marks apart (NFD), as macOS and some PDFs store them

    def encode(self, text: str) -> bytes:
        """Return the bytes of a file for a text with \\n as line ends."""
        if self.crlf:
            text = text.replace("\n", "\r\n")
        if self.decomposed:
            text = unicodedata.normalize("NFD", text)
        if self.mojibake:
            text = "".join(map(_AS_CP1252.__getitem__, text.encode()))
        if self.name == "utf-16":
            # Little-endian, so that files do not depend on the machine.
            return codecs.BOM_UTF16_LE + text.encode("utf-16-le")
        return text.encode(self.name)


def _as_cp1252(byte: int) -> str:
    """Decode a byte as browsers do: bytes that Windows-1252 leaves undefined become control characters."""
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_AS_CP1252 = tuple(_as_cp1252(byte) for byte in range(256))
