"""Reads council minutes: bytes in, facts out. Pure Python, no Django.

The stages: `decoding` makes text of bytes, `layout` lines and paragraphs of text, `header` tells whose
meeting it was and when, `items` finds the agenda, `sections` the passages of each item, and `decisions`,
`ballots`, `people` and `references` what the sections say. `records` is what comes out.
"""

from minutes.reader.document import VERSION, read, read_converted, read_text
from minutes.reader.errors import UnreadableDocument
from minutes.reader.municipality_claims import MunicipalityClaim, municipality_claims

__all__ = [
    "VERSION",
    "MunicipalityClaim",
    "UnreadableDocument",
    "municipality_claims",
    "read",
    "read_converted",
    "read_text",
]
