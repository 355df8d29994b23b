"""Files → sources → readings → publishing: one document, batches of them, and reading them again."""

from minutes.importer.batch import Batch, Options, find_files
from minutes.importer.document import Overrides, Result, import_document, read_again
from minutes.importer.upload import MOST_BYTES, discard_document, import_upload

__all__ = [
    "MOST_BYTES",
    "Batch",
    "Options",
    "Overrides",
    "Result",
    "discard_document",
    "find_files",
    "import_document",
    "import_upload",
    "read_again",
]
