"""Any file → `SourceDocument`."""

from collections.abc import Mapping
from importlib import import_module

from minutes.documents.encodings import plain_text
from minutes.documents.kinds import Format, recognise
from minutes.documents.refusals import refuse
from minutes.documents.source import DocumentError, SourceDocument

# The module of each format that is converted. They load libraries that most processes never need.
CONVERTERS: Mapping[Format, str] = {
    Format.DOCX: "word",
    Format.EML: "internet_mail",
    Format.FLAT_DOCX: "word_flat",
    Format.FLAT_ODT: "opendocument_flat",
    Format.HTML: "web",
    Format.IMAGE: "pictures",
    Format.JSON: "firstagenda",
    Format.MSG: "outlook",
    Format.ODT: "opendocument",
    Format.PDF: "pdf",
    Format.RTF: "rich_text",
    Format.ZIP: "archives",
}


def convert(data: bytes, name: str = "") -> SourceDocument:
    """Return the text and structure of a file called `name`; plain text is decoded.

    Raises `DocumentError` for a file that cannot be read, and for one without text.
    """
    kind = recognise(data, name)
    refuse(kind)
    if kind not in CONVERTERS:
        return SourceDocument(text=plain_text(data))
    document: SourceDocument = import_module(f"minutes.documents.{CONVERTERS[kind]}").convert(data)
    if not document.text.strip() and not document.attachments:
        raise DocumentError("Der er ingen tekst i filen.")
    return document
