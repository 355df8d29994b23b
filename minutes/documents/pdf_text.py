"""Paragraphs of a PDF → its text and blocks."""

from collections.abc import Sequence
from dataclasses import replace

from minutes.documents.heads import without_page_number
from minutes.documents.pdf_entries import entry_mark, is_label
from minutes.documents.pdf_hyphens import Hyphens
from minutes.documents.pdf_lines import Line, Paragraph, Row
from minutes.documents.pdf_measures import Measures, half_points
from minutes.documents.pdf_paragraphs import goes_on_in_cell, is_text
from minutes.documents.source import Block

# The longest heading
_LONGEST_HEADING = 160
_ENDS_SENTENCE = (".", ",", ";")
# What a PDF prints for a bullet, from fonts of symbols
_BULLETS = str.maketrans(dict.fromkeys("\uf0b7\uf0a7\uf0d8\uf0a8\uf076\uf0fc▪●○■►◦⁃∙", "•"))


class TextWriter:
    """Writes paragraphs one below the other, with a block for each."""

    def __init__(self, measures: Measures, hyphens: Hyphens, levels: "HeadingLevels") -> None:
        self.measures = measures
        self.hyphens = hyphens
        self.levels = levels
        self.parts: list[str] = []
        self.blocks: list[Block] = []
        self.length = 0
        self._tables = 0
        self._table_rows = 0
        self._in_table = False
        self._after_furniture = False

    @property
    def text(self) -> str:
        return "".join(self.parts)

    def write(self, paragraph: Paragraph) -> None:
        """Add a paragraph or a row of a table, behind an empty line where the page shows distance."""
        if self.parts:
            self._add("\n\n" if paragraph.gap or self._after_furniture else "\n")
        self._after_furniture = False
        row = paragraph.rows[0]
        if not is_text(row):
            self._write_cells(row)
            return
        self._in_table = False
        start = self.length
        self._add(self._paragraph_text(paragraph))
        self.blocks.append(self._block(paragraph, start))

    def write_furniture(self, lines: Sequence[Line], page: int) -> None:
        """Add heads or feet of a page, with empty lines around them."""
        for index, line in enumerate(lines):
            if self.parts:
                self._add("\n" if index else "\n\n")
            start = self.length
            self._add(_plain(without_page_number(line.text)))
            self.blocks.append(
                Block(
                    start,
                    self.length,
                    "furniture",
                    page=page + 1,
                    bold=line.bold,
                    size=half_points(line.size),
                )
            )
            self._after_furniture = True

    def _write_cells(self, row: Row) -> None:
        if not self._in_table:
            self._in_table, self._table_rows = True, 0
            self._tables += 1
        cells = [self._cell_text(row, index) for index in range(len(row.cells))]
        apart = sum("\n" in cell for cell in cells) > 1 and "\n" in cells[0]
        if not apart:
            cells = [*(cell.replace("\n", " ") for cell in cells[:-1]), cells[-1]]
        for index, cell in enumerate(cells):
            if index:
                self._add("\n" if apart else "\t")
            start = self.length
            self._add(cell)
            block = Block(
                start, self.length, "cell", page=row.page + 1, size=half_points(row.cells[index][0].size)
            )
            self.blocks.append(
                replace(
                    block,
                    table=self._tables - 1,
                    row=self._table_rows,
                    column=index,
                    bold=all(line.bold for line in row.cells[index]),
                    href=_href(row.cells[index]),
                )
            )
        self._table_rows += 1

    def _paragraph_text(self, paragraph: Paragraph) -> str:
        text = self.hyphens.join([row.first.text for row in paragraph.rows])
        pages = [row.last.text for row in paragraph.rows if len(row.cells) > 1]
        return _plain("\t".join([text, *pages]))

    def _cell_text(self, row: Row, index: int) -> str:
        """Return a cell's text, in one line if its lines were wrapped."""
        lines = row.cells[index]
        left = min(line.left for line in lines)
        if index + 1 < len(row.cells):
            edge = row.cells[index + 1][0].left - 0.7 * row.size
        else:
            edge = self.measures.edge(row)
        if len(lines) == 2 and is_label(lines[0].text):
            return _plain(f"{lines[0].text} {lines[1].text}")
        runs = [[lines[0]]]
        for line in lines[1:]:
            above = runs[-1][-1]
            if goes_on_in_cell(above, line, edge, max(edge - left, 1.0)):
                runs[-1].append(line)
            else:
                runs.append([line])
        return _plain("\n".join(self.hyphens.join([line.text for line in run]) for run in runs))

    def _block(self, paragraph: Paragraph, start: int) -> Block:
        lines = paragraph.lines
        row = paragraph.rows[0]
        text = lines[0].text
        block = Block(
            start, self.length, "paragraph", page=row.page + 1, size=half_points(row.size), href=_href(lines)
        )
        block = replace(block, bold=all(line.bold for line in lines))
        stressed = block.bold or all(line.underlined and not block.href for line in lines)
        level = self.levels.level(block, self.length - start, lines[-1].text, stressed=stressed)
        mark = entry_mark(text)
        if level:
            return replace(block, kind="heading", level=level, number=mark or None)
        if mark:
            return replace(block, kind="list", level=0, number=mark if mark[0].isalnum() else None)
        return block

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)


class HeadingLevels:
    """Levels of headings by size: the largest is 1; bold or underlined lines are the lowest."""

    def __init__(self, rows: Sequence[Row], measures: Measures) -> None:
        sizes = {half_points(line.size) for row in rows for cell in row.cells for line in cell}
        self.sizes = sorted((size for size in sizes if measures.is_larger(size)), reverse=True)
        self.bold_tells = measures.bold_tells

    def level(self, block: Block, length: int, last_line: str, *, stressed: bool) -> int:
        """Return the level of a paragraph that looks like a heading, 0 for others."""
        if length > _LONGEST_HEADING or last_line.endswith(_ENDS_SENTENCE):
            return 0
        if block.size in self.sizes:
            return self.sizes.index(block.size) + 1
        return len(self.sizes) + 1 if stressed and self.bold_tells else 0


def _href(lines: Sequence[Line]) -> str | None:
    """Return the address that all words lead to."""
    addresses = {word.href for line in lines for word in line.words}
    return addresses.pop() if len(addresses) == 1 else None


def _plain(text: str) -> str:
    return text.translate(_BULLETS)
