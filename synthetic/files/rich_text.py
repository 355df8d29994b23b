"""Writes minutes as RTF: numbers as Word prints them beside its lists, tables and a head on each page."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from synthetic.files.layout import Line

_START = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss Arial;}{\f1\fnil\fcharset2 Symbol;}}"
    r"{\colortbl;\red0\green0\blue0;}"
    r"{\stylesheet{\s0 Normal;}{\s2\sb240\outlinelevel1\b\fs28 heading 2;}}"
    r"{\info{\title Referat}{\author Sekretariatet}}"
)
_PAGE = r"{\header\pard\plain %s\tab Side {\field{\*\fldinst PAGE}{\fldrslt 1}}\par}"


def write_rtf(lines: Sequence[Line], head: str = "") -> bytes:
    """Return the RTF of these paragraphs, with `head` and a page number on top of each page."""
    blocks = "\n".join(_blocks(lines))
    return (_START + _PAGE % _escaped(head) + "\n" + blocks + "}").encode("ascii")


def _blocks(lines: Sequence[Line]) -> Iterator[str]:
    for is_table, group in groupby(lines, key=lambda line: line.kind == "row"):
        run = list(group)
        if is_table and run[0].gap:
            yield r"\pard\plain\par"
        for line in run:
            yield _row(line) if is_table else _paragraph(line)


def _paragraph(line: Line) -> str:
    space = r"\sb240" if line.gap else r"\sb0"
    if line.kind == "heading":
        return rf"\pard\plain\s2{space}\outlinelevel1\b\fs28 {_escaped(line.text)}\par"
    label = ""
    if line.kind == "numbered":
        label = line.form.replace("%1", str(line.number))
    elif line.kind == "bullet":
        label = line.form
    if label:
        label = rf"{{\listtext\pard\plain {_escaped(label)}\tab}}\ls1"
    return (
        rf"\pard\plain{space} {label} {_escaped(line.text)}\par"
        if label
        else rf"\pard\plain{space} {_escaped(line.text)}\par"
    )


def _row(line: Line) -> str:
    ends = "".join(rf"\cellx{2000 * number}" for number in range(1, len(line.cells) + 1))
    cells = "".join(rf"\pard\intbl {_escaped(cell)}\cell" for cell in line.cells)
    return rf"\trowd{ends}{cells}\row"


def _escaped(text: str) -> str:
    return "".join(map(_letter, text))


def _letter(letter: str) -> str:
    if letter in "\\{}":
        return f"\\{letter}"
    if letter == "\t":
        return r"\tab "
    if letter.isascii():
        return letter
    try:
        return f"\\'{letter.encode('cp1252')[0]:02x}"
    except UnicodeEncodeError:
        units = letter.encode("utf-16-le")
        pairs = (int.from_bytes(units[at : at + 2], "little", signed=True) for at in range(0, len(units), 2))
        return "".join(rf"\u{unit}?" for unit in pairs)
