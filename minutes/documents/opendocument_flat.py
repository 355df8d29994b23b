"""OpenDocument texts in one XML file (.fodt) → `SourceDocument`."""

from minutes.documents.markup import parse_xml
from minutes.documents.opendocument import document_of
from minutes.documents.source import SourceDocument


def convert(data: bytes) -> SourceDocument:
    """Return the text and structure of an OpenDocument text; raises `DocumentError` if it is damaged."""
    return document_of([parse_xml(data)])
