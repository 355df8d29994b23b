"""Tables of votes, with a column for each side, as the lines of labels and lists that say the same."""

from collections.abc import Sequence
from dataclasses import replace

from minutes.reader.voting.lexicon import Kind
from minutes.reader.voting.roll_calls import roll_call
from minutes.reader.voting.tokens import Token

_SIDE = Kind.SIDE | Kind.LABEL | Kind.ABSTAIN
# "I alt", "Total": the row of the sums
_SUM = {"i alt", "total", "sum", "ialt", "samlet"}
_LONGEST_TABLE = 80  # rows


def flatten(tokens: list[Token]) -> list[Token]:
    """Return the tokens with each table of votes as a line for each side: "For: A (6), V (5)"."""
    if not any(Kind.TAB in token or (token.wide and token.kind & _SIDE) for token in tokens):
        return tokens
    flattened: list[Token] = []
    lines = _lines(tokens)
    at = 0
    while at < len(lines):
        motions = _motions(lines, at)
        if motions:
            flattened += motions
            at += 1 + sum(Kind.BREAK in token and token.value == 2 for token in motions)
            continue
        called, behind = roll_call(lines, at)
        if called:
            flattened += called
            at = behind
            continue
        columns = _header(lines[at])
        rows = at + 1
        while columns and rows < min(len(lines), at + _LONGEST_TABLE) and _is_row(lines[rows], len(columns)):
            rows += 1
        if columns and lines[at][-1].kind & Kind.BREAK and _is_half(lines, at, rows, len(columns)):
            rows = at + 1
        if columns and rows > at + 1:
            flattened += _by_side(columns, [_cells(line) for line in lines[at + 1 : rows]])
            at = rows
        else:
            flattened += lines[at]
            at += 1
    return flattened


def _motions(lines: Sequence[Sequence[Token]], head: int) -> list[Token]:
    """Return the rows of a table with a motion in each: "Nr.", "Forslag", "For", "Imod", "Resultat".

    Each is a line for the motion, one for each side and one for what is behind the sides, and a paragraph.
    """
    sides = [_side_of(cell) for cell in _cells(lines[head])]
    columns = [index for index, side in enumerate(sides) if side is not None]
    if not _are_of_motions(columns, len(sides)):
        return []
    motions: list[Token] = []
    for line in lines[head + 1 : head + _LONGEST_TABLE]:
        cells = _cells(line)
        counted = [cells[index] for index in columns if index < len(cells) and cells[index]]
        if len(counted) < 2 or not all(Kind.NUMBER in cell[0] for cell in counted):
            break
        last = line[-1]
        motions += [token for cell in cells[: columns[0]] for token in cell]
        motions.append(replace(_mark("\n", Kind.BREAK, motions[-1]), value=1))
        for index in columns:
            side, cell = sides[index], cells[index] if index < len(cells) else []
            if side is not None and cell:
                near = cell[-1]
                motions += [
                    replace(side, start=cell[0].start, end=cell[0].start),
                    _mark(":", Kind.COLON, cell[0]),
                ]
                motions += [*cell, replace(_mark("\n", Kind.BREAK, near), value=1)]
        motions += [token for cell in cells[columns[-1] + 1 :] for token in cell]
        motions.append(replace(_mark("\n", Kind.BREAK, last), value=2))
    return motions


def _are_of_motions(columns: Sequence[int], width: int) -> bool:
    """Return True if the columns of sides are side by side, and the rows before them are no voters'."""
    if len(columns) < 2 or not columns[0] or columns[-1] - columns[0] != len(columns) - 1:
        return False
    return not (columns[0] == 1 and columns[-1] == width - 1)


def _is_half(lines: Sequence[Sequence[Token]], head: int, end: int, columns: int) -> bool:
    """Return True if cells are missing from a table without tabs: whose column a name is of is not known."""
    if any(Kind.TAB in token for token in lines[head]):
        return False
    behind = lines[end][0] if end < len(lines) else None
    goes_on = behind is not None and behind.capital and not behind.kind & (Kind.RESULT | Kind.MOTION)
    return goes_on or any(len(_cells(line)) < columns for line in lines[head + 1 : end])


def _lines(tokens: Sequence[Token]) -> list[list[Token]]:
    """Return the tokens line by line; the end of a line belongs to it."""
    lines: list[list[Token]] = [[]]
    for token in tokens:
        lines[-1].append(token)
        if Kind.BREAK in token:
            lines.append([])
    return [line for line in lines if line]


def _cells(line: Sequence[Token]) -> list[list[Token]]:
    cells: list[list[Token]] = [[]]
    for token in line:
        if Kind.TAB in token:
            cells += [[] for _ in token.text]
        elif token.wide and cells[-1]:
            cells.append([token])
        elif Kind.BREAK not in token:
            cells[-1].append(token)
    return cells


def _header(line: Sequence[Token]) -> list[Token | None] | None:
    """Return the side of each column when a line is the head of a table of votes: "Parti", "For", "Imod"."""
    cells = _cells(line)
    sides = [_side_of(cell) for cell in cells]
    if (
        len(cells) < 2
        or sum(side is not None for side in sides) < 2
        or any(side is None for side in sides[1:])
    ):
        return None
    return sides


def _side_of(cell: Sequence[Token]) -> Token | None:
    named = [token for token in cell if token.kind & _SIDE]
    others = [token for token in cell if not token.kind & (_SIDE | Kind.VERB | Kind.UNIT | Kind.COLON)]
    return named[0] if len(named) == 1 and not others else None


def _is_row(line: Sequence[Token], columns: int) -> bool:
    cells = _cells(line)
    if len(cells) == 1:  # the empty cells at the end of a line are lost
        return bool(cells[0]) and cells[0][0].capital and cells[0][-1].text in {")"}
    return 1 < len(cells) <= columns and any(cells)


def _by_side(columns: Sequence[Token | None], rows: list[list[list[Token]]]) -> list[Token]:
    tokens: list[Token] = []
    named = columns[0] is None
    for index, side in enumerate(columns):
        if side is None:
            continue
        total: list[Token] = []
        voters: list[Token] = []
        for row in rows:
            cell = row[index] if index < len(row) else []
            if named and " ".join(token.text.lower() for token in row[0]) in _SUM:
                total = cell
            elif named:
                voters += _counted(row[0], cell, voters)
            elif cell:
                voters += ([_mark(",", Kind.COMMA, cell[0])] if voters else []) + cell
        last = (voters or total or [side])[-1]
        tokens += [side, _mark(":", Kind.COLON, side), *total]
        tokens += ([_mark(":", Kind.COLON, side)] if total and voters else []) + voters
        tokens.append(replace(_mark("\n", Kind.BREAK, last), value=1))
    return tokens


def _counted(name: Sequence[Token], cell: Sequence[Token], before: Sequence[Token]) -> list[Token]:
    """Return "A (6)" for a row of a table with a number, "Ane Holm" for one with a cross; nothing for 0."""
    if not cell or not name or cell[0].value == 0 or cell[0].text in {"-", "–"}:
        return []
    comma = [_mark(",", Kind.COMMA, name[0])] if before else []
    number = [_mark("(", Kind.OPEN, cell[0]), cell[0], _mark(")", Kind.CLOSE, cell[-1])]
    return [*comma, *name, *(number if Kind.NUMBER in cell[0] else [])]


def _mark(text: str, kind: int, near: Token) -> Token:
    return Token(kind, text, near.end, near.end)
