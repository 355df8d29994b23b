"""Split a query into the pieces that the parser reads: words, phrases, fields, parentheses."""

import re
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from minutes.search.normalization import normalize
from minutes.search.tokenizer import BEFORE_TIME, CLOCK, find_dates


class PieceKind(StrEnum):
    """The kinds of pieces, by the names of their groups in _PIECE."""

    SPACE = "space"
    OPEN = "open"
    CLOSE = "close"
    NOT = "not"
    FIELD = "field"
    PHRASE = "phrase"
    QUOTE = "quote"
    WORD = "word"
    END = ""


class Piece(NamedTuple):
    """A piece of a query; of a field the name without the colon, of a phrase the text between the marks."""

    kind: PieceKind
    text: str


_PIECE = re.compile(
    r"""
    (?P<space>\s+)
  | (?P<open>\() | (?P<close>\))
  | (?P<not>-)(?=[^\s)-])
  | (?P<field>[A-Za-zÅå]+):(?=["(\w.])
  | "(?P<phrase>[^"]*)"
  | (?P<quote>")
  | (?P<word>[^\s()"]+)
    """,
    re.VERBOSE,
)
# Quotation marks as Danes and word processors write them, and dashes.
_PUNCTUATION = str.maketrans(dict.fromkeys("“”„»«″", '"') | {"–": "-", "\x00": " "})
# "§ 18", "§§ 18"
_PARAGRAPH = re.compile(r"§+\s*(?=\d)")
# "kl. 16", but not "KL"
_CLOCK = re.compile(rf"\b(?:{CLOCK}|{CLOCK.title()}){BEFORE_TIME}\s*")
# Stands for a space inside a date, so that the date is one piece.
_DATE_SPACE = "\ue000"


def scan(text: str) -> Sequence[Piece]:
    """Return the pieces of a query in order."""
    text = normalize(text).translate(_PUNCTUATION)
    text = _with_joined_dates(_PARAGRAPH.sub("§", text))
    return [
        Piece(PieceKind(match.lastgroup or ""), match[match.lastgroup or 0].replace(_DATE_SPACE, " "))
        for match in _PIECE.finditer(text)
    ]


def _with_joined_dates(text: str) -> str:
    """Join dates outside quotation marks into one piece each, and remove the "kl." of a time of day."""
    sections = text.split('"')
    for index in range(0, len(sections), 2):
        section = _CLOCK.sub("", sections[index])
        for start, end, _day in reversed(list(find_dates(section))):
            section = section[:start] + section[start:end].replace(" ", _DATE_SPACE) + section[end:]
        sections[index] = section
    return '"'.join(sections)
