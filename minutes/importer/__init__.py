"""Files → sources → readings → publishing: one document, batches of them, and reading them again."""

from minutes.importer.batch import Batch, Options, find_files
from minutes.importer.document import Result, import_document, read_again

__all__ = ["Batch", "Options", "Result", "find_files", "import_document", "read_again"]
