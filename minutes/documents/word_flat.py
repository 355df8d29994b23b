"""Word files in one XML file, "Flat OPC" → `SourceDocument`."""

from lxml import etree

from minutes.documents import word
from minutes.documents.markup import parse_xml
from minutes.documents.packages import zip_of
from minutes.documents.source import SourceDocument

_PACKAGE = "{http://schemas.microsoft.com/office/2006/xmlPackage}"


def convert(data: bytes) -> SourceDocument:
    """Return the text and structure of a Word file; raises `DocumentError` if it is damaged.

    Only its parts of XML are read: no pictures, no macros.
    """
    parts: dict[str, bytes] = {}
    for part in parse_xml(data).iterfind(f"{_PACKAGE}part"):
        root = part.find(f"{_PACKAGE}xmlData/*")
        if root is not None:
            parts[part.get(f"{_PACKAGE}name", "").lstrip("/")] = etree.tostring(root)
    return word.convert(zip_of(parts))
