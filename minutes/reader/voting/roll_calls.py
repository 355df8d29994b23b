"""Roll calls: a name a line, and a cross somewhere below "Ja", "Nej" or "Undlod", aligned by tabs."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from minutes.reader.voting.lexicon import Kind
from minutes.reader.voting.tokens import Token

_SIDE = Kind.SIDE | Kind.LABEL | Kind.ABSTAIN
_CROSSES = {"x", "X", "×", "+"}
_SUM = {"i alt", "total", "sum", "ialt", "samlet"}
_TAB_STOP = 8
_LONGEST_ROLL = 120
_FEWEST_NAMES = 3
# Crosses can be this far to the left or right of their heading, all of them by the same width.
_SHIFTS = (0, 4, 8, 12, -4, -8)


class _Cell(NamedTuple):
    column: int
    tokens: list[Token]


def roll_call(lines: Sequence[Sequence[Token]], head: int) -> tuple[list[Token], int]:
    """Return a roll call as a line for each side, and the index of the line behind it; else no tokens.

    The sums in its last row must agree with the crosses, or each cross is exactly below its heading.
    """
    heading = _cells(lines[head])
    sides = heading[1:]
    if len(sides) < 2 or not all(len(cell.tokens) == 1 and cell.tokens[0].kind & _SIDE for cell in sides):
        return [], head
    if heading[0].tokens[0].kind & _SIDE:
        return [], head
    votes: list[tuple[list[Token], int]] = []
    at = head + 1
    while at < min(len(lines), head + _LONGEST_ROLL):
        cells = _cells(lines[at])
        if len(cells) != 2 or cells[1].tokens[0].text not in _CROSSES or len(cells[1].tokens) > 1:
            break
        votes.append((cells[0].tokens, cells[1].column))
        at += 1
    if len(votes) < _FEWEST_NAMES:
        return [], head
    sums = _sums(lines, at, len(sides))
    for shift in _SHIFTS if sums else _SHIFTS[:1]:
        chosen = [_nearest(column + shift, sides, exact=not sums) for _, column in votes]
        counts = [chosen.count(index) for index in range(len(sides))]
        if None not in chosen and (not sums or counts == sums):
            return list(_by_side(sides, votes, chosen)), at + bool(sums)
    return [], head


def _cells(line: Sequence[Token]) -> list[_Cell]:
    """Return the cells of a line that are not empty, with the columns at which they begin."""
    cells: list[_Cell] = []
    column, end = 0, 0
    open_cell = False
    for token in line:
        if Kind.TAB in token:
            for _ in token.text:
                column = (column // _TAB_STOP + 1) * _TAB_STOP
            open_cell = False
        elif Kind.BREAK not in token:
            column += token.start - end if open_cell else 0
            if not open_cell:
                cells.append(_Cell(column, []))
            cells[-1].tokens.append(token)
            column += token.end - token.start
            end, open_cell = token.end, True
    return cells or [_Cell(0, [replace(line[0])])]


def _sums(lines: Sequence[Sequence[Token]], at: int, sides: int) -> list[int]:
    """Return the numbers of "I alt", one for each side, or nothing."""
    cells = _cells(lines[at]) if at < len(lines) else []
    if len(cells) != sides + 1 or " ".join(token.text.lower() for token in cells[0].tokens) not in _SUM:
        return []
    numbers = [cell.tokens[0] for cell in cells[1:]]
    return [token.number for token in numbers] if all(Kind.NUMBER in token for token in numbers) else []


def _nearest(column: int, sides: Sequence[_Cell], *, exact: bool) -> int | None:
    """Return the only heading that is nearest to a column."""
    away = [abs(side.column - column) for side in sides]
    nearest = min(away)
    if away.count(nearest) > 1 or (exact and nearest > 2):
        return None
    return away.index(nearest)


def _by_side(
    sides: Sequence[_Cell], votes: Sequence[tuple[list[Token], int]], chosen: Sequence[int | None]
) -> list[Token]:
    tokens: list[Token] = []
    for index, cell in enumerate(sides):
        side = cell.tokens[0]
        names = [name for (name, _), own in zip(votes, chosen, strict=True) if own == index]
        last = names[-1][-1] if names else side
        place = names[0][0].start if names else side.start
        tokens += [replace(side, start=place, end=place), _mark(":", Kind.COLON, place)]
        for number, name in enumerate(names):
            tokens += [*([_mark(",", Kind.COMMA, name[0].start)] if number else []), *name]
        tokens.append(replace(_mark("\n", Kind.BREAK, last.end), value=1))
    return tokens


def _mark(text: str, kind: int, place: int) -> Token:
    return Token(kind, text, place, place)
