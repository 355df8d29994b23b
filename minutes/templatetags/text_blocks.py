"""Clean text of minutes as blocks to render: paragraphs, subheadings, lists and tables."""

import re
from dataclasses import dataclass, field
from itertools import groupby

from django import template

register = template.Library()

# "- Drift"
_BULLET = re.compile(r"- (?P<text>.*)")
# "1. Drift", "12) Anlæg"
_NUMBERED = re.compile(r"(?P<number>\d{1,3})[.)]\s+(?P<text>.*)")
# "1.906.179", "-500", "12,5 %", "4,2 mio. kr."
_FIGURE = re.compile(r"[-+−–]?\d[\d.,]*\s*(?:%|pct\.?|kr\.?|mio\.? kr\.?|t\.?kr\.?)?")
# Looks like a figure in a table's header but is a label: "2024", "1.000 kr."
_LABEL = re.compile(r"(?:19|20)\d\d|1\.?000 kr\.?")
_MAX_SUBHEADING = 80

Cell = tuple[str, bool]  # text; True in a column of figures


@dataclass
class Block:
    """A block of text. `kind` is "paragraph", "subheading", "bullets", "numbers" or "table"."""

    kind: str
    text: str = ""  # of a subheading
    lines: list[str] = field(default_factory=list)  # of a paragraph
    entries: list[tuple[str, str]] = field(default_factory=list)  # of a list: (number or "", text)
    head: list[Cell] = field(default_factory=list)  # of a table
    rows: list[list[Cell]] = field(default_factory=list)  # of a table


@register.filter
def blocks(clean: str) -> list[Block]:
    """Split a section's clean text into blocks of plain strings. The template escapes them."""
    text_blocks: list[Block] = []
    paragraphs = [paragraph for paragraph in clean.split("\n\n") if paragraph.strip()]
    for index, paragraph in enumerate(paragraphs):
        next_paragraph = paragraphs[index + 1] if index + 1 < len(paragraphs) else ""
        for kind, lines in groupby(paragraph.split("\n"), key=_kind):
            text_blocks.append(_block(kind, list(lines), next_paragraph))
    return text_blocks


def _kind(line: str) -> str:
    if "\t" in line:
        return "table"
    if _BULLET.match(line):
        return "bullets"
    return "numbers" if _NUMBERED.match(line) else "paragraph"


def _block(kind: str, lines: list[str], next_paragraph: str) -> Block:
    if kind == "table":
        return _table([[cell.strip() for cell in line.split("\t")] for line in lines])
    if kind == "bullets":
        return Block(kind, entries=[("", line[2:].strip()) for line in lines])
    if kind == "numbers":
        matches = [match for match in map(_NUMBERED.match, lines) if match]
        return Block(kind, entries=[(match["number"], match["text"]) for match in matches])
    if len(lines) == 1 and _is_subheading(lines[0], next_paragraph):
        return Block("subheading", lines[0])
    return Block("paragraph", lines=lines)


def _is_subheading(line: str, next_paragraph: str) -> bool:
    """True for a short line without final punctuation above a longer paragraph."""
    return (
        0 < len(line) <= _MAX_SUBHEADING
        and line[-1] not in ".,;:!?)"
        and len(next_paragraph) > len(line)
        and _kind(next_paragraph) == "paragraph"
    )


def _table(rows: list[list[str]]) -> Block:
    """A table. The first row is its header if it has no figures and columns of figures are below it."""
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    body = rows[1:] or rows
    has_figures = [2 * sum(_is_figure(row[column]) for row in body) > len(body) for column in range(width)]
    has_head = len(rows) > 1 and any(has_figures) and not any(map(_is_figure, rows[0]))
    cells = [list(zip(row, has_figures, strict=True)) for row in rows]
    return Block("table", head=cells[0] if has_head else [], rows=cells[1:] if has_head else cells)


def _is_figure(cell: str) -> bool:
    return bool(_FIGURE.fullmatch(cell)) and not _LABEL.fullmatch(cell)
