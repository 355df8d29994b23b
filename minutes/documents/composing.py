"""Puts paragraphs together as the text and blocks of a `SourceDocument`."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from minutes.documents.source import Block, BlockKind, SourceDocument

# Space between paragraphs, in points, that a reader sees as a blank line.
_DISTANCE = 4.0
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Soft hyphens, zero-width characters and controls; tab and line feed are let through.
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u2060-\u2064\ufeff\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]"
)
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"})
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\x85\x0b\x0c]")
# The bullets that a person types as they are; all others become "•".
_TYPED_BULLETS = frozenset("-–—")
BULLET = "•"
# A table with labels and values side by side is the head of minutes: it has few rows.
_MOST_ROWS_OF_PAIRS = 8
_LABEL = re.compile(r"[A-ZÆØÅ][a-zæøå]{1,20}(?: [a-zæøå]{1,15}){0,2}:?")


@dataclass(slots=True)
class Paragraph:
    """One paragraph of a file. `before` and `after` are the space around it in points.

    `label` is its number or bullet. Between paragraphs of one `style`, one that is `contextual` has no space.
    """

    text: str
    kind: BlockKind = "paragraph"
    label: str = ""
    level: int | None = None
    bold: bool = False
    size: float | None = None
    href: str | None = None
    before: float = 0.0
    after: float = 0.0
    style: str = ""
    contextual: bool = False

    def is_empty(self) -> bool:
        return not self.text and (not self.label or self.label in _TYPED_BULLETS or self.label == BULLET)

    def printed(self) -> str:
        return f"{self.label} {self.text}".strip() if self.label else self.text


@dataclass(slots=True)
class Cell:
    """The paragraphs of a table cell, and where in the table it begins."""

    column: int
    paragraphs: list[Paragraph] = field(default_factory=list)


@dataclass(slots=True)
class Table:
    """The rows of a table."""

    rows: list[list[Cell]] = field(default_factory=list)


Content = Paragraph | Table


def flattened(contents: Iterable[Content]) -> list[Paragraph]:
    """Return the paragraphs of a cell; rows of a table inside it are lines with tabs where they can be."""
    paragraphs: list[Paragraph] = []
    for content in contents:
        if isinstance(content, Paragraph):
            paragraphs.append(content)
            continue
        for row in content.rows:
            filled = [cell for cell in map(_without_empty, row) if cell.paragraphs]
            if _is_line(filled):
                text = "\t".join(cell.paragraphs[0].printed() for cell in filled)
                paragraphs.append(Paragraph(text, before=filled[0].paragraphs[0].before))
            else:
                paragraphs += [paragraph for cell in filled for paragraph in cell.paragraphs]
    return paragraphs


def _without_empty(cell: Cell) -> Cell:
    return Cell(cell.column, [paragraph for paragraph in cell.paragraphs if not paragraph.is_empty()])


def _is_line(cells: Sequence[Cell]) -> bool:
    """Return True if filled cells can be printed as one line."""
    return len(cells) > 1 and all(
        len(cell.paragraphs) == 1 and "\n" not in cell.paragraphs[0].text for cell in cells
    )


def _has_pairs(table: Table) -> bool:
    """Return True for a small table with two or more labels and their values in each row.

    "Dato", "3. maj 2021", "Tid", "16.00": labels have letters only, and a value of the first row has a digit.
    """
    rows = [list(map(_without_empty, cells)) for cells in table.rows]
    if not 0 < len(rows) <= _MOST_ROWS_OF_PAIRS:
        return False
    if not all(len(cells) > 2 and len(cells) % 2 == 0 and _is_line(cells) for cells in rows):
        return False
    labels = (cell.paragraphs[0].text for cells in rows for cell in cells[::2])
    values = (cell.paragraphs[0].text for cell in rows[0][1::2])
    return all(map(_LABEL.fullmatch, labels)) and any(
        character.isdigit() for value in values for character in value
    )


def cleaned(text: str) -> str:
    """Return text as a person would type it: plain spaces, composed letters, no soft hyphens or indents."""
    if not text.isascii():
        text = _SPACES.sub(" ", text).replace("\u2011", "-").translate(LIGATURES)
        text = unicodedata.normalize("NFC", text).replace("\u212b", "Å")
    text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def bullet(label: str) -> str:
    """Return the bullet of a list as a person would type it."""
    return label if label in _TYPED_BULLETS else BULLET


# What follows the head of a page has space above it.
_FURNITURE = Paragraph("", after=_DISTANCE, style="furniture", contextual=True)


class Composer:
    """Collects paragraphs and rows in the order of the file."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._previous: Paragraph | None = None
        self._is_blank = True
        self._tables = 0

    def blank(self) -> None:
        """Put a blank line before what follows."""
        if not self._is_blank:
            self._write("\n")
            self._is_blank = True

    def furniture(self, lines: Iterable[str], page: int = 1) -> None:
        """Add lines of the head of a page, which has at least this number."""
        for number, line in enumerate(lines):
            if not number:
                self.blank()
            self._add(
                Paragraph(line, kind="furniture", style="furniture"), Block(0, 0, "furniture", page=page)
            )
            self._previous = _FURNITURE

    def add(self, contents: Iterable[Content]) -> None:
        """Add paragraphs, of which an empty one becomes a blank line, and tables."""
        for content in contents:
            if isinstance(content, Paragraph):
                self._add(content, Block(0, 0, content.kind))
                continue
            has_pairs = _has_pairs(content)
            for number, cells in enumerate(content.rows):
                if has_pairs:
                    for at in range(0, len(cells), 2):
                        self._line_of_cells(
                            list(map(_without_empty, cells[at : at + 2])), number, cells[at].column
                        )
                else:
                    self._row(cells, number)
            self._tables += 1

    def _row(self, cells: Sequence[Cell], row: int) -> None:
        """Add a row: a line with tabs where every cell is a line, else the cells one after the other."""
        filled = [cell for cell in map(_without_empty, cells) if cell.paragraphs]
        if _is_line(filled):
            self._line_of_cells(filled, row)
            return
        for cell in filled:
            for paragraph in cell.paragraphs:
                kind = "cell" if paragraph.kind == "paragraph" else paragraph.kind
                self._add(paragraph, Block(0, 0, kind, table=self._tables, row=row, column=cell.column))
        if len(filled) > 1:
            self.blank()

    def document(self, kind: str, notes: Iterable[str] = ()) -> SourceDocument:
        """Return the text of a file of this format; `notes` tell staff, each once, what was left out."""
        text = "".join(self._pieces)
        return SourceDocument(
            text=text.rstrip("\n") + "\n" if text.strip() else "",
            blocks=tuple(self._blocks),
            format=kind,
            notes=tuple(dict.fromkeys(notes)),
        )

    def _line_of_cells(self, cells: Sequence[Cell], row: int, first: int = 0) -> None:
        """Add cells as a line that begins at column `first`."""
        # Rows are as close as lines.
        line = Paragraph("", style=f"table {self._tables}", contextual=True, after=_DISTANCE)
        self._space_before(replace(line, before=cells[0].paragraphs[0].before))
        column = first
        for cell in cells:
            self._write("\t" * (cell.column - column))
            column = cell.column
            self._write_block(
                cell.paragraphs[0], Block(0, 0, "cell", table=self._tables, row=row, column=column)
            )
        self._write("\n")
        self._is_blank = False
        self._previous = line

    def _add(self, paragraph: Paragraph, block: Block) -> None:
        if paragraph.is_empty():
            self.blank()
            return
        self._space_before(paragraph)
        self._write_block(paragraph, block)
        self._write("\n")
        self._is_blank = False
        self._previous = paragraph

    def _space_before(self, paragraph: Paragraph) -> None:
        previous = self._previous
        if previous is None:
            return
        is_same = bool(paragraph.style) and paragraph.style == previous.style
        above = 0.0 if is_same and previous.contextual else previous.after
        below = 0.0 if is_same and paragraph.contextual else paragraph.before
        starts_section = paragraph.kind == "heading" and previous.kind != "heading"
        if starts_section or max(above, below) >= _DISTANCE:
            self.blank()

    def _write_block(self, paragraph: Paragraph, block: Block) -> None:
        start = self._length
        self._write(paragraph.printed())
        number = paragraph.label if paragraph.label not in _TYPED_BULLETS | {BULLET, ""} else None
        self._blocks.append(
            replace(
                block,
                start=start,
                end=self._length,
                number=number,
                level=paragraph.level,
                bold=paragraph.bold,
                size=paragraph.size,
                href=paragraph.href,
            )
        )

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
