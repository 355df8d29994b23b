"""Bytes → text, whatever they were saved as."""

import codecs
import re
from typing import NamedTuple

import ftfy

from minutes.reader.errors import UnreadableDocument
from minutes.reader.formats import refuse_foreign_bytes, refuse_foreign_text

# "Ã¸", "Ã¥", "Ã†": UTF-8 that was read as Windows-1252 and saved so.
_MOJIBAKE = re.compile("Ã[¦¸¥†˜…\u0080-\u00bf]|â€")

# Control characters that no text file has; NUL, tab, line ends and form feed are let through.
_BINARY = re.compile(b"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")

# The longest minutes known have some 20,000 lines.
_MOST_LINES = 450_000
_LONGEST_LINE = 1_000_000
# How much of the bytes is looked at to tell text from something else.
_SAMPLE = 100_000


class Decoded(NamedTuple):
    """`text` has line ends \\n, no NULs and no marks of encoding; `repaired` when mojibake was undone."""

    text: str
    encoding: str
    repaired: bool


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Decode `data` as `encoding`, or as what it seems to be.

    Raises `UnreadableDocument` when it is no plain text.
    """
    if not data.strip():
        raise UnreadableDocument("Filen er tom.")
    refuse_foreign_bytes(data)
    name = encoding or _encoding(data)
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        raise UnreadableDocument(
            f"Filen er ikke gemt som {name} (byte {error.start}). Angiv et andet tegnsæt med --encoding."
        ) from None
    except LookupError:
        raise UnreadableDocument(f"Tegnsættet {name} findes ikke. Angiv et andet med --encoding.") from None
    repaired = bool(_MOJIBAKE.search(text))
    if repaired:
        mended = "\n".join(map(_mended, text.split("\n")))
        repaired, text = mended != text, mended
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = _CONTROLS.sub("", text)
    if not text.strip():
        raise UnreadableDocument("Filen er tom.")
    _refuse_endless(text)
    refuse_foreign_text(text)
    return Decoded(text, name, repaired)


def _refuse_endless(text: str) -> None:
    """Refuse what is too long to be minutes, before much is made of it."""
    lines = text.count("\n") + text.count("\f") + 1
    if lines > _MOST_LINES:
        raise UnreadableDocument(
            f"Filen har {lines} linjer; det har intet referat. Del den op, hvis den er flere referater."
        )
    if len(text) > _LONGEST_LINE and max(map(len, text.split("\n"))) > _LONGEST_LINE:
        raise UnreadableDocument(
            "Filen har en linje på over en million tegn. Gem referatet som tekst med linjer."
        )


def _mended(line: str) -> str:
    """The line with its mojibake undone: all of it at once where that gives text, else where it is plain."""
    if not _MOJIBAKE.search(line):
        return line
    try:
        return line.encode("sloppy-windows-1252").decode()
    except UnicodeError:
        return str(ftfy.fix_encoding(line))


def _encoding(data: bytes) -> str:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return name
    sample = data[:_SAMPLE]
    # Danish text in UTF-16 has a NUL in almost every other place.
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    if odd > len(sample) // 4 and even < len(sample) // 50:
        return "utf-16-le"
    if even > len(sample) // 4 and odd < len(sample) // 50:
        return "utf-16-be"
    if sample.count(0) > len(sample) // 100 or len(_BINARY.findall(sample)) > len(sample) // 200 + 2:
        raise UnreadableDocument("Filen er ikke tekst. Gem referatet som tekst (.txt) og prøv igen.")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        # The five bytes that Windows-1252 leaves undefined are let through by latin-1.
        return "cp1252" if not re.search(b"[\x81\x8d\x8f\x90\x9d]", data) else "latin-1"
    return "utf-8"
