"""Bytes of text files and web pages → text, by their marks and declarations."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# <meta charset="utf-8">, <?xml version="1.0" encoding="iso-8859-1"?>
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_DECLARED_WITHIN = 4096
# Browsers read these as Windows-1252 too.
_LATIN = frozenset({"iso8859-1", "iso8859-15", "ascii", "latin-1"})


def marked_encoding(data: bytes) -> str | None:
    """Return the encoding that a byte order mark says, if there is one."""
    return next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)


def plain_text(data: bytes, declared: str | None = None) -> str:
    """Return the text of `data`: as a mark or declaration says, else Unicode or Windows-1252."""
    marked = marked_encoding(data)
    if marked:
        return data.decode(marked, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode(_known(declared) or "cp1252", "replace")


def page_text(data: bytes) -> str:
    """Return the source of a web page, by the character set that it declares.

    A page that is valid UTF-8 is UTF-8: browsers save pages so without changing the declaration.
    """
    declared = _DECLARED.search(data[:_DECLARED_WITHIN])
    return plain_text(data, declared[1].decode("ascii", "replace") if declared else None)


def _known(name: str | None) -> str | None:
    try:
        encoding = codecs.lookup(name or "").name
        # Codecs that are no character sets, such as "hex", raise here.
        b"a".decode(encoding, "replace")
    except (LookupError, ValueError):
        return None
    return None if encoding in _LATIN or encoding.startswith(("utf-16", "utf-32", "utf-7")) else encoding
