"""Differences between two versions of a text, word by word. No Django.

Lines are compared first, then the words within the lines that differ, so that the time is close to linear.
Where line breaks moved, the words of the whole passage are compared.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

# "Godkendt", "12", ".", a run of white space: the units that are compared
_WORD = re.compile(r"\w+|\s+|[^\w\s]")
# Beyond so many pairs of words a passage is replaced as a whole.
_MOST_PAIRS = 9_000_000

_Opcode = tuple[str, int, int, int, int]


class PieceKind(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


class Piece(NamedTuple):
    kind: PieceKind
    text: str


class Hunk(NamedTuple):
    """A passage that differs: its first line (from 1) in the old and in the new text, and its pieces.

    The pieces that are same or removed make up the old words, those same or added the new ones, with
    lines of context around.
    """

    old_line: int
    new_line: int
    pieces: list[Piece]


def diff_lines(before: str, after: str, context: int = 1) -> list[Hunk]:
    """Return the passages that differ, in order, with `context` lines around; spacing is ignored."""
    old, new = before.split("\n"), after.split("\n")
    plain_old, plain_new = ([" ".join(line.split()) for line in lines] for lines in (old, new))
    matcher = SequenceMatcher(None, plain_old, plain_new, autojunk=False)
    hunks = []
    for group in matcher.get_grouped_opcodes(context):
        _tag, old_line, _old_end, new_line, _new_end = next(
            opcode for opcode in group if opcode[0] != "equal"
        )
        hunks.append(Hunk(old_line + 1, new_line + 1, _joined(_line_pieces(group, old, new))))
    return hunks


def diff_words(before: str, after: str) -> list[Piece]:
    """Return all of both texts as pieces. White space is equal to any other white space."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) * len(new) > _MOST_PAIRS:
        return [Piece(PieceKind.REMOVED, before), Piece(PieceKind.ADDED, after)]
    plain_old, plain_new = ([" " if word.isspace() else word for word in words] for words in (old, new))
    matcher = SequenceMatcher(None, plain_old, plain_new, autojunk=False)
    pieces: list[Piece] = []
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece(PieceKind.SAME, "".join(new[new_start:new_end])))
        else:
            pieces.append(Piece(PieceKind.REMOVED, "".join(old[old_start:old_end])))
            pieces.append(Piece(PieceKind.ADDED, "".join(new[new_start:new_end])))
    return _joined(pieces)


def _line_pieces(group: Iterable[_Opcode], old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    for tag, old_start, old_end, new_start, new_end in group:
        if tag == "equal":
            yield Piece(PieceKind.SAME, _lines(new[new_start:new_end]))
        else:
            yield from diff_words(_lines(old[old_start:old_end]), _lines(new[new_start:new_end]))


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _joined(pieces: Iterable[Piece]) -> list[Piece]:
    """Return the pieces without empty ones, with neighbours of one kind as one."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].kind == piece.kind:
            joined[-1] = Piece(piece.kind, joined[-1].text + piece.text)
        elif piece.text:
            joined.append(piece)
    return joined
