"""Converts files to text with blocks: `convert` returns a `SourceDocument`. No Django.

The steps: `kinds` recognises the format by content, `refusals` names those that are not read, and one module
per format converts the others. Nothing is fetched, no macro runs, and no external entity is read.
"""

from minutes.documents.convert import convert
from minutes.documents.kinds import Format, recognise
from minutes.documents.source import Block, DocumentError, Part, SourceDocument

__all__ = ["Block", "DocumentError", "Format", "Part", "SourceDocument", "convert", "recognise"]
