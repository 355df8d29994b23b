"""Pictures of pages (PNG, JPEG, TIFF), which are read only as scans."""

from minutes.documents.source import ScannedDocument, SourceDocument


def convert(data: bytes) -> SourceDocument:
    """Raise `ScannedDocument`: a picture has no text."""
    raise ScannedDocument("Filen er et billede.")
