"""Text of minutes → what an office would type: headings, automatic lists, rows of tables, paragraphs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

Kind = Literal["heading", "numbered", "bullet", "row", "text"]

# "Punkt 12: Budget", "3. Budget", "2) at", "7 Budget"
_NUMBERED = re.compile(
    r"(?P<before>(?:Punkt|Pkt\.|Sag nr\.|Sag) )?(?P<number>[1-9]\d{0,2})(?P<after>[.:)]) (?P<text>\S.*)"
)
_BULLET = re.compile(r"(?P<sign>[-–•]) (?P<text>\S.*)")
# "Mødested: Rådhuset"
_LABELLED = re.compile(r"(?P<label>[A-ZÆØÅ][a-zæøå ]{2,18}:) (?P<text>\S.*)")
_LONGEST_HEADING = 40
_ENDS = tuple(".,:;!?-–")


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph. `form` is the text of a list's level, "%1" for the number; `gap` is space above it."""

    kind: Kind
    text: str
    gap: bool
    form: str = ""
    number: int = 0

    @property
    def cells(self) -> list[str]:
        return self.text.split("\t")


def lay_out(text: str, *, table_of_labels: bool = False) -> list[Line]:
    """Return the paragraphs of a text; the labels at its beginning can be a table of two columns."""
    rows = [line.strip() for line in text.replace("\f", "\n\n").split("\n")]
    lines: list[Line] = []
    gap = False
    for row, below in pairwise([*rows, ""]):
        if row:
            lines.append(_line(row, gap=gap, is_alone=gap and not below))
        gap = not row
    return list(_with_table(lines)) if table_of_labels else lines


def _line(row: str, *, gap: bool, is_alone: bool) -> Line:
    if "\t" in row:
        return Line("row", row, gap)
    numbered = _NUMBERED.fullmatch(row)
    if numbered:
        form = f"{numbered['before'] or ''}%1{numbered['after']}"
        return Line("numbered", numbered["text"], gap, form, int(numbered["number"]))
    bullet = _BULLET.fullmatch(row)
    if bullet:
        return Line("bullet", bullet["text"], gap, bullet["sign"])
    if is_alone and len(row) <= _LONGEST_HEADING and row[0].isupper() and not row.endswith(_ENDS):
        return Line("heading", row, gap)
    return Line("text", row, gap)


def _with_table(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines; two or more labelled ones in a row, before the first number, are rows of a table."""
    first = next((at for at, line in enumerate(lines) if line.kind == "numbered"), len(lines))
    for is_labelled, group in groupby(lines[:first], key=lambda line: bool(_LABELLED.fullmatch(line.text))):
        run = list(group)
        if not is_labelled or len(run) < 2:
            yield from run
            continue
        for line in run:
            yield Line("row", _LABELLED.sub(r"\g<label>\t\g<text>", line.text), line.gap and line is run[0])
    yield from lines[first:]


@dataclass(slots=True)
class Lists:
    """Return the automatic list that each numbered line belongs to: a new one where its numbers do not run on."""

    forms: dict[str, int]
    starts: list[tuple[str, int]]
    _last: dict[str, int]

    @classmethod
    def empty(cls) -> "Lists":
        return cls({}, [], {})

    def of(self, line: Line) -> int:
        """Return the index of the list of a line; `starts` has its form and first number."""
        self.forms.setdefault(line.form, len(self.forms))
        if line.kind == "bullet":
            line_before, start = line.form in self._last, 1
        else:
            line_before, start = self._last.get(line.form) == line.number - 1, line.number
        self._last[line.form] = line.number
        if not line_before:
            self.starts.append((line.form, start))
        return max(at for at, (form, _) in enumerate(self.starts) if form == line.form)
