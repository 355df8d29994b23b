"""Clean text of minutes as blocks to render: paragraphs, subheadings, lists and tables."""

import re
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter

from django import template

register = template.Library()

# "- Drift"; not "- = indtægt", the legend of a table
_BULLET = re.compile(r"- (?!=)(?P<text>.*)")
# "1. Drift", "12) Anlæg"
_NUMBERED = re.compile(r"(?P<number>\d{1,3})[.)]\s+(?P<text>.*)")
# "november", "kvartal 2019": a number before these is an ordinal and not that of a list's entry
_AFTER_ORDINAL = re.compile(
    r"(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
    r"|kvartal|halvår|behandling|viceborgmester|næstformand|sal|etape|klasse)\b"
)
# "at budgettet godkendes,": an entry of a recommendation
_AT_CLAUSE = re.compile(r"at \S.*")
# "1.906.179", "-500", "12,5 %", "4,2 mio. kr."
_FIGURE = re.compile(r"[-+−–]?\d[\d.,]*\s*(?:%|pct\.?|kr\.?|mio\.? kr\.?|t\.?kr\.?)?")
# Looks like a figure in a table's header but is a label: "2024", "1.000 kr."
_LABEL = re.compile(r"(?:19|20)\d\d|1\.?000 kr\.?")
# "kr.", cut off from "41,1 mio."
_UNIT = re.compile(r"(?:mio\. |mia\. )?kr\.")
# "SAGSFREMSTILLING:", "ØKONOMI"
_CAPITALS = re.compile(r"[A-ZÆØÅ][A-ZÆØÅ ,/&-]{3,}:?")
_VOWELS = frozenset("AEIOUYÆØÅ")
_MAX_SUBHEADING = 80
# Length of a word that is no abbreviation.
_MIN_WORD = 5

Cell = tuple[str, bool]  # text; True in a column of figures


@dataclass
class Block:
    """A block of text. `kind` is "paragraph", "subheading", "bullets", "clauses", "numbers" or "table"."""

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
        for kind, lines in groupby(_lines_with_kinds(paragraph), key=itemgetter(0)):
            _append(text_blocks, _block(kind, [line for _kind, line in lines], next_paragraph))
    numbers = {int(number) for block in text_blocks for number, _text in block.entries if number}
    return [_paragraph_of_lone_entry(block, numbers) or block for block in text_blocks]


@register.filter
def heading(printed: str) -> str:
    """Return a printed heading without its colon, and not in capitals: "ØKONOMI:" is "Økonomi".

    Words without a vowel are abbreviations and retain their capitals: "HØRING AF VVM" is "Høring af VVM".
    """
    words = printed.strip().removesuffix(":").rstrip()
    if not _is_in_capitals(words):
        return words
    lowered = " ".join(word if _VOWELS.isdisjoint(word) else word.lower() for word in words.split())
    return lowered[0].upper() + lowered[1:]


def _is_in_capitals(words: str) -> bool:
    """True for words in capitals; not for abbreviations alone: "DIR FOU BFU"."""
    return bool(_CAPITALS.fullmatch(words)) and max(map(len, words.split())) >= _MIN_WORD


def _lines_with_kinds(paragraph: str) -> list[tuple[str, str]]:
    """Return the lines of a paragraph with their kinds. One "at …" among other lines is no list."""
    lines = paragraph.split("\n")
    kinds = [_kind(line) for line in lines]
    if len(lines) > 1 and kinds.count("clauses") == 1:
        kinds[kinds.index("clauses")] = "paragraph"
    return list(zip(kinds, lines, strict=True))


def _kind(line: str) -> str:
    if "\t" in line:
        return "table"
    if _BULLET.match(line):
        return "bullets"
    if _AT_CLAUSE.match(line):
        return "clauses"
    numbered = _NUMBERED.match(line)
    return "numbers" if numbered and not _AFTER_ORDINAL.match(numbered["text"]) else "paragraph"


def _block(kind: str, lines: list[str], next_paragraph: str) -> Block:
    if kind == "table":
        return _table([[cell.strip() for cell in line.split("\t")] for line in lines])
    if kind == "bullets":
        return Block(kind, entries=[("", line[2:].strip()) for line in lines])
    if kind == "clauses":
        return Block(kind, entries=[("", line) for line in lines])
    if kind == "numbers":
        matches = [match for match in map(_NUMBERED.match, lines) if match]
        return Block(kind, lines=lines, entries=[(match["number"], match["text"]) for match in matches])
    if len(lines) == 1 and _is_subheading(lines[0], next_paragraph):
        return Block("subheading", heading(lines[0]))
    return Block("paragraph", lines=lines)


def _append(text_blocks: list[Block], block: Block) -> None:
    """Add a block, or continue the last one with it: a list after blank lines, "mio." with its "kr."."""
    last = text_blocks[-1] if text_blocks else None
    if last and last.kind == block.kind and _continues(last, block):
        last.entries += block.entries
        last.lines += block.lines
    elif last and last.lines and block.kind == "paragraph" and _UNIT.fullmatch(block.lines[0]):
        last.lines[-1] += f" {block.lines[0]}"
        if block.lines[1:]:
            text_blocks.append(Block("paragraph", lines=block.lines[1:]))
    else:
        text_blocks.append(block)


def _continues(last: Block, block: Block) -> bool:
    """True for entries of the same list."""
    if block.kind == "numbers":
        return int(block.entries[0][0]) == int(last.entries[-1][0]) + 1
    return block.kind in ("bullets", "clauses")


def _paragraph_of_lone_entry(block: Block, numbers: set[int]) -> Block | None:
    """Return a paragraph for a lone "at …", and for a number outside any list; else None."""
    if len(block.entries) != 1 or block.kind not in ("clauses", "numbers"):
        return None
    number, text = block.entries[0]
    if block.kind == "clauses":
        return Block("paragraph", lines=[text])
    if number == "1" or not numbers.isdisjoint((int(number) - 1, int(number) + 1)):
        return None
    return Block("paragraph", lines=block.lines)


def _is_subheading(line: str, next_paragraph: str) -> bool:
    """True for a line in capitals, and for a short one without final punctuation above a longer paragraph."""
    if _is_in_capitals(line) and len(line) <= _MAX_SUBHEADING and next_paragraph:
        return True
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
