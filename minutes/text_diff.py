"""Two versions of a text, word by word. No Django.

Lines are compared first and words within the lines that differ, so that the cost stays near the length of
the texts; where lines were broken anew, the words of the whole passage are compared.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import NamedTuple

# "Godkendt", "12.", a run of white space: what is the same or not
_WORD = re.compile(r"\w+|\s+|[^\w\s]")
# Past so many pairs of words a passage is told as replaced, not compared.
_MOST_PAIRS = 9_000_000


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
    `context` lines around.
    """

    old_line: int
    new_line: int
    pieces: list[Piece]


def diff_lines(before: str, after: str, context: int = 1) -> list[Hunk]:
    """Where `after` is not `before`, in order. White space within a line says nothing."""
    old, new = before.split("\n"), after.split("\n")
    plain_old, plain_new = ([" ".join(line.split()) for line in lines] for lines in (old, new))
    matcher = SequenceMatcher(None, plain_old, plain_new, autojunk=False)
    return [
        Hunk(first[1] + 1, first[3] + 1, list(_joined(_pieces(group, old, new))))
        for group in matcher.get_grouped_opcodes(context)
        for first in [next(opcode for opcode in group if opcode[0] != "equal")]
    ]


def diff_words(before: str, after: str) -> list[Piece]:
    """All of both texts as pieces."""
    a, b = _WORD.findall(before), _WORD.findall(after)
    if len(a) * len(b) > _MOST_PAIRS:
        return [Piece(PieceKind.REMOVED, before), Piece(PieceKind.ADDED, after)]
    found: list[Piece] = []
    # All white space is alike, so that a line broken elsewhere is no difference.
    plain_a, plain_b = ([" " if word.isspace() else word for word in words] for words in (a, b))
    matcher = SequenceMatcher(None, plain_a, plain_b, autojunk=False)
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag == "equal":
            found.append(Piece(PieceKind.SAME, "".join(b[b0:b1])))
            continue
        if a1 > a0:
            found.append(Piece(PieceKind.REMOVED, "".join(a[a0:a1])))
        if b1 > b0:
            found.append(Piece(PieceKind.ADDED, "".join(b[b0:b1])))
    return list(_joined(found))


def _pieces(
    group: Sequence[tuple[str, int, int, int, int]], old: Sequence[str], new: Sequence[str]
) -> Iterator[Piece]:
    for tag, a0, a1, b0, b1 in group:
        if tag == "equal":
            yield Piece(PieceKind.SAME, "\n".join(new[b0:b1]) + "\n")
        else:
            ends = "\n" if a1 > a0 else "", "\n" if b1 > b0 else ""
            yield from diff_words("\n".join(old[a0:a1]) + ends[0], "\n".join(new[b0:b1]) + ends[1])


def _joined(pieces: Sequence[Piece] | Iterator[Piece]) -> Iterator[Piece]:
    """The pieces, neighbours of one kind as one, empty ones left out."""
    held: Piece | None = None
    for piece in pieces:
        if not piece.text:
            continue
        if held and held.kind == piece.kind:
            held = Piece(held.kind, held.text + piece.text)
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held
