"""Differences between two versions of a text, word by word. No Django.

Lines are compared first, then the words within the lines that differ, so that the time is close to linear.
Where line breaks moved, the words of the whole passage are compared.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, NamedTuple

# "Godkendt", "12", ".", a run of white space: the units that are compared
_WORD = re.compile(r"\w+|\s+|[^\w\s]")
# Beyond so many pairs of words a passage is replaced as a whole.
_MOST_PAIRS = 9_000_000
_FREQUENT = 50

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
    matcher = _LineMatcher(plain_old, plain_new)
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


class _LineMatcher(SequenceMatcher[str]):
    """Compares two lists of lines, also long ones with many equal lines."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        super().__init__(None, old, new, autojunk=False)
        self._opcodes = _opcodes(old, new)

    def get_opcodes(self) -> Any:
        return self._opcodes


def _opcodes(old: Sequence[str], new: Sequence[str]) -> list[_Opcode]:
    """Return the differences of two lists of lines, as `SequenceMatcher.get_opcodes` does.

    Lines that a text has many times, such as empty ones, would take quadratic time: they are equal only
    beside lines that are, and at the ends.
    """
    counts = Counter(old)
    counts.update(new)
    places_old, places_new = (
        [place for place, line in enumerate(lines) if counts[line] <= _FREQUENT] for lines in (old, new)
    )
    matcher = SequenceMatcher(
        None, [old[place] for place in places_old], [new[place] for place in places_new], autojunk=False
    )
    equal: list[tuple[int, int]] = []
    pairs = [
        (places_old[block.a + offset], places_new[block.b + offset])
        for block in matcher.get_matching_blocks()
        for offset in range(block.size)
    ]
    after_old = after_new = 0
    for end_old, end_new in [*pairs, (len(old), len(new))]:
        shorter = min(end_old - after_old, end_new - after_new)
        first = 0
        while first < shorter and old[after_old + first] == new[after_new + first]:
            equal.append((after_old + first, after_new + first))
            first += 1
        last = 0
        while last < shorter - first and old[end_old - last - 1] == new[end_new - last - 1]:
            last += 1
        equal += [(end_old - back, end_new - back) for back in range(last, 0, -1)]
        if (end_old, end_new) != (len(old), len(new)):
            equal.append((end_old, end_new))
        after_old, after_new = end_old + 1, end_new + 1
    return _blocks(equal, len(old), len(new))


def _blocks(equal: Iterable[tuple[int, int]], old_length: int, new_length: int) -> list[_Opcode]:
    """Return the equal pairs of lines, in order, and what is between them as opcodes."""
    opcodes: list[_Opcode] = []
    at_old = at_new = 0
    for old, new in [*equal, (old_length, new_length)]:
        if at_old < old or at_new < new:
            tag = "replace" if at_old < old and at_new < new else "delete" if at_old < old else "insert"
            opcodes.append((tag, at_old, old, at_new, new))
        if old == old_length and new == new_length:
            break
        if opcodes and opcodes[-1][0] == "equal":
            _tag, start_old, _end_old, start_new, _end_new = opcodes[-1]
            opcodes[-1] = ("equal", start_old, old + 1, start_new, new + 1)
        else:
            opcodes.append(("equal", old, old + 1, new, new + 1))
        at_old, at_new = old + 1, new + 1
    return opcodes


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
