"""Names of elements and attributes in Word's XML, and small readers of properties."""

from functools import cache

from lxml import etree

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# The strict variant of the format has other names for the same.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", _MAIN.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _RELATIONS.encode()),
)
_OFF = frozenset({"0", "false", "off", "none"})


@cache
def w(name: str) -> str:
    """Return the full name of an element or attribute of Word's main namespace."""
    return f"{{{_MAIN}}}{name}"


RELATION_ID = f"{{{_RELATIONS}}}id"
VAL = w("val")


def transitional(data: bytes) -> bytes:
    """Return XML of the strict variant with the names of the usual one."""
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    return data


def value(parent: etree._Element | None, name: str) -> str | None:
    """Return the value of a property, or None if it is not set."""
    if parent is None:
        return None
    child = parent.find(w(name))
    return None if child is None else child.get(VAL)


def number(parent: etree._Element | None, name: str) -> int | None:
    return integer(value(parent, name))


def integer(text: str | None) -> int | None:
    """Return a number that a file has as text; None for what is none."""
    if text is None or len(text) > 10:
        return None
    try:
        return int(float(text))
    except (ValueError, OverflowError):
        return None


def switch(parent: etree._Element | None, name: str) -> bool | None:
    """Return a property that is on or off, or None if it is not set."""
    if parent is None:
        return None
    child = parent.find(w(name))
    return None if child is None else child.get(VAL, "1") not in _OFF
