"""The bytes that minutes are published as: encodings, line ends, and one common accident."""

import codecs
from dataclasses import dataclass


@dataclass(frozen=True)
class Encoding:
    """How a file is written. `name` is what a reader calls it: "utf-8", "utf-8-sig", "utf-16", "cp1252"."""

    name: str = "utf-8"
    crlf: bool = False
    mojibake: bool = False  # the UTF-8 bytes were taken for Windows-1252 and saved as UTF-8 again

    def bytes_of(self, text: str) -> bytes:
        """`text`, whose line ends are \\n, as the file holds it."""
        if self.crlf:
            text = text.replace("\n", "\r\n")
        if self.mojibake:
            text = "".join(map(_AS_CP1252.__getitem__, text.encode()))
        if self.name == "utf-16":
            # Little-endian whatever the machine is, so that every machine makes the same file.
            return codecs.BOM_UTF16_LE + text.encode("utf-16-le")
        return text.encode(self.name)


def _as_cp1252(byte: int) -> str:
    """The character that programs make of `byte`: what Windows-1252 leaves undefined is a control."""
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_AS_CP1252 = tuple(_as_cp1252(byte) for byte in range(256))
