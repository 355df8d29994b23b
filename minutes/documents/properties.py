"""Properties of a file: its title, author, subject, keywords and comments.

They are no part of the text. Who downloads the file can read them, so they are searched for CPR numbers.
"""

import html
import re

import pypdfium2 as pdfium

from minutes.documents.packages import Package

# Parts of Word and OpenDocument files
_PARTS = re.compile(r"docProps/\w{1,20}\.xml|meta\.xml")
_LARGEST_PART = 2**20
_TAG = re.compile(r"<[^<>]{0,5000}>")
_XMP = re.compile(rb"<x:xmpmeta.{0,200000}?</x:xmpmeta>", re.DOTALL)
_MOST_PACKETS = 20
_DATES = frozenset({"CreationDate", "ModDate"})
_IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.IGNORECASE)
_INFO = re.compile(rb"\{\\info\b.{0,20000}", re.DOTALL)
_END_OF_INFO = re.compile(rb"\}\s*\}")
_CODE = re.compile(rb"\\'([0-9a-fA-F]{2})")
_COMMAND = re.compile(rb"\\[a-z]{1,32}-?\d{0,10} ?|[{}]")


def of_package(package: Package) -> str:
    """Return the properties of a Word or OpenDocument file, a line each."""
    parts = (name for name in package.names if _PARTS.fullmatch(name))
    return "\n".join(_without_tags(package.read(name, most=_LARGEST_PART)) for name in parts)


def of_pdf(document: pdfium.PdfDocument, data: bytes) -> str:
    """Return the document information of a PDF, and its metadata (XMP) where they are not compressed."""
    packets = [match[0] for match, _ in zip(_XMP.finditer(data), range(_MOST_PACKETS), strict=False)]
    information = document.get_metadata_dict().items()
    values = (value for name, value in information if name not in _DATES)
    return "\n".join([*values, *map(_without_tags, packets)])


def of_rich_text(data: bytes) -> str:
    """Return the group \\info of an RTF file."""
    info = _INFO.search(data)
    if info is None:
        return ""
    group = _END_OF_INFO.split(info[0], maxsplit=1)[0]
    plain = _COMMAND.sub(b"\n", _CODE.sub(lambda code: bytes.fromhex(code[1].decode()), group))
    return plain.decode("cp1252", "replace")


def _without_tags(markup: bytes) -> str:
    text = html.unescape(_TAG.sub("\n", markup.decode("utf-8", "replace")))
    return _IDENTIFIER.sub("", text)
