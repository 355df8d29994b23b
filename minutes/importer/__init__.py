"""Imports documents, one or a batch: file → source → reading → publishing.

Also rereads and discards them, and erases the files that they were read from.
"""

from minutes.importer.batch import ENDINGS, Batch, Options, find_files
from minutes.importer.queue import MAX_BYTES
from minutes.importer.rereading import place_document, reread_document
from minutes.importer.results import ImportResult, Overrides
from minutes.importer.upload import (
    discard_document,
    discard_unplaced_document,
    erase_original,
    import_upload,
)

__all__ = [
    "ENDINGS",
    "MAX_BYTES",
    "Batch",
    "ImportResult",
    "Options",
    "Overrides",
    "discard_document",
    "discard_unplaced_document",
    "erase_original",
    "find_files",
    "import_upload",
    "place_document",
    "reread_document",
]
