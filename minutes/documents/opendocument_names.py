"""Names of elements and attributes in OpenDocument's XML, and lengths."""

import re
from functools import cache

_NAMESPACES = {
    "draw": "drawing",
    "office": "office",
    "style": "style",
    "table": "table",
    "text": "text",
    "fo": "xsl-fo-compatible",
}
_XLINK = "{http://www.w3.org/1999/xlink}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
# LibreOffice's own: the text of a number, "%1%.%2%."
LIST_FORMAT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}num-list-format"
HREF = f"{_XLINK}href"

_POINTS = {"pt": 1.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "px": 0.75, "pc": 12.0}
_LENGTH = re.compile(r"(-?\d{1,6}(?:\.\d{1,9})?)(pt|cm|mm|in|px|pc)")


@cache
def name(qualified: str) -> str:
    """Return the full name of an element or attribute such as "text:p"."""
    prefix, _, local = qualified.partition(":")
    return f"{{urn:oasis:names:tc:opendocument:xmlns:{_NAMESPACES[prefix]}:1.0}}{local}"


def points(length: str | None) -> float | None:
    """Return a length such as "0.5cm" in points, None for what is none."""
    match = _LENGTH.fullmatch(length or "")
    return float(match[1]) * _POINTS[match[2]] if match else None


def count(text: str | None, default: int = 1) -> int:
    """Return a number that a file has as text, of up to five digits."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 6 else default
